"""The people of one community: households of plausible make, to exactly the planned heads."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from linli.people.actions import HoldingRow, HouseholdRow, PersonRow, ResidenceRow
from linli.people.kinds import Reach, ResidenceKind, Sex
from linli.places.actions import PlaceRow
from linli.site.demo.ids import Ids
from linli.site.demo.names import Phones, given, surname
from linli.site.demo.territory import Building, Territory

OCCUPIED: Final = 0.93  # of homes, where the number of households is not given
SIZES: Final = ((1, 19), (2, 31), (3, 27), (4, 15), (5, 6), (6, 2))  # people in a household, with weights
LARGEST: Final = 6
REGISTERED_HERE: Final = 0.78  # of usual residents, where the registered figure is not given
MOVED_ON: Final = 320  # people registered in 罗石塔 who usually live in 黄泥坳

GROWN: Final = 18
OLD: Final = 60
VERY_OLD: Final = 75


@dataclass(frozen=True, slots=True)
class Resident:
    """One person with the home they live in, for choosing holders of posts and logins."""

    row: PersonRow
    home: PlaceRow
    building: Building
    age: int


@dataclass(slots=True)
class Population:
    """Everybody of one community, ready to be imported."""

    people: list[PersonRow] = field(default_factory=list)
    households: list[HouseholdRow] = field(default_factory=list)
    residences: list[ResidenceRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    elsewhere: list[PersonRow] = field(default_factory=list)

    def moved_on(self) -> list[PersonRow]:
        """Some of those registered here who usually live in the community beside it."""
        last_year = max((row.born_year or 0) for row in self.people) - 26
        return [row for row in self.elsewhere if (row.born_year or last_year + 1) <= last_year][:MOVED_ON]


class Registrar:
    """Peoples one territory."""

    def __init__(self, territory: Territory, today: date, ids: Ids, phones: Phones) -> None:
        self._plan = territory.plan
        self._territory = territory
        self._today = today
        self._ids = ids
        self._phones = phones
        self._random = random.Random(f"people {territory.plan.short}")
        self._made = Population()

    def people(self, newcomers: list[PersonRow]) -> Population:
        """The whole population; `newcomers` are people of another community who now live here."""
        homes = [(home, building) for building in self._territory.buildings for home in building.homes]
        count = self._plan.households or round(len(homes) * OCCUPIED)
        lived_in = sorted(self._random.sample(range(len(homes)), count))
        waiting = list(newcomers)
        for at, size in zip(lived_in, self._sizes(count), strict=True):
            joining, waiting = waiting[:1], waiting[1:]
            self._household(*homes[at], size, joining)
        if self._plan.registered is not None:
            self._register_elsewhere([home for home, _building in homes])
        return self._made

    def _sizes(self, count: int) -> list[int]:
        """Sizes of `count` households that add up to the usual residents."""
        if not count <= self._plan.usual <= LARGEST * count:
            raise ValueError(f"{self._plan.usual} people do not fit {count} households")
        sizes = self._random.choices(
            [size for size, _weight in SIZES], [weight for _size, weight in SIZES], k=count
        )
        wrong = self._plan.usual - sum(sizes)
        while wrong:
            at = self._random.randrange(count)
            step = 1 if wrong > 0 else -1
            if 1 <= sizes[at] + step <= LARGEST:
                sizes[at] += step
                wrong -= step
        return sizes

    def _household(self, home: PlaceRow, building: Building, size: int, joining: list[PersonRow]) -> None:
        household = self._ids.next()
        self._made.households.append(HouseholdRow(household, home.id, is_demo=True))
        since = self._since()
        members = [(row, self._today.year - (row.born_year or 1970)) for row in joining]
        family = surname(self._random)
        for age, is_woman, same_name in self._make_up(size)[: size - len(joining)]:
            members.append((self._person(age, is_woman, family if same_name else None), age))
            self._made.people.append(members[-1][0])
        registered = self._random.random() < REGISTERED_HERE or self._plan.registered is not None
        for row, age in members:
            if row not in joining:
                self._made.residents.append(Resident(row, home, building, age))
            self._lives(row.id, home, household, ResidenceKind.USUAL, since)
            if registered and row not in joining:
                self._lives(row.id, home, household, ResidenceKind.REGISTERED, since)
        self._own(home, [row for row, age in members if age >= GROWN], since)

    def _own(self, home: PlaceRow, grown: list[PersonRow], since: date) -> None:
        """Four homes in five belong to who lives there: to one, or half and half to two."""
        if not grown or self._random.random() > 0.8:
            return
        owners = grown[:2] if len(grown) > 1 and self._random.random() < 0.45 else grown[:1]
        for owner in owners:
            self._made.holdings.append(HoldingRow(self._ids.next(), owner.id, home.id, since, 1, len(owners)))

    def _make_up(self, size: int) -> list[tuple[int, bool, bool]]:
        """Age, whether a woman, and whether of the family's surname, for each member; grown-ups first."""
        chance = self._random
        old = chance.random() < self._plan.old_share
        head = chance.randint(62, 88) if old else chance.randint(26, 58)
        man_first = chance.random() < 0.6
        members = [(head, not man_first, True)]
        if size > 1:
            members.append((max(22, head + chance.randint(-4, 3)), man_first, False))
        for turn in range(size - 2):
            if old:
                members.append(
                    (max(1, head - chance.randint(24, 32) - turn * 2), chance.random() < 0.5, True)
                )
            elif turn < 2 or head < 30:
                members.append(
                    (max(0, head - chance.randint(23, 32) - turn * 3), chance.random() < 0.5, True)
                )
            else:
                members.append((head + chance.randint(22, 29), turn % 2 == 0, turn % 2 == 1))
        return members

    def _person(self, age: int, is_woman: bool, family: str | None) -> PersonRow:
        born = self._today.year - age
        name = (family or surname(self._random)) + given(self._random, woman=is_woman, born_year=born)
        phone, reach = self._reached(age)
        return PersonRow(
            id=self._ids.next(),
            name=name,
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            born_year=born,
            phone=phone,
            reach=reach,
            is_demo=True,
        )

    def _reached(self, age: int) -> tuple[str | None, Reach]:
        """The older, the more often a plain phone or none; children have none."""
        chance = self._random.random()
        if age < 14:
            return None, Reach.SLIP
        without = 0.32 if age >= VERY_OLD else 0.08 if age >= OLD else 0.01
        plain = 0.40 if age >= VERY_OLD else 0.18 if age >= OLD else 0.0
        if chance < without:
            return None, Reach.SLIP
        return self._phones.next(), Reach.CALL if chance < without + plain else Reach.APP

    def _since(self) -> date:
        """When a household came: the day the community opened, or some day after."""
        opened = self._plan.opened_on
        days = (self._today - opened).days - 60
        if days <= 0 or self._random.random() < 0.4:
            return opened
        return opened + timedelta(days=self._random.randrange(days))

    def _lives(
        self, person: UUID, home: PlaceRow, household: UUID | None, kind: ResidenceKind, since: date
    ) -> None:
        self._made.residences.append(
            ResidenceRow(self._ids.next(), person, home.id, kind, since, household_id=household)
        )

    def _register_elsewhere(self, homes: list[PlaceRow]) -> None:
        """People still registered here who usually live elsewhere, several to a door as the books have it."""
        registered = sum(row.kind is ResidenceKind.REGISTERED for row in self._made.residences)
        for turn in range((self._plan.registered or 0) - registered):
            age = self._random.choices((8, 24, 38, 52, 66, 78), (8, 14, 30, 26, 16, 6))[0]
            row = self._person(age + self._random.randint(-4, 5), self._random.random() < 0.5, None)
            self._made.people.append(row)
            self._made.elsewhere.append(row)
            home = homes[turn % len(homes)]
            self._lives(row.id, home, None, ResidenceKind.REGISTERED, self._plan.opened_on)
