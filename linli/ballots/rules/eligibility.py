"""On which floor a home is, and how a roll is put together."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from linli.people.rules.owning import Unit, Voter

_NUMBER: Final = re.compile(r"\d{3,4}")


def floor_of(name: str) -> str:
    """The floor in the name of a home: 302 is on 3, 1102 on 11; "" where the name does not say."""
    found = _NUMBER.search(name)
    return str(int(found[0][:-2])) if found else ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One entry of a roll before it is written: who may vote for it, its homes, what it is called."""

    persons: tuple[UUID, ...]
    units: tuple[Unit, ...] = ()
    label: str = ""
    is_developer: bool = False


def others(voters: Iterable[Voter], home: UUID) -> list[Voter]:
    """All owners of a building but those of one home in it (区分所有权解释 11): neither they nor some of them
    who own another home besides are asked; others who own one together with one of them are."""
    listed = list(voters)
    own = next((each for each in listed if any(unit.id == home for unit in each.units)), None)
    if own is None:
        return listed
    return [each for each in listed if each is not own and not (each.owners and each.owners <= own.owners)]


@dataclass(frozen=True, slots=True)
class Member:
    """One voice of a body: a person, or a unit, for which whoever acts for it votes, once. `is_rep`: a
    residents' representative, beside whom others sit in their assembly."""

    name: str
    persons: tuple[UUID, ...]
    is_unit: bool = False
    is_rep: bool = False


@dataclass(frozen=True, slots=True)
class Dweller:
    """Somebody who usually lives in a home, alone or in a household with others."""

    person_id: UUID
    household: UUID
    home: Unit


def one_per_household(dwellers: Iterable[Dweller]) -> list[tuple[tuple[UUID, ...], Unit]]:
    """The grown-up members of each household with their home: any of them may vote for it, once."""
    grouped: dict[UUID, list[Dweller]] = defaultdict(list)
    for each in dwellers:
        grouped[each.household].append(each)
    return [(tuple(one.person_id for one in own), own[0].home) for own in grouped.values()]
