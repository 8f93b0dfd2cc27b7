"""Proposals in a topic: raised, supported, replied to, merged, made a matter of, taken out of sight."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions import topics as parts
from linli.deliberation.actions.words import words_of
from linli.deliberation.kinds import Event, Power, ProposalState, TopicKind, Verdict
from linli.deliberation.models import Proposal, Reply, Section, Support, Topic
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import topics as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import topics as rules
from linli.kernel.actor import SYSTEM, Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Decision, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.matters.actions import raising
from linli.matters.kinds import Channel, MatterKind
from linli.notices import actions as notices
from linli.notices.kinds import Topic as About
from linli.organizations import read as organizations
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class Words:
    """A proposal in its raiser's words: what, and what they say to it."""

    title: str
    text: str


@transaction.atomic
def raise_proposal(*, by: Actor, topic_id: UUID, words: Words, section: int | None = None) -> Proposal:
    """Raise a proposal in a topic, in one of its sections where it has any."""
    topic = read.topic_for_update(topic_id)
    person_id = person_of(by)
    require(
        policies.may_raise(
            by,
            belongs=belongs(person_id, topic.place.path),
            stage=read.stage_of(topic),
            kind=TopicKind(topic.kind),
            waiting=read.waiting_of(person_id, topic.pk),
        )
    )
    title = one_line(words.title)
    if not title or len(title) > rules.LONGEST_PROPOSAL_TITLE:
        raise Refused(
            "Say in at most %(count)s characters what you propose.",
            {"count": rules.LONGEST_PROPOSAL_TITLE},
            status=UNPROCESSABLE,
        )
    row = Proposal.objects.create(
        topic=topic,
        section=_section(topic, section),
        title=title,
        text=clean(words.text)[: rules.LONGEST_PROPOSAL],
        author_id=person_id,
    )
    audit.record(Event.PROPOSAL_RAISED, by=by, subject=row, place_path=topic.place.path)
    return row


@transaction.atomic
def withdraw(*, by: Actor, proposal_id: UUID) -> Topic:
    """Take one's proposal back, as long as nobody else has taken part in it."""
    topic, row = _locked(proposal_id)
    decision = policies.may_withdraw(
        by, author_id=row.author_id, state=ProposalState(row.state), touched=read.is_touched(row)
    )
    require(decision)
    audit.record(Event.PROPOSAL_WITHDRAWN, by=by, subject=row, place_path=topic.place.path)
    row.delete()
    return topic


@transaction.atomic
def support(*, by: Actor, proposal_id: UUID) -> Proposal:
    """Support a proposal; doing so again changes nothing. The record names the topic only: who supports what
    is to be counted and not looked up."""
    topic, row = _locked(proposal_id)
    require(_may_support(by, topic, row))
    _given, is_new = Support.objects.get_or_create(proposal=row, person_id=person_of(by))
    if is_new:
        audit.record(Event.SUPPORTED, by=by, subject=topic, place_path=topic.place.path)
        _note_owed(topic, row)
    return row


@transaction.atomic
def withdraw_support(*, by: Actor, proposal_id: UUID) -> Proposal:
    """Support a proposal no more, nor what was merged into it. A reply once owed stays owed."""
    topic, row = _locked(proposal_id)
    require(_may_support(by, topic, row))
    together = [row, *read.merged_below(row.pk)]
    gone, _by_table = Support.objects.filter(proposal__in=together, person_id=person_of(by)).delete()
    if gone:
        audit.record(Event.SUPPORT_WITHDRAWN, by=by, subject=topic, place_path=topic.place.path)
    return row


@transaction.atomic
def reply(*, by: Actor, proposal_id: UUID, verdict: Verdict, text: str) -> Reply:
    """Reply for the community, and say where it is so that the proposal is taken up, or not."""
    topic, row = _locked(proposal_id)
    state = ProposalState(row.state)
    path = topic.place.path
    require(policies.may_lead(by, path))
    decision = policies.may_reply(by, author_id=row.author_id, state=state, verdict=verdict, place_path=path)
    require(decision, status=CONFLICT)
    words = words_of(text, "Write the reply; everybody reads it.", longest=rules.LONGEST_REPLY)
    said = Reply.objects.create(proposal=row, verdict=verdict.value, text=words, by_id=person_of(by))
    row.state = rules.state_after(state, verdict).value
    row.replied_at = row.replied_at or said.at
    row.save(update_fields=["state", "replied_at"])
    audit.record(Event.REPLIED, by=by, subject=row, place_path=path, data={"verdict": verdict.value})
    told = read.raisers(row.pk) | read.supporters(row.pk)
    parts.tell(About.PROPOSAL_ANSWERED, by=by, to=told, topic=topic, row=row)
    return said


