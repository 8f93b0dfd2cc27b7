"""Queries on outlines: those of a subtree, those that once were, and which place a point lies in."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from linli.frame.scopes import in_force
from linli.places.kinds import PlaceKind
from linli.places.models import FormerOutline, OutlineMark, Place, PlaceCode
from linli.places.read.tree import open_on, subtree
from linli.places.rules.features import Around, Known
from linli.places.rules.locating import Locator, Outlined
from linli.places.rules.tree import prefixes

INSIDE_BUILDINGS: Final = frozenset({PlaceKind.BUILDING, PlaceKind.ENTRANCE, PlaceKind.HOME})
IN_FRONT_METRES: Final = 20.0  # 楼前: as far from its wall as people still name a spot by the building


def outlined(path: str, on: date) -> QuerySet[Place]:
    """The places of a subtree that have an outline, wider ones first."""
    return subtree(path).filter(open_on(on), outline__isnull=False).order_by("path")


def formers(row: Place) -> list[FormerOutline]:
    """The outlines a place had before, the latest first."""
    return list(FormerOutline.objects.filter(place=row).order_by("-replaced_at", "-id")[:20])


def former(former_id: UUID) -> FormerOutline | None:
    """One of them."""
    return FormerOutline.objects.filter(id=former_id).first()


def standing(paths: Iterable[str]) -> dict[str, Around]:
    """The outlines of everything above several places, by path, in one query."""
    above = {prefix for path in paths for prefix in prefixes(path)[:-1]}
    rows = Place.objects.filter(path__in=above, outline__isnull=False)
    return {row.path: Around(row.outline, row.outline_illustrative) for row in rows if row.outline}


def known_by_code(codes: Iterable[str], on: date) -> dict[str, Known]:
    """The places that codes of a file name, in two queries: a code is a path, or one issued to the place."""
    wanted = [code for code in dict.fromkeys(codes) if code]
    rows = Place.objects.filter(path__in=[code for code in wanted if code.startswith("/")])
    found = {row.path: _known(row, on) for row in rows}
    issued = (
        PlaceCode.objects.filter(in_force(on), code__in=wanted).select_related("place").order_by("scheme")
    )
    for row in issued:
        found.setdefault(row.code, _known(row.place, on))
    return found


def _known(row: Place, on: date) -> Known:
    return Known(row.id, row.path, row.closed_on is not None and row.closed_on <= on)


_kept: dict[UUID, Locator] = {}
_lock = threading.Lock()


def _locator() -> Locator:
    """The index of every outline, kept by each process until another change of outlines is committed.

    The token is read before the outlines: a change in between is seen at the next look.
    """
    token = OutlineMark.objects.values_list("token", flat=True).first()
    if token is None:
        return _built()
    with _lock:
        if token not in _kept:
            built = _built(next(iter(_kept.values()), None))
            _kept.clear()
            _kept[token] = built
        return _kept[token]


def _built(before: Locator | None = None) -> Locator:
    rows = Place.objects.filter(outline__isnull=False).annotate(drawn=Cast("outline", TextField()))
    listed = rows.values_list("id", "kind", "path", "opened_on", "closed_on", "drawn").order_by()
    outlined_places = (
        (Outlined(place_id, PlaceKind(kind), path, opened_on, closed_on), drawn)
        for place_id, kind, path, opened_on, closed_on, drawn in listed.iterator(chunk_size=5000)
    )
    return Locator(outlined_places, before)


def locate(longitude: float, latitude: float, on: date) -> Place | None:
    """The finest place a point lies in, of those there on the day."""
    found = _locator().locate(longitude, latitude, on)
    return Place.objects.filter(id=found.id).first() if found else None


@dataclass(frozen=True, slots=True)
class Pointed:
    """What somebody means who points at a spot: a place, or the ground in front of a building."""

    place: Place
    beside: bool = False


def pointed_at(longitude: float, latitude: float, on: date) -> Pointed | None:
    """The building a point lies in, or stands close in front of, within the place around; else that place."""
    index = _locator()
    found = index.locate(longitude, latitude, on)
    close = None
    if found is None or found.kind not in INSIDE_BUILDINGS:
        under = found.path if found else "/"
        close = index.near(
            longitude, latitude, on, kind=PlaceKind.BUILDING, metres=IN_FRONT_METRES, under=under
        )
    chosen = close.place if close else found
    place = Place.objects.filter(id=chosen.id).first() if chosen else None
    return Pointed(place, beside=close is not None) if place else None
