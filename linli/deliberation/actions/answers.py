"""Answers to statements, and the map drawn of them. Nothing here is written into the record of acts: who
answered what is to be counted and not looked up."""

from uuid import UUID

from django.db import transaction

from linli.deliberation.kinds import Answer, StatementState
from linli.deliberation.models import Conversation, OpinionMap, Response
from linli.deliberation.opinions.analysis import analyse
from linli.deliberation.opinions.pictures import FEWEST, picture
from linli.deliberation.opinions.votes import matrix
from linli.deliberation.policies import opinions as policies
from linli.deliberation.read import opinions as read
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, person_of, require


@transaction.atomic
def respond(*, by: Actor, statement_id: UUID, answer: Answer) -> None:
    """Answer a statement, or answer it otherwise than before: the latest counts."""
    person_id = person_of(by)
    conversation = read.conversation_for_update(read.statement(statement_id).conversation_id)
    row = read.statement(statement_id)  # as it stands now that others wait
    require(
        policies.may_take_part(
            by,
            belongs=read.belongs(person_id, conversation.place.path),
            stage=read.stage_of(conversation),
        )
    )
    require(policies.may_answer(state=StatementState(row.state)), status=CONFLICT)
    Response.objects.update_or_create(
        statement=row, person_id=person_id, defaults={"answer": answer.value, "at": now()}
    )


@transaction.atomic
def draw(*, by: Actor, conversation_id: UUID) -> OpinionMap:
    """Draw the map of a conversation anew. Derived from answers; nobody decides anything."""
    return drawn_anew(read.conversation_for_update(conversation_id))


def drawn_anew(row: Conversation) -> OpinionMap:
    """The map of a locked conversation, drawn from its answers as they are now."""
    rows = read.vote_rows(row.pk)
    found = analyse(matrix(rows), out=read.numbers_out(row.pk), smallest=FEWEST)
    drawing, _is_new = OpinionMap.objects.update_or_create(
        conversation=row,
        defaults={"drawn_at": now(), "answers": len(rows), "picture": picture(found)},
    )
    return drawing
