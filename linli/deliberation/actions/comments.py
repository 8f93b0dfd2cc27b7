"""Comments on proposals: written, answered once, taken back, taken out of sight with the reason."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions import topics as parts
from linli.deliberation.actions.words import words_of
from linli.deliberation.kinds import Event, ProposalState, Stance
from linli.deliberation.models import Comment, Proposal, Topic
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import topics as read
from linli.deliberation.read.opinions import belongs
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, Refused, person_of, require
from linli.notices.kinds import Topic as About


@transaction.atomic
def comment(*, by: Actor, proposal_id: UUID, stance: Stance, text: str) -> Comment:
    """Say something to a proposal: for, against, or an idea."""
    topic, proposal = _spoken_to(by, proposal_id)
    row = Comment.objects.create(
        proposal=proposal,
        author_id=person_of(by),
        stance=stance.value,
        text=words_of(text, "Write a sentence or two."),
    )
    audit.record(Event.COMMENTED, by=by, subject=row, place_path=topic.place.path)
    return row


@transaction.atomic
def answer(*, by: Actor, comment_id: UUID, text: str) -> Comment:
    """Answer a comment; an answer is not answered again."""
    topic, proposal = _spoken_to(by, read.comment(comment_id).proposal_id)
    parent = read.comment(comment_id)  # as it stands now that others wait
    decision = policies.may_answer_comment(
        is_answer=parent.parent_id is not None,
        hidden=parent.hidden_at is not None,
        withdrawn=parent.withdrawn_at is not None,
    )
    require(decision, status=CONFLICT)
    row = Comment.objects.create(
        proposal=proposal,
        parent=parent,
        author_id=person_of(by),
        text=words_of(text, "Write a sentence or two."),
    )
    audit.record(Event.COMMENTED, by=by, subject=row, place_path=topic.place.path)
    return row


@transaction.atomic
def take_back(*, by: Actor, comment_id: UUID) -> Proposal:
    """Take one's comment back: it goes, and where somebody answered it, only its words go."""
    topic, row = _locked(comment_id)
    decision = policies.may_take_back(by, author_id=row.author_id, withdrawn=row.withdrawn_at is not None)
    require(decision)
    audit.record(Event.COMMENT_WITHDRAWN, by=by, subject=row, place_path=topic.place.path)
    proposal = row.proposal
    if read.has_answers(row.pk):
        row.text, row.withdrawn_at = "", now()
        row.save(update_fields=["text", "withdrawn_at"])
    else:
        row.delete()
    return proposal


@transaction.atomic
def hide(*, by: Actor, comment_id: UUID, reason: str) -> Comment:
    """Take somebody's words out of sight with the reason; staff and their author still read them, and the
    author is told."""
    topic, row = _locked(comment_id)
    require(policies.may_moderate(by, author_id=row.author_id, place_path=topic.place.path))
    if row.withdrawn_at is not None:
        raise Refused("Its author has taken it back.", status=CONFLICT)
    parts.put_out_of_sight(row, by=by, reason=reason)
    audit.record(Event.COMMENT_HIDDEN, by=by, subject=row, place_path=topic.place.path)
    parts.tell(
        About.WORDS_HIDDEN,
        by=by,
        to={row.author_id},
        topic=topic,
        row=row.proposal,
        text=row.hidden_reason,
    )
    return row


@transaction.atomic
def show(*, by: Actor, comment_id: UUID) -> Comment:
    """Show hidden words again."""
    topic, row = _locked(comment_id)
    require(policies.may_moderate(by, author_id=row.author_id, place_path=topic.place.path))
    parts.put_in_sight(row)
    audit.record(Event.COMMENT_RESTORED, by=by, subject=row, place_path=topic.place.path)
    return row


def _locked(comment_id: UUID) -> tuple[Topic, Comment]:
    """A comment as it stands once everybody else in its topic waits."""
    topic = read.topic_for_update(read.comment(comment_id).proposal.topic_id)
    return topic, read.comment(comment_id)


def _spoken_to(by: Actor, proposal_id: UUID) -> tuple[Topic, Proposal]:
    topic = read.topic_for_update(read.proposal(proposal_id).topic_id)
    row = read.proposal(proposal_id)  # as it stands now that others wait
    person_id = person_of(by)
    require(
        policies.may_comment(
            by,
            belongs=belongs(person_id, topic.place.path),
            stage=read.stage_of(topic),
            state=ProposalState(row.state),
            hidden=row.hidden_at is not None,
            written=read.comments_of(person_id, row.pk),
        )
    )
    return topic, row
