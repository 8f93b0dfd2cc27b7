"""A covenant's way: drafted, put to residents, decided, filed, published, reviewed each year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions import covenant_notices
from linli.deliberation.actions.words import title_of, words_of
from linli.deliberation.kinds import CovenantKind, CovenantStage, Event, ReviewOutcome
from linli.deliberation.models import Covenant, Decision, Paragraph, Review
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenant_sources as read_sources
from linli.deliberation.read import covenants as read
from linli.deliberation.read.opinions import open_place
from linli.deliberation.rules import covenants as rules
from linli.deliberation.rules.covenants import Mandate, Meeting
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_WORDS, fault_of_last_day
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.references import Reference
from linli.kernel.text import clean
from linli.places.kinds import PlaceKind


@dataclass(frozen=True, slots=True)
class Text:
    """A covenant's title, what people should know beforehand, and its paragraphs, one to a line."""

    title: str
    about: str
    text: str


@transaction.atomic
def draft(*, by: Actor, place_id: UUID, kind: CovenantKind, words: Text, is_demo: bool = False) -> Covenant:
    """Begin a covenant for a place."""
    place = open_place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_keep(by, place.path))
    accept(rules.fault_of_place(kind, is_community=place.kind == PlaceKind.COMMUNITY))
    row = Covenant(place=place, kind=kind.value, drafted_by_id=person_of(by), is_demo=is_demo)
    _write(row, words)
    audit.record(Event.COVENANT_DRAFTED, by=by, subject=row, place_path=place.path)
    return row


