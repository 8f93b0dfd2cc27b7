"""Which backups are kept and when the last one is too old. Pure: moments in, moments out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

DAILY: Final = 7  # days with a backup of their own
WEEKLY: Final = 4  # weeks (Monday to Sunday) of which the last backup stays
TOO_OLD: Final = timedelta(days=2)


def kept(moments: Iterable[datetime], *, daily: int = DAILY, weekly: int = WEEKLY) -> set[datetime]:
    """The backups to keep: the last one of each of the latest `daily` days and `weekly` weeks that have any.

    Days and weeks are counted by the backups there are, so an installation that stood still loses nothing.
    """
    newest_first = sorted(moments, reverse=True)
    by_day: dict[date, datetime] = {}
    by_week: dict[tuple[int, int], datetime] = {}
    for moment in newest_first:
        year, week, _weekday = moment.isocalendar()
        by_day.setdefault(moment.date(), moment)
        by_week.setdefault((year, week), moment)
    return {*list(by_day.values())[:daily], *list(by_week.values())[:weekly]}


def is_too_old(moments: Sequence[datetime], now: datetime) -> bool:
    """Whether the last backup is older than two days, or there is none."""
    return not moments or now - max(moments) > TOO_OLD
