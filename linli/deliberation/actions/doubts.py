"""Doubts about works: asked in public or heard at a door, answered in time, explained from door to door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions import works_photos
from linli.deliberation.actions.words import line_of, words_of
from linli.deliberation.actions.works_photos import Sent
from linli.deliberation.kinds import Event, WorksStage
from linli.deliberation.models import DoorRound, Doubt, DoubtAnswer, DoubtShared, Works, WorksMaterial
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_WORDS
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.durations import Duration, Unit
from linli.kernel.text import clean
from linli.matters.read import settings
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@dataclass(frozen=True, slots=True)
class Round:
    """A round from door to door: the day, who went (no names), homes reached and found empty."""

    went_on: date
    went_by: str
    reached: int
    absent: int = 0
    note: str = ""


@transaction.atomic
def ask(
    *,
    by: Actor,
    works_id: UUID,
    text: str,
    material_id: UUID | None = None,
    photos: Sequence[Sent] = (),
) -> Doubt:
    """Ask in public what one doubts, perhaps with photos. The answer is due within the workdays the file
    promises."""
    works = read.works_for_update(works_id)
    decision = policies.may_doubt(
        by,
        belongs=belongs(by.person_id, works.place.path),
        stage=WorksStage(works.stage),
        waiting=read.waiting_of(by.person_id, works.pk) if by.person_id else 0,
    )
    require(decision)
    row = _doubted(works, text, material_id)
    row.asked_by_id = person_of(by)
    return _saved(by, works, row, photos)


@transaction.atomic
def hear(
    *,
    by: Actor,
    works_id: UUID,
    text: str,
    doors: int,
    material_id: UUID | None = None,
    asked_by: UUID | None = None,
    photos: Sequence[Sent] = (),
) -> Doubt:
    """Write down what was doubted at doors: at how many, and if one wants to hear back, by whom."""
    works = read.works_for_update(works_id)
    path = works.place.path
    require(policies.may_go_round(by, path))
    require(policies.may_enter_doubt(by, stage=WorksStage(works.stage), place_path=path), status=CONFLICT)
    if not 0 <= doors <= 9999 or (doors == 0 and asked_by is None):
        raise Refused("Say at how many doors you heard it.", status=UNPROCESSABLE)
    if asked_by is not None and not belongs(asked_by, path):
        raise Refused("These works are for those who live or own a home there.", status=UNPROCESSABLE)
    row = _doubted(works, text, material_id)
    row.asked_by_id, row.entered_by_id, row.doors = asked_by, person_of(by), doors
    return _saved(by, works, row, photos)


@transaction.atomic
def share(*, by: Actor, doubt_id: UUID) -> Doubt:
    """Doubt the same; whoever does hears the answer too."""
    row = read.doubt(doubt_id)
    works = read.works_for_update(row.works_id)
    row = read.doubt(doubt_id)  # as it stands now that others wait
    decision = policies.may_share(
        by,
        belongs=belongs(by.person_id, works.place.path),
        hidden=row.hidden_at is not None,
        answered=row.answered_at is not None,
    )
    require(decision)
    if row.pk in read.shared_by(by.person_id, works.pk):
        raise Refused("You have said so already.", status=CONFLICT)
    DoubtShared.objects.create(doubt=row, person_id=person_of(by))
    audit.record(Event.WORKS_DOUBT_SHARED, by=by, subject=works, place_path=works.place.path)
    return row


@transaction.atomic
def answer(*, by: Actor, doubt_id: UUID, text: str) -> DoubtAnswer:
    """Answer officially, for everybody to read; who asked and who doubts the same are told."""
    row, works = _locked(doubt_id)
    require(policies.may_answer(by, asked_by=row.asked_by_id, place_path=works.place.path))
    words = words_of(text, "Write the answer.", longest=LONGEST_ABOUT)
    said = DoubtAnswer.objects.create(doubt=row, text=words, answered_by_id=person_of(by))
    if row.answered_at is None:
        row.answered_at = now()
        row.save(update_fields=["answered_at"])
    tell(by=by, works=works, persons=read.who_asked(row))
    audit.record(
        Event.WORKS_ANSWERED,
        by=by,
        subject=works,
        place_path=works.place.path,
        data={"in_time": not rules.is_overdue(row.due_at, row.answered_at, now())},
    )
    return said


@transaction.atomic
def explain(*, by: Actor, doubt_id: UUID, kept: Round) -> DoorRound:
    """Write down a round from door to door that explained the answer."""
    row, works = _locked(doubt_id)
    answered = row.answered_at is not None
    require(policies.may_explain(by, answered=answered, place_path=works.place.path))
    if kept.went_on > today():
        raise Refused("This day is still to come.", status=UNPROCESSABLE)
    if min(kept.reached, kept.absent) < 0 or not 0 < kept.reached + kept.absent <= 9999:
        raise Refused("Say how many homes you reached.", status=UNPROCESSABLE)
    went = DoorRound.objects.create(
        doubt=row,
        went_on=kept.went_on,
        went_by=line_of(kept.went_by, "Say who went, without names."),
        reached=kept.reached,
        absent=kept.absent,
        note=clean(kept.note)[:LONGEST_WORDS],
        recorded_by_id=person_of(by),
    )
    audit.record(
        Event.WORKS_EXPLAINED,
        by=by,
        subject=works,
        place_path=works.place.path,
        data={"reached": kept.reached, "absent": kept.absent},
    )
    return went


@transaction.atomic
def hide(*, by: Actor, doubt_id: UUID, reason: str) -> Doubt:
    """Take a doubt out of sight with the reason: an insult, somebody's name. Staff still read it."""
    row, works = _locked(doubt_id)
    require(policies.may_moderate(by, asked_by=row.asked_by_id, place_path=works.place.path))
    row.reason, row.hidden_at, row.hidden_by_id = words_of(reason), now(), person_of(by)
    row.save(update_fields=["reason", "hidden_at", "hidden_by"])
    audit.record(Event.WORKS_DOUBT_HIDDEN, by=by, subject=works, place_path=works.place.path)
    return row


