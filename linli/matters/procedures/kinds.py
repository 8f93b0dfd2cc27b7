"""The words a procedure file is made of: every kind, verb, outcome, need and opening, each named once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

CLOSED = "closed"


class Kind(StrEnum):
    """What a matter is; a procedure says which kinds it settles."""

    APPEAL = "appeal"
    PROPOSAL = "proposal"
    DISPUTE = "dispute"
    WISH = "wish"
    APPLICATION = "application"
    REPAIR = "repair"
    TASK = "task"


class Verb(StrEnum):
    """Why a matter moves from one step to another: the only verbs a file may use."""

    ACCEPT = "accept"
    SETTLE_AT_ONCE = "settle_at_once"
    REFER = "refer"
    DISPATCH = "dispatch"
    WHISTLE = "whistle"
    AGREE = "agree"
    DISAGREE = "disagree"
    ANSWER = "answer"
    SEND_BACK = "send_back"
    OUT_OF_SCOPE = "out_of_scope"
    RESOLVE = "resolve"
    UNRESOLVED = "unresolved"
    FINISH = "finish"


class Outcome(StrEnum):
    """How a matter ended. `withdrawn` and `merged` come only from the common net, never from a file."""

    RESOLVED = "resolved"
    ANSWERED = "answered"
    OUT_OF_SCOPE = "out_of_scope"
    UNRESOLVED = "unresolved"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Need(StrEnum):
    """What must be on record before a step may be left, except by giving it up (`GIVES_UP`).

    `order_verified`: at least one order or whistle, and every one verified or cancelled. `outcome`: every
    opening has its result recorded. `passed`: what was voted on at this step passed. `posted`: what is
    posted at this step (公示) has been up for the days of the place since it was hung,
    `clocks.posting_ends`. The others want one record each.
    """

    MINUTES = "minutes"
    OFFICIAL_ANSWER = "official_answer"
    FIRST_CONTACT = "first_contact"
    ORDER_VERIFIED = "order_verified"
    CALLBACK = "callback"
    OUTCOME = "outcome"
    PASSED = "passed"
    POSTED = "posted"


class OpeningKind(StrEnum):
    """What a step opens while it lasts."""

    COMMENTS = "comments"
    ORDERS = "orders"
    WHISTLE = "whistle"
    EVALUATION = "evaluation"
    MEETING = "meeting"
    BALLOT = "ballot"
    WORKS = "works"
    SHARES = "shares"
    OPINIONS = "opinions"
    POSTING = "posting"


class StationState(StrEnum):
    """How a station is drawn for one matter."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    SKIPPED = "skipped"


CODED_OPENINGS = frozenset({OpeningKind.MEETING, OpeningKind.BALLOT})
# What tells its step what came of it.
DECIDING_OPENINGS = CODED_OPENINGS | {OpeningKind.WORKS, OpeningKind.OPINIONS}
# What has a page of its own to begin it; shares are talked over, what is decided is a vote's or a meeting's,
# and a sheet hangs.
BEGUN_OPENINGS = DECIDING_OPENINGS | {OpeningKind.SHARES, OpeningKind.POSTING}

# Giving a step up does not wait for its work: no minutes are asked of a meeting that will not be held.
GIVES_UP = frozenset({Verb.SEND_BACK, Verb.OUT_OF_SCOPE, Verb.DISAGREE, Verb.UNRESOLVED})

OUTCOME_OF_VERB: Mapping[Verb, Outcome] = {
    Verb.SETTLE_AT_ONCE: Outcome.RESOLVED,
    Verb.RESOLVE: Outcome.RESOLVED,
    Verb.FINISH: Outcome.RESOLVED,
    Verb.ANSWER: Outcome.ANSWERED,
    Verb.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Verb.UNRESOLVED: Outcome.UNRESOLVED,
    Verb.DISAGREE: Outcome.UNRESOLVED,
}
