"""Many people at once: one COPY a table, one entry a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.bulk import all_or_nothing, copy_in
from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor
from linli.kernel.decision import require
from linli.kernel.names import sort_key
from linli.people import policies, rules
from linli.people.kinds import Event, Reach, ResidenceKind, Sex
from linli.people.models import Holding, Household, Person, Residence

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person. `phone` is a checked number of 11 digits, or None."""

    id: UUID
    name: str
    sex: Sex = Sex.UNKNOWN
    born_year: int | None = None
    phone: str | None = None
    reach: Reach = Reach.APP
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household of a home."""

    id: UUID
    home_id: UUID
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class ResidenceRow:
    """One residence, open to the present unless `ends` says otherwise."""

    id: UUID
    person_id: UUID
    place_id: UUID
    kind: ResidenceKind
    starts: date
    household_id: UUID | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One share of a home."""

    id: UUID
    person_id: UUID
    home_id: UUID
    starts: date
    numerator: int = 1
    denominator: int = 1


PERSON: Final = (
    "id", "name", "name_key", "sex", "born_year", "phone", "phone_index", "id_number", "id_number_index",
    "reach", "is_demo",
)  # fmt: skip
HOUSEHOLD: Final = ("id", "home", "is_demo")
RESIDENCE: Final = ("id", "person", "household", "place", "kind", "starts", "ends")
HOLDING: Final = ("id", "person", "home", "share_numerator", "share_denominator", "starts", "ends")


def import_people(
    *,
    by: Actor,
    under: "Place",
    people: Sequence[PersonRow],
    households: Sequence[HouseholdRow] = (),
    residences: Sequence[ResidenceRow] = (),
    holdings: Sequence[HoldingRow] = (),
) -> int:
    """Add many people of a place with their households, homes and shares; how many people were added.

    Phones are encrypted on the way. All of it is added or nothing; the record keeps one entry with counts.
    """
    with transaction.atomic():
        require(policies.may_import_people(by, under.path))
        with all_or_nothing():
            copy_in(Person, PERSON, map(_person, people))
            copy_in(Household, HOUSEHOLD, ((row.id, row.home_id, row.is_demo) for row in households))
            copy_in(Residence, RESIDENCE, map(_residence, residences))
            copy_in(Holding, HOLDING, map(_holding, holdings))
        data = {
            "people": len(people),
            "households": len(households),
            "residences": len(residences),
            "holdings": len(holdings),
        }
        audit.record(Event.IMPORTED, by=by, subject=under, place_path=under.path, data=data)
    return len(people)


def _person(row: PersonRow) -> tuple[object, ...]:
    index = blind_index(row.phone) if row.phone else None
    reach = rules.reach_with(row.reach, has_phone=bool(row.phone))
    return (
        row.id, row.name, sort_key(row.name)[:120], row.sex.value, row.born_year, row.phone, index,
        None, None, reach.value, row.is_demo,
    )  # fmt: skip


def _residence(row: ResidenceRow) -> tuple[object, ...]:
    return (row.id, row.person_id, row.household_id, row.place_id, row.kind.value, row.starts, row.ends)


def _holding(row: HoldingRow) -> tuple[object, ...]:
    return (row.id, row.person_id, row.home_id, row.numerator, row.denominator, row.starts, None)
