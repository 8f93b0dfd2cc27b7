"""The way of works laid open: written, shown with their options, decided, stopped."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions.words import line_of, words_of
from linli.deliberation.kinds import Event, Majority, Turnout, WorksStage
from linli.deliberation.models import Works, WorksOption
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_TITLE
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Head:
    """What works are called, what they are about, who builds, whom to call on site."""

    title: str
    about: str = ""
    builder: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The rule of the house, written down when the file is opened: in how many workdays a doubt is answered,
    how many homes have to speak, and how many of those have to accept."""

    answer_workdays: int = 3
    turnout: Turnout = Turnout.HALF
    majority: Majority = Majority.TWO_THIRDS


@transaction.atomic
def open_works(
    *,
    by: Actor,
    place_id: UUID,
    head: Head,
    house: House,
    opening_id: UUID | None = None,
    is_demo: bool = False,
) -> Works:
    """Begin the file of works on a place; for a matter whose step asks for one, once."""
    place = read.place_of(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_keep(by, place.path))
    row = Works(place=place, opened_by_id=person_of(by), is_demo=is_demo)
    if opening_id is not None:
        row.asked_of_id = _matter_asking(opening_id, place.path)
    _written(row, head)
    _ruled(row, house)
    row.save(force_insert=True)
    audit.record(Event.WORKS_OPENED, by=by, subject=row, place_path=place.path)
    return row


def _matter_asking(opening_id: UUID, path: str) -> UUID:
    """The matter that waits, of this place or of one within the other."""
    matter = read.matter_asking(opening_id)
    if matter is None:
        raise Refused("The matter has moved on. Look at it again.", status=CONFLICT)
    if not (path.startswith(matter.community.path) or matter.place_path.startswith(path)):
        raise Refused("Choose a place of the matter’s own community.", status=UNPROCESSABLE)
    if read.of_matter(matter.pk) is not None:
        raise Refused("This matter has its works’ file already.", status=CONFLICT)
    return matter.pk


@transaction.atomic
def rewrite(*, by: Actor, works_id: UUID, head: Head) -> Works:
    """Write the head anew, until the works are over."""
    row = locked_to_write(by, works_id)
    _written(row, head)
    row.save(update_fields=["title", "about", "builder", "contact"])
    audit.record(Event.WORKS_WRITTEN, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def lay_open(*, by: Actor, works_id: UUID) -> Works:
    """Show the file to those who belong to the place: with an option and a plan at least."""
    row = _led(by, works_id, WorksStage.PLANNED)
    if not row.options.exists() or not row.parts.exists():
        raise Refused("Write down one option and one part with its days first.", status=CONFLICT)
    row.stage = WorksStage.PLANNED.value
    row.save(update_fields=["stage"])
    audit.record(Event.WORKS_LAID_OPEN, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def decide(
    *, by: Actor, works_id: UUID, option_id: UUID, decided_on: date, words: str, ballot_id: UUID | None = None
) -> Works:
    """Write down which option the owners chose, how, perhaps by which ballot; the works begin."""
    row = _led(by, works_id, WorksStage.BUILDING)
    if row.stage != WorksStage.PLANNED.value:
        raise Refused(policies.MOVED_ON, status=CONFLICT)
    option = read.part_of(row.pk, WorksOption, option_id)
    said = words_of(words, "Say who decided this and how.")
    if decided_on > today():
        raise Refused("This day is still to come.", status=UNPROCESSABLE)
    if not row.builder:
        raise Refused("Write down who builds before the works begin.", status=CONFLICT)
    if ballot_id is not None and ballot_id not in {each.pk for each in read.decided_ballots(row.place.path)}:
        raise Refused("Choose a ballot whose result is published.", status=UNPROCESSABLE)
    option.chosen = True
    option.save(update_fields=["chosen"])
    row.stage, row.decision, row.decided_on = WorksStage.BUILDING.value, said, decided_on
    row.ballot_id = ballot_id
    row.save(update_fields=["stage", "decision", "decided_on", "ballot"])
    audit.record(
        Event.WORKS_DECIDED, by=by, subject=row, place_path=row.place.path, data={"option": option.number}
    )
    return row


@transaction.atomic
def stop(*, by: Actor, works_id: UUID, reason: str) -> Works:
    """Stop works for good; the file stays to be read with the reason."""
    row = _led(by, works_id, WorksStage.STOPPED)
    row.stage, row.stopped_why = WorksStage.STOPPED.value, words_of(reason)
    row.save(update_fields=["stage", "stopped_why"])
    audit.record(Event.WORKS_STOPPED, by=by, subject=row, place_path=row.place.path)
    return row


def locked_to_write(by: Actor, works_id: UUID) -> Works:
    """The file, locked, if this actor may write in it now."""
    row = read.works_for_update(works_id)
    require(policies.may_keep(by, row.place.path))
    decision = policies.may_write(by, stage=WorksStage(row.stage), place_path=row.place.path)
    require(decision, status=CONFLICT)
    return row


def _led(by: Actor, works_id: UUID, wanted: WorksStage) -> Works:
    row = read.works_for_update(works_id)
    path = row.place.path
    require(policies.may_keep(by, path))
    stage = WorksStage(row.stage)
    require(policies.may_lead_to(by, stage=stage, wanted=wanted, place_path=path), status=CONFLICT)
    return row


def _written(row: Works, head: Head) -> None:
    row.title = line_of(head.title, "Give it a title.")
    row.about = clean(head.about)[:LONGEST_ABOUT]
    row.builder = one_line(head.builder)[:LONGEST_TITLE]
    row.contact = one_line(head.contact)[:LONGEST_TITLE]


def _ruled(row: Works, house: House) -> None:
    if house.answer_workdays not in rules.ANSWER_WORKDAYS:
        raise Refused("A doubt is answered within 1 to 15 workdays.", status=UNPROCESSABLE)
    row.answer_workdays = house.answer_workdays
    row.turnout, row.majority = house.turnout.value, house.majority.value
