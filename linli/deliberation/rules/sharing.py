"""Who pays what for what is built, and who is made good, home by home, in fen: parts make the whole.

What the homes pay together is what it costs, and the compensation, less what is given from outside. Each
floor pays by its weight, a whole number the owners agree on (a lift: nothing for the ground floor, more the
higher); which weights a city advises is its own affair, so none are built in.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from linli.kernel.dividing import divided

MOST: Final = 100_000_000_00  # fen; a hundred million yuan
HEAVIEST: Final = 1000  # the weight of a floor
MOST_HOMES: Final = 200
LONGEST_WORDS: Final = 500
FEWEST_TOLD: Final = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Floor:
    """What is proposed for each home of a floor: the weight of its share, what it is compensated (fen)."""

    weight: int
    gets: int


@dataclass(frozen=True, slots=True)
class Line:
    """What one home pays and what it gets, in fen."""

    pays: int
    gets: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The whole of a proposal in fen. `paid` is always `cost` + `compensation` − `subsidy`."""

    cost: int
    subsidy: int
    compensation: int
    paid: int


def faults(cost: int, subsidy: int, floors: Mapping[int, Floor], homes: Mapping[int, int]) -> Iterator[str]:
    """What does not fit together, as msgids; nothing for a sound proposal. `homes`: how many a floor has."""
    if not 0 < cost <= MOST or not 0 <= subsidy <= MOST:
        yield "Write what it costs, and what is given to it from outside."
        return
    compensation = _compensation(floors, homes)
    if any(each.gets > 0 and each.weight > 0 for each in floors.values()):
        yield "A floor either pays or is compensated, not both."
    if subsidy > cost + compensation:
        yield "More is given from outside than it costs with the compensation."
        return
    weights = sum(each.weight * homes[floor] for floor, each in floors.items())
    if weights == 0 and cost + compensation > subsidy:
        yield "Somebody has to pay: give at least one floor a weight."


def proposed(
    cost: int, subsidy: int, floors: Mapping[int, Floor], floor_of: Mapping[Key, int]
) -> tuple[Sums, dict[Key, Line]]:
    """What every home pays and gets, and the sums. The proposal is sound (`faults`)."""
    gets = {home: floors[floor].gets for home, floor in floor_of.items()}
    compensation = sum(gets.values())
    paid = cost + compensation - subsidy
    pays = divided(paid, {home: floors[floor].weight for home, floor in floor_of.items()})
    lines = {home: Line(pays[home], gets[home]) for home in floor_of}
    return Sums(cost, subsidy, compensation, paid), lines


def _compensation(floors: Mapping[int, Floor], homes: Mapping[int, int]) -> int:
    return sum(each.gets * homes[floor] for floor, each in floors.items())


def changes(before: Mapping[Key, Line], after: Mapping[Key, Line]) -> dict[Key, int]:
    """What each home has to find more (above zero) or less than in the round before, in fen; only homes for
    which something changed."""
    found = {}
    for home, line in after.items():
        was = before.get(home)
        if was is not None and (line.pays - line.gets) != (was.pays - was.gets):
            found[home] = (line.pays - line.gets) - (was.pays - was.gets)
    return found


@dataclass(frozen=True, slots=True)
class Heard:
    """How many homes there are, and how many agree and object so far."""

    homes: int
    agree: int
    object: int

    @property
    def answered(self) -> int:
        """How many have said anything."""
        return self.agree + self.object

    @property
    def agreed(self) -> bool:
        """Whether every home agrees."""
        return self.homes > 0 and self.agree == self.homes


def told(heard: Heard) -> Heard | None:
    """The answers as neighbours may read them: not while a few stand alone on either side, among whom
    everybody would know who it is."""
    alone = any(0 < count < FEWEST_TOLD for count in (heard.agree, heard.object))
    return None if heard.object and alone else heard
