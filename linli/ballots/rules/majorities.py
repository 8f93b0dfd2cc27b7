"""What decides a question: the rules with their numbers, and whether a count meets them.

Sources: 民法典 278, 279; 城市居民委员会组织法 (in force 2026-01-01) arts 19, 27, 29; for what is local, the
dated house rule that names its source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from linli.ballots.kinds import Base, Measure, RuleName
from linli.ballots.rules.weights import NOTHING, Weight
from linli.kernel.shares import (
    MORE_THAN_HALF,
    MORE_THAN_TWO_THIRDS,
    ONE_THIRD,
    THREE_QUARTERS,
    TWO_THIRDS,
    WHOLE,
    Share,
)

HEADS: Final = (Measure.HEADS,)
BOTH: Final = (Measure.AREA, Measure.HEADS)


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A local option with the days it holds (last one included) and where it is written."""

    source: str
    starts: date
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.starts <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a question needs.

    quorum: the share of everybody entitled that has to take part. passing: the share of `base` that has to
    agree; None where only an opinion is asked. Both hold by every measure. every_part: every part of the
    place (entrance, floor) passes by itself too. consents: everybody marked on the roll agrees as well.
    follow: non-voters are counted with the majority (从多), off unless a dated house rule says so.
    """

    name: str
    measures: tuple[Measure, ...] = HEADS
    quorum: Share | None = None
    passing: Share | None = MORE_THAN_HALF
    base: Base = Base.TOOK_PART
    every_part: bool = False
    follow: HouseRule | None = None


# 过半数 of those who vote, after 过半数 (by heads), or ≥ ⅔ of the representatives, have come.
NAMED: Final[Mapping[RuleName, Rule]] = {
    RuleName.OWNERS_ORDINARY: Rule("owners_ordinary", BOTH, TWO_THIRDS, MORE_THAN_HALF),
    RuleName.OWNERS_SPECIAL: Rule("owners_special", BOTH, TWO_THIRDS, THREE_QUARTERS),
    # Local: what holds where a place has noted no other shares (`rules.local`).
    RuleName.LIFT: Rule("lift", BOTH, TWO_THIRDS, THREE_QUARTERS),
    RuleName.OWNERS_UNANIMOUS: Rule("owners_unanimous", HEADS, WHOLE, WHOLE, Base.ENTITLED),
    RuleName.RESIDENTS_ASSEMBLY: Rule("residents_assembly", HEADS, MORE_THAN_HALF, MORE_THAN_HALF),
    RuleName.REP_ASSEMBLY: Rule("rep_assembly", HEADS, TWO_THIRDS, MORE_THAN_HALF),
    RuleName.ELECTION_VOTERS: Rule("election_voters", HEADS, MORE_THAN_HALF, MORE_THAN_HALF),
    RuleName.ELECTION_HOUSEHOLDS: Rule("election_households", HEADS, MORE_THAN_HALF, MORE_THAN_HALF),
    RuleName.ELECTION_REPS: Rule("election_reps", HEADS, MORE_THAN_TWO_THIRDS, MORE_THAN_HALF),
    RuleName.SIMPLE: Rule("simple", HEADS, None, MORE_THAN_HALF, Base.FOR_AND_AGAINST),
    RuleName.ABSOLUTE: Rule("absolute", HEADS, None, MORE_THAN_HALF, Base.ENTITLED),
    RuleName.TWO_THIRDS: Rule("two_thirds", HEADS, None, TWO_THIRDS),
    RuleName.OPINION: Rule("opinion", HEADS, None, None),
}
OWNERS: Final = frozenset(
    {RuleName.OWNERS_ORDINARY, RuleName.OWNERS_SPECIAL, RuleName.LIFT, RuleName.OWNERS_UNANIMOUS}
)
ELECTIONS: Final = frozenset({RuleName.ELECTION_VOTERS, RuleName.ELECTION_HOUSEHOLDS, RuleName.ELECTION_REPS})


def runoff(rule: Rule) -> Rule:
    """The rule of a second round: one third of the votes cast is enough (组织法 art 19). The law knows it for
    elections of the residents' committee alone: any other rule stays as it is."""
    return replace(rule, passing=ONE_THIRD) if rule.name in ELECTIONS else rule


