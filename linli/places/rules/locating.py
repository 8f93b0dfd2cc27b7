"""Which place a point lies in: the finest, and of equally fine ones the smallest.

The outlines stand in a sorted-tile tree (shapely's STRtree), put in the order of preference beforehand: of
the candidates the tree gives, the first in that order is the answer, whatever the tree's own order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, Final, TypeAlias
from uuid import UUID

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from linli.kernel.coordinates import METRES_A_DEGREE
from linli.places.kinds import PlaceKind

Shape: TypeAlias = BaseGeometry | None

FINENESS: Final = {kind: number for number, kind in enumerate(PlaceKind)}


@dataclass(frozen=True, slots=True)
class Outlined:
    """A place with an outline, and the days it exists (the last excluded)."""

    id: UUID
    kind: PlaceKind
    path: str
    opened_on: date | None = None
    closed_on: date | None = None

    def existed(self, on: date) -> bool:
        """Whether the place was there on the day."""
        return (self.opened_on is None or self.opened_on <= on) and (
            self.closed_on is None or on < self.closed_on
        )


@dataclass(frozen=True, slots=True)
class Near:
    """A place close to a point, and how far it is in metres; 0 inside."""

    place: Outlined
    metres: float


class Locator:
    """Answers where points lie among outlines that do not change. Threads may share it."""

    def __init__(self, outlined: Iterable[tuple[Outlined, str]], before: "Locator | None" = None) -> None:
        """`outlined`: places with their outlines as GeoJSON text. One that cannot be read, or encloses
        nothing, is left out: no point lies in it. `before`: the index this one replaces, whose shapes serve
        again where the text is the same; reading the text is most of the work."""
        listed = [(place, hash(text), text) for place, text in outlined]
        self._read: dict[int, Shape] = _shapes(
            {key: text for _place, key, text in listed}, before._read if before else {}
        )
        shapes = numpy.array([self._read[key] for _place, key, _text in listed], dtype=object)
        sound = numpy.flatnonzero(shapely.is_valid(shapes) & (shapely.area(shapes) > 0))
        areas = shapely.area(shapes)
        preferred = sorted(sound, key=lambda at: _preference(listed[at][0], areas[at]))
        self._places = [listed[at][0] for at in preferred]
        self._shapes = shapes[preferred] if preferred else numpy.empty(0, dtype=object)
        self._tree = shapely.STRtree(self._shapes)

    def __len__(self) -> int:
        """How many outlines points are looked up in."""
        return len(self._places)

    def locate(self, longitude: float, latitude: float, on: date) -> Outlined | None:
        """The finest place the point lies in or on the edge of, among those that existed on the day.

        Of several: the finest kind, then the smallest, then the first by path. So a point on a shared edge
        has one answer, the same every time.
        """
        found = self._tree.query(shapely.points(longitude, latitude), predicate="intersects")
        found.sort()
        return next((self._places[at] for at in found if self._places[at].existed(on)), None)

    def near(
        self, longitude: float, latitude: float, on: date, *, kind: PlaceKind, metres: float, under: str = "/"
    ) -> Near | None:
        """The closest place of a kind within so many metres and in the subtree `under`; of equally close
        ones the first by path."""
        wide = metres / (METRES_A_DEGREE * max(cos(radians(latitude)), 0.01))
        high = metres / METRES_A_DEGREE
        around = shapely.box(longitude - wide, latitude - high, longitude + wide, latitude + high)
        close = []
        for at in self._tree.query(around, predicate="intersects"):
            place = self._places[at]
            if place.kind is kind and place.path.startswith(under) and place.existed(on):
                far = distance(self._shapes[at], longitude, latitude)
                close.append((far, place.path, Near(place, far)))
        nearest = min(close, default=None, key=lambda each: each[:2])
        return nearest[2] if nearest is not None and nearest[0] <= metres else None


def _shapes(texts: Mapping[int, str], known: Mapping[int, Shape]) -> dict[int, Shape]:
    """The shape of each text by its hash, None for an unreadable one; only those not known are read."""
    fresh = [key for key in texts if key not in known]
    read = shapely.from_geojson([texts[key] for key in fresh], on_invalid="ignore")
    found = dict(zip(fresh, read, strict=True))
    return {key: known[key] if key in known else found[key] for key in texts}


def _preference(place: Outlined, area: float) -> tuple[int, float, str]:
    return -FINENESS[place.kind], area, place.path


def distance(drawn: BaseGeometry, longitude: float, latitude: float) -> float:
    """Metres from a point to a shape close by; 0 inside."""
    scale = numpy.array([METRES_A_DEGREE * cos(radians(latitude)), METRES_A_DEGREE])

    def flat(points: Any) -> Any:
        return (points - numpy.array([longitude, latitude])) * scale

    return float(shapely.distance(shapely.transform(drawn, flat), shapely.points(0.0, 0.0)))
