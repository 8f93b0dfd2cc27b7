"""Orders for other systems: a unit takes, returns and reports its own; who may verify does."""

import pytest

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.ids import uuid7
from linli.matters.kinds import Event, Power
from linli.matters.models import Order
from tests import world as worlds
from tests.api import System, key_of, problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(worlds.MORNING):
        yield


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def clerk(world):
    return System(key_of(world, "clerk").text)


@pytest.fixture
def unit(world):
    return System(key_of(world, "power").text)


@pytest.fixture
def order(world, clerk):
    body = {"place": str(world.place("building")), "text": "路灯不亮了", "anonymous": True}
    return worlds.issue_order(world, clerk.post("/matters", body).json()["id"])


def test_a_unit_sees_its_own_orders_and_no_others(world, clerk, unit, order):
    other = System(key_of(world, "property").text)
    assert [each["id"] for each in unit.get("/orders").json()["orders"]] == [str(order)]
    assert other.get("/orders").json()["orders"] == []
    assert [each["id"] for each in clerk.get("/orders").json()["orders"]] == [str(order)]
    told = unit.get(f"/orders/{order}").json()
    assert (told["state"], told["unit"]["name"], told["place"]["address"]) == (
        "issued",
        "供电所",
        "1网格 3号楼",
    )
    assert problem(other.get(f"/orders/{order}"), 404) == "There is no such order for you to see."


def test_a_units_key_reaches_only_its_own_place(world, order):
    narrow = System(key_of(world, "power", place="building4").text)
    assert narrow.get("/orders").json()["orders"] == []
    problem(narrow.get(f"/orders/{order}"), 404)
    reason = problem(narrow.post(f"/orders/{order}/accept"), 403)
    assert reason == "This key is not for orders of this place."


def test_a_unit_takes_its_order_and_reports(world, clerk, unit, order):
    assert unit.post(f"/orders/{order}/accept").json()["state"] == "accepted"
    reported = unit.post(f"/orders/{order}/report", {"text": "换了灯泡"}).json()
    assert (reported["state"], reported["report"]) == ("reported", "换了灯泡")
    verified = clerk.post(f"/orders/{order}/verify", {"note": "亮了"}).json()
    assert verified["state"] == "verified"
    assert [turn["verb"] for turn in verified["turns"]] == ["issue", "accept", "report", "verify"]
    row = Order.objects.get(id=order)
    assert row.verified_by_id is None
    assert row.verified_key == Entry.objects.get(event=Event.ORDER_VERIFIED).actor_id


def test_a_unit_returns_what_is_not_its_duty(unit, order):
    problem(unit.post(f"/orders/{order}/return", {}), 422)
    told = unit.post(f"/orders/{order}/return", {"reason": "这段归物业"}).json()
    assert (told["state"], told["turns"][-1]["text"]) == ("returned", "这段归物业")
    reason = problem(unit.post(f"/orders/{order}/accept"), 409)
    assert reason.startswith("This order has moved on meanwhile")


def test_an_accepted_order_is_accepted_once(unit, order):
    first = unit.post(f"/orders/{order}/accept", once="a")
    assert unit.post(f"/orders/{order}/accept", once="a").json() == first.json()
    problem(unit.post(f"/orders/{order}/accept"), 409)


def test_nobody_verifies_their_own_work(world, unit, order):
    unit.post(f"/orders/{order}/report", {"text": "换了灯泡"})
    problem(unit.post(f"/orders/{order}/verify", {}), 403)  # a unit's post has no such power
    worlds.give_powers(world, "power", [Power.ORDER_HANDLE, Power.ORDER_VERIFY, Power.READ])
    both = System(key_of(world, "power").text)
    assert problem(both.post(f"/orders/{order}/verify", {}), 403) == "Nobody verifies their own work."


def test_another_units_order_is_not_touched(world, order):
    other = System(key_of(world, "property").text)
    for act, body in (("accept", None), ("return", {"reason": "x"}), ("report", {"text": "x"})):
        assert problem(other.post(f"/orders/{order}/{act}", body), 403) == "This order is another unit's."


def test_an_order_that_is_none_is_not_there(clerk, unit):
    for system, act, body in ((unit, "accept", None), (clerk, "verify", {}), (unit, "report", {"text": "x"})):
        assert problem(system.post(f"/orders/{uuid7()}/{act}", body), 404)


def test_a_key_without_the_power_to_handle_takes_nothing(world, order):
    """The post alone is not enough: what the key was not given it cannot do."""
    worlds.give_powers(world, "power", [Power.ORDER_HANDLE, Power.READ])
    reader = System(key_of(world, "power", [Power.READ]).text)
    problem(reader.post(f"/orders/{order}/accept"), 403)


NARROWED = [
    ({"state": "issued"}, 1),
    ({"state": "verified"}, 0),
    ({"kind": "whistle"}, 0),
    ({"late": "true"}, 0),
]


def test_the_list_is_narrowed(unit, order):
    for query, found in NARROWED:
        assert len(unit.get("/orders", **query).json()["orders"]) == found


def test_a_list_of_orders_and_one_order_take_few_queries(world, clerk, order, django_assert_max_num_queries):
    clerk.get("/orders")
    with django_assert_max_num_queries(8):
        clerk.get("/orders")
    with django_assert_max_num_queries(12):
        clerk.get(f"/orders/{order}")
