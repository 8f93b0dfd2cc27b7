"""Many outlines in one GeoJSON file: which place each is of, and why each that cannot be taken is not."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from linli.kernel.coordinates import Frame
from linli.places.rules.outlines import InvalidOutline, Outline, checked, lies_in, other_frame, touches
from linli.places.rules.tree import prefixes

MOST_FEATURES: Final = 5000
MOST_BYTES: Final = 8 * 1024 * 1024
LONGEST_CODE: Final = 160


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the file: its number from 1, the code that says whose outline it is, its geometry."""

    number: int
    code: str
    geometry: object


@dataclass(frozen=True, slots=True)
class Known:
    """A place some code of the file names."""

    place_id: UUID
    path: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """An outline that stands; an illustrative one measures nothing."""

    outline: Outline
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one feature is not taken: an English msgid with its parameters."""

    number: int
    code: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a file came to. With a single fault nothing of it is taken."""

    drawn: dict[UUID, Outline]
    faults: list[Fault]


def features(content: bytes) -> list[Feature]:
    """The features of a file. Raises `InvalidOutline` when it is not such a file at all."""
    if len(content) > MOST_BYTES:
        raise InvalidOutline("The file is too big; 8 MB at most.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise InvalidOutline("This is not readable GeoJSON.") from broken
    listed = found.get("features") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not listed:
        raise InvalidOutline("The file holds no features; it should be a GeoJSON FeatureCollection.")
    if len(listed) > MOST_FEATURES:
        raise InvalidOutline("The file holds more than %(most)s features.", {"most": MOST_FEATURES})
    return [_feature(number, each) for number, each in enumerate(listed, start=1)]


def _feature(number: int, found: Any) -> Feature:
    inside = found if isinstance(found, dict) else {}
    said = inside.get("properties")
    code = said.get("code", "") if isinstance(said, dict) else ""
    return Feature(number, str(code).strip()[:LONGEST_CODE], inside.get("geometry"))


def sort_out(
    found: Iterable[Feature],
    known: Mapping[str, Known],
    standing: Mapping[str, Around],
    *,
    under: str,
    frame: Frame = Frame.WGS84,
    illustrative: bool = False,
) -> Sorted:
    """Whose outline each feature is, and every fault. `known`: places by the codes of the file; `standing`:
    outlines by path as they are now, against which (and against others of the file) each is measured."""
    listed = list(found)
    times = Counter(each.code for each in listed)
    faults: list[Fault] = []
    drawn: list[tuple[Feature, Known, Outline]] = []
    for each in listed:
        place = known.get(each.code)
        wrong = _whose(each, place, times, under)
        if wrong is not None or place is None:
            faults.append(wrong or Fault(each.number, each.code, NOT_KNOWN))
            continue
        try:
            drawn.append((each, place, checked(each.geometry, frame)))
        except InvalidOutline as bad:
            faults.append(Fault(each.number, each.code, bad.reason, bad.params))
    here = dict(standing) | {place.path: Around(line, illustrative) for _each, place, line in drawn}
    for each, place, line in drawn:
        reason = misplaced(place.path, line, here, frame)
        if reason:
            faults.append(Fault(each.number, each.code, reason))
    faults.sort(key=lambda fault: fault.number)
    return Sorted({place.place_id: line for _each, place, line in drawn}, faults)


NO_CODE: Final = "It names no place: its properties need a code."
NOT_KNOWN: Final = "No place has this code."
TWICE: Final = "This code stands in the file more than once."
ELSEWHERE: Final = "This place does not lie in the place the file is brought in for."
GONE: Final = "This place is closed."
OUTSIDE: Final = "It lies outside the outline of the place it belongs to."
LOOKS_GCJ02: Final = (
    "It lies outside the place it belongs to, but inside if the numbers are GCJ-02. Choose that if so."
)
LOOKS_BD09: Final = (
    "It lies outside the place it belongs to, but inside if the numbers are BD-09. Choose that if so."
)


def _whose(each: Feature, place: Known | None, times: Mapping[str, int], under: str) -> Fault | None:
    reason = ""
    if not each.code:
        reason = NO_CODE
    elif place is None:
        reason = NOT_KNOWN
    elif times[each.code] > 1:
        reason = TWICE
    elif not place.path.startswith(under):
        reason = ELSEWHERE
    elif place.is_closed:
        reason = GONE
    return Fault(each.number, each.code, reason) if reason else None


def misplaced(path: str, outline: Outline, standing: Mapping[str, Around], frame: Frame = Frame.WGS84) -> str:
    """Why an outline cannot be where it is drawn ("" if it can): measured against the closest place above
    that has one. Where that one is only illustrative, being outside it says nothing; lying wholly beside it
    and, once converted, wholly in it still tells which map the numbers came from."""
    around = next((standing[above] for above in reversed(prefixes(path)[:-1]) if above in standing), None)
    if around is None or lies_in(outline, around.outline):
        return ""
    if frame is Frame.WGS84 and not (around.illustrative and touches(outline, around.outline)):
        guessed = other_frame(outline, around.outline)
        if guessed is not None:
            return LOOKS_GCJ02 if guessed is Frame.GCJ02 else LOOKS_BD09
    return "" if around.illustrative else OUTSIDE


def collection(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of rows that hold `outline` and what else is told of each."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {name: value for name, value in row.items() if name != "outline"},
                "geometry": row["outline"],
            }
            for row in rows
        ],
    }
