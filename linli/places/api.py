"""Places for other systems: the tree by code and by level. Homes are places; who lives there is not told."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from linli.frame.api import Cursor, Given, Page, Size, Told, page_fields, reads, words
from linli.frame.api import described as _
from linli.frame.doors import actor_of
from linli.frame.paging import Order, stretch_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.places import policies, read
from linli.places.kinds import PlaceKind
from linli.places.policies import STAFF

router = Router(tags=[_("places")])
AS_COUNTED = Order("order_key", "path")
BY_PATH = Order("path", "id")


class PlaceTold(Told):
    """A place of the tree: division, street, community, grid, courtyard, building, entrance, home."""

    id: UUID
    kind: PlaceKind
    name: str
    address: str = Field(examples=["钢城区 钢城街道 建设社区 1网格 3号楼"])
    codes: list[str] = Field(description=_("The codes it has today."))
    parent: UUID | None
    opened_on: date | None
    closed_on: date | None
    successor: UUID | None = Field(description=_("What it became, once closed."))


class PlacePage(Page):
    """Places, in the order people count them."""

    places: list[PlaceTold]


class CodeAsked(Given):
    """Where to begin."""

    code: words(32) = Field(  # type: ignore[valid-type]
        "", description=_("Only the place with this code."), examples=["620201002006"]
    )
    cursor: Cursor
    limit: Size


class PartAsked(Given):
    """How far to go on."""

    cursor: Cursor
    limit: Size


@reads(
    router, "/places", policy=STAFF, response=PlacePage, summary=_("Communities, or the place with a code")
)
def list_places(request: HttpRequest, asked: Query[CodeAsked]) -> Any:
    """Without a code the communities the key is for; with one the place that has it, or none."""
    actor = actor_of(request)
    if asked.code:
        found = read.find_by_code(asked.code, today())
        rows = [found] if found is not None and policies.may_see_place(actor, found.path) else []
        return {"places": _told(rows), "next": None}
    paths = actor.paths()
    stretch = stretch_of(
        read.communities_about(paths, today()), BY_PATH, cursor=asked.cursor, size=asked.limit
    )
    return {"places": _told(stretch.rows), **page_fields(stretch)}


@reads(
    router, "/places/{place_id}", policy=STAFF, response=PlaceTold, summary=_("Read one place"), missing=True
)
def read_place(request: HttpRequest, place_id: UUID) -> Any:
    """With its address from the division down and its codes."""
    return _told([_visible(request, place_id)])[0]


@reads(
    router,
    "/places/{place_id}/children",
    policy=STAFF,
    response=PlacePage,
    summary=_("What hangs directly on a place"),
    missing=True,
)
def list_children(request: HttpRequest, place_id: UUID, asked: Query[PartAsked]) -> Any:
    """As it is today: what is closed is left out. Of homes only the place is told."""
    parent = _visible(request, place_id)
    rows = read.children(parent, today())
    stretch = stretch_of(rows, AS_COUNTED, cursor=asked.cursor, size=asked.limit)
    shown = [row for row in stretch.rows if policies.may_see_place(actor_of(request), row.path)]
    return {"places": _told(shown), **page_fields(stretch)}


def _visible(request: HttpRequest, place_id: UUID) -> Any:
    row = read.place(place_id)
    if row is None:
        raise Refused("This place is not known.", status=MISSING)
    require(policies.may_see_place(actor_of(request), row.path))
    return row


def _told(rows: list[Any]) -> list[dict[str, Any]]:
    """Several places, with two queries for all their addresses and codes."""
    addresses = read.full_address_map(rows)
    codes = read.codes_on((row.id for row in rows), today())
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "name": row.name,
            "address": addresses[row.id],
            "codes": codes.get(row.id, []),
            "parent": row.parent_id,
            "opened_on": row.opened_on,
            "closed_on": row.closed_on,
            "successor": row.successor_id,
        }
        for row in rows
    ]
