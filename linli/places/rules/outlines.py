"""Outlines: what counts as one, what is wrong with one that does not, whether it lies where it belongs.

An outline is a GeoJSON Polygon or MultiPolygon (RFC 7946: longitude first, rings closed) in WGS-84, with
holes where there are some. What people bring is mended where there is only one way to (an open ring, a
height) and refused with the reason and the spot where there is not.
"""

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.kernel.coordinates import METRES_A_DEGREE, Frame, to_wgs84

Outline = dict[str, Any]

DECIMALS: Final = 7  # of a degree: about a centimetre
TOLERANCE: Final = (
    5 / METRES_A_DEGREE
)  # degrees: how far an outline may stand out, where walls are drawn twice
MOST_CORNERS: Final = 20_000
LONGEST_TEXT: Final = 400_000  # characters of one outline written by hand or drawn
# Mainland China with its islands: west, south, east, north. Tells swapped numbers, nothing more.
_HOME: Final = (73.0, 3.0, 136.0, 54.0)
_PAIR: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)\s*[;；,，]?\s*")

# What GEOS calls a fault, as a person would.
FAULT_TEXTS: Final[Mapping[str, str]] = {
    "Self-intersection": "The line crosses itself near %(longitude)s, %(latitude)s.",
    "Ring Self-intersection": "The line touches itself near %(longitude)s, %(latitude)s.",
    "Hole lies outside shell": "A hole lies outside the outline near %(longitude)s, %(latitude)s.",
    "Holes are nested": "A hole lies inside another near %(longitude)s, %(latitude)s.",
    "Interior is disconnected": "Holes cut the area apart near %(longitude)s, %(latitude)s.",
    "Nested shells": "One part lies inside another near %(longitude)s, %(latitude)s.",
    "Duplicate Rings": "The same line is drawn twice near %(longitude)s, %(latitude)s.",
}
OTHER_FAULT_TEXTS: Final = "The outline does not enclose an area near %(longitude)s, %(latitude)s."
TOO_FEW: Final = "An outline needs at least three corners that are not in one line."
UNREADABLE: Final = "The coordinates cannot be read."
SWAPPED: Final = "Longitude comes first, then latitude; here they seem to be swapped."
NOT_DEGREES: Final = "These are not degrees of longitude and latitude; the file may be in metres."


class InvalidOutline(ValueError):
    """This is not an outline; `reason` is an English msgid, `params` fills its places."""

    def __init__(self, reason: str, params: Mapping[str, object] | None = None) -> None:
        """Keep the msgid and its parameters apart, so that the door can translate."""
        super().__init__(reason)
        self.reason = reason
        self.params: Mapping[str, object] = dict(params or {})


def parsed(text: str) -> object:
    """What somebody typed, pasted or drew: GeoJSON, or corners as `longitude, latitude` one a line."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidOutline("This text is too long for one outline.")
    if text.startswith("{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as broken:
            raise InvalidOutline("This is not readable GeoJSON.") from broken
        return _geometry_of(found)
    corners = []
    for number, line in enumerate(text.splitlines(), start=1):
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise InvalidOutline(
                "Line %(line)s is not a longitude and a latitude, as 104.77201, 29.34805.", {"line": number}
            )
        corners.append([float(pair[1]), float(pair[2])])
    return {"type": "Polygon", "coordinates": [corners]}


def _geometry_of(found: Any) -> object:
    """The geometry of a feature, or of the only feature of a collection."""
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise InvalidOutline("Give one outline here; a file with several is brought in on its own page.")
        found = features[0]
    return found.get("geometry") if isinstance(found, dict) and found.get("type") == "Feature" else found


def checked(geometry: object, frame: Frame = Frame.WGS84) -> Outline:
    """The outline as it is stored. Raises `InvalidOutline` with what is wrong and where."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise InvalidOutline("An outline is an area: a Polygon or a MultiPolygon.")
    parts = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        parts = [parts]
    if not isinstance(parts, list) or not parts:
        raise InvalidOutline(UNREADABLE)
    rings = [[_ring(ring) for ring in _listed(part)] for part in parts]
    if sum(len(ring) for part in rings for ring in part) > MOST_CORNERS:
        raise InvalidOutline("This outline has too many corners; please simplify it.")
    points = [point for part in rings for ring in part for point in ring]
    _refuse_other_numbers(points)
    moved = [[[_placed(frame, point) for point in ring] for ring in part] for part in rings]
    outline: Outline = (
        {"type": "Polygon", "coordinates": moved[0]}
        if geometry["type"] == "Polygon"
        else {"type": "MultiPolygon", "coordinates": moved}
    )
    _refuse_faults(shape(outline))
    return outline


