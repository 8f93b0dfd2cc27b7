"""Names of ballots: how one is given, what decides it, who is asked, by which way a vote comes in."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class Method(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOOSE = "choose"
    SCORE = "score"
    RANKED = "ranked"
    SATISFACTION = "satisfaction"
    CONSENT = "consent"
    BUDGET = "budget"


class RuleName(StrEnum):
    """What decides a question; the numbers behind each are in `rules.majorities.NAMED`."""

    OWNERS_ORDINARY = "owners_ordinary"
    OWNERS_SPECIAL = "owners_special"
    LIFT = "lift"
    OWNERS_UNANIMOUS = "owners_unanimous"
    RESIDENTS_ASSEMBLY = "residents_assembly"
    REP_ASSEMBLY = "rep_assembly"
    ELECTION_VOTERS = "election_voters"
    ELECTION_HOUSEHOLDS = "election_households"
    ELECTION_REPS = "election_reps"
    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    TWO_THIRDS = "two_thirds"
    OPINION = "opinion"


class OwnersMatter(StrEnum):
    """What owners decide together: the items of 民法典 278, in their order."""

    PROCEDURE = "procedure"
    COVENANT = "covenant"
    COMMITTEE = "committee"
    MANAGER = "manager"
    USE_FUND = "use_fund"
    RAISE_FUND = "raise_fund"
    REBUILD = "rebuild"
    CHANGE_USE = "change_use"
    OTHER = "other"


class Duty(StrEnum):
    """What has to follow a decision within days."""

    FIRST_MEETING = "first_meeting"
    FILING = "filing"
    HANDOVER = "handover"


class Measure(StrEnum):
    """What is counted: area of owned parts in 0.01 m², or heads."""

    AREA = "area"
    HEADS = "heads"


class Base(StrEnum):
    """What the share needed to pass is a share of."""

    TOOK_PART = "took_part"
    ENTITLED = "entitled"
    FOR_AND_AGAINST = "for_and_against"


class Side(StrEnum):
    """Where an answer stands on a question that is for or against something."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    SPOILT = "spoilt"


class Consent(StrEnum):
    """Answers to a question that passes unless somebody objects."""

    CONSENT = "consent"
    OBJECT = "object"
    ABSTAIN = "abstain"


class Channel(StrEnum):
    """By which way a vote came in. All of them run into one tally."""

    ONLINE = "online"
    DOORSTEP = "doorstep"
    PAPER = "paper"
    MEETING = "meeting"


class Electorate(StrEnum):
    """Who is asked."""

    OWNERS = "owners"
    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    VOLUNTEERS = "volunteers"
    ANYONE = "anyone"


class PartKind(StrEnum):
    """What a place is divided into where every part has to pass by itself, or is only shown apart."""

    NONE = ""
    BUILDING = "building"
    ENTRANCE = "entrance"
    FLOOR = "floor"


class BallotState(StrEnum):
    """How far a ballot is."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class SheetState(StrEnum):
    """How far a sheet of paper is: printed, entered by one, confirmed by another, or set aside."""

    PRINTED = "printed"
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class VisitOutcome(StrEnum):
    """What a visit at the door came to. Only staff of the ballot see it."""

    DELIVERED = "delivered"
    ABSENT = "absent"
    REFUSED = "refused"
    AGREED = "agreed"


class Ruling(StrEnum):
    """What came of an objection to the roll."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class HouseRuleKind(StrEnum):
    """What a place may settle for itself, with the days it holds and where it is written."""

    FOLLOW_MAJORITY = "follow_majority"
    LIFT_QUORUM = "lift_quorum"
    LIFT_PASSING = "lift_passing"
    CO_OWNERS_SIGN = "co_owners_sign"


class Power(StrEnum):
    RUN = "ballot.run"
    ENTER = "ballot.enter"


class Event(EventKind):
    DRAFTED = "ballots.drafted"
    CHANGED = "ballots.changed"
    ANNOUNCED = "ballots.announced", True
    ROLL_FROZEN = "ballots.roll_frozen"
    OBJECTED = "ballots.objected"
    OBJECTION_RULED = "ballots.objection_ruled"
    NOMINATED = "ballots.nominated"
    NOMINATION_WITHDRAWN = "ballots.nomination_withdrawn"
    OPENED = "ballots.opened"
    CAST = "ballots.cast"
    SHEETS_PRINTED = "ballots.sheets_printed"
    SHEET_ENTERED = "ballots.sheet_entered"
    SHEET_CONFIRMED = "ballots.sheet_confirmed"
    SHEET_REJECTED = "ballots.sheet_rejected"
    PAPER_TAKEN = "ballots.paper_taken"
    VISITED = "ballots.visited"
    PROXY_GIVEN = "ballots.proxy_given"
    PROXY_WITHDRAWN = "ballots.proxy_withdrawn"
    HAND_COUNT_ENTERED = "ballots.hand_count_entered"
    HAND_COUNT_CONFIRMED = "ballots.hand_count_confirmed"
    HAND_COUNT_SET_ASIDE = "ballots.hand_count_set_aside"
    CLOSED = "ballots.closed"
    COUNTED = "ballots.counted"
    RESULT_PUBLISHED = "ballots.result_published", True
    WITHDRAWN = "ballots.withdrawn"
    EXPORTED = "ballots.exported"
    HOUSE_RULE_SET = "ballots.house_rule_set"
    HOUSE_RULE_ENDED = "ballots.house_rule_ended"
