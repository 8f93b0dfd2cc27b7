"""The buildings of a community, laid out at once."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.founding import policies, read
from linli.founding.kinds import Event
from linli.founding.rules.layout import ROOT, Layout, nodes
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import uuid7
from linli.places import actions as places
from linli.places import read as place_read
from linli.places.actions import PlaceRow
from linli.places.kinds import CodeScheme, PlaceKind

if TYPE_CHECKING:
    from linli.places.models import Place

OBJECT = "000000"  # first six digits of a grid's code where no object is meant (CJ/T 349-2010)


def lay_out_buildings(*, by: Actor, community_id: UUID, layout: Layout) -> int:
    """Make every grid, estate, building, entrance and home of a layout; how many places that were.

    Only into a community without buildings: later ones are added one by one, where a mistake is one mistake.
    """
    with transaction.atomic():
        community = read.lock(community_id)
        if community is None:
            raise Refused("There is no such community here.", status=MISSING)
        require(policies.may_set_up(by, community.path))
        if layout.problems:
            problem = layout.problems[0].why
            raise Refused(problem.reason, problem.params, status=UNPROCESSABLE)
        if place_read.subtree(community.path).exclude(id=community.id).exists():
            raise Refused("This community has its buildings already.", status=CONFLICT)
        rows = _rows(community, layout)
        count = places.import_places(by=by, under=community, rows=rows)
        _code_grids(by, community, rows)
        data = {"buildings": len(layout.buildings), "homes": layout.homes, "count": count}
        audit.record(Event.LAID_OUT, by=by, subject=community, place_path=community.path, data=data)
    return count


def _rows(community: "Place", layout: Layout) -> list[PlaceRow]:
    ids: dict[str, UUID] = {ROOT: community.id}
    rows = []
    for node in nodes(layout):
        ids[node.key] = uuid7()
        rows.append(
            PlaceRow(
                id=ids[node.key],
                kind=node.kind,
                name=node.name,
                parent_id=ids[node.parent],
                path=community.path + node.key,
                opened_on=today(),
            )
        )
    return rows


def _code_grids(by: Actor, community: "Place", rows: list[PlaceRow]) -> None:
    """A grid's 20 digits: object 6, division 12, grid 2."""
    code = next(
        (each.code for each in place_read.codes_of(community) if each.scheme == CodeScheme.DIVISION), ""
    )
    grids = [row for row in rows if row.kind is PlaceKind.GRID]
    for number, grid in enumerate(grids, start=1):
        places.give_code(
            by=by,
            place_id=grid.id,
            scheme=CodeScheme.GRID,
            code=f"{OBJECT}{code}{number:02d}",
            starts=today(),
        )