def is_runoff(rule: Rule) -> bool:
    """Whether it is the rule of a second round."""
    return rule.name in ELECTIONS and rule.passing == ONE_THIRD


@dataclass(frozen=True, slots=True)
class Count:
    """The figures of one question in one place or part. What took part is not less than all answers."""

    entitled: Weight
    took_part: Weight = NOTHING
    yes: Weight = NOTHING
    no: Weight = NOTHING
    abstain: Weight = NOTHING
    spoilt: Weight = NOTHING
    followed: Weight = NOTHING  # of these, counted with the majority without having voted
    consents_needed: int = 0
    consents: int = 0

    def of(self, base: Base, measure: Measure) -> int:
        """The whole that the share of yes is taken of."""
        if base is Base.ENTITLED:
            return amount(self.entitled, measure)
        if base is Base.FOR_AND_AGAINST:
            return amount(self.yes + self.no, measure)
        return amount(self.took_part, measure)


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: `have` of `whole` against a share. `what` is participation, approval or consent."""

    what: str
    measure: Measure
    have: int
    whole: int
    share: Share
    part: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is enough."""
        return self.share.holds(self.have, self.whole)

    @property
    def needed(self) -> int:
        """How many would be enough."""
        return self.share.least(self.whole)


PARTICIPATION: Final = "participation"
APPROVAL: Final = "approval"
CONSENT: Final = "consent"


def amount(weight: Weight, measure: Measure) -> int:
    """A weight by one measure."""
    return weight.area if measure is Measure.AREA else weight.heads


def participation(rule: Rule, count: Count, part: str = "") -> Iterator[Check]:
    """Whether enough took part, by every measure."""
    if rule.quorum is not None:
        for measure in rule.measures:
            took, entitled = amount(count.took_part, measure), amount(count.entitled, measure)
            yield Check(PARTICIPATION, measure, took, entitled, rule.quorum, part)


def approval(rule: Rule, count: Count, part: str = "") -> Iterator[Check]:
    """Whether enough agree, by every measure; and whether everybody whose consent is needed gave it."""
    if rule.passing is not None:
        for measure in rule.measures:
            yes, whole = amount(count.yes, measure), count.of(rule.base, measure)
            yield Check(APPROVAL, measure, yes, whole, rule.passing, part)
    yield from consent(count, part)


def consent(count: Count, part: str = "") -> Iterator[Check]:
    """Whether everybody whose consent is needed besides gave it."""
    if count.consents_needed:
        yield Check(CONSENT, Measure.HEADS, count.consents, count.consents_needed, WHOLE, part)


def checks(rule: Rule, count: Count, part: str = "") -> list[Check]:
    """Every comparison of the rule, participation first."""
    return [*participation(rule, count, part), *approval(rule, count, part)]


def follow_majority(rule: Rule, count: Count, unreturned: Weight, held_on: date | None) -> Count:
    """The count with those who got a ballot and did not return it added to the majority (从多).

    Only while a house rule is in force on the day of the ballot. The majority is the answer of more than half
    of those who voted, by every measure of the rule; where there is none, nobody is added.
    """
    if rule.follow is None or held_on is None or not rule.follow.in_force(held_on):
        return count
    for side in ("yes", "no"):
        given: Weight = getattr(count, side)
        if all(
            MORE_THAN_HALF.holds(amount(given, each), amount(count.took_part, each)) for each in rule.measures
        ):
            count = replace(count, followed=unreturned, took_part=count.took_part + unreturned)
            return (
                replace(count, yes=given + unreturned)
                if side == "yes"
                else replace(count, no=given + unreturned)
            )
    return count
