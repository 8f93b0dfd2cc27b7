"""Statements: proposed by residents, added by staff, let in or taken out with the reason."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions.words import words_of
from linli.deliberation.kinds import Event, StatementState
from linli.deliberation.models import Conversation, Statement
from linli.deliberation.policies import opinions as policies
from linli.deliberation.read import opinions as read
from linli.deliberation.rules import opinions as rules
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import one_line


@transaction.atomic
def propose(*, by: Actor, conversation_id: UUID, text: str) -> Statement:
    """A statement of somebody who takes part; it waits until staff have read it."""
    conversation = read.conversation_for_update(conversation_id)
    person_id = person_of(by)
    require(
        policies.may_propose(
            by,
            belongs=read.belongs(person_id, conversation.place.path),
            stage=read.stage_of(conversation),
            waiting=read.waiting_of(person_id, conversation.pk),
        )
    )
    row = Statement.objects.create(
        conversation=conversation,
        author_id=person_id,
        state=StatementState.WAITING.value,
        **_next(conversation, text),
    )
    audit.record(Event.PROPOSED, by=by, subject=row, place_path=conversation.place.path)
    return row


@transaction.atomic
def add(*, by: Actor, conversation_id: UUID, text: str) -> Statement:
    """A statement of the staff's; it is in at once."""
    conversation = read.conversation_for_update(conversation_id)
    path = conversation.place.path
    require(policies.may_add(by, stage=read.stage_of(conversation), place_path=path))
    row = Statement.objects.create(
        conversation=conversation,
        author_id=by.person_id,
        by_staff=True,
        state=StatementState.IN.value,
        judged_by_id=by.person_id,
        judged_at=now(),
        **_next(conversation, text),
    )
    audit.record(Event.ADDED, by=by, subject=row, place_path=path)
    return row


@transaction.atomic
def let_in(*, by: Actor, statement_id: UUID, text: str) -> Statement:
    """Show a statement to everybody; where its words are changed, what was written is kept beside them.

    What people have answered already cannot be given other words.
    """
    row, conversation = _to_judge(by, statement_id)
    words = _one_line(text)
    if words != row.text:
        accept(rules.fault_of_statement(words, set(read.texts(conversation.pk)) - {row.text}))
        if row.responses.exists():
            raise Refused(
                "People have answered this already; its words stay. Take it out and add another.",
                status=UNPROCESSABLE,
            )
        row.original = row.original or row.text
        row.text = words
    row.reason = ""
    return _judged(by, row, StatementState.IN, Event.LET_IN, conversation)


@transaction.atomic
def take_out(*, by: Actor, statement_id: UUID, reason: str) -> Statement:
    """Keep a statement from being shown or counted; its author reads the reason."""
    row, conversation = _to_judge(by, statement_id)
    row.reason = words_of(reason, "Say in a few words why it is taken out.", longest=rules.LONGEST_REASON)
    return _judged(by, row, StatementState.OUT, Event.TAKEN_OUT, conversation)


def _to_judge(by: Actor, statement_id: UUID) -> tuple[Statement, Conversation]:
    conversation = read.conversation_for_update(read.statement(statement_id).conversation_id)
    row = read.statement(statement_id)  # as it stands now that others wait
    author = None if row.by_staff else row.author_id
    stage = read.stage_of(conversation)
    path = conversation.place.path
    require(policies.may_judge(by, author_id=author, stage=stage, place_path=path))
    return row, conversation


def _judged(
    by: Actor, row: Statement, state: StatementState, event: Event, conversation: Conversation
) -> Statement:
    row.state, row.judged_by_id, row.judged_at = state.value, by.person_id, now()
    row.save(update_fields=["text", "original", "reason", "state", "judged_by", "judged_at"])
    audit.record(event, by=by, subject=row, place_path=conversation.place.path)
    return row


def _next(conversation: Conversation, text: str) -> dict[str, str | int]:
    """The number and the words of a further statement. Raises `Refused` (422) when they will not do."""
    words = _one_line(text)
    there = read.texts(conversation.pk)
    accept(rules.fault_of_statement(words, there))
    return {"number": len(there), "text": words}


def _one_line(text: str) -> str:
    return one_line(text)
