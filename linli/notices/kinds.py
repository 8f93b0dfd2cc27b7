"""Kinds of notice, channels, states, powers and events."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class Channel(StrEnum):
    """How a notice reaches somebody. Who has no phone is called or gets a printed slip."""

    INBOX = "inbox"
    CALL = "call"
    SLIP = "slip"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    REPLAYED = "replayed"


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who is told of an announcement and counted among its readers. Anybody of the place may read it."""

    RESIDENTS = "residents"
    OWNERS = "owners"
    ELDERS = "elders"


class Topic(StrEnum):
    """What a notice is about; the sentence for each is in `rules.SENTENCES`."""

    MATTER_RECEIVED = "matter_received"
    MATTER_MOVED = "matter_moved"
    MATTER_ANSWERED = "matter_answered"
    MATTER_CLOSED = "matter_closed"
    MATTER_ON_YOU = "matter_on_you"
    MATTER_REOPENED = "matter_reopened"
    MATTER_SUSPENDED = "matter_suspended"
    MATTER_MERGED = "matter_merged"
    MATTER_SPLIT = "matter_split"
    MATTER_POSTPONED = "matter_postponed"
    MATTER_PUBLISHED = "matter_published"
    MATTER_SUPPLEMENTED = "matter_supplemented"
    MATTER_REMINDED = "matter_reminded"
    MATTER_LATE = "matter_late"
    MATTER_ESCALATED = "matter_escalated"
    EVALUATE = "evaluate"
    URGED = "urged"
    SUPERVISED = "supervised"
    ORDER_ISSUED = "order_issued"
    ORDER_RETURNED = "order_returned"
    ORDER_REVIEWED = "order_reviewed"
    ORDER_REPORTED = "order_reported"
    ORDER_REWORK = "order_rework"
    ORDER_LATE = "order_late"
    ORDER_SUSPENDED = "order_suspended"
    ORDER_RESUMED = "order_resumed"
    WHISTLE = "whistle"
    WHISTLE_REMINDED = "whistle_reminded"
    WHISTLE_LATE = "whistle_late"
    REPORTED_IN = "reported_in"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_DECIDED = "extension_decided"
    ANNOUNCEMENT = "announcement"
    ANNOUNCEMENT_TO_APPROVE = "announcement_to_approve"
    GATHERING_CALLED = "gathering_called"
    GATHERING_CANCELLED = "gathering_cancelled"
    BODY_LATE = "body_late"
    OBJECTION_MADE = "objection_made"
    OBJECTION_ANSWERED = "objection_answered"
    PROPOSAL_OWED = "proposal_owed"
    PROPOSAL_ANSWERED = "proposal_answered"
    PROPOSAL_MERGED = "proposal_merged"
    PROPOSAL_CLOSED = "proposal_closed"
    TOPIC_DAYS = "topic_days"
    WORDS_HIDDEN = "words_hidden"
    COVENANT_CONSULTED = "covenant_consulted"
    COVENANT_ADOPTED = "covenant_adopted"
    COVENANT_NOT_ADOPTED = "covenant_not_adopted"
    COVENANT_PUBLISHED = "covenant_published"
    COVENANT_REVIEW = "covenant_review"
    NAME_CHOSEN = "name_chosen"
    HONOUR_ASKED = "honour_asked"
    HONOUR_STRUCK = "honour_struck"
    JURY_CALLED = "jury_called"
    APPRAISAL_PROLONGED = "appraisal_prolonged"
    SHARES_PROPOSED = "shares_proposed"


class Power(StrEnum):
    WRITE = "announcement.write"
    APPROVE = "announcement.approve"


class Event(EventKind):
    NOTIFIED = "notices.notified"
    CALL_DONE = "notices.call_done"
    SLIP_PRINTED = "notices.slip_printed"
    DRAFTED = "notices.announcement_drafted"
    EDITED = "notices.announcement_edited"
    SUBMITTED = "notices.announcement_submitted"
    APPROVED = "notices.announcement_approved"
    RETURNED = "notices.announcement_returned"
    WITHDRAWN = "notices.announcement_withdrawn"
    EXPORTED = "notices.exported"
