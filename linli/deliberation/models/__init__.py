"""The tables of talking together: conversations, statements, answers, the map drawn of them; covenants;
topics with their proposals, and contests for a name; appraisals; surveys."""

from linli.deliberation.models.appraisals import (
    Appraisal,
    Chooser,
    Criterion,
    Declined,
    HonourDoubt,
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
from linli.deliberation.models.topics import (
    Comment,
    Name,
    Proposal,
    Proposer,
    Reply,
    Section,
    Support,
    Topic,
)

__all__ = [
    "Amendment",
    "Answered",
    "Appraisal",
    "Chooser",
    "Comment",
    "Conversation",
    "Covenant",
    "Criterion",
    "Decision",
    "Declined",
    "HonourDoubt",
    "Juror",
    "Name",
    "Nomination",
    "NominationPhoto",
    "OpinionMap",
    "Paragraph",
    "Points",
    "Proposal",
    "Proposer",
    "Remark",
    "Reply",
    "Response",
    "Review",
    "Section",
    "Signature",
    "Statement",
    "Support",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "Topic",
    "Voice",
]
