"""Which days are working days in China.

The base table is the State Council's yearly notices as packaged by `chinese_calendar`; rows imported by an
installation override it for any date. A year without a notice falls back to weekends and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

import chinese_calendar

from linli.kernel import clock

SATURDAY: Final = 5  # date.weekday()
STATUTORY_DAYS_OFF: Final = 13  # a year, all citizens: 全国年节及纪念日放假办法 (2024 revision), art 2


@lru_cache(maxsize=8192)
def _from_notice(day: date) -> bool | None:
    """What the packaged notices say of the day; None where its year has none."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True, slots=True)
class WorkdayCalendar:
    """Working days, make-up Saturdays and Sundays included; `overrides` (date → is a workday) always win."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """The imported row, else the notice, else Monday to Friday. Never fails for lack of a notice."""
        stated = self.overrides.get(day)
        if stated is None:
            stated = _from_notice(day)
        return day.weekday() < SATURDAY if stated is None else stated

    def known(self, year: int) -> bool:
        """Whether the year's holidays are published here: packaged, or imported whole.

        An import counts as whole once it names as many days off as the law gives in a year, so that closing
        for one storm does not pass for the notice.
        """
        if _from_notice(date(year, 1, 1)) is not None:
            return True
        days_off = sum(1 for day, works in self.overrides.items() if day.year == year and not works)
        return days_off >= STATUTORY_DAYS_OFF

    def next_workday(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    @property
    def warnings(self) -> tuple[int, ...]:
        """Of this year and the next, those whose dates are only guessed from weekends."""
        year = clock.today().year
        return tuple(each for each in (year, year + 1) if not self.known(each))


def unpublished(start: date, end: date, calendar: WorkdayCalendar | None = None) -> list[int]:
    """The years from `start` to `end`, both included, whose holidays are not known: warn beside them."""
    table = calendar or default()
    return [year for year in range(start.year, end.year + 1) if not table.known(year)]


@cache
def default() -> WorkdayCalendar:
    """The packaged table with nothing overridden."""
    return WorkdayCalendar()
