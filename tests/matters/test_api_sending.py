"""Sending out and following up for other systems: the same acts, policies and reasons as at the desk."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from linli.kernel import clock
from linli.kernel.ids import uuid7
from linli.matters.kinds import OrderState, Power
from linli.matters.models import Assessment, Chase, Extension, Order
from tests import world as worlds
from tests.api import System, key_of, problem
from tests.world import World

pytestmark = pytest.mark.django_db
DUE = "2026-11-20T18:00:00+08:00"
LATER = "2026-11-23T18:00:00+08:00"


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(worlds.MORNING):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker):
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with clock.at(worlds.MORNING), django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    _built.posts["power"].kind.refresh_from_db()  # a test may have given it other powers
    return _built


@pytest.fixture
def clerk(world: World) -> System:
    return System(key_of(world, "clerk").text)


@pytest.fixture
def secretary(world: World) -> System:
    return System(key_of(world, "secretary").text)


@pytest.fixture
def unit(world: World) -> System:
    return System(key_of(world, "power").text)


@pytest.fixture
def matter(world: World, clerk: System) -> str:
    body = {"place": str(world.place("building")), "text": "路灯不亮了", "anonymous": True}
    return str(clerk.post("/matters", body).json()["id"])


def share(world: World, unit: str = "power", **changed: Any) -> dict[str, Any]:
    return {"unit": str(world.unit(unit)), "task": "看一下线路", "due_at": DUE} | changed


@pytest.fixture
def order(world: World, clerk: System, matter: str) -> str:
    answer = clerk.post(f"/matters/{matter}/orders", {"orders": [share(world)]})
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["orders"][0]["id"])


def test_orders_are_issued_all_or_none(world, clerk, matter):
    asks = {"orders": [share(world), share(world, "property", task="换灯罩")]}
    first = clerk.post(f"/matters/{matter}/orders", asks, once="a")
    told = first.json()["orders"]
    assert [(each["unit"]["name"], each["state"]) for each in told] == [
        ("供电所", "issued"),
        ("恒安物业", "issued"),
    ]
    assert datetime.fromisoformat(told[0]["due_at"]) == datetime.fromisoformat(DUE)
    assert clerk.post(f"/matters/{matter}/orders", asks, once="a").json() == first.json()
    again = {"orders": [share(world, "urban"), share(world)]}
    reason = problem(clerk.post(f"/matters/{matter}/orders", again), 409)
    assert reason == "供电所 already has a running order of this matter."
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"due_at": "2026-11-20"}, "body.orders.0.due_at"),
        ({"due_at": "2026-11-20T18:00:00"}, "body.orders.0.due_at"),
        ({"due_at": "9999-12-31T23:59:59-23:59"}, "body.orders.0.due_at"),
        ({"due_at": "2026-02-30T18:00:00Z"}, "body.orders.0.due_at"),
        ({"due_at": 1_800_000_000}, "body.orders.0.due_at"),
        ({"task": ""}, "body.orders.0.task"),
    ],
)
def test_what_is_wrong_with_an_order_is_named(world, clerk, matter, changed, path):
    answer = clerk.post(f"/matters/{matter}/orders", {"orders": [share(world, **changed)]})
    problem(answer, 422)
    assert [each["path"] for each in answer.json()["errors"]] == [path]
    assert problem(clerk.post(f"/matters/{matter}/orders", {"orders": []}), 422)
    past = {"orders": [share(world, due_at="2026-11-16T08:59:59+08:00")]}
    assert problem(clerk.post(f"/matters/{matter}/orders", past), 422) == "The deadline must lie ahead."


def test_who_issues_and_who_blows_the_whistle(world, clerk, secretary, unit, matter):
    asks = {"orders": [share(world)]}
    problem(unit.post(f"/matters/{matter}/orders", asks), 403)
    problem(clerk.post(f"/matters/{matter}/whistles", asks), 403)
    problem(clerk.post(f"/matters/{uuid7()}/orders", asks), 404)
    told = secretary.post(f"/matters/{matter}/whistles", asks).json()["orders"]
    assert told[0]["kind"] == "whistle"
    assert told[0]["report_in_due_at"]
    called = unit.post(f"/orders/{told[0]['id']}/report-in", {"note": "到了"}).json()
    assert called["reported_in_at"]
    problem(unit.post(f"/orders/{told[0]['id']}/report-in", {}), 409)


@pytest.fixture
def whistle(world: World, secretary: System, unit: System, matter: str) -> str:
    """A whistle the power station has come to and reported."""
    told = secretary.post(f"/matters/{matter}/whistles", {"orders": [share(world)]}).json()["orders"]
    unit.post(f"/orders/{told[0]['id']}/report-in", {})
    unit.post(f"/orders/{told[0]['id']}/report", {"text": "换了线"})
    return str(told[0]["id"])


def test_after_a_whistle_each_side_assesses_the_other_once(clerk, secretary, unit, whistle):
    problem(clerk.post(f"/orders/{whistle}/assess-unit", {"score": 4}), 403)
    problem(unit.post(f"/orders/{whistle}/assess-unit", {"score": 5}), 403)
    problem(secretary.post(f"/orders/{whistle}/assess-street", {"score": 5}), 403)
    first = secretary.post(f"/orders/{whistle}/assess-unit", {"score": 4, "text": "来得快"}, once="a")
    assert secretary.post(
        f"/orders/{whistle}/assess-unit", {"score": 4, "text": "来得快"}, once="a"
    ).json() == (first.json())
    told = unit.post(f"/orders/{whistle}/assess-street", {"score": 3}).json()["assessments"]
    assert {(each["of"], each["score"], each["text"]) for each in told} == {
        ("unit", 4, "来得快"),
        ("street", 3, ""),
    }
    assert unit.get(f"/orders/{whistle}").json()["assessments"] == told
    again = problem(secretary.post(f"/orders/{whistle}/assess-unit", {"score": 1}), 409)
    assert again == "This side has already given its assessment."
    assert {(row.by_id, bool(row.by_key)) for row in Assessment.objects.all()} == {(None, True)}


def test_only_a_reported_whistle_is_assessed_and_in_five_levels(world, clerk, secretary, matter, whistle):
    asks = {"orders": [share(world, "property")]}
    order = clerk.post(f"/matters/{matter}/orders", asks).json()["orders"][0]["id"]
    other = System(key_of(world, "property").text)
    other.post(f"/orders/{order}/report", {"text": "看过了"})
    early = problem(other.post(f"/orders/{order}/assess-street", {"score": 3}), 409)
    assert early == "Assessment comes after a whistle's result is reported."
    for score in (0, 6, "4", True, None):
        problem(secretary.post(f"/orders/{whistle}/assess-unit", {"score": score}), 422)
    problem(secretary.post(f"/orders/{uuid7()}/assess-unit", {"score": 3}), 404)


def test_a_units_key_never_assesses_its_own_side(world, whistle):
    worlds.give_powers(world, "power", [Power.ORDER_HANDLE, Power.WHISTLE_ISSUE])
    both = System(key_of(world, "power").text)
    reason = problem(both.post(f"/orders/{whistle}/assess-unit", {"score": 5}), 403)
    assert reason == "Nobody assesses their own side."


def test_more_time_is_decided_by_somebody_else(world, clerk, secretary, unit, order):
    assert problem(secretary.post(f"/orders/{order}/more-time/decision", {"granted": True}), 409)
    asked = unit.post(f"/orders/{order}/more-time", {"reason": "配件明天到", "until": LATER}).json()
    assert datetime.fromisoformat(asked["more_time_asked_until"]) == datetime.fromisoformat(LATER)
    assert asked["due_at"] != asked["more_time_asked_until"]
    problem(unit.post(f"/orders/{order}/more-time", {"reason": "再要", "until": LATER}), 409)
    problem(clerk.post(f"/orders/{order}/more-time/decision", {"granted": True}), 403)
    problem(secretary.post(f"/orders/{order}/more-time/decision", {"granted": "yes"}), 422)
    told = secretary.post(f"/orders/{order}/more-time/decision", {"granted": True, "note": "同意"}).json()
    assert (told["more_time_asked_until"], told["due_at"]) == (None, asked["more_time_asked_until"])
    row = Extension.objects.get()
    assert (row.asked_by_id, row.decided_by_id) == (None, None)
    assert row.asked_key != row.decided_key


def test_a_units_key_decides_nothing_about_its_own_order(world, order):
    powers = [Power.ORDER_HANDLE, Power.EXTENSION_APPROVE, Power.ORDER_REVIEW]
    worlds.give_powers(world, "power", powers)
    both = System(key_of(world, "power").text)
    both.post(f"/orders/{order}/more-time", {"reason": "配件", "until": LATER})
    reason = problem(both.post(f"/orders/{order}/more-time/decision", {"granted": True}), 403)
    assert reason == "Nobody decides on their own request."
    both.post(f"/orders/{order}/return", {"reason": "这段归物业"})
    assert problem(both.post(f"/orders/{order}/review", {"note": "归物业"}), 403) == (
        "Nobody reviews their own return."
    )


@pytest.mark.parametrize("other", [True, False])
def test_a_return_is_decided_on(world, secretary, unit, order, other):
    unit.post(f"/orders/{order}/return", {"reason": "这段归物业"})
    body = {"note": "归物业" if other else "归供电所", "unit": str(world.unit("property")) if other else None}
    told = secretary.post(f"/orders/{order}/review", body).json()
    assert told["state"] == "issued"
    assert (told["id"] == order) != other
    assert told["unit"]["name"] == ("恒安物业" if other else "供电所")


def test_a_report_is_sent_back_with_a_new_deadline(clerk, unit, order):
    unit.post(f"/orders/{order}/report", {"text": "换了灯泡"})
    told = clerk.post(f"/orders/{order}/send-back", {"reason": "还在闪", "due_at": LATER}).json()
    assert told["turns"][-1]["text"] == "还在闪"
    assert datetime.fromisoformat(told["due_at"]) == datetime.fromisoformat(LATER)
    problem(clerk.post(f"/orders/{order}/send-back", {"reason": "还在闪", "due_at": LATER}), 409)


def test_an_order_is_withdrawn_with_the_reason(clerk, unit, order):
    problem(unit.post(f"/orders/{order}/withdraw", {"reason": "不用了"}), 403)
    told = clerk.post(f"/orders/{order}/withdraw", {"reason": "重复了"}).json()
    assert (told["state"], told["turns"][-1]["text"]) == (OrderState.WITHDRAWN, "重复了")


def test_paper_is_entered_only_for_a_unit_without_a_computer(world, clerk, matter, order):
    reason = problem(clerk.post(f"/orders/{order}/paper-report", {"text": "修好了"}), 403)
    assert reason == "This unit reports by itself."
    asks = {"orders": [share(world, "greening")]}
    paper = clerk.post(f"/matters/{matter}/orders", asks).json()["orders"][0]["id"]
    assert clerk.post(f"/orders/{paper}/paper-report", {"text": "修剪好了"}).json()["state"] == "reported"


def test_urging_and_supervising_name_who_is_meant(world, clerk, secretary, unit, matter, order):
    told = clerk.post(f"/matters/{matter}/urge", {"text": "居民又来问了"}).json()
    assert (told["kind"], told["order"]) == ("urge", order)
    problem(unit.post(f"/matters/{matter}/urge", {}), 403)
    problem(clerk.post(f"/matters/{matter}/supervise", {"text": "给个说法"}), 403)
    problem(secretary.post(f"/matters/{matter}/supervise", {}), 422)
    told = secretary.post(f"/matters/{matter}/supervise", {"text": "给个说法", "order": order}).json()
    assert told["kind"] == "supervise"
    gone = problem(clerk.post(f"/matters/{matter}/urge", {"order": str(uuid7())}), 409)
    assert gone == "This order is not running any more."
    assert Chase.objects.count() == 2


def test_a_key_of_another_place_touches_nothing(world, matter, order):
    there = System(key_of(world, "secretary", place="building4").text)
    for path, body in [
        (f"/matters/{matter}/orders", {"orders": [share(world, "urban")]}),
        (f"/orders/{order}/withdraw", {"reason": "x"}),
        (f"/orders/{order}/send-back", {"reason": "x", "due_at": LATER}),
        (f"/matters/{matter}/supervise", {"text": "x"}),
    ]:
        problem(there.post(path, body), 403)
    problem(there.post(f"/matters/{matter}/urge", {}), 404)
