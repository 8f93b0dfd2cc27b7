"""What each kind of body must keep to: how often it meets, its notice, quorum, proxies, and who may call it.

Source: 城市居民委员会组织法 (in force 2026-01-01) art 26–29, 物业管理条例 art 13–14, 民法典 278 and 1259.
What the law leaves open is a community's house rule with a default here, and may be changed for each body.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from linli.gatherings.kinds import BodyKind, CalledBy, Entitled, Presence
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.shares import MORE_THAN_HALF, ONE_FIFTH, ONE_TENTH, ONE_THIRD, TWO_THIRDS, Share

LONGEST_EVERY: Final = 12  # months; a body that meets more rarely meets by call
LONGEST_NOTICE: Final = 60  # days
MOST_PROXIES: Final = 3  # one person for at most three others, as in the election (art 19)

# 过半数 is strict, 三分之二以上 includes the number (民法典 1259); from the laxest to the strictest.
SHARES: Final[Mapping[Presence, Share | None]] = {
    Presence.NONE: None,
    Presence.MORE_THAN_HALF: MORE_THAN_HALF,
    Presence.TWO_THIRDS: TWO_THIRDS,
}
_STRICTNESS: Final = tuple(SHARES)


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What holds for one body: it meets every so many months (None: by call), with days of notice, a quorum,
    and one person standing in for at most so many others."""

    every_months: int | None
    notice_days: int
    quorum: Presence
    proxies_most: int


