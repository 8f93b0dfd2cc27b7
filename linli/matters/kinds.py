"""Kinds, states, powers and events of matters. Every one is named here once."""

from enum import StrEnum

from linli.audit.kinds import EventKind
from linli.matters.procedures.kinds import (
    BEGUN_OPENINGS,
    CODED_OPENINGS,
    DECIDING_OPENINGS,
    OpeningKind,
    Outcome,
    Verb,
)
from linli.matters.procedures.kinds import Kind as MatterKind
from linli.matters.triage.taxonomy import Level, Urgency

__all__ = [
    "BEGUN_OPENINGS",
    "CODED_OPENINGS",
    "DECIDING_OPENINGS",
    "Level",
    "MatterKind",
    "OpeningKind",
    "Outcome",
    "Urgency",
    "Verb",
]


class Channel(StrEnum):
    """How a matter came in; a city’s own mini-program hands its matters on under its name."""

    APP = "app"
    MINI_PROGRAM = "mini_program"
    VISIT = "visit"
    PATROL = "patrol"
    SUGGESTION_BOX = "suggestion_box"
    FRIDAY_DESK = "friday_desk"
    HOTLINE = "hotline"
    MEETING = "meeting"
    CHAT_GROUP = "chat_group"
    DEVICE = "device"
    HALL = "hall"


class State(StrEnum):
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class OrderKind(StrEnum):
    """A whistle is an order from the street to departments, with a time to report in."""

    ORDER = "order"
    WHISTLE = "whistle"


class OrderState(StrEnum):
    ISSUED = "issued"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REPORTED = "reported"
    REWORK = "rework"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


class ContributionKind(StrEnum):
    """Who speaks, and to whom: an answer is official, a note stays inside. Minutes tell of a meeting, a vote
    or works, findings of an opinion map."""

    SUPPLEMENT = "supplement"
    REOPENING = "reopening"
    COMMENT = "comment"
    ANSWER = "answer"
    NOTE = "note"
    CONTACT = "contact"
    MINUTES = "minutes"
    FINDINGS = "findings"


class Stance(StrEnum):
    SUPPORT = "support"
    OPPOSE = "oppose"
    SUGGEST = "suggest"


class ChaseKind(StrEnum):
    """催办 asks again; 督办 puts the chased unit under a supervisor's eye."""

    URGE = "urge"
    SUPERVISE = "supervise"


class LatenessKind(StrEnum):
    REMIND = "remind"
    URGE = "urge"
    ESCALATE = "escalate"


class ModelState(StrEnum):
    """Of the versions of what triage learnt for a place one is in use."""

    ACTIVE = "active"
    RETIRED = "retired"


class Guess(StrEnum):
    """What a suggested category came from: the list of words, learnt words, meaning; or nothing was said."""

    NONE = "none"
    WORDS = "words"
    LEARNT = "learnt"
    MEANING = "meaning"


class Thing(StrEnum):
    """What is suggested for a new matter. A duty says of which kind the unit is, for communities that have
    other units."""

    CATEGORY = "category"
    LEVEL = "level"
    URGENCY = "urgency"
    UNIT = "unit"
    DUTY = "duty"
    SAME = "same"


class Clock(StrEnum):
    """The clocks a suspension of a matter can stop. Its orders' clocks go with its own; one order alone is
    suspended by itself."""

    MATTER = "matter"
    STEP = "step"


class Use(StrEnum):
    """When a community follows a procedure it adopted: first of all, for what no other takes, or only where
    staff choose it."""

    DEFAULT = "default"
    BESIDES = "besides"
    CHOICE = "choice"


