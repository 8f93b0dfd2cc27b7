"""Who pays what: rounds with their figures, and what the homes say. Names leave this file for staff alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from linli.ballots.rules.eligibility import floor_of
from linli.deliberation.kinds import Power
from linli.deliberation.models import Sharing, SharingAnswer, SharingLine, SharingRound
from linli.deliberation.rules import sharing as rules
from linli.deliberation.rules.sharing import Heard, Line
from linli.frame.scopes import in_force, under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.matters.models import Matter
from linli.matters.read import one as matters
from linli.people import read as people
from linli.people.models import Holding, Person
from linli.places.kinds import PlaceKind
from linli.places.models import Place

NOT_HERE = "This is kept to the people of the entrance."


def sharing(sharing_id: UUID) -> Sharing:
    """One with its place. Raises `Refused` (404) when there is none."""
    row = Sharing.objects.select_related("place").filter(pk=sharing_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def sharing_for_update(sharing_id: UUID) -> Sharing:
    """The same, locked: rounds and answers come one after the other."""
    rows = Sharing.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=sharing_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def line(line_id: UUID) -> SharingLine:
    """What one home is asked for, with its round. Raises `Refused` (404) when there is none."""
    row = SharingLine.objects.select_related("round__sharing__place", "home").filter(pk=line_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def matter_asking(opening_id: UUID) -> Matter | None:
    """The matter whose step talks about it; None when it no longer does."""
    return matters.matter_of_opening(opening_id)


def of_matter(matter_id: UUID) -> UUID | None:
    """What a matter already talks over."""
    return Sharing.objects.filter(asked_of_id=matter_id).values_list("pk", flat=True).first()


def entrance(place_id: UUID) -> Place | None:
    """An entrance that is open."""
    rows = Place.objects.filter(pk=place_id, closed_on__isnull=True, kind=PlaceKind.ENTRANCE.value)
    return rows.first()


def entrances(actor: Actor) -> list[Place]:
    """The entrances of this actor's posts, by path."""
    here = under("path", actor.paths(Power.WORKS))
    rows = Place.objects.filter(here, closed_on__isnull=True, kind=PlaceKind.ENTRANCE.value)
    return list(rows.order_by("path")[:500])


def homes(place: Place) -> list[Place]:
    """The homes of an entrance, in the order people count."""
    inside = Place.objects.filter(path__startswith=place.path, closed_on__isnull=True)
    return list(inside.filter(kind=PlaceKind.HOME.value).order_by("path")[: rules.MOST_HOMES])


def floors(rows: Sequence[Place]) -> dict[UUID, int]:
    """The floor of each home, as its name says; a home whose name does not say is left out."""
    return {row.pk: int(floor_of(row.name)) for row in rows if floor_of(row.name)}


def owners(home_id: UUID, day: date) -> list[Person]:
    """Who owns a home today."""
    held = Holding.objects.filter(in_force(day), home=home_id, person=OuterRef("pk"))
    return list(Person.objects.filter(Exists(held)).order_by("name_key", "pk"))


def all_owners(rows: Iterable[Place], day: date) -> set[UUID]:
    """Whoever owns any of these homes on the day."""
    return set(Holding.objects.filter(in_force(day), home__in=rows).values_list("person_id", flat=True))


