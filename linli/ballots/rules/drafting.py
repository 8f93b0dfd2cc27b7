"""Whether a ballot fits together before anybody is told of it, and what the policies have to know of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from linli.ballots.kinds import Channel, Electorate, Measure, Method, OwnersMatter, PartKind, RuleName
from linli.ballots.rules import owners_matters, timetable
from linli.ballots.rules.answers import WEIGHING_AREA, WITH_OPTIONS
from linli.ballots.rules.majorities import ELECTIONS, NAMED, OWNERS

FEWEST_TO_CHOOSE: Final = 2
LONGEST_TITLE: Final = 80
LONGEST_QUESTION: Final = 200

# Whose decision a rule is made for; a rule that is not named here may be used with anybody.
ASKED_OF: Final = {
    **dict.fromkeys(OWNERS, frozenset({Electorate.OWNERS})),
    RuleName.RESIDENTS_ASSEMBLY: frozenset({Electorate.RESIDENTS, Electorate.HOUSEHOLDS}),
    RuleName.REP_ASSEMBLY: frozenset({Electorate.MEMBERS}),
    RuleName.ELECTION_VOTERS: frozenset({Electorate.RESIDENTS}),
    RuleName.ELECTION_HOUSEHOLDS: frozenset({Electorate.HOUSEHOLDS}),
    RuleName.ELECTION_REPS: frozenset({Electorate.MEMBERS}),
}

# What a representatives' assembly decides, and no other body (居民委员会组织法 19, 29).
OF_REPS: Final = frozenset({RuleName.REP_ASSEMBLY, RuleName.ELECTION_REPS})

MAJORITY_OF_THE_LAW: Final = {
    RuleName.OWNERS_ORDINARY: "For this matter the law asks for the owners’ ordinary majority. Choose it.",
    RuleName.OWNERS_SPECIAL: "For this matter the law asks for the owners’ special majority. Choose it.",
}


# What concerns the owners of one building or entrance alone they decide by the same shares, counted among
# them (上海市住宅物业管理规定 69). Where the law asks the owners of a part and no others: of a lift the
# building or entrance it serves; of business in a home all the others of its building (民法典 279, 解释 11).
DECIDED_IN: Final = {
    RuleName.LIFT: frozenset({"building", "entrance"}),
    RuleName.OWNERS_UNANIMOUS: frozenset({"building"}),
}
WHERE_IT_IS_DECIDED: Final = {
    RuleName.LIFT: "A lift is decided by the owners of its building or entrance. Choose that place.",
    RuleName.OWNERS_UNANIMOUS: "Here the owners of one building have to agree. Choose that building.",
}

# Business in a home (住改商, 民法典 279): its own owners are left out of the roll. What has a roll of its own
# stands alone.
CONVERSION: Final = frozenset({RuleName.OWNERS_UNANIMOUS})
ALONE: Final = {
    ELECTIONS: "An election stands alone: ask the other questions in a ballot of their own.",
    CONVERSION: "Business in a home stands alone: ask the other questions in a ballot of their own.",
}

# What says only which option comes first, and the rules that ask for nothing more.
RANKING: Final = frozenset({Method.SCORE, Method.RANKED})
RANKED_UNDER: Final = frozenset({RuleName.SIMPLE, RuleName.OPINION})


@dataclass(frozen=True, slots=True)
class About:
    """What a policy has to know of a ballot."""

    place_path: str
    state: str
    is_secret: bool
    channels: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    is_frozen: bool = False
    objections_until: date | None = None
    is_printed: bool = False
    electorate: str = ""
    is_by_hand: bool = False
    is_second_round: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is drafted; `options` are titles with their costs."""

    title: str
    method: Method = Method.YES_NO
    rule: RuleName = RuleName.SIMPLE
    every_part: bool = False
    is_runoff: bool = False
    seats: int = 1
    at_most: int = 1
    fund: int = 0
    options: tuple[tuple[str, int], ...] = ()
    matter: OwnersMatter | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A ballot as it is drafted: whom it asks, how votes come in, from when to when, and what it asks."""

    title: str
    electorate: Electorate
    opens_at: datetime
    closes_at: datetime
    questions: tuple[Asked, ...]
    body: str = ""
    part_kind: PartKind = PartKind.NONE
    is_secret: bool = False
    channels: frozenset[Channel] = field(default_factory=lambda: frozenset(Channel))
    applicant: UUID | None = None  # the home that is to be used for business


def faults(plan: Plan, place_kind: str) -> Iterator[str]:
    """What does not fit together, as msgids; nothing for a sound plan."""
    if not plan.title or not plan.questions or not all(each.title for each in plan.questions):
        yield "A ballot needs a title, and each question its words."
    if plan.closes_at <= plan.opens_at:
        yield "Voting ends after it begins."
    if not plan.channels:
        yield "Choose at least one way to vote."
    if plan.electorate is Electorate.OWNERS and plan.is_secret:
        yield "Owners vote by name: the law counts their areas."
    if plan.part_kind is PartKind.FLOOR and place_kind != "entrance":
        yield "Floors are told apart within one entrance only."
    if plan.electorate is Electorate.ANYONE and any(
        each.rule is not RuleName.OPINION for each in plan.questions
    ):
        yield "Where anyone is asked, it is for an opinion only: nothing can be decided by it."
    for stands_alone, words in ALONE.items():
        if len({asked.rule in stands_alone for asked in plan.questions}) > 1:
            yield words
    yield from _conversion_faults(plan)
    for asked in plan.questions:
        yield from _question_faults(plan, asked)
        if place_kind not in DECIDED_IN.get(asked.rule, {place_kind}):
            yield WHERE_IT_IS_DECIDED[asked.rule]


def _conversion_faults(plan: Plan) -> Iterator[str]:
    is_conversion = any(asked.rule in CONVERSION for asked in plan.questions)
    if is_conversion and plan.applicant is None:
        yield "Say which home is to be used for business: all owners of its building but its own are asked."
    if plan.applicant is not None and not is_conversion:
        yield "A home is named only where all owners affected have to agree that it is used for business."


def _question_faults(plan: Plan, asked: Asked) -> Iterator[str]:
    allowed = ASKED_OF.get(asked.rule)
    if allowed is not None and plan.electorate not in allowed:
        yield "This majority is not made for those who are asked. Choose another one."
    if asked.matter is not None and not owners_matters.is_decided_by(asked.matter, asked.rule):
        yield MAJORITY_OF_THE_LAW[owners_matters.MAJORITY[asked.matter]]
    if asked.rule in ELECTIONS and (not plan.is_secret or Channel.ONLINE in plan.channels):
        yield "A residents’ committee is elected in secret and on paper."
    if asked.rule in ELECTIONS and Channel.DOORSTEP in plan.channels:
        yield "In an election no vote is taken at the door: each is written in secret, in a booth."
    if asked.rule in ELECTIONS and asked.method is not Method.CHOOSE:
        yield "In an election voters choose among candidates."
    if asked.is_runoff and asked.rule not in ELECTIONS:
        yield "Only an election has a second round where one third is enough."
    if Measure.AREA in NAMED[asked.rule].measures and asked.method not in WEIGHING_AREA:
        yield "Points, ranks and projects count heads only; this majority counts areas too."
    if asked.method in RANKING and asked.rule not in RANKED_UNDER:
        yield (
            "Points and an order say only what comes first, so this majority cannot be checked. Choose "
            "“Choose among several” or “For or against”, or let the most votes decide."
        )
    if asked.every_part and (plan.part_kind is PartKind.NONE or asked.method in WITH_OPTIONS):
        yield "Say what the place is divided into before every part has to pass."
    if asked.every_part and plan.is_secret:
        yield "A secret vote is not counted by parts."
    if asked.method in WITH_OPTIONS:
        yield from _option_faults(asked)


def _option_faults(asked: Asked) -> Iterator[str]:
    titles = [title for title, _cost in asked.options]
    if len(titles) < (1 if asked.method is Method.BUDGET or asked.is_runoff else FEWEST_TO_CHOOSE):
        yield "Write what there is to choose from, one on each line."
    if len(set(titles)) != len(titles):
        yield "Two things to choose have the same name."
    if asked.method is Method.BUDGET and not max((cost for _title, cost in asked.options), default=0) > 0:
        yield "Write what each project costs."
    if asked.method is Method.BUDGET and any(cost > asked.fund for _title, cost in asked.options):
        yield "A project costs more than there is to spend."


def notice_days(rules: Sequence[RuleName]) -> int:
    """The longest notice any of the questions needs."""
    return max((timetable.notice_days(rule) for rule in rules), default=0)


def roll_days(rules: Sequence[RuleName]) -> int:
    """The longest time any of the questions needs the roll to be out."""
    return max((timetable.roll_days(rule) for rule in rules), default=0)


def asked_of(rule: str) -> dict[str, str]:
    """Whose decision a rule is made for, where it is one group's alone: what a draft may begin with."""
    allowed = ASKED_OF.get(RuleName(rule), frozenset()) if rule in set(RuleName) else frozenset()
    return {"electorate": next(iter(allowed)).value} if len(allowed) == 1 else {}


def option_code(order: int) -> str:
    """What an option is called on paper and in the file: A to Z, then A1 and on."""
    letter = chr(ord("A") + order % 26)
    return letter if order < 26 else f"{letter}{order // 26}"
