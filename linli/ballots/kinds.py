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


class AreaSource(StrEnum):
    """Where an area was taken from, the strongest first (区分所有权解释 art 8)."""

    REGISTER = "register"
    SURVEYED = "surveyed"
    CONTRACT = "contract"


class Event(EventKind):
    DRAFTED = "ballots.drafted"
