"""An elected office kept and lost: the yearly appraisal, and who may ask for a recall.

Source: 城市居民委员会组织法 (in force 2026-01-01) 20 (罢免: a tenth of the voters or of the household
representatives, or a third of the residents' representatives) and 37 (民主评议 at least once a year; found
unfit twice in a row, the office ends).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from linli.gatherings.kinds import BodyKind, CalledBy, Finding
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.shares import ONE_TENTH, ONE_THIRD, Share

EVERY_MONTHS: Final = 12
IN_A_ROW: Final = 2
APPRAISED: Final = frozenset({BodyKind.RESIDENTS_COMMITTEE})

RECALL: Final[Mapping[CalledBy, Share]] = {
    CalledBy.ADULTS: ONE_TENTH,
    CalledBy.HOUSEHOLD_REPS: ONE_TENTH,
    CalledBy.REPS: ONE_THIRD,
}


def least_to_recall(by: CalledBy, whole: int) -> int:
    """How many of so many have to ask for a recall; the number itself is enough."""
    return RECALL[by].least(whole)


def ends_office(findings: Sequence[Finding]) -> bool:
    """Whether an office ends with what was found, the oldest first: unfit in the last two appraisals."""
    last = findings[-IN_A_ROW:]
    return len(last) == IN_A_ROW and all(each is Finding.UNFIT for each in last)


def may_appraise(kind: BodyKind, held_on: date, last: date | None, today: date) -> Decision:
    """Whether an appraisal held on a day can be written down: not before it was held, and in order, since
    two in a row are told by it."""
    if kind not in APPRAISED:
        return Denied("The law asks no yearly appraisal of this body.")
    if held_on > today:
        return Denied("The appraisal has not been held yet.")
    if last is not None and held_on <= last:
        return Denied(
            "An appraisal of %(day)s is on record. Write down a later one.", {"day": last.isoformat()}
        )
    return ALLOWED
