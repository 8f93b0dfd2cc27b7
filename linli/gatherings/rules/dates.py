"""When a body is due to meet again, or a class of affairs to be disclosed.

"At least quarterly" means once in each quarter of the calendar year, "monthly" once in each month: the
periods of so many months are counted from January.
"""

from datetime import date, timedelta

MONTHS = 12


def period_ending(day: date, months: int) -> date:
    """The last day of the period that holds `day`; periods of `months` are counted from January, and what is
    left of the year after the last whole one belongs to it."""
    number = (day.month - 1) // months
    last_month = min((number + 1) * months, MONTHS)
    if MONTHS - last_month < months:
        last_month = MONTHS
    return _end_of_month(day.year, last_month)


def _end_of_month(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == MONTHS else date(year, month + 1, 1)
    return following - timedelta(days=1)


def next_due(every_months: int | None, began: date, last_held: date | None) -> date | None:
    """The last day on which the next meeting keeps the cadence; None for a body that meets by call.

    After a meeting it is the end of the following period. Before the first it is the end of the first whole
    period: who begins in the middle of a quarter owes nothing for it.
    """
    if every_months is None:
        return None
    if last_held is not None and last_held >= began:
        return _following(period_ending(last_held, every_months), every_months)
    day_before = began - timedelta(days=1)
    ends = period_ending(began, every_months)
    return ends if period_ending(day_before, every_months) == day_before else _following(ends, every_months)


def _following(ends: date, months: int) -> date:
    return period_ending(ends + timedelta(days=1), months)


def missed(every_months: int | None, due: date | None, today: date) -> int:
    """How many periods passed without: 0 until the due day is over, then 1 more for each that ends."""
    if every_months is None or due is None:
        return 0
    count = 0
    while due < today:
        count, due = count + 1, _following(due, every_months)
    return count
