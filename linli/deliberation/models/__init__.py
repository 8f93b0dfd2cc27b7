"""The tables of talking together: conversations, statements, answers, the map drawn of them; covenants;
appraisals; surveys."""

from linli.deliberation.models.appraisals import (
    Appraisal,
    Chooser,
    Criterion,
    Declined,
    Doubt,
    Juror,
    Nomination,
    NominationPhoto,
    Points,
    Voice,
)
from linli.deliberation.models.covenants import (
    Amendment,
    Covenant,
    Decision,
    Paragraph,
    Remark,
    Review,
    Signature,
)
from linli.deliberation.models.opinions import Conversation, OpinionMap, Response, Statement
from linli.deliberation.models.surveys import Answered, Survey, SurveyAnswer, SurveyQuestion

__all__ = [
    "Amendment",
    "Answered",
    "Appraisal",
    "Chooser",
    "Conversation",
    "Covenant",
    "Criterion",
    "Decision",
    "Declined",
    "Doubt",
    "Juror",
    "Nomination",
    "NominationPhoto",
    "OpinionMap",
    "Paragraph",
    "Points",
    "Remark",
    "Response",
    "Review",
    "Signature",
    "Statement",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "Voice",
]