def is_outline(geometry: object) -> bool:
    """Whether this can be stored as an outline as it is."""
    try:
        return checked(geometry) == geometry
    except InvalidOutline:
        return False


def _listed(part: object) -> list[Any]:
    if not isinstance(part, list) or not part:
        raise InvalidOutline(UNREADABLE)
    return part


def _ring(ring: object) -> list[list[float]]:
    """The corners of a ring, closed; heights are left out."""
    corners = []
    for point in _listed(ring):
        numbers = point[:2] if isinstance(point, list) and len(point) >= 2 else ()
        if not numbers or not all(type(each) in (int, float) and isfinite(each) for each in numbers):
            raise InvalidOutline(UNREADABLE)
        corners.append([float(each) for each in numbers])
    if corners[0] != corners[-1]:
        corners.append(corners[0])
    if len({tuple(corner) for corner in corners}) < 3:
        raise InvalidOutline(TOO_FEW)
    return corners


def _refuse_other_numbers(points: Sequence[Sequence[float]]) -> None:
    on_globe = all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    if not all(_at_home(x, y) for x, y in points) and all(_at_home(y, x) for x, y in points):
        raise InvalidOutline(SWAPPED)
    if not on_globe:
        raise InvalidOutline(NOT_DEGREES)


def _at_home(longitude: float, latitude: float) -> bool:
    west, south, east, north = _HOME
    return west <= longitude <= east and south <= latitude <= north


def _placed(frame: Frame, point: Sequence[float]) -> list[float]:
    longitude, latitude = to_wgs84(frame, point[0], point[1])
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]


def _refuse_faults(drawn: BaseGeometry) -> None:
    """Refuse lines that cross and holes outside, and say where: GEOS answers as `Fault[x y]`."""
    if drawn.convex_hull.area == 0:
        raise InvalidOutline(TOO_FEW)
    if drawn.is_valid:
        return
    said = re.fullmatch(r"(?P<fault>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]", shapely.is_valid_reason(drawn))
    if said is None:
        raise InvalidOutline(TOO_FEW)
    where = {"longitude": f"{float(said['x']):.5f}", "latitude": f"{float(said['y']):.5f}"}
    raise InvalidOutline(FAULT_TEXTS.get(said["fault"], OTHER_FAULT_TEXTS), where)


def lies_in(outline: Outline, around: Outline) -> bool:
    """Whether an outline lies in a wider one, but for five metres."""
    return bool(shape(around).buffer(TOLERANCE).covers(shape(outline)))


def touches(outline: Outline, other: Outline) -> bool:
    """Whether two outlines have any ground in common."""
    return bool(shape(outline).intersects(shape(other)))


def other_frame(outline: Outline, around: Outline) -> Frame | None:
    """The map an outline seems to come from: the one that, converted, puts it where it belongs."""
    for frame in (Frame.GCJ02, Frame.BD09):
        if lies_in(checked(outline, frame), around):
            return frame
    return None


def inner_point(outline: Outline) -> tuple[float, float]:
    """A point inside the outline, near its middle: where its mark stands on a map."""
    point = shape(outline).representative_point()
    return round(point.x, DECIMALS), round(point.y, DECIMALS)


def edge_point(outline: Outline) -> tuple[float, float]:
    """The middle of the northern edge: where the name of what holds buildings stands, over none of them."""
    west, _south, east, north = shape(outline).bounds
    return round((west + east) / 2, DECIMALS), round(north, DECIMALS)


def written_out(outline: Outline) -> str:
    """The outline as text, a corner of the ring a line, that `parsed` reads back."""
    if outline["type"] == "Polygon" and len(outline["coordinates"]) == 1:
        return "\n".join(f"{x}, {y}" for x, y in outline["coordinates"][0][:-1])
    return json.dumps(outline)
