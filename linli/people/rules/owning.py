"""How owners are counted: heads and areas.

Source: 最高人民法院 关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释 arts 8, 9; 民法典 278. Which
bays are owned at all (art 2) is `linli.places.rules.bays`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from linli.places.kinds import AreaSource


@dataclass(frozen=True, slots=True)
class Unit:
    """One home or other owned part: its area, the part of the place it lies in, and who owns it.

    Without owners it is the developer's: unsold, or sold and not yet handed over.
    """

    id: UUID
    area: int
    part: str = ""
    owners: frozenset[UUID] = frozenset()
    source: str = ""  # where the area was taken from


@dataclass(frozen=True, slots=True)
class Voter:
    """One head with its units. Several persons who own a unit together are one voter."""

    owners: frozenset[UUID]
    units: tuple[Unit, ...]

    @property
    def area(self) -> int:
        """The area of all its units."""
        return sum(unit.area for unit in self.units)


def voters(units: Iterable[Unit]) -> list[Voter]:
    """The heads behind some units, in the order their first unit stands in.

    解释 art 9: one head per unit, but a buyer with two or more is one head, and everything the developer
    has not sold or handed over is one head in total. A unit owned together is one vote; the same people
    owning several units together are one buyer, other people are another.
    """
    grouped: dict[frozenset[UUID], list[Unit]] = defaultdict(list)
    for unit in units:
        grouped[unit.owners].append(unit)
    return [Voter(owners, tuple(own)) for owners, own in grouped.items()]


def area_of(known: Mapping[AreaSource, int]) -> tuple[int, AreaSource] | None:
    """The area that counts, in 0.01 m², and where it was taken from; None where nothing is known.

    解释 art 8: as in the register; not registered yet, as surveyed; not surveyed yet, as in the contract.
    """
    for source in AreaSource:
        if known.get(source, 0) > 0:
            return known[source], source
    return None
