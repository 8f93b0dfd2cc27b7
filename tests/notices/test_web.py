"""Pages of notices: what is on them, who gets in, what a retry does."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.kernel.actor import SYSTEM
from linli.kernel.clock import at, now
from linli.kernel.ids import uuid7
from linli.notices import actions
from linli.notices.kinds import Power, Topic
from linli.notices.models import Announcement, AnnouncementReading, Delivery, Notice
from linli.people.kinds import Power as PersonPower
from tests.notices.making import COMMUNITY, home, lives, person, place, serves

pytestmark = pytest.mark.django_db


def signed_in(person_id: UUID | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=person_id))
    return client


def signed_out() -> Client:
    return Client(headers={"accept-language": "en"})


def shown(response) -> str:
    assert response.status_code == 200, response.content.decode()
    return unescape(response.content.decode())


def tell(*persons, url="/matters/1/", **params):
    actions.notify(
        Topic.MATTER_RECEIVED,
        by=SYSTEM,
        to=[each.pk for each in persons],
        params={"title": "路灯不亮", **params},
        url=url,
        subject=place(),
        place_path=f"{COMMUNITY}b9/",
    )


@pytest.fixture
def writer():
    return serves(person("陈静"), Power.WRITE, PersonPower.READ, at=place())


@pytest.fixture
def secretary():
    return serves(person("王书记"), Power.APPROVE, at=place(), code="secretary")


def published(writer, secretary, **words):
    given = {"place_id": place().pk, "title": "停水通知", "body": "周三上午停水。\n请先接好水。"} | words
    row = actions.draft_announcement(by=writer, **given)
    actions.submit(by=writer, announcement_id=row.pk)
    return actions.approve(by=secretary, announcement_id=row.pk)


def test_the_inbox_says_what_is_new_in_the_readers_words():
    someone = person()
    tell(someone, holder="小周", due="2026-11-26T10:00:00+00:00")
    page = shown(signed_in(someone.pk).get(reverse("notices:inbox")))
    assert "We have received “路灯不亮”. 小周 will handle it by 26 Nov" in page
    assert "18:00" in page, "ten o'clock in UTC is six in the evening in Shanghai"
    assert "1 new" in page


def test_an_empty_inbox_says_what_will_be_there():
    page = shown(signed_in(person().pk).get(reverse("notices:inbox")))
    assert "No messages yet" in page
    assert reverse("notices:announcements") in page


def test_a_long_inbox_is_few_queries(django_assert_max_num_queries):
    someone = person()
    for _ in range(31):
        tell(someone)
    client = signed_in(someone.pk)
    with django_assert_max_num_queries(8):
        page = shown(client.get(reverse("notices:inbox")))
    assert "page=2" in page


def test_opening_a_notice_goes_there_and_marks_it_read():
    someone = person()
    tell(someone)
    notice = Notice.objects.get()
    address = reverse("notices:open_notice", args=[notice.pk])
    answer = signed_in(someone.pk).get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/matters/1/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert signed_in(person("李四").pk).get(address).status_code == 404


@pytest.mark.parametrize(
    "url", ["", "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]
)
def test_a_notice_leads_nowhere_else(url):
    someone = person()
    tell(someone, url=url)
    answer = signed_in(someone.pk).get(reverse("notices:open_notice", args=[Notice.objects.get().pk]))
    assert answer["Location"] == reverse("notices:inbox")


def test_everything_is_marked_read_by_a_post():
    someone = person()
    tell(someone)
    client = signed_in(someone.pk)
    assert client.get(reverse("notices:read_all_notices")).status_code == 405
    client.post(reverse("notices:read_all_notices"))
    assert Notice.objects.get().read_at is not None


def test_announcements_of_ones_place_and_of_a_chosen_one(writer, secretary):
    published(writer, secretary)
    address = reverse("notices:announcements")
    resident, stranger = person("张三"), person("李四")
    lives(resident, home())
    assert "停水通知" in shown(signed_in(resident.pk).get(address))
    assert "停水通知" in shown(signed_out().get(address, {"place": str(home().pk)}))
    other = place("/620201/002/007/", "community", "建设社区")
    assert "No announcements now" in shown(signed_out().get(address, {"place": str(other.pk)}))
    for client in (signed_out(), signed_in(stranger.pk)):
        page = shown(client.get(address))
        assert "Where do you live?" in page
        assert f"?place={place().pk}" in page


@pytest.mark.parametrize("place_id", ["x", "0190c0de-0000-7000-8000-000000000000"])
def test_a_place_that_is_not_there_is_said_so(place_id):
    assert signed_out().get(reverse("notices:announcements"), {"place": place_id}).status_code == 404


def test_an_announcement_is_open_to_all_and_its_readers_counted_once(writer, secretary):
    row = published(writer, secretary)
    address = reverse("notices:announcement", args=[row.pk])
    page = shown(signed_out().get(address))
    assert "周三上午停水。\n请先接好水。" in page
    assert "[紫轩社区] 停水通知\n周三上午停水。\n请先接好水。\n2026-" in page
    assert f"Read it here: http://testserver{address}" in page
    assert not AnnouncementReading.objects.exists()
    resident = person()
    client = signed_in(resident.pk)
    client.head(address)
    assert not AnnouncementReading.objects.exists()
    shown(client.get(address))
    shown(client.get(address))
    assert AnnouncementReading.objects.get().person_id == resident.pk


def test_the_poster_has_a_code(writer, secretary):
    row = published(writer, secretary)
    page = shown(signed_out().get(reverse("notices:announcement_poster", args=[row.pk])))
    assert "<svg" in page
    assert "停水通知" in page


def test_what_is_not_published_is_not_there_for_residents(writer):
    row = actions.draft_announcement(by=writer, place_id=place().pk, title="题", body="文")
    for name in ("announcement", "announcement_poster"):
        assert signed_out().get(reverse(f"notices:{name}", args=[row.pk])).status_code == 404


# Queries every page of the desk needs: who is visiting with which powers; and the sidebar with its figures.
VISITOR, AROUND = 3, 4
DESK = ["announcements", "announcement_new", "calls", "slips"]


@pytest.mark.parametrize("name", DESK)
def test_the_desk_is_for_staff(name):
    address = reverse(f"notices_desk:{name}")
    assert signed_out().get(address).status_code == 302
    assert signed_in(person().pk).get(address).status_code == 403


@pytest.mark.parametrize("name", DESK)
def test_an_empty_desk_says_what_will_be_there(name, writer):
    assert 'class="empty"' in shown(signed_in(writer.person_id).get(reverse(f"notices_desk:{name}"))) or (
        name == "announcement_new"
    )


def form(**words):
    given = {"place": str(place().pk), "title": "停水通知", "body": "周三上午停水。"}
    return given | {"audience": "residents", "until": ""} | words


def test_looking_before_sending_keeps_nothing(writer):
    client = signed_in(writer.person_id)
    page = shown(client.post(reverse("notices_desk:announcement_new"), form(preview="1")))
    assert "This is what people will see" in page
    assert not Announcement.objects.exists()


def test_written_sent_and_approved_by_another(writer, secretary):
    client, other = signed_in(writer.person_id), signed_in(secretary.person_id)
    answer = client.post(reverse("notices_desk:announcement_new"), form(idempotency_key="k1"))
    again = client.post(reverse("notices_desk:announcement_new"), form(idempotency_key="k1"))
    row = Announcement.objects.get()
    assert answer["Location"] == again["Location"] == reverse("notices_desk:announcement", args=[row.pk])
    assert row.state == "waiting"
    assert "Approve and publish" not in shown(client.get(answer["Location"]))
    assert "Approve and publish" in shown(other.get(answer["Location"]))
    approve = reverse("notices_desk:announcement_approve", args=[row.pk])
    assert client.post(approve).status_code == 403
    assert other.post(approve).status_code == 302
    row.refresh_from_db()
    assert row.state == "published"
    assert "0 of 0 people" in shown(other.get(answer["Location"]))


def test_a_draft_is_kept_changed_and_seen_only_by_its_writer(writer, secretary):
    client = signed_in(writer.person_id)
    answer = client.post(reverse("notices_desk:announcement_new"), form(then="keep"))
    row = Announcement.objects.get()
    assert row.state == "draft"
    assert "停水通知" in shown(client.get(answer["Location"]))
    edit = reverse("notices_desk:announcement_edit", args=[row.pk])
    assert "周三上午停水。" in shown(client.get(edit))
    client.post(
        edit, {"title": "停水", "body": "改到周四。", "audience": "elders", "until": "", "then": "keep"}
    )
    row.refresh_from_db()
    assert (row.state, row.title, row.body, row.audience) == ("draft", "停水", "改到周四。", "elders")
    assert signed_in(secretary.person_id).get(answer["Location"]).status_code == 404


def test_a_form_with_faults_says_them_and_keeps_the_words(writer):
    yesterday = (now() - timedelta(days=2)).date()
    answer = signed_in(writer.person_id).post(
        reverse("notices_desk:announcement_new"), form(title="", until=yesterday.isoformat())
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Give it a title." in page
    assert "The last day has already passed." in page
    assert "周三上午停水。" in page


def test_an_announcement_is_returned_with_a_reason_and_withdrawn(writer, secretary):
    row = actions.draft_announcement(by=writer, place_id=place().pk, title="题", body="文")
    actions.submit(by=writer, announcement_id=row.pk)
    other = signed_in(secretary.person_id)
    back = reverse("notices_desk:announcement_return", args=[row.pk])
    assert other.post(back, {"reason": ""}).status_code == 422
    other.post(back, {"reason": "写清楚几点"})
    client = signed_in(writer.person_id)
    address = reverse("notices_desk:announcement", args=[row.pk])
    assert "写清楚几点" in shown(client.get(address))
    client.post(reverse("notices_desk:announcement_submit", args=[row.pk]))
    client.post(reverse("notices_desk:announcement_withdraw", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_another_communitys_staff_see_nothing_of_it(writer, secretary):
    row = published(writer, secretary)
    foreign = serves(person("赵"), Power.WRITE, Power.APPROVE, at=place("/620201/002/007/"), code="foreign")
    client = signed_in(foreign.person_id)
    assert client.get(reverse("notices_desk:announcement", args=[row.pk])).status_code == 404
    assert client.post(reverse("notices_desk:announcement_withdraw", args=[row.pk])).status_code == 403
    assert "停水通知" not in shown(client.get(reverse("notices_desk:announcements")))


def test_a_full_desk_is_few_queries_with_readers_of_all(writer, secretary, django_assert_max_num_queries):
    reader = person("张三")
    lives(reader, home())
    for number in range(12):
        row = published(writer, secretary, title=f"公告{number}")
    actions.record_reading(by=serves(reader, at=place(), code="none"), announcement_id=row.pk)
    client = signed_in(writer.person_id)
    with django_assert_max_num_queries(VISITOR + AROUND + 3):
        page = shown(client.get(reverse("notices_desk:announcements")))
    assert "Read by 1 of 1 people" in page
    assert "Read by 0 of 1 people" in page


def test_calls_show_whom_to_call_masked_and_what_to_say(writer, django_assert_max_num_queries):
    called = person("张三丰", reach="call")
    lives(called, home())
    tell(called, holder="小周")
    client = signed_in(writer.person_id)
    with django_assert_max_num_queries(VISITOR + AROUND + 4):
        page = shown(client.get(reverse("notices_desk:calls")))
    assert "张三丰" in page
    assert "138****2207" in page
    assert "13800002207" not in page
    assert "9栋 602" in page
    assert "We have received “路灯不亮”. 小周 will handle it." in page
    done = reverse("notices_desk:call_done", args=[Delivery.objects.get().pk])
    client.post(done, {"outcome": "missed", "idempotency_key": "k1"})
    client.post(done, {"outcome": "missed", "idempotency_key": "k1"})
    assert Delivery.objects.filter(channel="slip", state="waiting").count() == 1


def test_who_is_called_hears_the_whole_announcement(writer, secretary):
    called = person("李秀英", reach="call")
    lives(called, home())
    published(writer, secretary, body="周三上午停水。")
    page = shown(signed_in(writer.person_id).get(reverse("notices_desk:calls")))
    assert "New announcement from 紫轩社区: “停水通知”\n周三上午停水。" in page


def test_slips_are_chosen_printed_and_opened_again(writer):
    told, kept = person("张三", reach="slip"), person("李四", reach="slip")
    lives(told, home())
    tell(told, kept)
    client = signed_in(writer.person_id)
    address = reverse("notices_desk:slips")
    assert "张三" in shown(client.get(address))
    chosen = Delivery.objects.get(notice__person=told)
    with at(now() + timedelta(minutes=1)):
        sent = {"selected": [str(chosen.pk)], "idempotency_key": "k1"}
        answer, again = client.post(address, sent), client.post(address, sent)
    assert answer["Location"] == again["Location"]
    sheet = shown(client.get(answer["Location"]))
    assert "张三" in sheet
    assert "李四" not in sheet
    assert "张三" not in shown(client.get(address))
    assert "李四" in shown(client.get(address))


@pytest.mark.parametrize("selected", [[], ["x"], [str(uuid7())]])
def test_nothing_chosen_prints_nothing(writer, selected):
    answer = signed_in(writer.person_id).post(reverse("notices_desk:slips"), {"selected": selected})
    assert answer.status_code in (404, 409)


def test_somebody_elses_printing_is_not_shown(writer):
    assert (
        signed_in(writer.person_id).get(reverse("notices_desk:slips_printed", args=[10**18])).status_code
        == 404
    )
