"""Choosing where something is, by tap: building first, then its entrance. Works as part of a form, with or
without scripts: every tap is a button of that form."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of
from linli.kernel import clock
from linli.kernel.coordinates import Position
from linli.kernel.ids import id_in
from linli.matters.read import resident
from linli.matters.rules import spots
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind

CHOOSE, SEARCH, MAP = "choose", "search", "map"
WIDE = (PlaceKind.COMMUNITY.value, PlaceKind.GRID.value, PlaceKind.COURTYARD.value)
REMEMBERED_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class Where:
    """What the part of the page that asks for the place shows.

    `options` are the finer places to choose among; `buildings` is filled while a building is being chosen;
    `on_map` while a spot is being pointed at; `point` is the spot that was (longitude, latitude).
    """

    community: Any
    chosen: Any = None
    address: str = ""
    options: list[dict[str, str]] = field(default_factory=list)
    buildings: list[resident.Spot] | None = None
    words: str = ""
    on_map: bool = False
    has_map: bool = False
    point: Position | None = None


def where_of(request: HttpRequest, data: QueryDict) -> Where | None:
    """The state of the choice after the tap just made; None while not even the community is known."""
    pick = data.get("pick", "")
    place = _place(data.get("place", ""))
    community = _community_of(place)
    if community is None:  # unknown, or a street: the choice begins again
        place, community = None, _place(data.get("community", ""), PlaceKind.COMMUNITY.value)
    if pick in (CHOOSE, SEARCH) and community is not None:
        words = data.get("where_q", "").strip()[:20] if pick == SEARCH else ""
        listed = resident.buildings(community, words)
        return Where(community, place or community, _address(place or community), [], listed, words)
    if pick == MAP and community is not None:
        return Where(community, place or community, _address(place or community), on_map=True)
    for chosen in (_place(pick), place, community):
        found = _at(chosen) if chosen is not None else None
        if found is not None:
            return replace(found, point=None if pick else _point(data))
    return _first(request)


def _point(data: QueryDict) -> Position | None:
    """The point a form or a script sends; None when it is none on the globe."""
    try:
        return spots.kept((float(data.get("longitude", "")), float(data.get("latitude", ""))))
    except ValueError:
        return None


@dataclass(frozen=True)
class SpotThere:
    """What lies at a point: the place in words, and which post gets what is said there."""

    point: Position
    place: Any = None
    address: str = ""
    community: str = ""
    holder: str = ""


def spot_of(data: QueryDict) -> SpotThere | None:
    """What lies at the point a script asks about; None when it is no point, without a place outside all."""
    point, on = _point(data), clock.today()
    if point is None:
        return None
    found = places.pointed_at(*point, on)
    community = _community_of(found.place) if found else None
    if found is None or community is None:
        return SpotThere(point)
    address = _address(found.place)
    if found.beside:
        address = _("%(building)s, in front of it") % {"building": address}
    return SpotThere(point, found.place, address, community.name, resident.grid_worker(found.place))


def _first(request: HttpRequest) -> Where | None:
    """Where the reader lives; else the community they looked at last."""
    person_id = actor_of(request).person_id
    home = people.home_of(person_id, clock.today()) if person_id else None
    if home is not None:
        line = places.chain(home)
        building = next((each for each in line if each.kind == PlaceKind.BUILDING.value), home)
        return _at(building)
    community = remembered(request)
    return _at(community) if community is not None else None


def _at(place: Any) -> Where | None:
    """A chosen place with the finer places around it; for a home, its entrance."""
    line = places.chain(place)
    by_kind = {each.kind: each for each in line}
    community = by_kind.get(PlaceKind.COMMUNITY.value)
    if community is None:
        return None
    building = by_kind.get(PlaceKind.BUILDING.value)
    if building is None:
        wide = [each for each in line if each.kind in WIDE]
        options = [{"value": str(each.id), "label": _whole(each)} for each in wide]
        return Where(community, place, _address(place), options, has_map=_has_map(community))
    entrances = resident.entrances(building)
    chosen = by_kind.get(PlaceKind.ENTRANCE.value, building)
    options = [{"value": str(building.id), "label": _("The whole building")}]
    options += [{"value": str(each.id), "label": each.name} for each in entrances]
    return Where(community, chosen, _address(building), options, has_map=_has_map(community))


def _has_map(community: Any) -> bool:
    return places.outlined(community.path, clock.today()).exists()


def _whole(place: Any) -> str:
    if place.kind == PlaceKind.COMMUNITY.value:
        return _("Somewhere in %(community)s") % {"community": place.name}
    return str(place.name)


def _address(place: Any) -> str:
    return places.address(place)


def _place(text: str, kind: str = "") -> Any:
    place_id = id_in(text)
    found = places.place(place_id) if place_id else None
    if found is None or (kind and found.kind != kind):
        return None
    return None if found.closed_on is not None and found.closed_on <= clock.today() else found


def _community_of(place: Any) -> Any:
    return places.community_of(place.path) if place is not None else None


def place_chosen(data: QueryDict) -> Any:
    """The place a form has chosen, or its community where none is; None where neither is there."""
    return _place(data.get("place", "")) or _place(data.get("community", ""), PlaceKind.COMMUNITY.value)


def place_in_community(place_id: UUID) -> bool:
    """Whether something can be raised at this place: it is there, and in a community."""
    place = _place(str(place_id))
    return place is not None and _community_of(place) is not None


# The community somebody without an account looked at last: a place, not a person.


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_place"


def remembered(request: HttpRequest) -> Any:
    """The community this device chose before."""
    return _place(request.COOKIES.get(_cookie(), ""), PlaceKind.COMMUNITY.value)


def remember(response: HttpResponse, community: Any) -> HttpResponse:
    """Keep the choice on the device for half a year."""
    response.set_cookie(
        _cookie(),
        str(community.id),
        max_age=REMEMBERED_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
