"""The tables of talking together: conversations, statements, answers, the map drawn of them."""

from linli.deliberation.models.opinions import Conversation, OpinionMap, Response, Statement

__all__ = ["Conversation", "OpinionMap", "Response", "Statement"]
