"""A survey's way: drafted, put to people, ended, published, archived with what changed because of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from linli.audit import actions as audit
from linli.deliberation.actions.words import title_of
from linli.deliberation.kinds import Event, QuestionKind
from linli.deliberation.models import Answered, Survey, SurveyQuestion
from linli.deliberation.policies import surveys as policies
from linli.deliberation.read import surveys as read
from linli.deliberation.read.opinions import open_place
from linli.deliberation.rules import surveys as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, fault_of_last_day
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as it is written."""

    kind: QuestionKind
    text: str
    options: Sequence[str] = ()
    at_most: int = 1


@transaction.atomic
def draft(
    *, by: Actor, place_id: UUID, title: str, about: str, per_household: bool, is_demo: bool = False
) -> Survey:
    """Begin a survey; its questions are added one by one."""
    place = open_place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_ask(by, place.path))
    row = Survey.objects.create(
        place=place,
        title=title_of(title),
        about=clean(about)[:LONGEST_ABOUT],
        per_household=per_household,
        drafted_by_id=person_of(by),
        is_demo=is_demo,
    )
    audit.record(Event.SURVEY_DRAFTED, by=by, subject=row, place_path=place.path)
    return row


@transaction.atomic
def repeat(*, by: Actor, survey_id: UUID) -> Survey:
    """Draft the next round with the same questions, to be compared with this one."""
    row = read.survey_for_update(survey_id)
    has_next = read.next_round(row.pk) is not None
    decision = policies.may_repeat(by, stage=read.stage_of(row), has_next=has_next, place_path=row.place.path)
    require(decision, status=CONFLICT)
    new = Survey.objects.create(
        place=row.place,
        title=row.title,
        about=row.about,
        per_household=row.per_household,
        follows=row,
        drafted_by_id=person_of(by),
        is_demo=row.is_demo,
    )
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            survey=new,
            number=each.number,
            kind=each.kind,
            text=each.text,
            options=each.options,
            at_most=each.at_most,
            same_as=each,
        )
        for each in read.questions(row.pk)
    )
    audit.record(Event.SURVEY_DRAFTED, by=by, subject=new, place_path=row.place.path)
    return new


@transaction.atomic
def add_question(*, by: Actor, survey_id: UUID, ask: Ask) -> SurveyQuestion:
    """Add a question at the end."""
    row = _written(by, survey_id)
    there = read.questions(row.pk)
    if len(there) >= rules.MOST_QUESTIONS:
        raise Refused("At most 30 questions: people stop answering sooner.", status=UNPROCESSABLE)
    text = one_line(ask.text)
    chooses = ask.kind in rules.WITH_OPTIONS
    options = rules.options_of(clean("\n".join(ask.options))) if chooses else []
    accept(rules.fault_of_question(ask.kind, text, options, ask.at_most))
    question = SurveyQuestion.objects.create(
        survey=row,
        number=len(there) + 1,
        kind=ask.kind.value,
        text=text,
        options=options,
        at_most=ask.at_most if ask.kind is QuestionKind.SEVERAL else 1,
    )
    audit.record(Event.SURVEY_WRITTEN, by=by, subject=row, place_path=row.place.path)
    return question


@transaction.atomic
def remove_question(*, by: Actor, survey_id: UUID, number: int) -> Survey:
    """Take a question out; those after it move up."""
    row = _written(by, survey_id)
    SurveyQuestion.objects.filter(survey=row, number=number).delete()
    for each in read.questions(row.pk):
        if each.number > number:
            SurveyQuestion.objects.filter(pk=each.pk).update(number=F("number") - 1)
    audit.record(Event.SURVEY_WRITTEN, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def drop(*, by: Actor, survey_id: UUID) -> None:
    """Throw a draft away."""
    row = _written(by, survey_id)
    audit.record(Event.SURVEY_DROPPED, by=by, subject=row, place_path=row.place.path)
    row.delete()


@transaction.atomic
def open_survey(*, by: Actor, survey_id: UUID, ends: date) -> Survey:
    """Put it to people until a last day."""
    row = read.survey_for_update(survey_id)
    decision = policies.may_open(
        by,
        stage=read.stage_of(row),
        questions=len(read.questions(row.pk)),
        place_path=row.place.path,
    )
    require(decision, status=CONFLICT)
    accept(fault_of_last_day(ends, today(), rules.RUN))
    row.opened_on, row.ends = today(), ends
    row.save(update_fields=["opened_on", "ends"])
    audit.record(Event.SURVEY_OPENED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def close(*, by: Actor, survey_id: UUID) -> Survey:
    """End it before its last day."""
    row = read.survey_for_update(survey_id)
    require(policies.may_close(by, stage=read.stage_of(row), place_path=row.place.path), status=CONFLICT)
    row.closed_at = now()
    row.save(update_fields=["closed_at"])
    audit.record(Event.SURVEY_CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def publish(*, by: Actor, survey_id: UUID, summary: str) -> Survey:
    """Publish the counts with the staff's summary of what people wrote; who answered is forgotten."""
    row = read.survey_for_update(survey_id)
    stage, waiting = read.stage_of(row), read.sheets_waiting(row.pk)
    decision = policies.may_publish(by, stage=stage, waiting=waiting, place_path=row.place.path)
    require(decision, status=CONFLICT)
    words = clean(summary)
    if len(words) > rules.LONGEST_WORDS or (not words and any(said for _row, said in read.texts(row.pk))):
        raise Refused(
            "Sum up in at most %(count)s characters what people wrote.",
            {"count": rules.LONGEST_WORDS},
            status=UNPROCESSABLE,
        )
    row.summary, row.answered = words, read.answered(row)
    row.published_at, row.published_by_id = now(), person_of(by)
    row.save(update_fields=["summary", "answered", "published_at", "published_by"])
    Answered.objects.filter(survey=row).delete()
    audit.record(Event.SURVEY_PUBLISHED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def archive(*, by: Actor, survey_id: UUID, changed: str) -> Survey:
    """Put it away, with what changed because of it: without that word it stays open on the desk."""
    row = read.survey_for_update(survey_id)
    require(policies.may_archive(by, stage=read.stage_of(row), place_path=row.place.path), status=CONFLICT)
    words = clean(changed)
    if not words or len(words) > rules.LONGEST_WORDS:
        raise Refused("Say what changed because of this survey, or why nothing does.", status=UNPROCESSABLE)
    row.changed, row.archived_at = words, now()
    row.save(update_fields=["changed", "archived_at"])
    audit.record(Event.SURVEY_ARCHIVED, by=by, subject=row, place_path=row.place.path)
    return row


def _written(by: Actor, survey_id: UUID) -> Survey:
    """A draft, locked, that this actor may change."""
    row = read.survey_for_update(survey_id)
    require(policies.may_write(by, stage=read.stage_of(row), place_path=row.place.path), status=CONFLICT)
    return row
