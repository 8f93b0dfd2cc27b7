"""Those who ask for a meeting: who may, who is on the list, and how many they are by the register."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.gatherings.kinds import BodyKind, CalledBy, Counted, State
from linli.gatherings.models import Gathering, Petition, Signatory, SignedSheet
from linli.gatherings.read import residents
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.rules.petitions import MOST_AT_ONCE
from linli.kernel.decision import MISSING, Refused
from linli.people import read as people
from linli.people.models import Person
from linli.people.rules import owning
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

BY_REGISTER = {CalledBy.ADULTS: Counted.ADULTS, CalledBy.HOUSEHOLD_REPS: Counted.HOUSEHOLDS}


def petition(petition_id: UUID) -> Petition:
    """One petition with its body and place. Raises `Refused` (404) when there is none."""
    row = Petition.objects.select_related("body__place").filter(pk=petition_id).first()
    if row is None:
        raise Refused("This page is not here.", status=MISSING)
    return row


def petition_for_update(petition_id: UUID) -> Petition:
    """The same, locked: names, sheets and the meeting come one after the other."""
    rows = Petition.objects.select_for_update(of=("self",)).select_related("body__place")
    row = rows.filter(pk=petition_id).first()
    if row is None:
        raise Refused("This page is not here.", status=MISSING)
    return row


def is_planned(petition_id: UUID) -> bool:
    """Whether the meeting asked for is planned or was held; one called off is asked for still."""
    return Gathering.objects.filter(petition=petition_id).exclude(state=State.CANCELLED.value).exists()


def open_petitions(body_id: UUID) -> list[Petition]:
    """What is asked of a body and no meeting is planned for, the latest first."""
    held = Gathering.objects.filter(petition__isnull=False).exclude(state=State.CANCELLED.value)
    rows = Petition.objects.filter(body=body_id).exclude(pk__in=held.values("petition"))
    return list(rows.select_related("body__place").order_by("-begun_at", "-pk"))


def sheet(sheet_id: UUID) -> SignedSheet:
    """One signed sheet with its petition. Raises `Refused` (404) when there is none."""
    rows = SignedSheet.objects.select_related("petition__body__place", "file", "place")
    row = rows.filter(pk=sheet_id).first()
    if row is None:
        raise Refused("This page is not here.", status=MISSING)
    return row


def sheets(petition_id: UUID) -> list[SignedSheet]:
    """The signed sheets, by building."""
    rows = SignedSheet.objects.filter(petition=petition_id).select_related("place")
    return list(rows.order_by("place__path", "counted_at", "pk"))


def buildings(row: Petition) -> list[tuple[Place, str]]:
    """The buildings a list is made of and sheets are counted by, as they are written; the place of the body
    where it has none."""
    here = Place.objects.filter(path__startswith=row.body.place.path, closed_on__isnull=True)
    found = list(here.filter(kind=PlaceKind.BUILDING.value).order_by("path")) or [row.body.place]
    written = places.address_map(found)
    return [(place, written[place.pk]) for place in found]


def eligible(row: Petition, path: str, on: date) -> QuerySet[Person]:
    """Everybody within a part of the body's place who may ask for its meeting, by the pinyin of their names;
    representatives wherever they live."""
    by = CalledBy(row.asked_by)
    if by is CalledBy.REPS:
        here = Q(pk__in=residents.reps_of(row.body.place_id, on).values("person"))
    elif by is CalledBy.OWNERS:
        here = Q(pk__in={person for unit in people.owned_in(path, on).units for person in unit.owners})
    else:
        here = Q(pk__in=residents.dwelling(path, on).values("person"))
    return Person.objects.filter(here).order_by("name_key", "pk")


def whole(row: Petition, path: str, on: date) -> int:
    """How many may ask within a part of the body's place, as the register has them."""
    by = CalledBy(row.asked_by)
    if by is CalledBy.REPS:
        return residents.reps_of(row.body.place_id, on).count()
    if by is CalledBy.OWNERS:
        return people.owned_in(path, on).heads
    return residents.entitled_in(path, on, BY_REGISTER[by])


