"""States of conversations and statements, answers, powers and events."""

from enum import IntEnum, StrEnum

from linli.audit.kinds import EventKind


class Stage(StrEnum):
    """Where a conversation stands on a day; follows from its days and from what was done."""

    COMING = "coming"
    RUNNING = "running"
    ENDED = "ended"
    PUBLISHED = "published"


class StatementState(StrEnum):
    """A statement is shown once somebody has let it in; one taken out keeps its words and the reason."""

    WAITING = "waiting"
    IN = "in"
    OUT = "out"


class Answer(IntEnum):
    """What somebody says to a statement, as Polis's export writes it."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


class Power(StrEnum):
    LEAD = "conversation.lead"


class Event(EventKind):
    OPENED = "deliberation.conversation_opened"
    PROPOSED = "deliberation.statement_proposed"
    ADDED = "deliberation.statement_added"
    LET_IN = "deliberation.statement_let_in"
    TAKEN_OUT = "deliberation.statement_taken_out"
    CLOSED = "deliberation.conversation_closed"
    PUBLISHED = "deliberation.conversation_published"
    EXPORTED = "deliberation.exported"
