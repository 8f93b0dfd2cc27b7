"""Time limits: reading them, finding when they end, and how much of them is left.

Source: 民法典 201–203. Hours and minutes run continuously; days exclude the day they start on.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from linli.kernel import clock
from linli.kernel.workdays import WorkdayCalendar

CLOSING: Final = time(18, 0)
LAST_SECOND: Final = time(23, 59, 59)  # 24:00, written so that it shows the day it belongs to
LONGEST: Final = 9999  # of any unit: keeps every deadline within the calendar

_MINUTES_A_DAY: Final = 24 * 60
_WRITTEN: Final = re.compile(r"\s*(\d{1,9})\s*(minute|hour|day|workday)s?\s*", re.ASCII | re.IGNORECASE)


class Unit(StrEnum):
    """What a limit is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"


_CLOCK_MINUTES: Final = {Unit.MINUTE: 1, Unit.HOUR: 60}


@dataclass(frozen=True, slots=True)
class Duration:
    """A limit such as 2 hours, 7 days (natural) or 5 workdays: a whole number from 1 to 9999."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a limit that is over before it begins, or beyond any calendar."""
        if not 1 <= self.amount <= LONGEST:
            raise ValueError(f"a time limit is from 1 to {LONGEST}, not {self.amount}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2 hours", "1 day" or "5 workdays"; raises ValueError that quotes what could not be read."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a time limit: {text!r}; write it like '2 hours', '7 days' or '5 workdays'")
        return cls(int(match[1]), Unit(match[2].lower()))

    def __str__(self) -> str:
        """The form `parse` reads."""
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    @property
    def clock_minutes(self) -> int | None:
        """Its length in minutes if it runs by the clock, None if it is counted in days."""
        factor = _CLOCK_MINUTES.get(self.unit)
        return None if factor is None else self.amount * factor

    def at_most(self, other: "Duration") -> bool | None:
        """Whether this limit never ends later than `other` begun at the same moment.

        True and False hold for every start, at the default closing hours; None means that it depends on the
        start or on the holidays between. Days and workdays are compared by their last day, not by the hour.
        """
        mine, theirs = self.clock_minutes, other.clock_minutes
        if mine is not None and theirs is not None:
            return mine <= theirs
        if mine is not None:
            return True if mine <= other._shortest_minutes else None
        if theirs is not None:
            return False if self._shortest_minutes > theirs else None
        if self.unit is other.unit:
            return self.amount <= other.amount
        if self.unit is Unit.DAY:
            return True if self.amount <= other.amount else None
        return False if self.amount > other.amount else None

    @property
    def _shortest_minutes(self) -> int:
        """Less than any length a limit in days can come to: started late in the evening, without holidays."""
        whole_days = self.amount if self.unit is Unit.DAY else self.amount - 1
        return whole_days * _MINUTES_A_DAY


def _end_of(day: date, closing: time | None) -> datetime:
    moment = datetime.combine(day, LAST_SECOND if closing is None else closing, tzinfo=clock.SHANGHAI)
    return moment.astimezone(UTC)


def add_workdays(day: date, count: int, calendar: WorkdayCalendar) -> date:
    """The `count`th working day after `day` (before it, when negative); `day` itself is not counted."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


def deadline(
    start: datetime,
    duration: Duration,
    calendar: WorkdayCalendar,
    closing: time | None = CLOSING,
    *,
    day_closing: time | None = None,
) -> datetime:
    """When a limit begun at `start` (aware) ends, in UTC.

    Workdays end at `closing`, Shanghai time. Natural days end on the first working day from their last day
    on, at `day_closing`. For both, None is 24:00, given as 23:59:59 of that day. A year without a holiday
    notice counts by weekends: ask `workdays.unpublished` whether to warn.
    """
    minutes = duration.clock_minutes
    if minutes is not None:
        return clock.local(start).astimezone(UTC) + timedelta(minutes=minutes)
    first = clock.local(start).date()
    if duration.unit is Unit.WORKDAY:
        return _end_of(add_workdays(first, duration.amount, calendar), closing)
    return _end_of(calendar.next_workday(first + timedelta(days=duration.amount)), day_closing)


def before(due: datetime, duration: Duration, calendar: WorkdayCalendar) -> datetime:
    """The moment that lies a limit ahead of `due` (for reminders), in UTC; days keep the hour of `due`."""
    minutes = duration.clock_minutes
    if minutes is not None:
        return clock.local(due).astimezone(UTC) - timedelta(minutes=minutes)
    local = clock.local(due)
    if duration.unit is Unit.WORKDAY:
        day = add_workdays(local.date(), -duration.amount, calendar)
    else:
        day = local.date() - timedelta(days=duration.amount)
    return datetime.combine(day, local.time(), tzinfo=clock.SHANGHAI).astimezone(UTC)


def count_back(day: date, days: int) -> date:
    """The last day on which "N days' notice" of something on `day` can be given; `day` is not counted."""
    return day - timedelta(days=days)


def workdays_left(day: date, last: date, calendar: WorkdayCalendar) -> int:
    """How many working days lie after `day` up to and including `last`; 0 when `last` is not later."""
    span = (last - day).days
    return sum(calendar.is_workday(day + timedelta(days=ahead)) for ahead in range(1, span + 1))


@dataclass(frozen=True, slots=True)
class Remaining:
    """The distance between now and a due moment, ahead or (overdue) behind, in three measures.

    `minutes` is rounded up, `hours` are the whole hours in it, `workdays` the working days after the earlier
    date up to the later one.
    """

    overdue: bool
    workdays: int
    hours: int
    minutes: int

    @property
    def unit(self) -> Unit:
        """The measure worth showing: workdays from a day on, else hours, below one hour minutes."""
        if self.minutes >= _MINUTES_A_DAY and self.workdays:
            return Unit.WORKDAY
        return Unit.HOUR if self.hours else Unit.MINUTE

    @property
    def amount(self) -> int:
        """How many of `unit`."""
        return {Unit.WORKDAY: self.workdays, Unit.HOUR: self.hours, Unit.MINUTE: self.minutes}[self.unit]


def remaining(now: datetime, due: datetime, calendar: WorkdayCalendar) -> Remaining:
    """How much is left until `due`, or by how much it has passed; at the due moment nothing is late yet."""
    earlier, later = sorted((clock.local(now), clock.local(due)))
    minutes = math.ceil((later - earlier) / timedelta(minutes=1))
    return Remaining(
        overdue=now > due,
        workdays=workdays_left(earlier.date(), later.date(), calendar),
        hours=minutes // 60,
        minutes=minutes,
    )
