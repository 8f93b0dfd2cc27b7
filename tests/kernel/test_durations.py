"""Time limits: where they end, how they are written, and what is left of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import workdays
from linli.kernel.clock import SHANGHAI, local
from linli.kernel.durations import (
    Duration,
    Unit,
    add_workdays,
    before,
    count_back,
    deadline,
    remaining,
    workdays_left,
)
from linli.kernel.workdays import WorkdayCalendar

CALENDAR = workdays.default()

EPOCH = datetime(2004, 1, 1, tzinfo=SHANGHAI)
starts = st.builds(lambda seconds: EPOCH + timedelta(seconds=seconds), st.integers(0, 31 * 365 * 86_400))
limits = st.builds(Duration, st.integers(1, 60), st.sampled_from(Unit))


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "limit", "last_day"),
    [
        ("2026-02-13", "5 workdays", "2026-02-27"),
        ("2026-04-30", "1 workday", "2026-05-06"),
        ("2026-09-18", "5 workdays", "2026-09-24"),
        ("2026-09-30", "5 workdays", "2026-10-13"),
        ("2025-09-26", "5 workdays", "2025-10-10"),
        ("2026-09-05", "30 days", "2026-10-08"),
        ("2026-01-16", "30 days", "2026-02-24"),
        ("2026-01-15", "30 days", "2026-02-14"),  # ends on a make-up Saturday, which is a working day
        ("2026-12-31", "1 workday", "2027-01-01"),  # 2027 unpublished: weekends only
        ("2026-12-31", "30 days", "2027-02-01"),  # 30 January 2027 is a Saturday
    ],
)
@pytest.mark.parametrize("hour", ["00:00", "09:30", "18:00", "23:59"])
def test_last_day(start: str, limit: str, last_day: str, hour: str) -> None:
    due = deadline(shanghai(f"{start}T{hour}"), Duration.parse(limit), CALENDAR)
    assert local(due).date() == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("limit", "closing", "day_closing", "due"),
    [
        ("1 workday", time(18), None, "2026-03-03T18:00:00"),
        ("1 workday", time(17, 30), None, "2026-03-03T17:30:00"),
        ("1 workday", None, None, "2026-03-03T23:59:59"),
        ("1 day", time(18), None, "2026-03-03T23:59:59"),
        ("1 day", time(18), time(17), "2026-03-03T17:00:00"),
        ("2 hours", time(18), None, "2026-03-03T00:00:00"),  # runs past closing without a stop
        ("45 minutes", time(18), None, "2026-03-02T22:45:00"),
    ],
)
def test_hour_of_the_end(limit: str, closing: time | None, day_closing: time | None, due: str) -> None:
    start = shanghai("2026-03-02T22:00")
    ends = deadline(start, Duration.parse(limit), CALENDAR, closing, day_closing=day_closing)
    assert ends == shanghai(due)
    assert ends.tzinfo is UTC


def test_hours_run_through_a_holiday() -> None:
    assert deadline(shanghai("2026-10-01T08:00"), Duration(24, Unit.HOUR), CALENDAR) == shanghai(
        "2026-10-02T08:00"
    )


def test_the_day_is_the_day_in_shanghai() -> None:
    start = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on 3 March in Shanghai
    assert local(deadline(start, Duration(1, Unit.WORKDAY), CALENDAR)).date() == date(2026, 3, 4)


def test_imported_days_move_a_deadline() -> None:
    calendar = WorkdayCalendar({date(2027, 1, 1): False, date(2027, 1, 2): True})
    start = shanghai("2026-12-31T09:00")
    assert local(deadline(start, Duration(1, Unit.WORKDAY), calendar)).date() == date(2027, 1, 2)


def test_a_moment_without_a_zone_is_refused() -> None:
    for limit in ("1 hour", "1 day", "1 workday"):
        with pytest.raises(ValueError, match="time zone"):
            deadline(datetime.fromisoformat("2026-03-02T09:00"), Duration.parse(limit), CALENDAR)


@given(starts, st.integers(1, 60))
def test_a_workday_limit_ends_on_a_workday_and_holds_that_many(start: datetime, count: int) -> None:
    last = local(deadline(start, Duration(count, Unit.WORKDAY), CALENDAR)).date()
    assert CALENDAR.is_workday(last)
    assert workdays_left(start.date(), last, CALENDAR) == count


@given(starts, st.integers(1, 400))
def test_a_natural_limit_ends_on_a_workday_and_never_early(start: datetime, count: int) -> None:
    last = local(deadline(start, Duration(count, Unit.DAY), CALENDAR)).date()
    nominal = start.date() + timedelta(days=count)
    assert CALENDAR.is_workday(last)
    assert last == nominal if CALENDAR.is_workday(nominal) else nominal < last


@given(starts, limits)
def test_a_deadline_lies_ahead(start: datetime, limit: Duration) -> None:
    assert deadline(start, limit, CALENDAR) > start


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("2 hours", Duration(2, Unit.HOUR)),
        ("1 hour", Duration(1, Unit.HOUR)),
        (" 7  days ", Duration(7, Unit.DAY)),
        ("1 workday", Duration(1, Unit.WORKDAY)),
        ("5 Workdays", Duration(5, Unit.WORKDAY)),
        ("30 minutes", Duration(30, Unit.MINUTE)),
    ],
)
def test_parse(text: str, limit: Duration) -> None:
    assert Duration.parse(text) == limit


@pytest.mark.parametrize(
    "text", ["", "soon", "days", "5", "-1 days", "1.5 hours", "5 weeks", "5 workdays late"]
)
def test_parse_quotes_what_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match="not a time limit") as caught:
        Duration.parse(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["0 days", "10000 hours"])
def test_parse_refuses_what_no_calendar_holds(text: str) -> None:
    with pytest.raises(ValueError, match="from 1 to 9999"):
        Duration.parse(text)


@given(st.builds(Duration, st.integers(1, 9999), st.sampled_from(Unit)))
def test_written_form_reads_back(limit: Duration) -> None:
    assert Duration.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("mine", "theirs", "answer"),
    [
        ("2 hours", "120 minutes", True),
        ("121 minutes", "2 hours", False),
        ("5 workdays", "5 workdays", True),
        ("6 workdays", "5 workdays", False),
        ("24 hours", "1 day", True),
        ("25 hours", "1 day", None),  # begun in the morning it is shorter, begun at night it is longer
        ("24 hours", "2 workdays", True),
        ("24 hours", "1 workday", None),
        ("2 days", "24 hours", False),
        ("1 day", "48 hours", None),  # a holiday may move it
        ("5 days", "5 workdays", True),
        ("7 days", "5 workdays", None),
        ("6 workdays", "5 days", False),
        ("5 workdays", "7 days", None),
    ],
)
def test_at_most(mine: str, theirs: str, answer: bool | None) -> None:
    assert Duration.parse(mine).at_most(Duration.parse(theirs)) is answer


@given(limits, limits, starts)
def test_at_most_holds_for_every_start(mine: Duration, theirs: Duration, start: datetime) -> None:
    answer = mine.at_most(theirs)
    first, second = (deadline(start, limit, CALENDAR) for limit in (mine, theirs))
    if {mine.unit, theirs.unit} == {Unit.DAY, Unit.WORKDAY}:
        first, second = (local(moment).replace(hour=0, minute=0, second=0) for moment in (first, second))
    if answer is True:
        assert first <= second
    if answer is False and mine.unit is not theirs.unit:
        assert first > second


@pytest.mark.parametrize(
    ("due", "limit", "moment"),
    [
        ("2026-10-08T18:00", "1 workday", "2026-09-30T18:00"),
        ("2026-10-08T18:00", "1 day", "2026-10-07T18:00"),
        ("2026-10-08T18:00", "2 hours", "2026-10-08T16:00"),
    ],
)
def test_before(due: str, limit: str, moment: str) -> None:
    assert before(shanghai(due), Duration.parse(limit), CALENDAR) == shanghai(moment)


@given(st.dates(date(2005, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_counting_workdays_back_undoes_counting_on(day: date, count: int) -> None:
    day = CALENDAR.next_workday(day)
    assert add_workdays(add_workdays(day, count, CALENDAR), -count, CALENDAR) == day


def test_notice_counts_back_without_the_day_itself() -> None:
    assert count_back(date(2026, 3, 20), 15) == date(2026, 3, 5)


def test_workdays_left() -> None:
    assert workdays_left(date(2026, 9, 30), date(2026, 10, 13), CALENDAR) == 5
    assert workdays_left(date(2026, 10, 13), date(2026, 10, 13), CALENDAR) == 0
    assert workdays_left(date(2026, 10, 13), date(2026, 9, 30), CALENDAR) == 0


@pytest.mark.parametrize(
    ("now", "due", "overdue", "amount", "unit"),
    [
        ("2026-03-02T09:00", "2026-03-05T18:00", False, 3, Unit.WORKDAY),
        ("2026-03-02T09:00", "2026-03-03T18:00", False, 1, Unit.WORKDAY),
        ("2026-03-02T23:30", "2026-03-03T01:00", False, 1, Unit.HOUR),  # two hours do not become a day
        ("2026-03-02T17:15", "2026-03-02T18:00", False, 45, Unit.MINUTE),
        ("2026-03-02T17:59:30", "2026-03-02T18:00", False, 1, Unit.MINUTE),
        ("2026-03-02T18:00", "2026-03-02T18:00", False, 0, Unit.MINUTE),
        ("2026-03-02T22:00", "2026-03-02T18:00", True, 4, Unit.HOUR),
        ("2026-03-02T18:00:01", "2026-03-02T18:00", True, 1, Unit.MINUTE),
        ("2026-03-04T18:00", "2026-03-02T18:00", True, 2, Unit.WORKDAY),
        ("2026-10-03T09:00", "2026-10-05T09:00", False, 48, Unit.HOUR),  # no workday in between
        ("2026-03-02T20:00", "2026-03-02T23:59:59", False, 4, Unit.HOUR),
    ],
)
def test_remaining(now: str, due: str, overdue: bool, amount: int, unit: Unit) -> None:
    left = remaining(shanghai(now), shanghai(due), CALENDAR)
    assert (left.overdue, left.amount, left.unit) == (overdue, amount, unit)