@transaction.atomic
def show(*, by: Actor, doubt_id: UUID) -> Doubt:
    """Show a hidden doubt again."""
    row, works = _locked(doubt_id)
    require(policies.may_moderate(by, asked_by=row.asked_by_id, place_path=works.place.path))
    row.reason, row.hidden_at, row.hidden_by = "", None, None
    row.save(update_fields=["reason", "hidden_at", "hidden_by"])
    audit.record(Event.WORKS_DOUBT_SHOWN, by=by, subject=works, place_path=works.place.path)
    return row


def tell(*, by: Actor, works: Works, persons: list[UUID]) -> None:
    """A notice about works to these persons, in the caller's transaction."""
    notices.notify(
        Topic.ANNOUNCEMENT,
        to=persons,
        by=by,
        subject=works,
        params={"title": works.title, "by": read.community_of(works)},
        url=reverse("works:works", args=[works.pk]),
        place_path=works.place.path,
    )


def _locked(doubt_id: UUID) -> tuple[Doubt, Works]:
    works = read.works_for_update(read.doubt(doubt_id).works_id)
    return read.doubt(doubt_id), works  # as it stands now that others wait


def _doubted(works: Works, text: str, material_id: UUID | None) -> Doubt:
    material = read.part_of(works.pk, WorksMaterial, material_id) if material_id else None
    limit = Duration(works.answer_workdays, Unit.WORKDAY)
    asked = now()
    due = settings.times_at(works.place.path).due(asked, limit)
    return Doubt(works=works, material=material, text=words_of(text), asked_at=asked, due_at=due)


def _saved(by: Actor, works: Works, row: Doubt, photos: Sequence[Sent]) -> Doubt:
    row.save(force_insert=True)
    works_photos.of_doubt(by=by, doubt=row, photos=photos)
    audit.record(Event.WORKS_DOUBTED, by=by, subject=works, place_path=works.place.path)
    return row
