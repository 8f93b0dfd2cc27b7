"""What each kind of body must keep to: how often it meets, its notice, quorum, proxies, and who may call it.

Source: 城市居民委员会组织法 (in force 2026-01-01) art 26–29, 物业管理条例 art 13–14, 民法典 278 and 1259.
What the law leaves open is a community's house rule with a default here, and may be changed for each body.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from linli.gatherings.kinds import BodyKind, CalledBy, Entitled, Share
from linli.kernel.decision import ALLOWED, Decision, Denied

LONGEST_EVERY: Final = 12  # months; a body that meets more rarely meets by call
LONGEST_NOTICE: Final = 60  # days
MOST_PROXIES: Final = 3  # one person for at most three others, as in the election (art 19)

_STRICTNESS: Final = (Share.NONE, Share.MORE_THAN_HALF, Share.TWO_THIRDS)


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What holds for one body: it meets every so many months (None: by call), with days of notice, a quorum,
    and one person standing in for at most so many others."""

    every_months: int | None
    notice_days: int
    quorum: Share
    proxies_most: int


@dataclass(frozen=True, slots=True)
class Law:
    """What no house rule may undercut; 0, `NONE` and None where the law says nothing."""

    longest_months: int | None = None
    notice_days: int = 0
    may_be_urgent: bool = False
    quorum: Share = Share.NONE
    proxies_most: int = MOST_PROXIES
    calls: Mapping[CalledBy, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of body: the law on it, the house rules it begins with, who is counted, whether residents see
    its meetings, and whether it decides by ballot alone."""

    law: Law
    start: HouseRules
    entitled: Entitled = Entitled.MEMBERS
    is_public: bool = True
    decides_by_ballot: bool = False


_NO_LAW: Final = Law()

STANDINGS: Final[Mapping[BodyKind, Standing]] = {
    # 联席会议 at least quarterly, 党委会 monthly, 楼栋居民议事会 every two months: 东岳花苑's three meetings.
    BodyKind.JOINT_CONFERENCE: Standing(_NO_LAW, HouseRules(3, 3, Share.MORE_THAN_HALF, 1)),
    BodyKind.PARTY_COMMITTEE: Standing(
        Law(proxies_most=0), HouseRules(1, 1, Share.MORE_THAN_HALF, 0), is_public=False
    ),
    BodyKind.BUILDING_COUNCIL: Standing(_NO_LAW, HouseRules(2, 3, Share.MORE_THAN_HALF, 1)),
    BodyKind.SELF_MANAGEMENT: Standing(_NO_LAW, HouseRules(3, 1, Share.MORE_THAN_HALF, 1)),
    # 议事会、听证会、恳谈会 (art 32): by call, and who comes talks.
    BodyKind.DELIBERATION: Standing(_NO_LAW, HouseRules(None, 0, Share.NONE, 0), entitled=Entitled.NOBODY),
    BodyKind.RESIDENTS_ASSEMBLY: Standing(
        Law(
            notice_days=10,
            may_be_urgent=True,
            quorum=Share.MORE_THAN_HALF,
            calls={
                CalledBy.ADULTS: (1, 10),
                CalledBy.HOUSEHOLD_REPS: (1, 10),
                CalledBy.REPS: (1, 3),
            },
        ),
        HouseRules(None, 10, Share.MORE_THAN_HALF, MOST_PROXIES),
        entitled=Entitled.RESIDENTS,
    ),
    BodyKind.REP_ASSEMBLY: Standing(
        Law(longest_months=6, quorum=Share.TWO_THIRDS, proxies_most=0, calls={CalledBy.REPS: (1, 5)}),
        HouseRules(6, 3, Share.TWO_THIRDS, 0),
    ),
    # Its notice (条例 14) and who may call an extra meeting (条例 13); what it decides is counted by ballot.
    BodyKind.OWNERS_ASSEMBLY: Standing(
        Law(notice_days=15, quorum=Share.TWO_THIRDS, calls={CalledBy.OWNERS: (1, 5)}),
        HouseRules(None, 15, Share.TWO_THIRDS, MOST_PROXIES),
        entitled=Entitled.OWNERS,
        decides_by_ballot=True,
    ),
}


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


def least(share: Share, whole: int) -> int:
    """The smallest number that reaches the share of `whole`; integers only, and nobody is never enough.

    过半数 is strict, 三分之二以上 includes the number (民法典 1259).
    """
    if share is Share.NONE:
        return 0
    if share is Share.MORE_THAN_HALF:
        return whole // 2 + 1
    return max(1, -(-2 * whole // 3))


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
    part, whole = share
    if whole * callers < part * of:
        needed = -(-part * of // whole)
        return Denied(
            "%(callers)s of %(of)s is not enough: at least %(least)s have to ask for it.",
            {"callers": callers, "of": of, "least": needed},
        )
    return ALLOWED
