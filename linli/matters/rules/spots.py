"""Matters on a map: what point is kept, and which matters stand under one mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from linli.kernel.coordinates import Position

DECIMALS: Final = 6  # of a degree, about ten centimetres: finer than any phone knows


def kept(point: Position | None) -> Position | None:
    """A point as it is kept; None for none, or one that is not on the globe."""
    if point is None or not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        return None
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


@dataclass(frozen=True, slots=True)
class Placed:
    """A matter: where it is, the spot shown by its raiser if any, whether its step is late."""

    id: UUID
    path: str
    late: bool = False
    point: Position | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with an outline: where its mark stands, and whether it is a building."""

    point: Position
    is_building: bool = False


@dataclass(slots=True)
class Spot:
    """One mark: its place ("" for one matter at its own spot), where it stands, the matters under it."""

    path: str
    point: Position
    matters: list[UUID] = field(default_factory=list)
    late: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """The marks, those with something late first, then the fullest; and the matters that have none."""

    spots: list[Spot]
    off_map: list[UUID]


def gather(matters: Iterable[Placed], marks: Mapping[str, Mark]) -> Gathered:
    """Put matters under marks: a building's are counted together; a matter elsewhere whose raiser showed a
    spot stands there by itself; the rest under the finest place around that is drawn."""
    together: dict[str, Spot] = {}
    alone: list[Spot] = []
    off_map: list[UUID] = []
    for matter in matters:
        path = finest(matter.path, marks)
        if matter.point is not None and not (path and marks[path].is_building):
            alone.append(Spot("", matter.point, [matter.id], int(matter.late)))
        elif not path:
            off_map.append(matter.id)
        else:
            spot = together.setdefault(path, Spot(path, marks[path].point))
            spot.matters.append(matter.id)
            spot.late += matter.late
    spots = [*together.values(), *alone]
    spots.sort(key=lambda spot: (-min(spot.late, 1), -len(spot.matters), spot.path))
    return Gathered(spots, off_map)


def finest(path: str, marks: Mapping[str, Mark]) -> str:
    """The longest beginning of a path that has a mark; "" when none has."""
    while len(path) > 1:
        if path in marks:
            return path
        path = path[: path.rstrip("/").rfind("/") + 1]
    return ""
