"""A conversation's way: opened with its first statements, closed, its result published."""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions.answers import drawn_anew
from linli.deliberation.kinds import Event, StatementState
from linli.deliberation.models import Conversation, Response, Statement
from linli.deliberation.policies import opinions as policies
from linli.deliberation.read import opinions as read
from linli.deliberation.rules import opinions as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, fault_of_days
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.references import Reference
from linli.kernel.text import clean, one_line


@transaction.atomic
def open_conversation(
    *,
    by: Actor,
    place_id: UUID,
    question: str,
    about: str,
    starts: date,
    ends: date,
    statements: Sequence[str],
    asked_by: Reference | None = None,
    is_demo: bool = False,
) -> Conversation:
    """Put a question to everybody who belongs to a place, with the statements it begins with. `asked_by`
    names what hears of the result; it asks once."""
    place = read.open_place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_lead(by, place.path))
    words = _question(question)
    accept(fault_of_days(starts, ends, today(), rules.RUN))
    if asked_by is not None and read.asked_for(asked_by) is not None:
        raise Refused("Neighbours are being asked about this already.", status=CONFLICT)
    first = _checked(statements)
    row = Conversation.objects.create(
        place=place,
        question=words,
        about=clean(about)[:LONGEST_ABOUT],
        starts=starts,
        ends=ends,
        opened_by_id=person_of(by),
        asked_kind=asked_by.kind if asked_by else "",
        asked_id=asked_by.id if asked_by else None,
        is_demo=is_demo,
    )
    Statement.objects.bulk_create(
        Statement(
            conversation=row,
            number=number,
            text=text,
            author_id=by.person_id,
            by_staff=True,
            state=StatementState.IN.value,
            judged_by_id=by.person_id,
            judged_at=now(),
        )
        for number, text in enumerate(first)
    )
    audit.record(Event.OPENED, by=by, subject=row, place_path=place.path, data={"statements": len(first)})
    return row


@transaction.atomic
def close(*, by: Actor, conversation_id: UUID) -> Conversation:
    """End a conversation before its last day."""
    row = read.conversation_for_update(conversation_id)
    require(policies.may_close(by, stage=read.stage_of(row), place_path=row.place.path))
    row.closed_by_id, row.closed_at = person_of(by), now()
    row.save(update_fields=["closed_by", "closed_at"])
    drawn_anew(row)
    audit.record(Event.CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def publish(*, by: Actor, conversation_id: UUID, outcome: str) -> Conversation:
    """Publish the last drawing and what comes of it, and forget who answered and who proposed what."""
    row = read.conversation_for_update(conversation_id)
    require(policies.may_publish(by, stage=read.stage_of(row), place_path=row.place.path))
    words = clean(outcome)
    if not words or len(words) > rules.LONGEST_OUTCOME:
        raise Refused("Say what comes of it now, in a few sentences.", status=UNPROCESSABLE)
    drawn_anew(row)
    row.outcome, row.published_by_id, row.published_at = words, person_of(by), now()
    row.save(update_fields=["outcome", "published_by", "published_at"])
    _forget(row)
    audit.record(Event.PUBLISHED, by=by, subject=row, place_path=row.place.path)
    return row


def _forget(row: Conversation) -> None:
    """Numbers in no order take the place of people; who wrote which statement is forgotten too."""
    answers = Response.objects.filter(statement__conversation=row, person__isnull=False)
    persons = list(answers.order_by().values_list("person_id", flat=True).distinct())
    secrets.SystemRandom().shuffle(persons)
    for voter, person_id in enumerate(persons):
        answers.filter(person_id=person_id).update(person=None, voter=voter)
    Statement.objects.filter(conversation=row, by_staff=False).update(author=None)


def _question(text: str) -> str:
    words = one_line(text)
    if not words or len(words) > rules.LONGEST_QUESTION:
        raise Refused(
            "Ask one question in at most %(count)s characters.",
            {"count": rules.LONGEST_QUESTION},
            status=UNPROCESSABLE,
        )
    return words


def _checked(statements: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for each in statements:
        text = one_line(each)
        if text:
            accept(rules.fault_of_statement(text, kept))
            kept.append(text)
    if len(kept) < rules.FEWEST_STATEMENTS:
        raise Refused(
            "Begin with at least %(count)s statements.",
            {"count": rules.FEWEST_STATEMENTS},
            status=UNPROCESSABLE,
        )
    return kept
