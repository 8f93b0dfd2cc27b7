"""Reading an imported holiday table: columns `date` and `is_workday`, errors told by row."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from linli.kernel.errors import InvalidCode

COLUMNS: Final = ("date", "is_workday")
HEADER_ROW: Final = 1
LONGEST_LINE: Final = 10_000  # characters

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES: Final = ("1", "true", "yes", "y", "是", "班", "上班", "工作日")
_NO: Final = ("0", "false", "no", "n", "否", "休", "放假", "休息日")
_WORDS: Final = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row; `row` counts from 1 as a spreadsheet does, the header being row 1."""

    row: int
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The good rows as date → is a workday, and every error; import only when there are no errors."""

    days: Mapping[date, bool]
    errors: tuple[RowError, ...]


def _read_date(text: str) -> date:
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        reason = "%(value)s is not a date; write it like 2027-01-01."
        raise InvalidCode(reason, {"value": text.strip()}) from None


def _read_row(row: Mapping[str, str | None], seen: Mapping[date, bool]) -> tuple[date, bool]:
    day = _read_date(row.get("date") or "")
    word = (row.get("is_workday") or "").strip().lower()
    if word not in _WORDS:
        raise InvalidCode("%(value)s does not say whether it is a workday; write 1 or 0.", {"value": word})
    if day in seen:
        raise InvalidCode("%(date)s is listed twice.", {"date": day.isoformat()})
    return day, _WORDS[word]


def _read_rows(text: str) -> CalendarTable:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(COLUMNS) <= set(reader.fieldnames):
        reason = "The first row must name the columns date and is_workday."
        return CalendarTable({}, (RowError(HEADER_ROW, reason),))
    days: dict[date, bool] = {}
    errors: list[RowError] = []
    for row in reader:
        if not any((row.get(column) or "").strip() for column in COLUMNS):
            continue
        try:
            day, works = _read_row(row, days)
        except InvalidCode as bad:
            errors.append(RowError(reader.line_num, bad.reason, bad.params))
        else:
            days[day] = works
    return CalendarTable(days, tuple(errors))


def parse_calendar_csv(text: str) -> CalendarTable:
    """Read the table; blank lines are skipped, a byte-order mark is ignored, nothing is raised."""
    try:
        # Checked here: the limit of the csv module is the whole process's, and others read longer texts.
        if any(len(line) > LONGEST_LINE for line in text.splitlines()):
            raise csv.Error("a line longer than any row of this table")
        return _read_rows(text.lstrip("\ufeff"))
    except csv.Error:
        return CalendarTable({}, (RowError(HEADER_ROW, "This file cannot be read as CSV."),))
