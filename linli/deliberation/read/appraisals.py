"""Appraisals, nominations, jurors, and what they wait for. Whom somebody chose is nowhere to be read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.deliberation.kinds import AppraisalStage, NominationState, Power
from linli.deliberation.models import (
    Appraisal,
    Chooser,
    Criterion,
    Declined,
    HonourDoubt,
    Juror,
    Nomination,
    NominationPhoto,
)
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days, Objected, Reader
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.people import read as people
from linli.people.models import Person
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind
from linli.places.models import Place

NOT_HERE = "This appraisal is not here."
NOMINATION_NOT_HERE = "This nomination is not here any more."


def days_of(row: Appraisal) -> Days:
    """Its timetable."""
    return Days(row.nominate_until, row.choose_from, row.choose_until, row.posted_days)


def stage_of(row: Appraisal) -> AppraisalStage:
    """Where it stands today."""
    return rules.stage(
        days_of(row),
        posted_on=row.posted_on,
        concluded_on=row.concluded_on,
        is_off=row.called_off_at is not None,
        day=today(),
    )


def posted_until(row: Appraisal) -> date | None:
    """The last day its result is posted; None before it is."""
    return rules.posted_until(row.posted_on, row.posted_days) if row.posted_on else None


def is_posting_over(row: Appraisal) -> bool:
    """Whether the last day of the posting has passed."""
    last = posted_until(row)
    return last is not None and today() > last


def appraisal(appraisal_id: UUID) -> Appraisal:
    """One appraisal with its place. Raises `Refused` (404) when there is none."""
    row = Appraisal.objects.select_related("place").filter(pk=appraisal_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def appraisal_for_update(appraisal_id: UUID) -> Appraisal:
    """The same, locked: what is done in one appraisal happens one after the other."""
    rows = Appraisal.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=appraisal_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def nomination(nomination_id: UUID) -> Nomination:
    """One nomination with its appraisal and photos. Raises `Refused` (404) when there is none."""
    rows = Nomination.objects.select_related("appraisal__place", "person").prefetch_related("photos")
    row = rows.filter(pk=nomination_id).first()
    if row is None:
        raise Refused(NOMINATION_NOT_HERE, status=MISSING)
    return row


def photo(photo_id: UUID) -> NominationPhoto:
    """One photo with its nomination. Raises `Refused` (404) when there is none."""
    rows = NominationPhoto.objects.select_related("file", "nomination__appraisal__place")
    row = rows.filter(pk=photo_id).first()
    if row is None:
        raise Refused("This photo is not here any more.", status=MISSING)
    return row


def doubt(doubt_id: UUID) -> HonourDoubt:
    """One objection with its nomination. Raises `Refused` (404) when there is none."""
    row = HonourDoubt.objects.select_related("nomination__appraisal__place").filter(pk=doubt_id).first()
    if row is None:
        raise Refused("This objection is not here.", status=MISSING)
    return row


def objected(objection: HonourDoubt, made: Nomination, row: Appraisal) -> Objected:
    """What decides who may answer an objection to a nomination of an appraisal."""
    return Objected(
        is_answered=objection.answered_at is not None,
        involved=frozenset({made.nominated_by_id, made.person_id, objection.author_id}),
        stage=stage_of(row),
    )


def reader_of(actor: Actor, row: Appraisal) -> Reader:
    """How somebody stands to an appraisal: whether they belong to its place, whether they judge."""
    return Reader(belongs(actor.person_id, row.place.path), is_juror(row.pk, actor.person_id))


def is_juror(appraisal_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody is on the jury."""
    if person_id is None:
        return False
    return Juror.objects.filter(appraisal_id=appraisal_id, person_id=person_id).exists()


def juror(appraisal_id: UUID, person_id: UUID | None) -> Juror | None:
    """Somebody's seat on the jury."""
    return Juror.objects.filter(appraisal_id=appraisal_id, person_id=person_id).first() if person_id else None


def has_declined(appraisal_id: UUID, person_id: UUID) -> bool:
    """Whether somebody said they do not want to be put forward here."""
    return Declined.objects.filter(appraisal_id=appraisal_id, person_id=person_id).exists()


