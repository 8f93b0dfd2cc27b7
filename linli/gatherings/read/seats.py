"""Who is counted in a body, held against what the law asks; its appraisals; who may ask for a recall."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from linli.frame.scopes import in_force
from linli.gatherings.kinds import VOTING, BodyKind, CalledBy, Counted, Finding, Role
from linli.gatherings.models import Appraisal, Body, Membership
from linli.gatherings.read import residents
from linli.gatherings.rules import composition, office
from linli.gatherings.rules.composition import ASKED, Point, Seats
from linli.people import read as people
from linli.people.kinds import Sex
from linli.places.kinds import PlaceKind


def points(body: Body, members: Collection[Membership], on: date) -> list[Point]:
    """What the law asks of this body's members, and how it stands with these."""
    kind = BodyKind(body.kind)
    return composition.points(kind, _seats(body, members, on), on) if kind in ASKED else []


def _seats(body: Body, members: Collection[Membership], on: date) -> Seats:
    asked = ASKED[BodyKind(body.kind)]
    counted = [row for row in members if row.role in VOTING]
    persons = {row.person_id: row.person for row in counted if row.person_id and row.person}
    homes = _homes(persons, on) if asked.no_relatives or asked.is_apart else {}
    shared = Counter(homes.values())
    committee = _committee(body, on) if asked.is_apart else set()
    theirs = set(_homes(committee, on).values()) if committee else set()
    return Seats(
        members=len(counted),
        reps=sum(row.role == Role.REP for row in counted),
        women=sum(person.sex == Sex.FEMALE for person in persons.values()),
        sex_unknown=sum(person.sex == Sex.UNKNOWN for person in persons.values()),
        together=sum(count for count in shared.values() if count > 1),
        since=tuple(row.starts for row in counted),
        of_committee=len(committee & set(persons)),
        near_committee=sum(home in theirs for person, home in homes.items() if person not in committee),
        households=_households(body, on) if asked.households or asked.place else 0,
    )


def _households(body: Body, on: date) -> int:
    return residents.entitled_in(body.place.path, on, Counted.HOUSEHOLDS)


def _homes(persons: Collection[UUID], on: date) -> dict[UUID, UUID]:
    """The home each of several persons lives in; not where only the building or the entrance is known."""
    found = people.homes_of(persons, on)
    return {person: place.pk for person, place in found.items() if place.kind == PlaceKind.HOME}


def _committee(body: Body, on: date) -> set[UUID]:
    """The persons of the residents' committee of a body's place."""
    rows = Membership.objects.filter(
        in_force(on),
        body__kind=BodyKind.RESIDENTS_COMMITTEE.value,
        body__place=body.place_id,
        body__closed_on__isnull=True,
        role__in=VOTING,
        person__isnull=False,
    )
    return {person for person in rows.values_list("person", flat=True) if person is not None}


def last_appraisal(body_id: UUID) -> date | None:
    """The day of the latest appraisal of a body's members."""
    rows = Appraisal.objects.filter(membership__body=body_id)
    last: date | None = rows.aggregate(last=Max("held_on"))["last"]
    return last


def to_appraise(body_id: UUID, held_on: date, today: date) -> list[Membership]:
    """Whom an appraisal held on a day is of: the members of today who sat before it, as lists have them."""
    rows = Membership.objects.filter(in_force(today), body=body_id, role__in=VOTING, starts__lt=held_on)
    rows = rows.filter(person__isnull=False).select_related("person")
    return list(rows.order_by("person__name_key", "pk"))


def findings(membership_ids: Collection[UUID]) -> dict[UUID, list[tuple[date, Finding]]]:
    """What was found of several members, the oldest first, in one query."""
    found: dict[UUID, list[tuple[date, Finding]]] = {key: [] for key in membership_ids}
    rows = Appraisal.objects.filter(membership__in=list(membership_ids)).order_by("held_on", "pk")
    for key, day, finding in rows.values_list("membership_id", "held_on", "finding"):
        found[key].append((day, Finding(finding)))
    return found


def to_recall(body: Body, on: date) -> list[tuple[CalledBy, int, int]]:
    """Who may ask for a recall of a member, how many of them it takes, and of how many; left out is whom the
    register knows none of."""
    known = residents.numbers_in(body.place.path, on)
    wholes = {
        CalledBy.ADULTS: known[Counted.ADULTS],
        CalledBy.HOUSEHOLD_REPS: known[Counted.HOUSEHOLDS],
        CalledBy.REPS: residents.reps_of(body.place_id, on).count(),
    }
    return [(by, office.least_to_recall(by, whole), whole) for by, whole in wholes.items() if whole]
