"""The tables of talking together: conversations, statements, answers, the map drawn of them; covenants;
topics with their proposals, and contests for a name."""

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
    "Comment",
    "Conversation",
    "Covenant",
    "Decision",
    "Name",
    "OpinionMap",
    "Paragraph",
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
    "Topic",
]