@dataclass(frozen=True, slots=True)
class Law:
    """What no house rule may undercut; 0, `NONE` and None where the law says nothing.

    `counts_hands`: it passes with more than half of those present, so every decision has its count.
    """

    longest_months: int | None = None
    notice_days: int = 0
    may_be_urgent: bool = False
    quorum: Presence = Presence.NONE
    counts_hands: bool = False
    proxies_most: int = MOST_PROXIES
    calls: Mapping[CalledBy, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of body: the law on it, the house rules it begins with, who is counted, whether residents see
    its meetings, whether it decides by ballot alone, and whether a place may have several of the kind."""

    law: Law
    start: HouseRules
    entitled: Entitled = Entitled.MEMBERS
    is_public: bool = True
    decides_by_ballot: bool = False
    may_be_several: bool = False


_NO_LAW: Final = Law()

STANDINGS: Final[Mapping[BodyKind, Standing]] = {
    # 联席会议 at least quarterly, 党委会 monthly, 楼栋居民议事会 every two months: 东岳花苑's three meetings.
    BodyKind.JOINT_CONFERENCE: Standing(_NO_LAW, HouseRules(3, 3, Presence.MORE_THAN_HALF, 1)),
    BodyKind.PARTY_COMMITTEE: Standing(
        Law(proxies_most=0), HouseRules(1, 1, Presence.MORE_THAN_HALF, 0), is_public=False
    ),
    BodyKind.BUILDING_COUNCIL: Standing(_NO_LAW, HouseRules(2, 3, Presence.MORE_THAN_HALF, 1)),
    BodyKind.SELF_MANAGEMENT: Standing(_NO_LAW, HouseRules(3, 1, Presence.MORE_THAN_HALF, 1)),
    # 议事会、听证会、恳谈会 (art 32): by call, and who comes talks.
    BodyKind.DELIBERATION: Standing(_NO_LAW, HouseRules(None, 0, Presence.NONE, 0), entitled=Entitled.NOBODY),
    # 志愿服务队 meets by call; the law (志愿服务条例) leaves how it decides to the team.
    BodyKind.VOLUNTEERS: Standing(
        _NO_LAW, HouseRules(None, 0, Presence.MORE_THAN_HALF, 1), may_be_several=True
    ),
    # 居委会, 居务监督委员会, 业委会: who sits in them is the law's (`rules.composition`), when they meet is
    # theirs. Somebody elected to an office answers for it in person, so nobody stands in.
    BodyKind.RESIDENTS_COMMITTEE: Standing(_NO_LAW, HouseRules(1, 1, Presence.MORE_THAN_HALF, 0)),
    BodyKind.SUPERVISORY: Standing(_NO_LAW, HouseRules(3, 1, Presence.MORE_THAN_HALF, 0)),
    BodyKind.OWNERS_COMMITTEE: Standing(_NO_LAW, HouseRules(3, 3, Presence.MORE_THAN_HALF, 0)),
    BodyKind.RESIDENTS_ASSEMBLY: Standing(
        Law(
            notice_days=10,
            may_be_urgent=True,
            quorum=Presence.MORE_THAN_HALF,
            counts_hands=True,
            calls={
                CalledBy.ADULTS: ONE_TENTH,
                CalledBy.HOUSEHOLD_REPS: ONE_TENTH,
                CalledBy.REPS: ONE_THIRD,
            },
        ),
        HouseRules(None, 10, Presence.MORE_THAN_HALF, MOST_PROXIES),
        entitled=Entitled.RESIDENTS,
    ),
    BodyKind.REP_ASSEMBLY: Standing(
        Law(
            longest_months=6,
            quorum=Presence.TWO_THIRDS,
            counts_hands=True,
            proxies_most=0,
            calls={CalledBy.REPS: ONE_FIFTH},
        ),
        HouseRules(6, 3, Presence.TWO_THIRDS, 0),
    ),
    # Its notice (条例 14) and who may call an extra meeting (条例 13); what it decides is counted by ballot.
    BodyKind.OWNERS_ASSEMBLY: Standing(
        Law(notice_days=15, quorum=Presence.TWO_THIRDS, calls={CalledBy.OWNERS: ONE_FIFTH}),
        HouseRules(None, 15, Presence.TWO_THIRDS, MOST_PROXIES),
        entitled=Entitled.OWNERS,
        decides_by_ballot=True,
    ),
}


def counts_hands(kind: BodyKind | None) -> bool:
    """Whether this kind of body passes nothing without a count (组织法 27, 29); a talk on the spot does."""
    return kind is not None and STANDINGS[kind].law.counts_hands


def are_sound(kind: BodyKind, rules: HouseRules) -> Decision:
    """Whether house rules keep to the law on this kind of body: stricter is allowed, laxer is not."""
    law = STANDINGS[kind].law
    if rules.every_months is not None and not 1 <= rules.every_months <= LONGEST_EVERY:
        return Denied("A body meets every 1 to %(most)s months, or by call.", {"most": LONGEST_EVERY})
    if law.longest_months is not None and (rules.every_months or LONGEST_EVERY + 1) > law.longest_months:
        return Denied("By law it meets at least once in %(months)s months.", {"months": law.longest_months})
    if not law.notice_days <= rules.notice_days <= LONGEST_NOTICE:
        return Denied(
            "Its notice is from %(least)s to %(most)s days.",
            {"least": law.notice_days, "most": LONGEST_NOTICE},
        )
    if _STRICTNESS.index(rules.quorum) < _STRICTNESS.index(law.quorum):
        return Denied("The law asks that more of those entitled are present.")
    if not 0 <= rules.proxies_most <= law.proxies_most:
        return Denied("Here one person may stand in for at most %(most)s others.", {"most": law.proxies_most})
    return ALLOWED


def least(presence: Presence, whole: int) -> int:
    """The smallest number of `whole` that is enough; nobody is never enough where a quorum is asked for."""
    share = SHARES[presence]
    return share.least(whole) if share else 0


def may_call(kind: BodyKind, by: CalledBy, callers: int, of: int) -> Decision:
    """Whether a meeting may be called: by the body itself, or by enough of those who may ask for one.

    居委会组织法 26: 1/10 of adults or of household representatives, or 1/3 of the representatives; 28: 1/5 of
    the representatives; 物业管理条例 13: 20 % of the owners. All of these include the number.
    """
    if by is CalledBy.ITSELF:
        return ALLOWED
    share = STANDINGS[kind].law.calls.get(by)
    if share is None:
        return Denied("A meeting of this body is not called this way.")
    if not 0 < callers <= of:
        return Denied("Say how many asked for the meeting, and of how many.")
    if not share.holds(callers, of):
        return Denied(
            "%(callers)s of %(of)s is not enough: at least %(least)s have to ask for it.",
            {"callers": callers, "of": of, "least": share.least(of)},
        )
    return ALLOWED