@transaction.atomic
@notices.together()
def merge(*, by: Actor, proposal_id: UUID, into_id: UUID) -> Proposal:
    """Merge a proposal into another: supporters of both count there once, raisers and supporters are told."""
    topic, row = _locked(proposal_id)
    into = read.proposal(into_id)
    path = topic.place.path
    require(policies.may_lead(by, path))
    decision = policies.may_merge(
        by,
        state=ProposalState(row.state),
        into=ProposalState(into.state),
        same=row.pk == into.pk,
        one_topic=row.topic_id == into.topic_id,
        place_path=path,
    )
    require(decision, status=CONFLICT)
    there, joining = read.supporters(into.pk), read.supporters(row.pk)
    together = rules.united(there, joining, raiser=into.author_id, joining_raiser=row.author_id)
    Support.objects.bulk_create(
        Support(proposal=into, person_id=person_id, via=row) for person_id in sorted(together - there)
    )
    row.state, row.merged_into = ProposalState.MERGED.value, into
    row.save(update_fields=["state", "merged_into"])
    if into.replied_at is None and row.replied_at is None:
        into.due_on = rules.due_together([into.due_on, row.due_on])
        into.save(update_fields=["due_on"])
    data = {"into": str(into.pk), "supporters": len(together)}
    audit.record(Event.MERGED, by=by, subject=row, place_path=path, data=data)
    parts.tell(
        About.PROPOSAL_MERGED,
        by=by,
        to=together | {into.author_id},
        topic=topic,
        row=row,
        text=into.title,
    )
    _note_owed(topic, into)
    return into


@transaction.atomic
def part(*, by: Actor, proposal_id: UUID) -> Proposal:
    """Undo a merger: what came with the proposal goes back with it, what came later stays."""
    topic, row = _locked(proposal_id)
    into = row.merged_into
    path = topic.place.path
    require(policies.may_lead(by, path))
    decision = policies.may_part(
        by,
        state=ProposalState(row.state),
        into=ProposalState(into.state) if into else None,
        place_path=path,
    )
    require(decision, status=CONFLICT)
    Support.objects.filter(via=row).delete()
    row.state, row.merged_into = ProposalState.OPEN.value, None
    row.save(update_fields=["state", "merged_into"])
    audit.record(Event.PARTED, by=by, subject=row, place_path=path)
    return row


@transaction.atomic
@notices.together()
def make_matter(*, by: Actor, proposal_id: UUID) -> Proposal:
    """Raise a matter for a proposal that was taken up. It is the community's: nobody's name goes with it."""
    topic, row = _locked(proposal_id)
    path = topic.place.path
    require(policies.may_lead(by, path))
    decision = policies.may_make_matter(
        by, state=ProposalState(row.state), is_matter=row.matter_id is not None, place_path=path
    )
    require(decision, status=CONFLICT)
    raised = raising.Raised(
        place_id=topic.place_id,
        title=row.title,
        text=row.text or row.title,
        kind=MatterKind.PROPOSAL,
        channel=Channel.APP,
        is_demo=topic.is_demo,
    )
    row.matter = raising.make_matter(by=by, raised=raised)
    row.save(update_fields=["matter"])
    data = {"matter": str(row.matter.pk)}
    audit.record(Event.MADE_A_MATTER, by=by, subject=row, place_path=path, data=data)
    return row


@transaction.atomic
def hide(*, by: Actor, proposal_id: UUID, reason: str) -> Proposal:
    """Take a proposal out of sight with the reason; staff and who raised it still read it, who is told."""
    topic, row = _locked(proposal_id)
    require(policies.may_moderate(by, author_id=row.author_id, place_path=topic.place.path))
    parts.put_out_of_sight(row, by=by, reason=reason)
    audit.record(Event.PROPOSAL_HIDDEN, by=by, subject=row, place_path=topic.place.path)
    told = {row.author_id}
    parts.tell(About.WORDS_HIDDEN, by=by, to=told, topic=topic, row=row, text=row.hidden_reason)
    return row


@transaction.atomic
def show(*, by: Actor, proposal_id: UUID) -> Proposal:
    """Show a hidden proposal again."""
    topic, row = _locked(proposal_id)
    require(policies.may_moderate(by, author_id=row.author_id, place_path=topic.place.path))
    parts.put_in_sight(row)
    audit.record(Event.PROPOSAL_RESTORED, by=by, subject=row, place_path=topic.place.path)
    return row


def _locked(proposal_id: UUID) -> tuple[Topic, Proposal]:
    """A proposal as it stands once everybody else in its topic waits."""
    topic = read.topic_for_update(read.proposal(proposal_id).topic_id)
    return topic, read.proposal(proposal_id)


def _section(topic: Topic, number: int | None) -> Section | None:
    sections = {each.number: each for each in read.sections(topic.pk)}
    if not sections:
        return None
    if number not in sections:
        raise Refused("Choose what it belongs to.", status=UNPROCESSABLE)
    return sections[number]


def _may_support(by: Actor, topic: Topic, row: Proposal) -> Decision:
    return policies.may_support(
        by,
        belongs=belongs(person_of(by), topic.place.path),
        stage=read.stage_of(topic),
        state=ProposalState(row.state),
        author_id=row.author_id,
        hidden=row.hidden_at is not None,
    )


def _note_owed(topic: Topic, row: Proposal) -> None:
    """From the threshold on a reply is owed by a day; whoever leads topics there is told."""
    if topic.threshold is None or topic.workdays is None or row.due_on is not None or row.replied_at:
        return
    if not rules.owed_since(len(read.supporters(row.pk)), topic.threshold):
        return
    row.due_on = rules.reply_due(today(), topic.workdays, places.calendar())
    row.save(update_fields=["due_on"])
    notices.notify(
        About.PROPOSAL_OWED,
        by=SYSTEM,
        to=organizations.acting_with(Power.LEAD, topic.place.path, today()),
        params={"title": row.title, "due": row.due_on.isoformat()},
        url=reverse("topics_desk:proposal", args=[topic.pk, row.pk]),
        subject=row,
        place_path=topic.place.path,
    )
