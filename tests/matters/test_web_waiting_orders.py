"""An order that waits alone, where it is shown: its page, the inbox, the matter, lists, paper, the API."""

from collections.abc import Iterator
from datetime import date

import pytest

from linli.kernel import clock
from linli.matters.actions import checking
from linli.matters.models import Order
from tests.api import System, key_of
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import at_handling, dispatch
from tests.world import MORNING, World


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def at(order: Order, name: str) -> str:
    return f"/desk/orders/{order.id}/{name}/"


def waiting(world: World) -> tuple[Order, Order]:
    """Two orders of one matter, the first suspended until the 25th by the clerk at their page."""
    matter = at_handling(world)
    first, second = dispatch(world, "clerk", matter), dispatch(world, "clerk", matter, unit="power")
    said = {"reason": "等配件到货", "until": "2026-11-25"}
    assert sent(desk(world, "clerk").post(at(first, "suspend"), said)) == f"/desk/orders/{first.id}/"
    return first, second


def test_it_is_shown_to_the_unit_on_its_page_in_its_inbox_and_on_paper(plain_world: World) -> None:
    first, _second = waiting(plain_world)
    unit = desk(plain_world, "property")
    page = shown(unit.get(f"/desk/orders/{first.id}/"))
    assert "This order waits" in page
    assert "等配件到货" in page
    assert "Ask for more time" not in page
    assert "Suspend this order" not in page
    inbox = shown(unit.get("/desk/"))
    assert "suspended" in inbox
    assert "waits until" in inbox
    slip = shown(unit.get(at(first, "slip")))
    assert "等配件到货" in slip
    assert "until 2026-11-25 at the latest" in slip
    sent(unit.post(at(first, "go-on")))
    assert "This order waits" not in shown(unit.get(f"/desk/orders/{first.id}/"))


def test_the_matter_runs_on_and_says_when_every_unit_waits(plain_world: World) -> None:
    first, second = waiting(plain_world)
    clerk, page = desk(plain_world, "clerk"), f"/desk/matters/{first.matter_id}/"
    one = shown(clerk.get(page))
    assert "This order waits" in one
    assert "Order suspended · " in one  # the story
    assert "Every unit it was sent to waits" not in one
    checking.suspend(by=plain_world.actor("clerk"), order_id=second.id, reason="下雨")
    both = shown(clerk.get(page))
    assert "Every unit it was sent to waits" in both
    assert "Let the clock go on" in both  # of each order; the matter itself is not suspended
    assert 'id="do-suspend"' in both


def test_lists_know_what_waits(plain_world: World) -> None:
    first, second = waiting(plain_world)
    Order.objects.all().update(due_at=clock.now().replace(day=1))
    clerk = desk(plain_world, "clerk")
    late, resting = (
        shown(clerk.get("/desk/orders/?state=late")),
        shown(clerk.get("/desk/orders/?state=suspended")),
    )
    assert first.number not in late
    assert second.number in late
    assert first.number in resting
    assert second.number not in resting
    assert "waits until" in resting
    narrowed = shown(desk(plain_world, "property").get("/desk/?due=late"))
    assert f"/desk/orders/{first.id}/" not in narrowed


def test_other_systems_are_told(plain_world: World) -> None:
    first, _second = waiting(plain_world)
    told = System(key_of(plain_world, "property").text).get(f"/orders/{first.id}").json()
    assert (told["suspended_until"], told["suspended_why"], told["late"]) == (
        str(date(2026, 11, 25)),
        "等配件到货",
        False,
    )


def test_a_wrong_day_comes_back_with_what_was_written(plain_world: World) -> None:
    first, _second = waiting(plain_world)
    sent(desk(plain_world, "property").post(at(first, "go-on")))
    far = desk(plain_world, "clerk").post(at(first, "suspend"), {"reason": "等开春", "until": "2027-11-30"})
    page = shown(far, 422)
    assert "within 90 days" in page
    assert "等开春" in page
