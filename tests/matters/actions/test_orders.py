"""Orders: acceptance, return and review, rework, more time, paper results."""

from datetime import datetime, timedelta

import pytest

from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.matters.actions import checking, orders
from linli.matters.kinds import OrderState
from linli.matters.models import Matter, Order
from linli.matters.rules.orders import days_past_promise
from linli.notices.models import Notice
from tests.matters.telling import at_handling, dispatch, in_days, move
from tests.world import World, on


def test_an_order_goes_to_the_units_handler_who_is_told(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
    assert order.handler_id == plain_world.posts["property"].id
    assert Notice.objects.filter(person_id=plain_world.persons["property"], topic="order_issued").exists()


def test_a_second_running_order_to_the_same_unit_is_refused(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        dispatch(plain_world, "clerk", matter)
        with pytest.raises(Refused, match="already has a running order"):
            dispatch(plain_world, "clerk", matter)


def test_joint_orders_keep_their_own_deadlines(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        first = orders.Ask(plain_world.unit("property"), "换灯", in_days(1))
        second = orders.Ask(plain_world.unit("power"), "查线路", in_days(4))
        made = orders.issue(by=plain_world.actor("clerk"), matter_id=matter.id, asks=[first, second])
        assert [order.due_at for order in made] == [in_days(1), in_days(4)]


def test_only_the_units_own_handler_acts_on_it(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        with pytest.raises(Refused, match="another unit's"):
            orders.accept(by=plain_world.actor("power"), order_id=order.id)


def test_accepting_twice_tells_what_happened(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        orders.accept(by=plain_world.actor("property"), order_id=order.id)
        with pytest.raises(Refused, match="moved on") as refusal:
            orders.accept(by=plain_world.actor("property"), order_id=order.id)
    assert refusal.value.status == 409


def test_a_returned_order_is_reassigned_by_review(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        orders.return_order(by=plain_world.actor("property"), order_id=order.id, reason="线路归供电所")
        fresh = orders.review_return(
            by=plain_world.actor("secretary"),
            order_id=order.id,
            note="同意改派",
            new_unit_id=plain_world.unit("power"),
        )
    assert Order.objects.get(id=order.id).state == OrderState.WITHDRAWN
    assert (fresh.state, fresh.unit_id, fresh.replaces_id) == (
        OrderState.ISSUED,
        plain_world.unit("power"),
        order.id,
    )


def test_a_return_that_is_not_upheld_runs_on(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        orders.return_order(by=plain_world.actor("property"), order_id=order.id, reason="不归我们")
        again = orders.review_return(
            by=plain_world.actor("secretary"), order_id=order.id, note="责任清单写明"
        )
    assert again.state == OrderState.ISSUED


def test_the_clerk_who_dispatched_has_no_power_to_review(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        orders.return_order(by=plain_world.actor("property"), order_id=order.id, reason="不归我们")
        with pytest.raises(Refused, match="reviewing returns"):
            orders.review_return(by=plain_world.actor("clerk"), order_id=order.id, note="")


def test_more_time_counts_only_when_granted(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world), days=2)
        asked = checking.ask_extension(
            by=plain_world.actor("property"), order_id=order.id, reason="等配件", until=in_days(5)
        )
        assert Order.objects.get(id=order.id).due_at == in_days(2)
        checking.decide_extension(by=plain_world.actor("secretary"), extension_id=asked.id, granted=True)
        assert Order.objects.get(id=order.id).due_at == in_days(5)
        with pytest.raises(Refused, match="already decided"):
            checking.decide_extension(by=plain_world.actor("secretary"), extension_id=asked.id, granted=False)


@pytest.mark.parametrize(
    ("past", "note", "said"), [(4, "", "等配件"), (1, "配件在路上", "配件在路上"), (0, "", "")]
)
def test_more_time_past_the_promise_is_told_to_the_raiser(
    plain_world: World, past: int, note: str, said: str
) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter, days=2)
        promised = Matter.objects.get(id=matter.id).promised_at
        until = promised + timedelta(days=past)
        asked = checking.ask_extension(
            by=plain_world.actor("property"), order_id=order.id, reason="等配件", until=until
        )
        told = Notice.objects.filter(person_id=plain_world.persons["wang"], topic="matter_postponed")
        assert not told.exists(), "nothing is told before it is granted"
        secretary = plain_world.actor("secretary")
        checking.decide_extension(by=secretary, extension_id=asked.id, granted=True, note=note)
        found = [(row.params["until"], row.params["text"]) for row in told]
        assert found == ([(str(clock.local(until).date()), said)] if said else [])
        assert Matter.objects.get(id=matter.id).promised_at == promised, "a broken promise is counted as one"


def test_declined_more_time_tells_the_raiser_nothing(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter, days=2)
        until = Matter.objects.get(id=matter.id).promised_at + timedelta(days=9)
        asked = checking.ask_extension(
            by=plain_world.actor("property"), order_id=order.id, reason="等配件", until=until
        )
        checking.decide_extension(by=plain_world.actor("secretary"), extension_id=asked.id, granted=False)
    assert not Notice.objects.filter(topic="matter_postponed").exists()


@pytest.mark.parametrize(
    ("until", "suspended", "days"),
    [
        ("2026-11-25T18:00", False, 0),
        ("2026-11-25T18:01", False, 1),
        ("2026-11-26T00:00", False, 1),
        ("2026-11-29T09:00", False, 4),
        ("2026-11-29T09:00", True, 0),
    ],
)
def test_by_how_many_days_more_time_passes_the_promise(until: str, suspended: bool, days: int) -> None:
    promised = datetime(2026, 11, 25, 18, tzinfo=clock.SHANGHAI)
    asked = datetime.fromisoformat(until).replace(tzinfo=clock.SHANGHAI)
    assert days_past_promise(asked, promised, suspended) == days


@pytest.mark.parametrize("days", [1, 2])
def test_more_time_must_be_later_than_the_deadline(plain_world: World, days: int) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world), days=2)
        with pytest.raises(Refused, match="later than the present deadline"):
            checking.ask_extension(
                by=plain_world.actor("property"), order_id=order.id, reason="等", until=in_days(days)
            )


def test_rework_sends_the_order_back_with_a_new_date(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        orders.report(by=plain_world.actor("property"), order_id=order.id, text="换好了")
        checking.send_back(
            by=plain_world.actor("clerk"), order_id=order.id, reason="四楼还不亮", due_at=in_days(2)
        )
        again = orders.report(by=plain_world.actor("property"), order_id=order.id, text="四楼也换了")
    assert again.state == OrderState.REPORTED
    assert [turn.verb for turn in again.turns.order_by("at", "id")] == [
        "issue",
        "report",
        "send_back",
        "report",
    ]


def test_a_paper_result_is_entered_for_a_unit_without_a_computer(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter, unit="greening")
        done = orders.enter_paper_report(
            by=plain_world.actor("clerk"), order_id=order.id, text="树枝已修，签字：老绿"
        )
        other = dispatch(plain_world, "clerk", matter, unit="property")
        with pytest.raises(Refused, match="reports by itself"):
            orders.enter_paper_report(by=plain_world.actor("clerk"), order_id=other.id, text="…")
    assert (done.state, done.on_paper) == (OrderState.REPORTED, True)


def test_a_step_that_needs_its_orders_verified_waits_for_all_of_them(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        first = dispatch(plain_world, "clerk", matter)
        second = dispatch(plain_world, "clerk", matter, unit="power")
        for order, who in ((first, "property"), (second, "power")):
            orders.report(by=plain_world.actor(who), order_id=order.id, text="好了")
        checking.verify(by=plain_world.actor("clerk"), order_id=first.id)
        with pytest.raises(Refused, match="not verified yet"):
            move(plain_world, "clerk", matter, "answer", "resolve")
        checking.verify(by=plain_world.actor("clerk"), order_id=second.id)
        assert move(plain_world, "clerk", matter, "answer", "resolve").step_key == "answer"
