"""What the desk's map shows: the open matters of a community, and its drawn places."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.kinds import Power, State
from linli.matters.models import Matter
from linli.matters.read.lists import within
from linli.matters.rules.spots import Mark, Placed
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.rules.outlines import Outline, edge_point, inner_point

MARKED = (PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.COURTYARD, PlaceKind.BUILDING)
MOST = 1000  # what expires first; more marks than that tell nobody anything


@dataclass(frozen=True, slots=True)
class Shown:
    """An open matter as the map and its list show it."""

    placed: Placed
    number: str
    title: str
    due_at: Any
    suspended: bool


def open_matters(actor: Actor, path: str) -> list[Shown]:
    """The open matters of a place the actor reads, what expires first on top."""
    rows = Matter.objects.filter(within(actor, Power.READ), place_path__startswith=path)
    found = rows.exclude(state=State.CLOSED).order_by("step_due_at", "id").values_list(
        "id", "place_path", "longitude", "latitude", "number", "title", "step_due_at", "state"
    )  # fmt: skip
    return [_shown(*row) for row in found[:MOST]]


def _shown(
    matter_id: UUID,
    path: str,
    x: float | None,
    y: float | None,
    number: str,
    title: str,
    due: Any,
    state: str,
) -> Shown:
    late = state == State.OPEN and due is not None and due < clock.now()
    point = None if x is None or y is None else (x, y)
    placed = Placed(matter_id, path, late, point)
    return Shown(placed, number, title, due if state == State.OPEN else None, state == State.SUSPENDED)


def marks(path: str) -> dict[str, Mark]:
    """The drawn places of a community down to its buildings, by path."""
    rows = places.outlined(path, clock.today()).filter(kind__in=[kind.value for kind in MARKED])
    return {row.path: _mark(row.outline, row.kind == PlaceKind.BUILDING) for row in rows if row.outline}


def _mark(outline: Outline, is_building: bool) -> Mark:
    return Mark(inner_point(outline) if is_building else edge_point(outline), is_building)
