"""Kinds of body and sitting, roles, states, ways of attending, powers and events."""

from enum import StrEnum
from typing import Final

from linli.audit.kinds import EventKind


class BodyKind(StrEnum):
    """What sort of body meets: its kind says what the law asks of its meetings (`rules.bodies`)."""

    JOINT_CONFERENCE = "joint_conference"
    PARTY_COMMITTEE = "party_committee"
    BUILDING_COUNCIL = "building_council"
    SELF_MANAGEMENT = "self_management"
    DELIBERATION = "deliberation"
    VOLUNTEERS = "volunteers"
    RESIDENTS_COMMITTEE = "residents_committee"
    SUPERVISORY = "supervisory"
    OWNERS_COMMITTEE = "owners_committee"
    RESIDENTS_ASSEMBLY = "residents_assembly"
    REP_ASSEMBLY = "rep_assembly"
    OWNERS_ASSEMBLY = "owners_assembly"


OF_OWNERS: Final = frozenset({BodyKind.OWNERS_COMMITTEE, BodyKind.OWNERS_ASSEMBLY})


class SittingKind(StrEnum):
    """Talks without a body and without statutory notice, opened on the spot."""

    OPEN_AIR = "open_air"
    PAVILION = "pavilion"
    TREE = "tree"
    CONSULTATION = "consultation"


class Entitled(StrEnum):
    """Who is counted for a quorum."""

    MEMBERS = "members"
    RESIDENTS = "residents"
    OWNERS = "owners"
    NOBODY = "nobody"


class Presence(StrEnum):
    """What part of those entitled has to be present."""

    NONE = "none"
    MORE_THAN_HALF = "more_than_half"
    TWO_THIRDS = "two_thirds"


class CalledBy(StrEnum):
    """Who asked for a meeting: the body itself, or enough of those it is for."""

    ITSELF = "itself"
    ADULTS = "adults"
    HOUSEHOLD_REPS = "household_reps"
    REPS = "reps"
    OWNERS = "owners"


class Counted(StrEnum):
    """Whom an assembly counts: every adult resident, one for each household (组织法 27), or the owners."""

    ADULTS = "adults"
    HOUSEHOLDS = "households"
    OWNERS = "owners"


class Role(StrEnum):
    """What somebody is to a body. An adviser (乡贤) and an invited unit speak and are not counted; a
    representative (居民代表) sits in the representatives' assembly beside its other members."""

    CHAIR = "chair"
    MEMBER = "member"
    REP = "rep"
    ADVISER = "adviser"
    INVITED = "invited"


VOTING: Final = (Role.CHAIR, Role.MEMBER, Role.REP)


class Finding(StrEnum):
    """What the yearly appraisal (民主评议) found of a member."""

    FIT = "fit"
    UNFIT = "unfit"


class DutyKind(StrEnum):
    """What has to follow an election or a change of members, within days."""

    FIRST_MEETING = "first_meeting"
    FILING = "filing"
    CHANGE_FILING = "change_filing"
    HANDOVER = "handover"


class Paper(StrEnum):
    """What is handed in with a filing (274号 33, 34)."""

    ELECTION = "election"
    COVENANT = "covenant"
    PROCEDURE = "procedure"
    DECISIONS = "decisions"
    CHANGES = "changes"


class AccountKind(StrEnum):
    """Money of the owners that is accounted for: the codes of its two classes of disclosure."""

    FUND = "owners_fund"
    INCOME = "owners_income"


class Division(StrEnum):
    """What is done with common income: nothing yet, divided by area (民法典 283), or as owners decided."""

    NONE = "none"
    BY_AREA = "by_area"
    AGREED = "agreed"


