"""Short ways to act in a test world."""

from datetime import datetime, timedelta
from typing import Any

from linli.kernel import clock
from linli.matters.actions import moving, orders, raising
from linli.matters.kinds import OrderKind
from linli.matters.models import Matter, Order
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from tests.world import World

RAISER = Ties(is_raiser=True, lives_in_community=True)
TEXT = "楼道灯坏了一个多星期，晚上看不见台阶。"


def raise_one(world: World, key: str = "wang", place: str = "home", **more: Any) -> Matter:
    """A matter raised by somebody at a place."""
    said = raising.Raised(**{"place_id": world.place(place), "text": TEXT} | more)
    return raising.raise_matter(by=world.actor(key), raised=said).matter


def move(world: World, who: str, matter: Matter, target: str, verb: str = "") -> Matter:
    """Move a matter on from where it stands."""
    at = read.matter(matter.id).step_key
    return moving.move(by=world.actor(who), matter_id=matter.id, from_step=at, target=target, verb=verb)


def at_handling(world: World) -> Matter:
    """On the plain way: raised, accepted and dispatched to handling."""
    matter = raise_one(world)
    move(world, "clerk", matter, "assess", "accept")
    return move(world, "secretary", matter, "handle", "dispatch")


def dispatch(
    world: World, who: str, matter: Matter, unit: str = "property", days: int = 3, whistle: bool = False
) -> Order:
    """One order to one unit, due in some days."""
    kind = OrderKind.WHISTLE if whistle else OrderKind.ORDER
    ask = orders.Ask(world.unit(unit), "换灯", in_days(days))
    return orders.issue(by=world.actor(who), matter_id=matter.id, asks=[ask], kind=kind)[0]


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)
