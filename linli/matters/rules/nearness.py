"""How near two matters are to each other, by the tree of places alone."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final, Protocol

from linli.matters.triage.closeness import Features, Relation
from linli.places.kinds import PlaceKind

# A person decides on what is shown: a pair may be this much less close than the same thing needs.
LENIENT: Final = 0.1
LENIENCES: Final = tuple(
    number / 100 for number in range(-5, 16)
)  # what a community's own may be, from and to
LEAST_PAIRS: Final = 12  # pairs a community called the same or told apart before its own is learnt


class Stands(Protocol):
    """What nearness needs of a place."""

    kind: str
    path: str


class Near(IntEnum):
    """The finest place two matters share; the greater the nearer."""

    COMMUNITY = 1
    GRID = 2
    COURTYARD = 3
    BUILDING = 4
    ENTRANCE = 5
    HOME = 6


_LEVELS = {
    PlaceKind.COMMUNITY.value: Near.COMMUNITY,
    PlaceKind.GRID.value: Near.GRID,
    PlaceKind.COURTYARD.value: Near.COURTYARD,
    PlaceKind.BUILDING.value: Near.BUILDING,
    PlaceKind.ENTRANCE.value: Near.ENTRANCE,
    PlaceKind.HOME.value: Near.HOME,
}


def nearness(chain: Sequence[Stands], path: str) -> Near | None:
    """The finest place of a chain that a path lies in; None outside its community."""
    shared = [_LEVELS[each.kind] for each in chain if each.kind in _LEVELS and path.startswith(each.path)]
    return max(shared, default=None)


def neighbourhood(chain: Sequence[Stands]) -> str:
    """Where matters like one at the end of the chain are looked for: the courtyard, else the community.

    A building is too narrow: of a lift all its neighbours speak, of a gate the whole courtyard does.
    """
    wide = [each for each in chain if each.kind in (PlaceKind.COURTYARD.value, PlaceKind.COMMUNITY.value)]
    return wide[-1].path if wide else chain[-1].path


def relation_at(one: Features, other: Features, near: Near) -> Relation:
    """What names and places together say of two matters of one community.

    What the words name goes before where the matters are kept: most people choose the building they live in.
    """
    if one.shared & other.shared or one.details & other.details:
        return Relation.SAME
    if one.details and other.details:
        return Relation.APART
    return Relation.SAME if near >= Near.BUILDING else Relation.UNNAMED


def lenience(pairs: Sequence[tuple[float, bool]]) -> float:
    """How much less close than the same thing needs a pair may be to be shown to staff of a community.

    `pairs` are closeness and whether they were the same: the lenience by which fewest of them would have been
    shown in vain or kept back wrongly; of equals the one nearest to the usual. Few pairs teach nothing.
    """
    if len(pairs) < LEAST_PAIRS:
        return LENIENT

    def mistaken(allowed: float) -> tuple[int, float]:
        wrong = sum(same is not (closeness >= -allowed) for closeness, same in pairs)
        return wrong, abs(allowed - LENIENT)

    return min(LENIENCES, key=mistaken)
