"""The numbers beside the desk's entries are what each list shows."""

from collections.abc import Callable

import pytest

from linli.kernel.actor import Actor
from linli.matters import jobs
from linli.matters.actions import checking, judging, orders
from linli.matters.kinds import OrderState
from linli.matters.read import desk
from tests.matters.telling import at_handling, dispatch, in_days, raise_one
from tests.world import World, on

OPEN = (OrderState.VERIFIED, OrderState.WITHDRAWN)


def lengths(actor: Actor) -> desk.Counts:
    """What the lists themselves hold; of whistles those that are open."""
    running = [item for item in desk.whistles(actor) if item.order and item.order.state not in OPEN]
    return desk.Counts(len(desk.on_me(actor)), len(desk.fresh(actor)), len(desk.sent(actor)), len(running))


def more_time_asked(world: World) -> None:
    """A unit that took an order asks for more time."""
    order = dispatch(world, "clerk", at_handling(world))
    orders.accept(by=world.actor("property"), order_id=order.id)
    checking.ask_extension(by=world.actor("property"), order_id=order.id, until=in_days(9), reason="等配件")


def supervised(world: World) -> None:
    """An order so late that the secretary has to act."""
    with on("2026-11-18"):
        dispatch(world, "clerk", at_handling(world), days=1)
    with on("2026-11-23"):
        jobs.sweep()


def exclusion_asked(world: World) -> None:
    """The secretary asks the street to leave a matter out of the rates."""
    matter = raise_one(world)
    judging.ask_exclusion(by=world.actor("secretary"), matter_id=matter.id, reason="法院已受理")


def whistle_blown(world: World) -> None:
    """The street whistles two departments."""
    dispatch(world, "street", raise_one(world), unit="urban", whistle=True)


@pytest.mark.parametrize(
    ("happens", "who", "number"),
    [
        (more_time_asked, "secretary", "on_me"),
        (supervised, "secretary", "on_me"),
        (exclusion_asked, "street", "on_me"),
        (whistle_blown, "street", "whistles"),
    ],
)
def test_the_numbers_are_what_the_lists_show(
    plain_world: World, happens: Callable[[World], None], who: str, number: str
) -> None:
    before = desk.counts(plain_world.actor(who))
    happens(plain_world)
    assert getattr(desk.counts(plain_world.actor(who)), number) > getattr(before, number)
    for each in ("clerk", "secretary", "street", "property", "urban"):
        actor = plain_world.actor(each)
        assert desk.counts(actor) == lengths(actor), each


def test_who_reaches_nothing_has_nothing_on_them(plain_world: World) -> None:
    raise_one(plain_world)
    nobody = Actor(person_id=plain_world.persons["wang"])
    assert desk.counts(nobody) == desk.Counts(0, 0, 0, 0)
    assert desk.on_me(nobody) == []
