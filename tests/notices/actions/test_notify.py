"""Telling persons: reach, the actor left out, the past replayed, reading."""

from datetime import timedelta

import pytest

from linli.audit.models import Entry
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import at, now
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.notices import read
from linli.notices.actions import mark_all_read, mark_read, notify, replaying
from linli.notices.kinds import Channel, Topic
from linli.notices.models import Delivery, Notice
from tests.notices.making import COMMUNITY, actor, person, place

pytestmark = pytest.mark.django_db


def tell(*persons, by=SYSTEM, topic=Topic.MATTER_RECEIVED, **params):
    subject = place()
    notify(
        topic,
        by=by,
        to=[each.pk for each in persons],
        params={"title": "路灯不亮", **params},
        url="/matters/1/",
        subject=subject,
        place_path=f"{COMMUNITY}b9/",
    )
    return subject


@pytest.mark.parametrize(
    ("made", "channel", "state"),
    [
        ({"reach": "app"}, "inbox", "delivered"),
        ({"reach": "app", "account": False}, "call", "waiting"),
        ({"reach": "app", "account": False, "phone": ""}, "slip", "waiting"),
        ({"reach": "call"}, "call", "waiting"),
        ({"reach": "slip"}, "slip", "waiting"),
    ],
)
def test_each_is_told_over_their_own_channel(made, channel, state):
    someone = person(**made)
    tell(someone)
    delivery = Delivery.objects.select_related("notice").get()
    assert (delivery.channel, delivery.state, delivery.place_path) == (channel, state, f"{COMMUNITY}b9/")
    assert (delivery.done_at is None) is (state == "waiting")
    assert delivery.notice.person_id == someone.pk
    assert delivery.notice.read_at is None


def test_who_acts_is_not_told_and_nobody_is_told_twice():
    one, acting = person("张三"), person("李四")
    tell(one, acting, one, by=actor(acting.pk))
    assert [notice.person_id for notice in Notice.objects.all()] == [one.pk]


def test_when_nobody_is_left_nothing_is_recorded():
    acting = person()
    tell(acting, by=actor(acting.pk))
    assert not Notice.objects.exists()
    assert not Entry.objects.exists()


def test_one_call_is_one_entry_with_counts_and_no_words():
    by = actor()
    subject = tell(person("张三"), person("李四"), person("王五", reach="slip"), by=by, text="楼上王五说的")
    entry = Entry.objects.get()
    assert (entry.event, entry.subject_id, entry.actor_id) == ("notices.notified", subject.pk, by.person_id)
    assert entry.data == {"topic": "matter_received", "count": 3, "replayed": False, "inbox": 2, "slip": 1}


def test_many_are_told_in_few_queries(django_assert_max_num_queries):
    many = [person(f"居民{number}", phone="") for number in range(40)]
    place()
    with django_assert_max_num_queries(7):  # the place, a savepoint and its release, four of its own
        tell(*many)
    assert Notice.objects.count() == 40


def test_the_replayed_past_is_kept_read_and_reaches_nobody():
    someone, called = person("张三"), person("李四", reach="call")
    long_ago = now() - timedelta(days=40)
    with at(long_ago), replaying():
        tell(someone, called)
    assert {notice.read_at for notice in Notice.objects.all()} == {long_ago}
    assert {delivery.state for delivery in Delivery.objects.all()} == {"replayed"}
    assert not read.waiting_deliveries(actor(None, "person.read"), Channel.CALL)
    tell(someone)
    assert read.unread_count(someone.pk) == 1, "after the block people are told again"


def test_a_replay_may_keep_the_past_of_some_only():
    kept, other = person("张三"), person("李四")
    with replaying(keep=frozenset({kept.pk})):
        tell(kept, other)
        tell(other)
    assert [notice.person_id for notice in Notice.objects.all()] == [kept.pk]
    assert Entry.objects.count() == 1


def test_opening_marks_read_once_and_only_for_the_person_told():
    someone = person()
    tell(someone)
    notice = Notice.objects.get()
    with pytest.raises(Refused) as refused:
        mark_read(by=actor(), notice_id=notice.pk)
    assert (refused.value.reason, refused.value.status) == ("This notice is not here.", 404)
    first = mark_read(by=actor(someone.pk), notice_id=notice.pk).read_at
    with at(now() + timedelta(hours=1)):
        assert mark_read(by=actor(someone.pk), notice_id=notice.pk).read_at == first
    with pytest.raises(Refused):
        mark_read(by=actor(someone.pk), notice_id=uuid7())


def test_marking_everything_read_leaves_others_alone():
    one, other = person("张三"), person("李四")
    tell(one, other)
    tell(one)
    assert mark_all_read(by=actor(one.pk)) == 2
    assert mark_all_read(by=actor(one.pk)) == 0
    assert (read.unread_count(one.pk), read.unread_count(other.pk)) == (0, 1)


def test_the_inbox_is_newest_first_and_ones_own():
    one, other = person("张三"), person("李四")
    start = now()
    for hours, title in ((2, "第二"), (0, "第一"), (5, "第三")):
        with at(start + timedelta(hours=hours)):
            tell(one, other, title=title)
    assert [notice.params["title"] for notice in read.inbox(one.pk)] == ["第三", "第二", "第一"]
