"""What stages and states of topics, proposals and names are called: `{{ row|topic_stage }}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.deliberation.kinds import NameState, ProposalState, TopicKind, TopicStage, Verdict
from linli.deliberation.models import Proposal, Topic
from linli.deliberation.read.topics import stage_of
from linli.deliberation.rules import topics as rules
from linli.kernel.clock import today

register = template.Library()

STAGES = {
    TopicStage.COMING: ("plain", gettext_noop("Not begun")),
    TopicStage.RUNNING: ("go", gettext_noop("Open")),
    TopicStage.ENDED: ("plain", gettext_noop("Has ended")),
    TopicStage.CHOOSING: ("soon", gettext_noop("Names before the vote")),
    TopicStage.DECIDED: ("go", gettext_noop("The name is found")),
}
KINDS = {
    TopicKind.TALK: gettext_noop("Topic"),
    TopicKind.NAMING: gettext_noop("A name is looked for"),
}
PROPOSALS = {
    ProposalState.OPEN: ("plain", gettext_noop("Open for support")),
    ProposalState.TAKEN: ("go", gettext_noop("Taken up")),
    ProposalState.DECLINED: ("plain", gettext_noop("Not taken up")),
    ProposalState.MERGED: ("plain", gettext_noop("Merged")),
}
VERDICTS = {
    Verdict.WORD: ("plain", gettext_noop("A word on how it stands")),
    Verdict.TAKEN: ("go", gettext_noop("Taken up")),
    Verdict.DECLINED: ("soon", gettext_noop("Not taken up")),
}
NAMES = {
    NameState.IN: ("plain", gettext_noop("Came in")),
    NameState.SHORTLISTED: ("go", gettext_noop("Before the vote")),
    NameState.LEFT_OUT: ("plain", gettext_noop("Not before the vote")),
    NameState.OUTVOTED: ("plain", gettext_noop("Fewer votes")),
}


@register.filter
def topic_stage(row: Topic) -> str:
    """What a topic's stage is called today."""
    return _(STAGES[stage_of(row)][1])


@register.filter
def topic_tone(row: Topic) -> str:
    """The colour of a topic's stage."""
    return STAGES[stage_of(row)][0]


@register.filter
def topic_kind(kind: str) -> str:
    """What a kind of topic is called."""
    return _(KINDS[TopicKind(kind)])


@register.filter
def proposal_state(row: Proposal) -> str:
    """What became of a proposal, and where a reply is owed, that it is."""
    if is_owed(row):
        return _("A reply is overdue") if is_late(row) else _("A reply is owed")
    return _(PROPOSALS[ProposalState(row.state)][1])


@register.filter
def proposal_tone(row: Proposal) -> str:
    """The colour of a proposal's state."""
    if is_owed(row):
        return "late" if is_late(row) else "soon"
    return PROPOSALS[ProposalState(row.state)][0]


@register.filter
def is_owed(row: Proposal) -> bool:
    """Whether the community owes a reply to a proposal that stands by itself and can be read."""
    stands = row.merged_into_id is None and row.hidden_at is None
    return stands and row.due_on is not None and row.replied_at is None


@register.filter
def is_late(row: Proposal) -> bool:
    """Whether a reply that is owed was missed."""
    return rules.is_overdue(row.due_on, row.replied_at, today())


@register.filter
def verdict_label(verdict: str) -> str:
    """What an official reply says."""
    return _(VERDICTS[Verdict(verdict)][1])


@register.filter
def verdict_tone(verdict: str) -> str:
    """The colour of an official reply."""
    return VERDICTS[Verdict(verdict)][0]


@register.filter
def name_state(state: str) -> str:
    """What became of a name."""
    return _(NAMES[NameState(state)][1])


@register.filter
def name_tone(state: str) -> str:
    """The colour of a name's state."""
    return NAMES[NameState(state)][0]
