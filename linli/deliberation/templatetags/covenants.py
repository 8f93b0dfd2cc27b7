"""What stages, kinds and sides of covenants are called: `{{ row.stage|covenant_stage }}`; what a change
changes: `{% for piece in before|difference:after %}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.deliberation.kinds import AmendmentState, Body, CovenantKind, CovenantStage, ReviewOutcome, Stance
from linli.deliberation.rules import diffs
from linli.deliberation.rules.diffs import Piece

register = template.Library()

STAGES = {
    CovenantStage.DRAFT: ("plain", gettext_noop("Draft")),
    CovenantStage.CONSULT: ("go", gettext_noop("Residents comment")),
    CovenantStage.DECIDING: ("soon", gettext_noop("Before the meeting")),
    CovenantStage.ADOPTED: ("soon", gettext_noop("Adopted, to be published")),
    CovenantStage.PUBLISHED: ("go", gettext_noop("In force")),
    CovenantStage.REPLACED: ("plain", gettext_noop("Replaced")),
}
KINDS = {
    CovenantKind.RESIDENTS: gettext_noop("Residents’ covenant"),
    CovenantKind.CHARTER: gettext_noop("Charter of self-government"),
    CovenantKind.NO_LAWSUITS: gettext_noop("Covenant of no lawsuits"),
    CovenantKind.ONE_THING: gettext_noop("Covenant about one thing"),
}
BODIES = {
    Body.ASSEMBLY: gettext_noop("The residents’ assembly"),
    Body.DELEGATES: gettext_noop("The residents’ representatives, charged by the assembly"),
}
STANCES = {
    Stance.FOR: ("go", gettext_noop("In favour")),
    Stance.AGAINST: ("soon", gettext_noop("Against")),
    Stance.IDEA: ("plain", gettext_noop("An idea")),
}
AMENDMENTS = {
    AmendmentState.OPEN: ("soon", gettext_noop("Waits for a decision")),
    AmendmentState.TAKEN: ("go", gettext_noop("Taken into the text")),
    AmendmentState.REFUSED: ("plain", gettext_noop("Not taken")),
}
OUTCOMES = {
    ReviewOutcome.KEEP: gettext_noop("It stays as it is"),
    ReviewOutcome.REVISE: gettext_noop("A new text is drafted"),
}


@register.filter
def covenant_tone(stage: str) -> str:
    """The colour of a covenant's stage."""
    return STAGES[CovenantStage(stage)][0]


@register.filter
def covenant_stage(stage: str) -> str:
    """What a covenant's stage is called."""
    return _(STAGES[CovenantStage(stage)][1])


@register.filter
def covenant_stations(stage: str) -> list[dict[str, str]]:
    """A covenant's way as a line of stations; one that is replaced has gone all of it."""
    way: list[CovenantStage] = [each for each in STAGES if each is not CovenantStage.REPLACED]
    at = way.index(CovenantStage(stage)) if CovenantStage(stage) in way else len(way)
    states = ["done" if n < at else "now" if n == at else "next" for n in range(len(way))]
    return [{"label": _(STAGES[each][1]), "state": state} for each, state in zip(way, states, strict=True)]


@register.filter
def covenant_kind(kind: str) -> str:
    """What a kind of covenant is called."""
    return _(KINDS[CovenantKind(kind)])


@register.filter
def body_name(body: str) -> str:
    """Who decided."""
    return _(BODIES[Body(body)])


@register.filter
def stance_tone(stance: str) -> str:
    """The colour of a side."""
    return STANCES[Stance(stance)][0]


@register.filter
def stance_label(stance: str) -> str:
    """What a side is called."""
    return _(STANCES[Stance(stance)][1])


@register.filter
def amendment_tone(state: str) -> str:
    """The colour of a proposed change."""
    return AMENDMENTS[AmendmentState(state)][0]


@register.filter
def amendment_label(state: str) -> str:
    """What became of a proposed change."""
    return _(AMENDMENTS[AmendmentState(state)][1])


@register.filter
def review_label(outcome: str) -> str:
    """What a review came to."""
    return _(OUTCOMES[ReviewOutcome(outcome)])


@register.filter
def difference(before: str, after: str) -> list[Piece]:
    """What stays, goes and comes between two texts."""
    return diffs.difference(before, after)
