"""Calls made and slips printed."""

from datetime import timedelta

import pytest

from linli.audit.models import Entry
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import at, now
from linli.kernel.decision import Refused
from linli.notices import read
from linli.notices.actions import complete_call, notify, print_slips
from linli.notices.kinds import Channel, Topic
from linli.notices.models import Delivery, Notice
from linli.notices.policies import CARRY
from tests.notices.making import COMMUNITY, actor, home, lives, person, place

pytestmark = pytest.mark.django_db


def told(*persons, path=f"{COMMUNITY}b9/"):
    notify(
        Topic.MATTER_CLOSED,
        by=SYSTEM,
        to=[each.pk for each in persons],
        params={"title": "路灯不亮"},
        url="",
        subject=place(),
        place_path=path,
    )


@pytest.fixture
def clerk():
    return actor(person("陈静").pk, CARRY)


def test_who_was_reached_has_been_told(clerk):
    told(person(reach="call"))
    delivery = complete_call(by=clerk, delivery_id=Delivery.objects.get().pk, reached=True)
    assert (delivery.state, delivery.done_by_id) == ("delivered", clerk.person_id)
    assert Notice.objects.get().read_at == delivery.done_at
    assert Entry.objects.get(event="notices.call_done").data == {"reached": True}


def test_who_was_not_reached_gets_a_slip(clerk):
    told(person(reach="call"))
    complete_call(by=clerk, delivery_id=Delivery.objects.get().pk, reached=False)
    assert list(Delivery.objects.order_by("channel").values_list("channel", "state")) == [
        ("call", "failed"),
        ("slip", "waiting"),
    ]
    assert Notice.objects.get().read_at is None
    assert read.waiting_counts(clerk) == {"inbox": 0, "call": 0, "slip": 1}


def test_a_call_is_done_once(clerk):
    told(person(reach="call"))
    delivery_id = Delivery.objects.get().pk
    complete_call(by=clerk, delivery_id=delivery_id, reached=True)
    with pytest.raises(Refused) as refused:
        complete_call(by=clerk, delivery_id=delivery_id, reached=False)
    assert refused.value.reason == "Somebody has already done this."


def test_calls_of_other_places_are_not_on_the_list(clerk):
    called = person("张三", reach="call")
    told(called)
    told(called, path="/620201/002/007/")
    assert [each.place_path for each in read.waiting_deliveries(clerk, Channel.CALL)] == [f"{COMMUNITY}b9/"]
    assert not read.waiting_deliveries(actor(), Channel.CALL)


def test_slips_printed_together_can_be_opened_again(clerk):
    told(person("张三", reach="slip"), person("李四", reach="slip"))
    told(person("王五", reach="slip"), path="/620201/002/007/")
    ids = list(Delivery.objects.values_list("pk", flat=True))
    with at(now() + timedelta(minutes=1)):
        moment = print_slips(by=clerk, delivery_ids=ids)
    printed = read.printed_slips(clerk.person_id, moment)
    assert sorted(slip.notice.person.name for slip in printed) == ["张三", "李四"]
    assert Delivery.objects.filter(state="waiting").count() == 1, "the slip of another place still waits"
    assert Entry.objects.get(event="notices.slip_printed").data["count"] == 2
    with pytest.raises(Refused) as refused:
        print_slips(by=clerk, delivery_ids=ids)
    assert (refused.value.reason, refused.value.status) == ("These slips have already been printed.", 409)


def test_a_slip_says_where_it_goes():
    someone, unknown = person("张三"), person("李四")
    lives(someone, home())
    assert read.addresses([someone.pk, unknown.pk]) == {someone.pk: "9栋 602"}
