"""What stages, states and answers are called on a page: `{{ stage|stage_label }}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.deliberation.kinds import Answer, Stage, StatementState

register = template.Library()

STAGES = {
    Stage.COMING: ("plain", gettext_noop("Not begun")),
    Stage.RUNNING: ("go", gettext_noop("Open for answers")),
    Stage.ENDED: ("soon", gettext_noop("Has ended")),
    Stage.PUBLISHED: ("plain", gettext_noop("What was found is published")),
}
STATES = {
    StatementState.WAITING: ("soon", gettext_noop("Waiting to be read")),
    StatementState.IN: ("go", gettext_noop("Shown to all")),
    StatementState.OUT: ("plain", gettext_noop("Taken out")),
}
ANSWERS = {
    Answer.AGREE: gettext_noop("Agree"),
    Answer.PASS: gettext_noop("Not sure, pass"),
    Answer.DISAGREE: gettext_noop("Disagree"),
}


@register.filter
def stage_tone(stage: str) -> str:
    """The colour of a conversation's stage."""
    return STAGES[Stage(stage)][0]


@register.filter
def stage_label(stage: str) -> str:
    """What a conversation's stage is called."""
    return _(STAGES[Stage(stage)][1])


@register.filter
def statement_tone(state: str) -> str:
    """The colour of a statement's state."""
    return STATES[StatementState(state)][0]


@register.filter
def statement_label(state: str) -> str:
    """What a statement's state is called."""
    return _(STATES[StatementState(state)][1])


@register.filter
def answer_label(answer: int) -> str:
    """What somebody said to a statement."""
    return _(ANSWERS[Answer(answer)])
