"""When what has to happen: notice, objection, ruling, voting, publication, and what follows a decision.

"15日前" counts back without the day itself; days after an event exclude the day of the event (民法典 201).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from linli.ballots.kinds import Duty, OwnersMatter, RuleName
from linli.ballots.rules.majorities import ELECTIONS, OWNERS
from linli.kernel.durations import count_back

OWNERS_NOTICE: Final = 15  # days to all owners: 物业管理条例 art 14
ASSEMBLY_NOTICE: Final = 10  # days to residents: 居民委员会组织法 art 26
VOTER_ROLL: Final = 20  # days the roll of voters is out before an election: art 17
OBJECTION: Final = 5  # days to object to the roll: art 17
RULING: Final = 3  # days to rule on an objection: art 17
PUBLICATION: Final = 15  # days a result stays posted: art 34
REVOCATION_YEARS: Final = 1  # to ask a court to revoke, from knowing: 民法典 280, 解释 art 12
FIRST_MEETING: Final = 7  # days after an owners' committee is elected: 建房〔2009〕274号 art 32
FILING: Final = 30  # days to file it, or a change of it, with the street and the district: arts 33, 34
HANDOVER: Final = 10  # days from the old residents' committee to the new: 组织法 art 25


def notice_days(rule: RuleName) -> int:
    """Days between the announcement and the first vote that the law asks for; 0 where it asks for none."""
    if rule in OWNERS:
        return OWNERS_NOTICE
    if rule in ELECTIONS:
        return VOTER_ROLL
    return ASSEMBLY_NOTICE if rule is RuleName.RESIDENTS_ASSEMBLY else 0


def announce_by(opens: date, days: int) -> date:
    """The last day to announce a ballot that opens on a day."""
    return count_back(opens, days)


def is_announced_in_time(announced: date, opens: date, days: int) -> bool:
    """Whether the full notice lies between: the opening day itself is not counted."""
    return announced <= announce_by(opens, days)


def roll_days(rule: RuleName) -> int:
    """Days the roll itself has to be out before the first vote; 0 where the law sets none."""
    return VOTER_ROLL if rule in ELECTIONS else 0


def objection_ends(published: date) -> date:
    """The last day to object to a roll, the day it was published not counted."""
    return published + timedelta(days=OBJECTION)


def roll_out_since(objections_until: date) -> date:
    """The day a roll was first published. Written anew after a ruling it keeps its last day to object, and so
    this day too."""
    return objections_until - timedelta(days=OBJECTION)


@dataclass(frozen=True, slots=True)
class VoterRoll:
    """The roll of an election in time: by when it has to be out, since when it is (None: not yet), and the
    first day on which voting can begin."""

    by: date
    since: date | None
    earliest: date

    def is_in_time(self, opens: date) -> bool:
        """Whether voting can begin on the day."""
        return self.earliest <= opens


def voter_roll(opens: date, days: int, objections_until: date | None, today: date) -> VoterRoll:
    """Where the roll of a ballot stands that has to be out for some days (组织法 art 17: 20) before the day
    voting begins, that day itself not counted; not published yet, it is reckoned from today."""
    since = roll_out_since(objections_until) if objections_until is not None else None
    return VoterRoll(announce_by(opens, days), since, (since or today) + timedelta(days=days))


def ruling_due(objected: date) -> date:
    """The last day to rule on an objection."""
    return objected + timedelta(days=RULING)


def posted_until(published: date) -> date:
    """The last day a result stays posted."""
    return published + timedelta(days=PUBLICATION)


def revocable_until(known: date) -> date:
    """The last day an owner can ask a court to revoke a decision that harms them, from the day they knew.

    民法典 280 with 区分所有权解释 12: one year from knowing or having to know, at the latest when the result
    is announced. 民法典 201, 202: that day itself is not counted, and it ends on the same day a year on, or
    on the last day of that month. Were this a holiday it would end a working day later (203); no calendar is
    out that far ahead, so the earlier day is named.
    """
    try:
        return known.replace(year=known.year + REVOCATION_YEARS)
    except ValueError:  # 29 February
        return known.replace(year=known.year + REVOCATION_YEARS, day=28)


def following(
    rule: RuleName, matter: OwnersMatter | None, decided: date, *, is_choice: bool
) -> dict[Duty, date]:
    """What has to follow a decision, each with its last day, the day it was decided not counted.

    A newly elected owners' committee meets and is filed; where members were only replaced, that is filed. The
    residents' committee that goes hands over to the one elected. `is_choice`: somebody was chosen.
    """
    days: dict[Duty, int] = {}
    if rule in ELECTIONS:
        days = {Duty.HANDOVER: HANDOVER}
    elif matter is OwnersMatter.COMMITTEE:
        days = (
            {Duty.FIRST_MEETING: FIRST_MEETING, Duty.FILING: FILING} if is_choice else {Duty.FILING: FILING}
        )
    return {duty: decided + timedelta(days=each) for duty, each in days.items()}
