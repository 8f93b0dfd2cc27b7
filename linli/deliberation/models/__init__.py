"""The tables of talking together: conversations, statements, answers, the map drawn of them; covenants."""

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

__all__ = [
    "Amendment",
    "Conversation",
    "Covenant",
    "Decision",
    "OpinionMap",
    "Paragraph",
    "Remark",
    "Response",
    "Review",
    "Signature",
    "Statement",
]
