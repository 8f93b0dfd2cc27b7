"""公示: how long something is posted, when an objection can be made, and when a posting is settled.

Source: 城市居民委员会组织法 34 (at least 15 days for 居务公开); 民法典 201 (the first day is not counted).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from linli.gatherings.kinds import PostingKind
from linli.kernel.decision import ALLOWED, Decision, Denied

# The least by law for 居务公开; for what a meeting resolved the law names none.
LEAST_DAYS: Final[Mapping[PostingKind, int]] = {PostingKind.AFFAIRS: 15, PostingKind.RESOLUTIONS: 1}
USUAL_DAYS: Final[Mapping[PostingKind, int]] = {PostingKind.AFFAIRS: 15, PostingKind.RESOLUTIONS: 7}
LONGEST_DAYS: Final = 180
LONGEST_TITLE: Final = 80
LONGEST_WORDS: Final = 5000
LONGEST_OBJECTION: Final = 1000
LONGEST_WHERE: Final = 80
LONGEST_REASON: Final = 300


def last_day(starts: date, days: int) -> date:
    """The last day of so many days of posting: the day it goes up is not counted."""
    return starts + timedelta(days=days)


def is_long_enough(kind: PostingKind, days: int) -> Decision:
    """Whether something is posted for as long as its kind asks."""
    if LEAST_DAYS[kind] <= days <= LONGEST_DAYS:
        return ALLOWED
    return Denied(
        "It is posted for %(least)s to %(most)s days.", {"least": LEAST_DAYS[kind], "most": LONGEST_DAYS}
    )


def may_object(starts: date, ends: date, today: date, *, has_objected: bool, is_settled: bool) -> Decision:
    """Whether an objection can be made today: from the first day to the last, both included, and once."""
    if is_settled or today > ends:
        return Denied("Objections could be made until %(last)s.", {"last": ends.isoformat()})
    if today < starts:
        return Denied("It is posted from %(first)s.", {"first": starts.isoformat()})
    if has_objected:
        return Denied("You have already objected to this. You will be told the answer.")
    return ALLOWED


def may_settle(ends: date, today: date, waiting: int) -> Decision:
    """Whether a posting is over: its last day past, and every objection answered."""
    if today <= ends:
        return Denied("It stays up until %(last)s.", {"last": ends.isoformat()})
    if waiting:
        return Denied("%(count)s objections wait for an answer.", {"count": waiting})
    return ALLOWED


def may_hang(since: date, asked_on: date, today: date) -> Decision:
    """Whether a sheet can be noted as hanging since a day: not before it was asked for, nor ahead."""
    if since > today:
        return Denied("Write it down on the day it hangs: its days count from then.")
    if since < asked_on:
        return Denied(
            "It is to hang since %(day)s at the earliest: before that it was not due to.",
            {"day": asked_on.isoformat()},
        )
    return ALLOWED


def may_take_down(ends: date, today: date, *, is_settled: bool) -> Decision:
    """Whether a sheet can be noted as gone before its days are over."""
    if is_settled:
        return Denied("It has already been taken down.")
    if today > ends:
        return Denied("Its days are over: take it down without a reason.")
    return ALLOWED
