"""An announcement's way, and who is told at each turn."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.kernel.clock import at, now, today
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.notices import actions, read
from linli.notices.kinds import Audience, Power
from linli.notices.models import Announcement, AnnouncementReading, Notice
from linli.people.models import Holding, Person
from tests.notices.making import COMMUNITY, actor, home, lives, person, place, serves

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return serves(person("陈静"), Power.WRITE, at=place())


@pytest.fixture
def secretary():
    return serves(person("王书记"), Power.WRITE, Power.APPROVE, at=place(), code="secretary")


def draft(by, **words):
    return actions.draft_announcement(
        by=by,
        place_id=place().pk,
        **({"title": "停水通知", "body": "周三上午停水。"} | words),
    )


def waiting(by, **words):
    return actions.submit(by=by, announcement_id=draft(by, **words).pk)


def published(writer, secretary, **words):
    return actions.approve(by=secretary, announcement_id=waiting(writer, **words).pk)


def test_from_draft_to_board(writer, secretary):
    resident, elsewhere = person("张三"), person("李四")
    lives(resident, home())
    lives(elsewhere, place("/620201/002/007/b1/", "building", "1栋"))
    row = draft(writer, title="  停水\n通知 ")
    assert (row.state, row.title, row.written_by_id) == ("draft", "停水 通知", writer.person_id)
    row = actions.submit(by=writer, announcement_id=row.pk)
    assert [n.person_id for n in Notice.objects.filter(topic="announcement_to_approve")] == [
        secretary.person_id
    ]
    row = actions.approve(by=secretary, announcement_id=row.pk)
    assert (row.state, row.approved_by_id) == ("published", secretary.person_id)
    told = Notice.objects.get(topic="announcement")
    assert (told.person_id, told.params) == (
        resident.pk,
        {"title": "停水 通知", "by": "紫轩社区", "text": "周三上午停水。"},
    )
    assert list(read.announcements_for(home().path)) == [row]
    events = list(
        Entry.objects.filter(subject_kind="Announcement").order_by("id").values_list("event", flat=True)
    )
    assert events == [
        "notices.announcement_drafted",
        "notices.announcement_submitted",
        "notices.notified",
        "notices.announcement_approved",
        "notices.notified",
    ]


def test_nobody_approves_their_own_words(secretary):
    row = waiting(secretary)
    with pytest.raises(Refused) as refused:
        actions.approve(by=secretary, announcement_id=row.pk)
    assert refused.value.reason == "Somebody else has to approve what you wrote."
    with pytest.raises(IntegrityError, match="announcement_approved_by_another"), transaction.atomic():
        Announcement.objects.filter(pk=row.pk).update(approved_by_id=secretary.person_id, approved_at=now())


def test_the_table_refuses_publishing_without_approval(writer):
    row = draft(writer)
    with pytest.raises(IntegrityError, match="announcement_published_only_if_approved"), transaction.atomic():
        Announcement.objects.filter(pk=row.pk).update(state="published")


def test_returned_with_a_reason_changed_and_sent_again(writer, secretary):
    row = waiting(writer)
    with pytest.raises(Refused) as refused:
        actions.return_announcement(by=secretary, announcement_id=row.pk, reason=" \n ")
    assert refused.value.status == 422
    row = actions.return_announcement(by=secretary, announcement_id=row.pk, reason="写清楚几点到几点")
    assert (row.state, row.return_reason) == ("returned", "写清楚几点到几点")
    row = actions.edit(
        by=writer,
        announcement_id=row.pk,
        title=row.title,
        body="周三 9 点到 11 点停水。",
        audience=Audience.RESIDENTS,
        until=None,
    )
    assert row.return_reason == "写清楚几点到几点", "the writer still sees what was asked for"
    assert Entry.objects.get(event="notices.announcement_edited").fields == ["body"]
    row = actions.submit(by=writer, announcement_id=row.pk)
    assert (row.state, row.return_reason) == ("waiting", "")


def test_what_waits_cannot_be_changed_under_the_approvers_eyes(writer):
    row = waiting(writer)
    words = {"title": "改", "body": "改", "audience": Audience.OWNERS, "until": None}
    with pytest.raises(Refused) as refused:
        actions.edit(by=writer, announcement_id=row.pk, **words)
    assert refused.value.reason.startswith("This announcement can no longer be changed.")


def test_decided_once(writer, secretary):
    row = published(writer, secretary)
    for action in (actions.approve, lambda **given: actions.return_announcement(reason="晚了", **given)):
        with pytest.raises(Refused) as refused:
            action(by=secretary, announcement_id=row.pk)
        assert refused.value.reason == "This announcement is not waiting for approval."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"title": " "}, "An announcement needs a title and a text."),
        ({"body": "\u200b"}, "An announcement needs a title and a text."),
        ({"title": "字" * 81}, "A title has at most %(title)s characters, a text at most %(body)s."),
    ],
)
def test_words_that_cannot_be_kept(writer, words, reason):
    with pytest.raises(Refused) as refused:
        draft(writer, **words)
    assert (refused.value.reason, refused.value.status) == (reason, 422)


def test_the_last_day_is_today_or_later(writer, secretary):
    row = waiting(writer, until=today())
    with pytest.raises(Refused):
        draft(writer, until=today() - timedelta(days=1))
    with at(now() + timedelta(days=1)), pytest.raises(Refused) as refused:
        actions.approve(by=secretary, announcement_id=row.pk)
    assert refused.value.status == 409


def test_a_place_that_is_closed_or_unknown_hears_nothing(writer):
    with pytest.raises(Refused) as refused:
        actions.draft_announcement(by=writer, place_id=uuid7(), title="题", body="文")
    assert refused.value.reason == "Choose a place that is open."


def test_withdrawn_and_past_announcements_are_no_longer_shown(writer, secretary):
    gone, kept = published(writer, secretary), published(writer, secretary, title="另一条", until=today())
    actions.withdraw(by=writer, announcement_id=gone.pk)
    assert list(read.announcements_for(COMMUNITY)) == [kept]
    with at(now() + timedelta(days=1)):
        assert list(read.announcements_for(COMMUNITY)) == []
    with pytest.raises(Refused):
        actions.withdraw(by=writer, announcement_id=gone.pk)


def test_a_reader_is_counted_once_and_only_among_those_who_live_there(writer, secretary):
    resident, moved, silent = person("张三"), person("李四"), person("王五")
    lives(resident, home())
    lives(silent, home(f"{COMMUNITY}b9/u1/0601/"))
    lives(moved, home(f"{COMMUNITY}b9/u1/0501/"), ends=today())
    row = published(writer, secretary)
    for reader in (resident.pk, resident.pk, moved.pk, secretary.person_id):
        actions.record_reading(by=actor(reader), announcement_id=row.pk)
    assert AnnouncementReading.objects.count() == 3
    found = read.readerships([row])[row.pk]
    assert (found.read, found.audience) == (1, 2)


def test_what_is_not_shown_is_not_read(writer):
    row = draft(writer)
    with pytest.raises(Refused) as refused:
        actions.record_reading(by=actor(person().pk), announcement_id=row.pk)
    assert refused.value.status == 404
    assert not AnnouncementReading.objects.exists()


def test_a_place_hears_what_is_said_above_it_and_not_beside_or_below(writer, secretary):
    above = published(writer, secretary)
    building = place(f"{COMMUNITY}b9/", "building", "9栋")
    below = actions.draft_announcement(by=writer, place_id=building.pk, title="九栋", body="电梯保养")
    actions.submit(by=writer, announcement_id=below.pk)
    actions.approve(by=secretary, announcement_id=below.pk)
    assert set(read.announcements_for(COMMUNITY)) == {above}
    assert set(read.announcements_for(f"{COMMUNITY}b9/u1/")) == {above, below}
    assert set(read.announcements_for(f"{COMMUNITY}b91/")) == {above}


def test_drafts_of_others_are_not_on_the_desk(writer, secretary):
    own, other, sent = draft(writer), draft(secretary), waiting(secretary)
    assert set(read.announcements_at_desk(writer)) == {own, sent}
    assert set(read.announcements_at_desk(secretary)) == {other, sent}
    assert set(read.announcements_at_desk(secretary, "waiting")) == {sent}
    assert not read.announcements_at_desk(actor(None, Power.WRITE, path="/620201/002/007/"))
    assert not read.announcements_at_desk(actor())


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.RESIDENTS, {"老住户", "租客"}),
        (Audience.OWNERS, {"老住户", "房东"}),
        (Audience.ELDERS, {"老住户"}),
    ],
)
def test_those_it_is_for_are_told_and_counted(writer, secretary, audience, told):
    """An owner who lives elsewhere, a tenant of 59, an owner who turns 60 this year and has two homes."""
    elder, tenant, owner = person("老住户"), person("租客"), person("房东")
    Person.objects.filter(pk=elder.pk).update(born_year=today().year - 60)
    Person.objects.filter(pk=tenant.pk).update(born_year=today().year - 59)
    first, second = home(), place(f"{COMMUNITY}b9/u1/0603/", "home", "603")
    lives(elder, first)
    lives(tenant, second)
    for who, where in ((elder, first), (elder, second), (owner, second)):
        Holding.objects.create(person=who, home=where, starts=today())
    row = published(writer, secretary, audience=audience)
    assert set(Notice.objects.filter(topic="announcement").values_list("person__name", flat=True)) == told
    for reader in (elder, tenant, owner):
        actions.record_reading(by=actor(reader.pk), announcement_id=row.pk)
    found = read.readerships([row])[row.pk]
    assert (found.read, found.audience) == (len(told), len(told))