@transaction.atomic
def rewrite(*, by: Actor, covenant_id: UUID, words: Text) -> Covenant:
    """Write a draft anew, before anybody has it before them."""
    row = read.covenant_for_update(covenant_id)
    require(
        policies.may_write(by, stage=CovenantStage(row.stage), place_path=row.place.path), status=CONFLICT
    )
    row.paragraphs.all().delete()
    _write(row, words)
    audit.record(Event.COVENANT_REWRITTEN, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def consult(*, by: Actor, covenant_id: UUID, ends: date) -> Covenant:
    """Put the text to everybody who belongs to the place until a last day; again, when a meeting asked so."""
    row = _led(by, covenant_id, CovenantStage.CONSULT)
    accept(fault_of_last_day(ends, today(), rules.CONSULTATION))
    row.stage, row.consult_ends = CovenantStage.CONSULT.value, ends
    row.save(update_fields=["stage", "consult_ends"])
    audit.record(Event.COVENANT_CONSULTED, by=by, subject=row, place_path=row.place.path)
    covenant_notices.of_consultation(by=by, row=row)
    return row


@transaction.atomic
def end_consultation(*, by: Actor, covenant_id: UUID) -> Covenant:
    """Close the text for the meeting that decides; every proposed change has its decision by then."""
    row = _led(by, covenant_id, CovenantStage.DECIDING)
    assert row.consult_ends is not None  # the table asks for it in this stage
    row.stage = CovenantStage.DECIDING.value
    row.consult_ends = min(row.consult_ends, today())
    row.save(update_fields=["stage", "consult_ends"])
    audit.record(Event.COVENANT_CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def decide(*, by: Actor, covenant_id: UUID, meeting: Meeting, note: str = "") -> Decision:
    """Write down what a meeting decided elsewhere, in figures as they are told. Whether it adopted the text
    follows from them."""
    return _decided(by, _led(by, covenant_id, CovenantStage.ADOPTED), meeting, note, {})


@transaction.atomic
def take_over(
    *, by: Actor, covenant_id: UUID, about: Reference, mandate: Mandate | None = None, note: str = ""
) -> Decision:
    """Let a published vote or a resolution of the place decide, with its own figures.

    `mandate`: by what the assembly charged its representatives, where they decided.
    """
    row = _led(by, covenant_id, CovenantStage.ADOPTED)
    found = read_sources.source(row, about)
    if found is None:
        raise Refused("Choose a vote or a resolution of this place.", status=UNPROCESSABLE)
    meeting = rules.with_mandate(found.meeting, mandate)
    return _decided(by, row, meeting, note, {f"{about.kind}_id": about.id})


def _decided(by: Actor, row: Covenant, meeting: Meeting, note: str, taken: Mapping[str, UUID]) -> Decision:
    assert row.consult_ends is not None  # the table asks for it in this stage
    mandate = _mandate(row, meeting.mandate)
    meeting = rules.with_mandate(meeting, mandate)
    accept(rules.fault_of_meeting(meeting, consulted_until=row.consult_ends, today=today()))
    adopted = rules.adopts(meeting)
    decision = Decision.objects.create(
        covenant=row,
        body=meeting.body.value,
        met_on=meeting.met_on,
        mandated_on=mandate.on if mandate else None,
        mandate_id=mandate.resolution_id if mandate else None,
        mandate_words=clean(mandate.words)[:LONGEST_WORDS] if mandate else "",
        entitled=meeting.entitled,
        present=meeting.present,
        in_favour=meeting.in_favour,
        adopted=adopted,
        note=clean(note)[:LONGEST_WORDS],
        recorded_by_id=person_of(by),
        **taken,
    )
    if adopted:
        row.stage = CovenantStage.ADOPTED.value
        row.save(update_fields=["stage"])
    audit.record(
        Event.COVENANT_DECIDED, by=by, subject=row, place_path=row.place.path, data={"adopted": adopted}
    )
    covenant_notices.of_decision(by=by, row=row, adopted=adopted)
    return decision


def _mandate(row: Covenant, given: Mandate | None) -> Mandate | None:
    """The mandate that was given; a resolution with the day of its own meeting."""
    if given is None or given.resolution_id is None:
        return given
    recorded = (mandate for mandate, _words in read_sources.mandates(row))
    found = next((mandate for mandate in recorded if mandate.resolution_id == given.resolution_id), None)
    if found is None:
        raise Refused("Choose a resolution of the residents’ assembly of this place.", status=UNPROCESSABLE)
    return found


@transaction.atomic
def file(*, by: Actor, covenant_id: UUID, filed_on: date) -> Covenant:
    """Note the day the street put it on file (residents' committee law, 31)."""
    row = read.covenant_for_update(covenant_id)
    stage = CovenantStage(row.stage)
    decision = policies.may_file(by, stage=stage, filed_on=row.filed_on, place_path=row.place.path)
    require(decision, status=CONFLICT)
    adopted_on = next(each.met_on for each in read.decisions_on(row.pk) if each.adopted)
    if not adopted_on <= filed_on <= today():
        raise Refused("Filing comes after the meeting and not after today.", status=UNPROCESSABLE)
    row.filed_on = filed_on
    row.save(update_fields=["filed_on"])
    audit.record(Event.COVENANT_FILED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def publish(*, by: Actor, covenant_id: UUID) -> Covenant:
    """Put an adopted covenant in force: everybody can read it, households can sign; what it replaces ends."""
    row = _led(by, covenant_id, CovenantStage.PUBLISHED)
    if row.replaces_id is not None:
        former = read.covenant_for_update(row.replaces_id)
        former.stage, former.review_due = CovenantStage.REPLACED.value, None
        former.save(update_fields=["stage", "review_due"])
    row.stage = CovenantStage.PUBLISHED.value
    row.published_by_id, row.published_at = person_of(by), now()
    row.review_due = rules.next_review(today())
    row.save(update_fields=["stage", "published_by", "published_at", "review_due"])
    audit.record(Event.COVENANT_PUBLISHED, by=by, subject=row, place_path=row.place.path)
    covenant_notices.of_publication(by=by, row=row)
    return row


@transaction.atomic
def review(*, by: Actor, covenant_id: UUID, outcome: ReviewOutcome, note: str) -> Covenant:
    """Write down the yearly review. Gives the covenant, or the draft that is to replace it."""
    row = read.covenant_for_update(covenant_id)
    require(
        policies.may_review(by, stage=CovenantStage(row.stage), place_path=row.place.path), status=CONFLICT
    )
    words = words_of(note, "Say in a few words how it is kept.")
    if Review.objects.filter(covenant=row, reviewed_on=today()).exists():
        raise Refused("It has been reviewed today.", status=CONFLICT)
    Review.objects.create(
        covenant=row, reviewed_on=today(), outcome=outcome.value, note=words, reviewed_by_id=person_of(by)
    )
    row.review_due = rules.next_review(today())
    row.save(update_fields=["review_due"])
    audit.record(
        Event.COVENANT_REVIEWED,
        by=by,
        subject=row,
        place_path=row.place.path,
        data={"outcome": outcome.value},
    )
    return _successor(by, row) if outcome is ReviewOutcome.REVISE else row


def _successor(by: Actor, row: Covenant) -> Covenant:
    there = read.successor_of(row.pk)
    if there is not None:
        return there
    new = Covenant.objects.create(
        place=row.place,
        kind=row.kind,
        title=row.title,
        about=row.about,
        replaces=row,
        drafted_by_id=person_of(by),
        is_demo=row.is_demo,
    )
    Paragraph.objects.bulk_create(
        Paragraph(covenant=new, number=each.number, text=each.text) for each in read.paragraphs(row.pk)
    )
    audit.record(Event.COVENANT_DRAFTED, by=by, subject=new, place_path=row.place.path)
    return new


def _write(row: Covenant, words: Text) -> None:
    title = title_of(words.title)
    paragraphs = rules.paragraphs_of(words.text)
    accept(rules.fault_of_paragraphs(paragraphs))
    row.title, row.about = title, clean(words.about)[:LONGEST_ABOUT]
    row.save()
    Paragraph.objects.bulk_create(
        Paragraph(covenant=row, number=number, text=text) for number, text in enumerate(paragraphs, 1)
    )


def _led(by: Actor, covenant_id: UUID, wanted: CovenantStage) -> Covenant:
    """The covenant, locked, if this actor may take it there now."""
    row = read.covenant_for_update(covenant_id)
    path = row.place.path
    require(policies.may_keep(by, path))
    decision = policies.may_lead_to(
        by,
        stage=CovenantStage(row.stage),
        wanted=wanted,
        open_amendments=read.open_amendments(row.pk),
        place_path=path,
    )
    require(decision, status=CONFLICT)
    return row
