"""Working days: the notices, make-up days, imported years and years not yet published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import clock, workdays
from linli.kernel.calendar_csv import parse_calendar_csv
from linli.kernel.workdays import WorkdayCalendar

CALENDAR = workdays.default()
DAYS_OFF_2027 = {date(2027, 10, 1) + timedelta(days=ahead): False for ahead in range(13)}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=ahead) for ahead in range((date(year + 1, 1, 1) - first).days)]


def test_2026_has_248_workdays() -> None:
    assert sum(CALENDAR.is_workday(day) for day in days_of(2026)) == 248


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # make-up Saturday
        (date(2026, 2, 16), False),  # eve of the Spring Festival
        (date(2026, 9, 20), True),  # make-up Sunday
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),  # an ordinary Sunday
        (date(2026, 10, 12), True),
    ],
)
def test_notice(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_unpublished_year_counts_by_weekends_and_says_so() -> None:
    assert not CALENDAR.known(2027)
    for day in days_of(2027):
        assert CALENDAR.is_workday(day) is (day.weekday() < 5)


@pytest.mark.parametrize("year", [1949, 2003, 2027, 2100])
def test_years_without_a_notice_are_not_known(year: int) -> None:
    assert not CALENDAR.known(year)


@pytest.mark.parametrize("year", [2004, 2025, 2026])
def test_years_with_a_notice_are_known(year: int) -> None:
    assert CALENDAR.known(year)


def test_imported_rows_win_for_any_date() -> None:
    storm, worked = date(2026, 8, 3), date(2027, 10, 9)
    calendar = WorkdayCalendar({storm: False, worked: True})
    assert CALENDAR.is_workday(storm)
    assert not calendar.is_workday(storm)
    assert not CALENDAR.is_workday(worked)
    assert calendar.is_workday(worked)


def test_one_day_closed_does_not_make_a_year_known() -> None:
    assert not WorkdayCalendar({date(2027, 8, 3): False}).known(2027)


def test_a_whole_import_makes_a_year_known() -> None:
    assert WorkdayCalendar(DAYS_OFF_2027).known(2027)
    assert not WorkdayCalendar(DAYS_OFF_2027).known(2028)


def test_unpublished_names_the_years_of_a_span() -> None:
    assert workdays.unpublished(date(2026, 3, 1), date(2026, 12, 31)) == []
    assert workdays.unpublished(date(2026, 12, 31), date(2028, 1, 1)) == [2027, 2028]
    assert workdays.unpublished(date(2026, 12, 31), date(2028, 1, 1), WorkdayCalendar(DAYS_OFF_2027)) == [
        2028
    ]
    assert workdays.unpublished(date(2027, 1, 1), date(2026, 1, 1)) == []


def test_warnings_look_at_this_year_and_the_next() -> None:
    with clock.at(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)):
        assert CALENDAR.warnings == ()
    with clock.at(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)):  # already 2026 in Shanghai
        assert CALENDAR.warnings == (2027,)
        assert WorkdayCalendar(DAYS_OFF_2027).warnings == ()


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_next_workday_is_the_first_one_not_earlier(day: date) -> None:
    found = CALENDAR.next_workday(day)
    assert CALENDAR.is_workday(found)
    assert found >= day
    assert not any(CALENDAR.is_workday(day + timedelta(days=n)) for n in range((found - day).days))


def test_csv_reads_the_usual_spellings() -> None:
    text = (
        "\ufeffDate, is_workday ,note\n2027-01-01,0,元旦\n\n2027/2/6,班,\n2027年2月8日,放假,\n,,\n"
        "2027-10-09,TRUE,\n"
    )
    table = parse_calendar_csv(text)
    assert table.errors == ()
    assert table.days == {
        date(2027, 1, 1): False,
        date(2027, 2, 6): True,
        date(2027, 2, 8): False,
        date(2027, 10, 9): True,
    }


def test_csv_tells_errors_by_row_and_keeps_the_good_rows() -> None:
    table = parse_calendar_csv(
        "date,is_workday\n2027-02-30,0\n2027-01-01,0\n2027-01-02,maybe\n2027-01-01,1\n2027-01-03\n"
    )
    assert table.days == {date(2027, 1, 1): False}
    not_a_date = "%(value)s is not a date; write it like 2027-01-01."
    unclear = "%(value)s does not say whether it is a workday; write 1 or 0."
    assert [(error.row, error.reason, error.params) for error in table.errors] == [
        (2, not_a_date, {"value": "2027-02-30"}),
        (4, unclear, {"value": "maybe"}),
        (5, "%(date)s is listed twice.", {"date": "2027-01-01"}),
        (6, unclear, {"value": ""}),
    ]


@pytest.mark.parametrize("text", ["", "day,works\n2027-01-01,0\n", "2027-01-01,0\n"])
def test_csv_without_its_columns(text: str) -> None:
    table = parse_calendar_csv(text)
    assert table.days == {}
    assert [(error.row, error.reason) for error in table.errors] == [
        (1, "The first row must name the columns date and is_workday.")
    ]


@given(st.text())
def test_csv_never_raises(text: str) -> None:
    parse_calendar_csv("date,is_workday\n" + text)
    parse_calendar_csv(text)


def test_csv_with_a_monstrous_field_is_an_error_not_a_crash() -> None:
    table = parse_calendar_csv('date,is_workday\n"' + "1" * 200_000 + '",0\n')
    assert [error.reason for error in table.errors] == ["This file cannot be read as CSV."]