def callers(row: Petition, on: date) -> int:
    """How many ask: those on the list who may by the register of the day, and those on signed sheets.

    Where households ask, several of one are one; owners who own together are one head.
    """
    path, by = row.body.place.path, CalledBy(row.asked_by)
    listed = set(Signatory.objects.filter(petition=row).values_list("person", flat=True))
    on_paper = sum(SignedSheet.objects.filter(petition=row).values_list("count", flat=True))
    if by is CalledBy.OWNERS:
        heads = owning.voters(people.owned_in(path, on).units)
        return on_paper + sum(bool(head.owners & listed) for head in heads)
    if by is CalledBy.REPS:
        return on_paper + residents.reps_of(row.body.place_id, on).filter(person__in=listed).count()
    here = residents.dwelling(path, on).filter(person__in=listed)
    if by is CalledBy.HOUSEHOLD_REPS:
        return on_paper + here.values_list(residents.HOUSEHOLD, flat=True).distinct().count()
    return on_paper + here.values("person").distinct().count()


def sheet_counts(row: Petition) -> dict[UUID, int]:
    """How many signed on paper, by building."""
    found: dict[UUID, int] = {}
    for place, count in SignedSheet.objects.filter(petition=row).values_list("place", "count"):
        found[place] = found.get(place, 0) + count
    return found


def names_in(row: Petition, path: str, on: date) -> int:
    """How many of a building are on the list by name."""
    listed = Signatory.objects.filter(petition=row).values("person")
    return eligible(row, path, on).filter(pk__in=listed).count()


def on_sheets(row: Petition, person_ids: Collection[UUID], on: date) -> set[UUID]:
    """Who of several people is of a building whose sheets are counted."""
    paths = SignedSheet.objects.filter(petition=row).values_list("place__path", flat=True).distinct()
    return {
        person
        for path in paths
        for person in eligible(row, path, on).filter(pk__in=list(person_ids)).values_list("pk", flat=True)
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """How a petition stands on a day: how many ask, of how many who may, and how many it takes."""

    row: Petition
    callers: int
    whole: int

    @property
    def least(self) -> int:
        """How many have to ask."""
        law = STANDINGS[BodyKind(self.row.body.kind)].law
        return law.calls[CalledBy(self.row.asked_by)].least(self.whole)

    @property
    def is_enough(self) -> bool:
        """Whether so many ask that the meeting has to be called."""
        return 0 < self.least <= self.callers


def standing(rows: list[Petition], on: date) -> list[Standing]:
    """How several petitions stand."""
    return [Standing(row, callers(row, on), whole(row, row.body.place.path, on)) for row in rows]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may ask and can be ticked, with where they live; whether they are on the list."""

    id: UUID
    name: str
    home: str
    is_listed: bool


def to_tick(row: Petition, on: date, *, building: Place | None, words: str) -> list[Found]:
    """Those of a building, or found by words, who may ask; representatives all at once."""
    path = building.path if building is not None else row.body.place.path
    rows = eligible(row, path, on)
    if words:
        found = people.search(words, row.body.place.path, on, limit=24, owners=True)
        rows = rows.filter(pk__in=[each.pk for each in found])
    elif building is None and row.asked_by != CalledBy.REPS:
        return []
    here = list(rows[:MOST_AT_ONCE])
    listed = set(Signatory.objects.filter(petition=row).values_list("person", flat=True))
    homes = people.homes_of([each.pk for each in here], on)
    written = places.address_map({home.pk: home for home in homes.values()}.values())
    return [
        Found(each.pk, each.name, written[homes[each.pk].pk] if each.pk in homes else "", each.pk in listed)
        for each in here
    ]


@dataclass(frozen=True, slots=True)
class Names:
    """Who is on the list of one building; without one, of those who live elsewhere."""

    building: Place | None
    written: str
    names: tuple[str, ...]


def by_building(row: Petition, buildings: list[tuple[Place, str]], on: date) -> list[Names]:
    """Who is on the list, building by building, by the pinyin of their names."""
    listed = Signatory.objects.filter(petition=row).select_related("person")
    persons = [each.person for each in listed.order_by("person__name_key", "pk")]
    homes = people.homes_of([each.pk for each in persons], on)
    inside: dict[UUID | None, list[str]] = {}
    for person in persons:
        path = homes[person.pk].path if person.pk in homes else ""
        found = next((place.pk for place, _written in buildings if path.startswith(place.path)), None)
        inside.setdefault(found, []).append(person.name)
    rows = [(place, written) for place, written in buildings if place.pk in inside]
    found_in = [Names(place, written, tuple(inside[place.pk])) for place, written in rows]
    elsewhere = inside.get(None, [])
    return [*found_in, *([Names(None, "", tuple(elsewhere))] if elsewhere else [])]
