"""What a place may settle for itself about counting, what holds where it settled nothing, and what a ballot
keeps of it.

Each is local: cities write the shares of a lift into rules of their own, 从多 and how co-owners sign stand in
the rules a place gives itself. So each is noted with where it is written and the days it holds; what holds
otherwise stands here alone. No local rule asks for less than 民法典 278 does (a lift is its item 7, 改建).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from linli.ballots.kinds import HouseRuleKind, RuleName
from linli.ballots.rules import majorities
from linli.ballots.rules.majorities import NAMED, OWNERS, Rule
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.shares import Share

# What holds where nothing is noted. "" is off: nobody follows the majority, and of several who own a home
# together any one gives its one vote (解释 9: one head for each owned part).
DEFAULTS: Final[Mapping[HouseRuleKind, str]] = {
    HouseRuleKind.LIFT_QUORUM: str(NAMED[RuleName.LIFT].quorum),
    HouseRuleKind.LIFT_PASSING: str(NAMED[RuleName.LIFT].passing),
    HouseRuleKind.FOLLOW_MAJORITY: "",
    HouseRuleKind.CO_OWNERS_SIGN: "",
}
# What the law asks at least of what is a share.
LEAST: Final[Mapping[HouseRuleKind, Share | None]] = {
    HouseRuleKind.LIFT_QUORUM: NAMED[RuleName.OWNERS_SPECIAL].quorum,
    HouseRuleKind.LIFT_PASSING: NAMED[RuleName.OWNERS_SPECIAL].passing,
}
FOLLOWING: Final = OWNERS - {RuleName.OWNERS_UNANIMOUS}


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds for a ballot: a share where it is one, where it is written ("" where nothing is noted and
    the default holds), from when to when, and which note it was."""

    kind: HouseRuleKind
    value: str = ""
    source: str = ""
    starts: date | None = None
    until: date | None = None
    note: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it holds by a note: what is no share is off by default."""
        return bool(self.source)


def by_default(kind: HouseRuleKind) -> Settled:
    """What holds where nothing is noted."""
    return Settled(kind, DEFAULTS[kind])


def may_be(kind: HouseRuleKind, value: str) -> Decision:
    """Whether a place can settle this: a share that is no less than the law's; else that it holds."""
    least = LEAST.get(kind)
    if least is None:
        return ALLOWED if not value else Denied("This takes no share.")
    try:
        share = Share.parse(value)
    except ValueError:
        return Denied("Write the share like 4/5, or > 4/5 where it has to be more than that.")
    if not is_as_strict(share, least):
        return Denied(
            "The law asks for at least %(share)s here (Civil Code 278). A local rule may ask for more, never "
            "for less.",
            {"share": least.fraction},
        )
    return ALLOWED


def is_as_strict(share: Share, least: Share) -> bool:
    """Whether whatever reaches the one reaches the other too."""
    left, right = share.numerator * least.denominator, least.numerator * share.denominator
    return left > right or (left == right and (share.strict or not least.strict))


def applied(rule: Rule, settled: Mapping[HouseRuleKind, Settled]) -> Rule:
    """A rule as it counts in a place."""
    follow = settled.get(HouseRuleKind.FOLLOW_MAJORITY)
    if (
        follow is not None
        and follow.starts is not None
        and rule.name in concerned(HouseRuleKind.FOLLOW_MAJORITY)
    ):
        rule = replace(rule, follow=majorities.HouseRule(follow.source, follow.starts, follow.until))
    if rule.name == RuleName.LIFT:
        quorum, passing = (settled.get(kind) for kind in LEAST)
        rule = replace(rule, quorum=Share.parse(quorum.value)) if quorum else rule
        rule = replace(rule, passing=Share.parse(passing.value)) if passing else rule
    return rule


def concerned(kind: HouseRuleKind) -> frozenset[RuleName]:
    """The rules of questions that something settled concerns."""
    if kind in LEAST:
        return frozenset({RuleName.LIFT})
    return FOLLOWING if kind is HouseRuleKind.FOLLOW_MAJORITY else OWNERS


def concerning(rules: Iterable[str], settled: Mapping[HouseRuleKind, Settled]) -> list[Settled]:
    """What of it concerns a ballot with questions under these rules."""
    asked = set(rules)
    return [settled[kind] for kind in DEFAULTS if kind in settled and asked & concerned(kind)]


def written(settled: Iterable[Settled]) -> dict[str, dict[str, Any]]:
    """What a ballot keeps of the day it was announced."""
    return {
        each.kind.value: {
            "value": each.value,
            "source": each.source,
            "from": each.starts.isoformat() if each.starts else None,
            "until": each.until.isoformat() if each.until else None,
            "note": each.note,
        }
        for each in settled
    }


def read(kept: Mapping[str, Mapping[str, Any]]) -> dict[HouseRuleKind, Settled]:
    """The same, read again."""
    return {
        HouseRuleKind(kind): Settled(
            HouseRuleKind(kind), each["value"], each["source"], _day(each["from"]), _day(each["until"]),
            each["note"],
        )
        for kind, each in kept.items()
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
