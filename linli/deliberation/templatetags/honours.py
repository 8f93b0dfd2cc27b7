"""What stages and rules of appraisals and surveys are called: `{{ stage|appraisal_stage }}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.deliberation.kinds import (
    AppraisalStage,
    Honours,
    NominationState,
    QuestionKind,
    SurveyStage,
    TieRule,
)

register = template.Library()

APPRAISALS = {
    AppraisalStage.NOMINATING: ("go", gettext_noop("Nominations open")),
    AppraisalStage.ASKING: ("soon", gettext_noop("Asking those put forward")),
    AppraisalStage.CHOOSING: ("go", gettext_noop("Choosing")),
    AppraisalStage.COUNTING: ("soon", gettext_noop("Counting")),
    AppraisalStage.POSTED: ("soon", gettext_noop("Result posted")),
    AppraisalStage.HONOURED: ("plain", gettext_noop("On the honours roll")),
    AppraisalStage.CALLED_OFF: ("plain", gettext_noop("Called off")),
}
HONOURS = {
    Honours.PERSON: gettext_noop("A person"),
    Honours.HOUSEHOLD: gettext_noop("A household"),
    Honours.THING: gettext_noop("A thing"),
}
TIES = {
    TieRule.SHARED: gettext_noop("level at the last place: all of them are honoured"),
    TieRule.RESIDENTS: gettext_noop("level at the last place: whom more residents chose"),
    TieRule.JURY: gettext_noop("level at the last place: who has more points of the jury"),
}
NOMINATIONS = {
    NominationState.NAMED: ("late", gettext_noop("To be found")),
    NominationState.ASKED: ("soon", gettext_noop("Asked")),
    NominationState.AGREED: ("go", gettext_noop("Agreed")),
}
SURVEYS = {
    SurveyStage.DRAFT: ("plain", gettext_noop("Draft")),
    SurveyStage.RUNNING: ("go", gettext_noop("Open for answers")),
    SurveyStage.ENDED: ("soon", gettext_noop("Has ended")),
    SurveyStage.PUBLISHED: ("soon", gettext_noop("Published; what changed is missing")),
    SurveyStage.ARCHIVED: ("plain", gettext_noop("Archived")),
}
QUESTIONS = {
    QuestionKind.ONE: gettext_noop("Choose one"),
    QuestionKind.SEVERAL: gettext_noop("Choose several"),
    QuestionKind.LEVEL: gettext_noop("How satisfied, in five levels"),
    QuestionKind.TEXT: gettext_noop("A few words"),
}


@register.filter
def appraisal_tone(stage: str) -> str:
    """The colour of an appraisal's stage."""
    return APPRAISALS[AppraisalStage(stage)][0]


@register.filter
def appraisal_stage(stage: str) -> str:
    """What an appraisal's stage is called."""
    return _(APPRAISALS[AppraisalStage(stage)][1])


@register.filter
def appraisal_stations(stage: str) -> list[dict[str, str]]:
    """An appraisal's way as a line of stations; one called off went no further."""
    way: list[AppraisalStage] = [each for each in APPRAISALS if each is not AppraisalStage.CALLED_OFF]
    at = way.index(AppraisalStage(stage)) if AppraisalStage(stage) in way else -1
    states = ["done" if n < at else "now" if n == at else "next" for n in range(len(way))]
    return [
        {"label": _(APPRAISALS[each][1]), "state": state} for each, state in zip(way, states, strict=True)
    ]


@register.filter
def honours_name(honours: str) -> str:
    """Who or what an appraisal honours."""
    return _(HONOURS[Honours(honours)])


@register.filter
def tie_rule(tie: str) -> str:
    """What happens when several are level."""
    return _(TIES[TieRule(tie)])


@register.filter
def nomination_tone(state: str) -> str:
    """The colour of a nomination."""
    return NOMINATIONS[NominationState(state)][0]


@register.filter
def nomination_state(state: str) -> str:
    """What a nomination waits for."""
    return _(NOMINATIONS[NominationState(state)][1])


@register.filter
def survey_tone(stage: str) -> str:
    """The colour of a survey's stage."""
    return SURVEYS[SurveyStage(stage)][0]


@register.filter
def survey_stage(stage: str) -> str:
    """What a survey's stage is called."""
    return _(SURVEYS[SurveyStage(stage)][1])


@register.filter
def question_kind(kind: str) -> str:
    """How a question is answered."""
    return _(QUESTIONS[QuestionKind(kind)])


@register.filter
def has_key(table: dict[object, object], key: object) -> bool:
    """Whether a table has an entry of that name."""
    return key in table