class Power(StrEnum):
    READ = "matter.read"
    ENTER = "matter.enter"
    TRIAGE = "matter.triage"
    MOVE = "matter.move"
    ANSWER = "matter.answer"
    NOTE = "matter.note"
    PUBLISH = "matter.publish"
    CALLBACK = "matter.callback"
    SUSPEND = "matter.suspend"
    HAND_OVER = "matter.hand_over"
    ORDER_ISSUE = "order.issue"
    ORDER_HANDLE = "order.handle"
    ORDER_VERIFY = "order.verify"
    ORDER_REVIEW = "order.review"
    EXTENSION_APPROVE = "extension.approve"
    WHISTLE_ISSUE = "whistle.issue"
    WHISTLE_ANSWER = "whistle.answer"
    SUPERVISE = "supervise"
    EXPORT = "export"
    ADOPT = "procedure.adopt"
    RATES = "rates.read"
    EXCLUDE = "exclusion.approve"


class Event(EventKind):
    RAISED = "matters.raised"
    ENTERED = "matters.entered"
    JOINED = "matters.joined"
    TRIAGED = "matters.triaged"
    SORTED_AGAIN = "matters.sorted_again"
    CLAIMED = "matters.claimed"
    CLAIM_RELEASED = "matters.claim_released"
    MOVED = "matters.moved"
    CLOSED = "matters.closed", True
    REOPENED = "matters.reopened"
    WITHDRAWN = "matters.withdrawn"
    HANDED_OVER = "matters.handed_over"
    RELOCATED = "matters.relocated"
    MERGED = "matters.merged"
    TOLD_APART = "matters.told_apart"
    SPLIT = "matters.split"
    POSTPONED = "matters.postponed"
    SUSPENDED = "matters.suspended"
    RESUMED = "matters.resumed"
    CONTACTED = "matters.contacted"
    CONTRIBUTED = "matters.contributed"
    ANSWERED = "matters.answered"
    NOTED = "matters.noted"
    PUBLISHED = "matters.published"
    UNPUBLISHED = "matters.unpublished"
    FORBADE_PUBLICATION = "matters.forbade_publication"
    CALLED_BACK = "matters.called_back"
    EVALUATED = "matters.evaluated"
    COMMENTED_AGAIN = "matters.commented_again"
    HUNG = "matters.hung"
    OUTCOME_RECORDED = "matters.outcome_recorded"
    ORDER_ISSUED = "matters.order_issued"
    ORDER_ACCEPTED = "matters.order_accepted"
    ORDER_RETURNED = "matters.order_returned"
    ORDER_REVIEWED = "matters.order_reviewed"
    ORDER_REPORTED = "matters.order_reported"
    ORDER_VERIFIED = "matters.order_verified", True
    ORDER_SENT_BACK = "matters.order_sent_back"
    ORDER_WITHDRAWN = "matters.order_withdrawn", True
    ORDER_SUSPENDED = "matters.order_suspended"
    ORDER_RESUMED = "matters.order_resumed"
    REPORTED_IN = "matters.reported_in"
    ASSESSED = "matters.assessed"
    EXTENSION_ASKED = "matters.extension_asked"
    EXTENSION_DECIDED = "matters.extension_decided"
    CHASED = "matters.chased"
    LATENESS_MARKED = "matters.lateness_marked"
    SUPERVISION_ANSWERED = "matters.supervision_answered"
    EXCLUDED = "matters.excluded"
    PROCEDURE_STORED = "matters.procedure_stored"
    PROCEDURE_ADOPTED = "matters.procedure_adopted"
    PROCEDURE_DRAFTED = "matters.procedure_drafted"
    PROCEDURE_PUBLISHED = "matters.procedure_published"
    DRAFT_DROPPED = "matters.procedure_draft_dropped"
    LOCAL_RULE_SET = "matters.local_rule_set"
    EXPORTED = "matters.exported"
    TRIAGE_LEARNT = "matters.triage_learnt"
    TRIAGE_WENT_BACK = "matters.triage_went_back"
    TRIAGE_LEARNS_ON = "matters.triage_learns_on"
    TRIAGE_REFINED = "matters.triage_refined"
    FILE_ATTACHED = "matters.file_attached"
    PHOTO_KEPT = "matters.photo_kept"
    PHOTO_FORGOTTEN = "matters.photo_forgotten"