def owned_by(person_id: UUID | None, day: date) -> set[UUID]:
    """The homes somebody owns today."""
    if person_id is None:
        return set()
    rows = Holding.objects.filter(in_force(day), person=person_id)
    return set(rows.values_list("home_id", flat=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A home's line in a round: what changed since the one before (fen, None for the first or no change),
    its answer, and whether the reader owns it."""

    row: SharingLine
    change: int | None
    answer: SharingAnswer | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its lines and how the homes answered."""

    row: SharingRound
    lines: list[Shown]
    heard: Heard


def rounds(row: Sharing, own: set[UUID] | None = None) -> list[Round]:
    """Every round, the latest first, in three queries."""
    listed = list(SharingRound.objects.filter(sharing=row).order_by("number"))
    kept = SharingLine.objects.filter(round__in=listed).select_related("home", "answer__person")
    by_round: dict[UUID, list[SharingLine]] = {each.pk: [] for each in listed}
    for each in kept.order_by("home__path"):
        by_round[each.round_id].append(each)
    found: list[Round] = []
    before: dict[UUID, Line] = {}
    for one in listed:
        lines = by_round[one.pk]
        figures = {each.home_id: Line(each.pays, each.gets) for each in lines}
        changed = rules.changes(before, figures)
        shown = [
            Shown(each, changed.get(each.home_id), _answer(each), each.home_id in (own or set()))
            for each in lines
        ]
        found.append(Round(one, shown, _heard(shown)))
        before = figures
    return found[::-1]


def _answer(row: SharingLine) -> SharingAnswer | None:
    found: SharingAnswer | None = getattr(row, "answer", None)
    return found


def _heard(lines: Sequence[Shown]) -> Heard:
    said = [each.answer.agrees for each in lines if each.answer is not None]
    return Heard(len(lines), sum(said), len(said) - sum(said))


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it: the number of the latest round, and whether every one of so many homes agreed."""

    number: int
    homes: int
    agreed: bool


def ended(row: Sharing) -> Ended | None:
    """What came of what is over; None where nothing was ever proposed."""
    last = SharingRound.objects.filter(sharing=row).order_by("-number").first()
    if last is None:
        return None
    lines = last.lines.aggregate(homes=Count("pk"), agree=Count("pk", filter=Q(answer__agrees=True)))
    heard = Heard(lines["homes"], lines["agree"], 0)
    return Ended(last.number, heard.homes, heard.agreed)


def latest_number(sharing_id: UUID) -> int:
    """The number of the latest round; 0 before the first."""
    last = SharingRound.objects.filter(sharing=sharing_id).aggregate(last=Max("number"))["last"]
    return int(last or 0)


def latest_floors(sharing_id: UUID) -> dict[int, tuple[int, int]]:
    """The weight and compensation of each floor in the latest round, to begin the next one with."""
    rows = SharingLine.objects.filter(round__sharing=sharing_id, round__number=latest_number(sharing_id))
    return {floor: (weight, gets) for floor, weight, gets in rows.values_list("floor", "weight", "gets")}


def at_desk(actor: Actor) -> QuerySet[Sharing]:
    """What is talked over at this desk's entrances, the open ones first, the latest first."""
    here = under("place__path", actor.paths(Power.WORKS, Power.WORKS_DOOR))
    rows = Sharing.objects.filter(here).select_related("place__parent").annotate(round=Max("rounds__number"))
    return rows.order_by(F("closed_on").asc(nulls_first=True), "-opened_at", "-pk")


def waiting_for(person_id: UUID | None, day: date) -> list[SharingLine]:
    """What waits for an answer of somebody's: the latest round of what is open, for homes they own."""
    if person_id is None:
        return []
    held = Holding.objects.filter(in_force(day), person=person_id, home=OuterRef("home"))
    later = SharingRound.objects.filter(
        sharing=OuterRef("round__sharing"), number__gt=OuterRef("round__number")
    )
    rows = SharingLine.objects.filter(
        Exists(held), ~Exists(later), answer__isnull=True, round__sharing__closed_on__isnull=True
    )
    return list(rows.select_related("round__sharing__place").order_by("-round__proposed_at")[:5])


def mine(person_id: UUID | None) -> list[Sharing]:
    """What is talked over at the entrances somebody lives in or owns a home of."""
    if person_id is None:
        return []
    around = people.paths_around(person_id, today())
    rows = Sharing.objects.filter(place__path__in=around).select_related("place__parent")
    return list(rows.order_by(F("closed_on").asc(nulls_first=True), "-opened_at")[:50])
