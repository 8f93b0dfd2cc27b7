"""One order of several waits alone: its own deadline moves, nothing else does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.matters import jobs
from linli.matters.actions import checking, moving, orders, watching, whistles
from linli.matters.kinds import OrderState
from linli.matters.models import LatenessMark, Matter, Order
from linli.notices.models import Notice
from tests.matters.telling import RAISER, at_handling, dispatch, in_days, move
from tests.world import World, on


def two_orders(world: World) -> tuple[Matter, Order, Order]:
    """A matter two units work on, both due in two days."""
    matter = at_handling(world)
    asks = [
        orders.Ask(world.unit("property"), "换灯", in_days(2)),
        orders.Ask(world.unit("power"), "查线路", in_days(2)),
    ]
    first, second = orders.issue(by=world.actor("clerk"), matter_id=matter.id, asks=asks)
    return Matter.objects.get(id=matter.id), first, second


def suspend(world: World, order: Order, until: date | None = None, who: str = "clerk") -> Order:
    return checking.suspend(by=world.actor(who), order_id=order.id, reason="等配件", until=until)


def due(order: Order) -> str:
    return f"{clock.local(Order.objects.get(id=order.id).due_at):%m-%d %H:%M}"


def test_one_unit_waits_and_neither_the_others_nor_the_promise_move(plain_world: World) -> None:
    with on("2026-11-18"):
        matter, first, second = two_orders(plain_world)
        suspend(plain_world, first, date(2026, 11, 25))
    with on("2026-11-24"):
        jobs.sweep()
        assert Order.objects.get(id=first.id).suspended_at is not None
    with on("2026-11-25"):
        jobs.sweep()
    assert (due(first), due(second)) == ("11-27 09:00", "11-20 09:00")
    after = Matter.objects.get(id=matter.id)
    assert (after.promised_at, after.step_due_at, after.state) == (
        matter.promised_at,
        matter.step_due_at,
        matter.state,
    )
    told = Notice.objects.filter(person_id=plain_world.persons["property"])
    assert set(told.values_list("topic", flat=True)) >= {"order_suspended", "order_resumed"}
    assert not Notice.objects.filter(person_id=plain_world.persons["wang"], topic="matter_suspended").exists()
    record = Entry.objects.filter(subject_id=first.id).values_list("event", flat=True)
    assert {"matters.order_suspended", "matters.order_resumed"} <= set(record)


def test_an_order_that_waits_is_not_late_and_the_other_is(plain_world: World) -> None:
    with on("2026-11-18"):
        _matter, first, second = two_orders(plain_world)
        suspend(plain_world, first)
    with on("2026-11-23", 18, 1):
        jobs.sweep()
    assert not LatenessMark.objects.filter(order=first).exists()
    assert LatenessMark.objects.filter(order=second).exists()


def test_without_a_day_it_waits_until_somebody_lifts_it_ninety_days_at_most(plain_world: World) -> None:
    with on("2026-11-18"):
        _matter, first, _second = two_orders(plain_world)
        assert suspend(plain_world, first).suspended_until == date(2027, 2, 16)
    with on("2026-11-19"):
        checking.resume(by=plain_world.actor("property"), order_id=first.id)
        with pytest.raises(Refused, match="not suspended"):
            checking.resume(by=plain_world.actor("clerk"), order_id=first.id)
    assert due(first) == "11-23 18:00"  # the 21st is no working day


@pytest.mark.parametrize("until", [date(2026, 11, 18), date(2027, 2, 17)])
def test_the_limits_of_a_suspension_hold(plain_world: World, until: date) -> None:
    with on("2026-11-18"):
        _matter, first, _second = two_orders(plain_world)
        with pytest.raises(Refused, match="90 days"):
            suspend(plain_world, first, until)


def test_who_may_not_and_when_not(plain_world: World) -> None:
    with on("2026-11-18"):
        matter, first, second = two_orders(plain_world)
        with pytest.raises(Refused, match="their own work"):
            suspend(plain_world, first, who="property")
        with pytest.raises(Refused, match="does not include suspending"):
            suspend(plain_world, first, who="power")
        suspend(plain_world, first)
        with pytest.raises(Refused, match="suspended already") as twice:
            suspend(plain_world, first)
        assert twice.value.status == 409
        with pytest.raises(Refused, match="moves by itself"):
            checking.ask_extension(
                by=plain_world.actor("property"), order_id=first.id, reason="忙", until=in_days(5)
            )
        orders.report(by=plain_world.actor("power"), order_id=second.id, text="查好了")
        with pytest.raises(Refused, match="moved on"):
            suspend(plain_world, second)
        watching.suspend(
            by=plain_world.actor("clerk"), matter_id=matter.id, reason="等开春", until=date(2026, 11, 20)
        )
        with pytest.raises(Refused, match="open matter"):
            suspend(plain_world, second)


def test_accepting_leaves_it_waiting_and_the_result_ends_it(plain_world: World) -> None:
    with on("2026-11-18"):
        _matter, first, _second = two_orders(plain_world)
        suspend(plain_world, first)
        orders.accept(by=plain_world.actor("property"), order_id=first.id)
        assert Order.objects.get(id=first.id).suspended_at is not None
    with on("2026-11-25"):
        orders.report(by=plain_world.actor("property"), order_id=first.id, text="装好了")
    done = Order.objects.get(id=first.id)
    assert (done.state, done.suspended_at, done.suspended_until, done.suspended_why) == (
        OrderState.REPORTED,
        None,
        None,
        "",
    )
    assert due(first) == "11-27 09:00"


def test_a_whistle_that_waited_is_not_late_when_its_unit_comes(plain_world: World) -> None:
    with on("2026-11-18", 9):
        matter = at_handling(plain_world)
        move(plain_world, "clerk", matter, "street", "unresolved")
        whistle = dispatch(plain_world, "street", matter, unit="urban", whistle=True)
        suspend(plain_world, whistle, who="street")
    with on("2026-11-19", 9):
        there = whistles.report_in(by=plain_world.actor("urban"), order_id=whistle.id)
        assert there.reported_in_at < there.report_in_due_at


def test_hours_in_which_the_whole_matter_waits_as_well_count_once(plain_world: World) -> None:
    with on("2026-11-18"):
        matter, first, second = two_orders(plain_world)
        suspend(plain_world, first)
    with on("2026-11-19"):
        watching.suspend(
            by=plain_world.actor("clerk"), matter_id=matter.id, reason="等开春", until=date(2026, 12, 20)
        )
    with on("2026-11-23"):  # the unit could go on; its matter still waits
        checking.resume(by=plain_world.actor("property"), order_id=first.id)
    with on("2026-11-25"):
        watching.resume(by=plain_world.actor("clerk"), matter_id=matter.id)
    assert (due(first), due(second)) == ("11-30 18:00", "11-26 09:00")


def test_one_that_waits_longer_than_its_matter_counts_its_own_time(plain_world: World) -> None:
    with on("2026-11-18"):
        matter, first, second = two_orders(plain_world)
        suspend(plain_world, first)
        watching.suspend(
            by=plain_world.actor("clerk"), matter_id=matter.id, reason="等开春", until=date(2026, 12, 20)
        )
    with on("2026-11-23"):
        watching.resume(by=plain_world.actor("clerk"), matter_id=matter.id)
    with on("2026-11-25"):
        checking.resume(by=plain_world.actor("clerk"), order_id=first.id)
    assert (due(first), due(second)) == ("11-27 09:00", "11-25 09:00")


def test_a_matter_taken_back_takes_its_waiting_orders_along(plain_world: World) -> None:
    with on("2026-11-18"):
        matter, first, _second = two_orders(plain_world)
        suspend(plain_world, first)
        moving.withdraw(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER)
    assert Order.objects.get(id=first.id).state == OrderState.WITHDRAWN


@pytest.mark.parametrize(
    "wrong",
    [
        {"suspended_at": None},
        {"suspended_until": None},
        {"suspended_why": ""},
        {"state": "verified", "reported_at": clock.now()},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_table_keeps_a_waiting_order_whole(plain_world: World, wrong: dict[str, object]) -> None:
    with on("2026-11-18"):
        _matter, first, _second = two_orders(plain_world)
        suspend(plain_world, first)
    with pytest.raises(IntegrityError, match="order_suspended_while_running"), transaction.atomic():
        Order.objects.filter(id=first.id).update(**wrong)