class State(StrEnum):
    PLANNED = "planned"
    NOTICED = "noticed"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What takes a meeting from one state to the next."""

    NOTIFY = "notify"
    OPEN = "open"
    CLOSE = "close"
    PUBLISH = "publish"
    CANCEL = "cancel"


class Way(StrEnum):
    """How somebody is present."""

    CODE = "code"
    LIST = "list"
    REMOTE = "remote"
    PROXY = "proxy"


class Manner(StrEnum):
    """How a resolution came about: nobody was against it, or hands were counted."""

    CONSENSUS = "consensus"
    HANDS = "hands"


class Asks(StrEnum):
    """What a resolution asks: something of a unit by a day; or nothing, since a text, a report or a choice of
    people is adopted, or something is only taken note of."""

    TASK = "task"
    ADOPTED = "adopted"
    NOTED = "noted"


class Result(StrEnum):
    """What became of a resolution that somebody has to carry out."""

    PENDING = "pending"
    DONE = "done"
    NOT_DONE = "not_done"


class Blank(StrEnum):
    """What a template of minutes can have filled in from the meeting."""

    HELD_BY = "held_by"
    TITLE = "title"
    WHEN = "when"
    WHERE = "where"
    COUNT = "count"
    PRESENT = "present"
    QUORUM = "quorum"
    NAMES = "names"
    AGENDA = "agenda"
    ITEMS = "items"
    SAID = "said"
    ALSO_SAID = "also_said"
    RESOLVED = "resolved"
    ALSO_RESOLVED = "also_resolved"


class Shipped(StrEnum):
    """The templates of minutes every community has: of a body's meeting, of a talk on the spot."""

    MEETING = "meeting"
    SITTING = "sitting"


class PostingKind(StrEnum):
    """What is posted: an item of 居务公开, what a meeting resolved, or what a step of a matter has hung."""

    AFFAIRS = "affairs"
    RESOLUTIONS = "resolutions"
    STEP = "step"


class Power(StrEnum):
    HOLD = "gathering.hold"
    SIT = "sitting.open"
    DISCLOSE = "affairs.disclose"


class Event(EventKind):
    BODY_FORMED = "gatherings.body_formed"
    BODY_CHANGED = "gatherings.body_changed"
    MEMBER_NAMED = "gatherings.member_named"
    MEMBER_LEFT = "gatherings.member_left"
    DUTY_BEGUN = "gatherings.duty_begun"
    DUTY_DONE = "gatherings.duty_done"
    DUTY_LATE_TOLD = "gatherings.duty_late_told"
    MEMBERS_APPRAISED = "gatherings.members_appraised"
    PETITION_BEGUN = "gatherings.petition_begun"
    PETITION_SIGNED = "gatherings.petition_signed"
    PETITION_SHEET_COUNTED = "gatherings.petition_sheet_counted"
    PETITION_SHEET_DROPPED = "gatherings.petition_sheet_dropped"
    PETITION_DROPPED = "gatherings.petition_dropped"
    PLANNED = "gatherings.planned"
    NOTICED = "gatherings.noticed"
    OPENED = "gatherings.opened"
    SITTING_OPENED = "gatherings.sitting_opened"
    CLOSED = "gatherings.closed"
    PUBLISHED = "gatherings.published"
    CANCELLED = "gatherings.cancelled"
    ITEM_ADDED = "gatherings.item_added"
    ITEM_DROPPED = "gatherings.item_dropped"
    ITEM_HANDED_ON = "gatherings.item_handed_on"
    BALLOT_NOTED = "gatherings.ballot_noted"
    SIGNED_IN = "gatherings.signed_in"
    SPEAKER_LISTED = "gatherings.speaker_listed"
    SPEAKER_HEARD = "gatherings.speaker_heard"
    POINT_NOTED = "gatherings.point_noted"
    MINUTES_SAVED = "gatherings.minutes_saved"
    TEMPLATE_KEPT = "gatherings.template_kept"
    TEMPLATE_CHANGED = "gatherings.template_changed"
    TEMPLATE_ENDED = "gatherings.template_ended"
    MINUTES_APPROVED = "gatherings.minutes_approved", True
    RESOLUTION_PASSED = "gatherings.resolution_passed", True
    RESOLUTION_LOST = "gatherings.resolution_lost"
    RESOLUTION_FOLLOWED = "gatherings.resolution_followed"
    RESULT_RECORDED = "gatherings.result_recorded"
    POSTED = "gatherings.posted"
    TAKEN_DOWN = "gatherings.taken_down"
    OBJECTED = "gatherings.objected"
    OBJECTION_ANSWERED = "gatherings.objection_answered"
    POSTING_SETTLED = "gatherings.posting_settled"
    CLASSES_ADOPTED = "gatherings.classes_adopted"
    CLASS_CHANGED = "gatherings.class_changed"
    ACCOUNT_LAID_OPEN = "gatherings.account_laid_open"
    DISCLOSED = "gatherings.disclosed"
    EXPORTED = "gatherings.exported"
    FEED_MADE = "gatherings.feed_made"
    FEED_REVOKED = "gatherings.feed_revoked"
