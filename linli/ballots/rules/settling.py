"""What a place has settled for itself about counting, and for which ballots it holds.

A ballot is counted by what stood on the day it was announced: that is what everybody asked was told. So
nothing is noted, and nothing ends, for days on which a ballot it concerns was announced already.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from linli.kernel.decision import ALLOWED, Decision, Denied


def may_begin(starts: date, last: date | None, announced: Iterable[date]) -> Decision:
    """Whether a rule can be noted that holds from `starts` to `last`, both included, or without end.

    `announced`: the days on which ballots were announced that it would count for.
    """
    if last is not None and last < starts:
        return Denied("The last day is before the first.")
    told = [day for day in announced if starts <= day and (last is None or day <= last)]
    if told:
        days = {"day": max(told).isoformat(), "earliest": (max(told) + timedelta(days=1)).isoformat()}
        return Denied(
            "A ballot announced on %(day)s would be counted by it, and those asked were told otherwise. "
            "Let it hold from %(earliest)s.",
            days,
        )
    return ALLOWED


def may_end(starts: date, ends: date | None, last: date, today: date, announced: Iterable[date]) -> Decision:
    """Whether a rule can be given a last day; `ends` is the first day it no longer holds.

    `announced`: the days on which ballots were announced that are counted by it.
    """
    if ends is not None and ends <= today:
        return Denied("It has ended already.")
    if last < starts:
        return Denied("The last day is before the first.")
    told = [day for day in announced if last < day]
    if told:
        day = max(told).isoformat()
        return Denied(
            "A ballot announced on %(day)s is counted by it. Let it hold until that day.", {"day": day}
        )
    return ALLOWED