def nomination_of(appraisal_id: UUID, person_id: UUID | None) -> Nomination | None:
    """The nomination somebody answers for."""
    if person_id is None:
        return None
    return Nomination.objects.filter(appraisal_id=appraisal_id, person_id=person_id).first()


def nominated_by(appraisal_id: UUID, person_id: UUID) -> list[Nomination]:
    """What somebody wrote here themselves."""
    rows = Nomination.objects.filter(appraisal_id=appraisal_id, nominated_by_id=person_id)
    return list(rows.order_by("nominated_at"))


def has_chosen(appraisal_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody has given their voice; never for whom."""
    if person_id is None:
        return False
    return Chooser.objects.filter(appraisal_id=appraisal_id, person_id=person_id).exists()


def criteria(appraisal_id: UUID) -> list[Criterion]:
    """What counts, by number."""
    return list(Criterion.objects.filter(appraisal_id=appraisal_id))


def person_at(person_id: UUID, place_path: str) -> Person | None:
    """Somebody who belongs to a place."""
    return people.person(person_id) if belongs(person_id, place_path) else None


# Lists


def of_person(person_id: UUID, day: date) -> list[Appraisal]:
    """Appraisals of the places somebody belongs to, and those they judge, the latest first."""
    paths = people.paths_around(person_id, day)
    here = Q(place__path__in=paths) | Q(
        pk__in=Juror.objects.filter(person_id=person_id).values("appraisal_id")
    )
    rows = Appraisal.objects.filter(here).select_related("place")
    return list(rows.order_by("-choose_until", "-pk")[:50])


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an appraisal waits for from somebody: their word ("agree"), their points or their choice."""

    row: Appraisal
    asks: str
    nomination_id: UUID | None = None


def waiting_for(person_id: UUID, day: date) -> list[Waiting]:
    """What somebody is asked for today: whether they agree, to judge, to choose."""
    asked = Nomination.objects.filter(person_id=person_id, state=NominationState.ASKED.value)
    mine = asked.filter(appraisal__choose_from__gt=day, appraisal__called_off_at__isnull=True)
    found = [Waiting(each.appraisal, "agree", each.pk) for each in mine.select_related("appraisal__place")]
    paths = people.paths_around(person_id, day)
    seats = Juror.objects.filter(appraisal=OuterRef("pk"), person_id=person_id)
    rows = (
        Appraisal.objects.filter(
            choose_from__lte=day, choose_until__gte=day, called_off_at__isnull=True, posted_on__isnull=True
        )
        .filter(Q(place__path__in=paths) | Exists(seats))
        .select_related("place")
        .annotate(
            must_judge=Exists(seats.filter(judged_at__isnull=True)),
            chose=Exists(Chooser.objects.filter(appraisal=OuterRef("pk"), person_id=person_id)),
            has_some=Exists(
                Nomination.objects.filter(appraisal=OuterRef("pk"), state=NominationState.AGREED.value)
            ),
        )
    )
    for row in rows:
        if row.has_some and row.must_judge:
            found.append(Waiting(row, "judge"))
        if row.has_some and not row.chose and row.place.path in paths:
            found.append(Waiting(row, "choose"))
    return found


def run_at(actor: Actor) -> Q:
    """The places this actor runs appraisals at, as a condition on a path named `place__path`."""
    return under("place__path", actor.paths(Power.APPRAISE))


def at_desk(actor: Actor) -> QuerySet[Appraisal]:
    """Appraisals of this desk's places, the latest first, with what waits to be done."""
    rows = Appraisal.objects.filter(run_at(actor)).select_related("place")
    to_find = Count("nominations", filter=Q(nominations__state=NominationState.NAMED.value))
    return rows.annotate(to_find=to_find).order_by("-choose_until", "-pk")


def places_to_run_at(actor: Actor) -> list[tuple[UUID, str]]:
    """Open places of this actor's posts, a building or wider, each with how it is written."""
    here = under("path", actor.paths(Power.APPRAISE))
    kinds = [*UNITS, PlaceKind.ENTRANCE]
    rows = Place.objects.filter(here, closed_on__isnull=True).exclude(kind__in=kinds).order_by("path")
    found = list(rows[:500])
    written = places.address_map(found)
    return [(row.pk, written[row.pk]) for row in found]
