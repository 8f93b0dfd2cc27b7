"""Works laid open: their way, what they cost, when homes have accepted, how long a warranty lasts."""

import calendar
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.kinds import Majority, Turnout, WarrantyKind, WorksStage
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.works import Heard, Seasons

DRAFT, PLANNED, BUILDING, ACCEPTING, ACCEPTED, STOPPED = WorksStage
WAYS = {
    (DRAFT, PLANNED), (PLANNED, BUILDING), (PLANNED, STOPPED), (BUILDING, ACCEPTING), (BUILDING, STOPPED),
    (ACCEPTING, ACCEPTING), (ACCEPTING, ACCEPTED), (ACCEPTING, BUILDING),
}  # fmt: skip
STRUCTURE, WATER, HEATING, FITTINGS, AGREED = WarrantyKind
ANY, THIRD, HALF = Turnout


@pytest.mark.parametrize("stage", WorksStage)
@pytest.mark.parametrize("wanted", WorksStage)
def test_the_way_has_no_short_cuts(stage: WorksStage, wanted: WorksStage) -> None:
    assert rules.may_follow(stage, wanted) == ((stage, wanted) in WAYS)


@pytest.mark.parametrize(
    ("amounts", "others", "fault"),
    [
        ([0, 0, 0, 0], "", ""),
        ([-1, 0, 0, 0], "", "An amount"),
        ([rules.MOST_FEN, 0, 0, 0], "", ""),
        ([rules.MOST_FEN + 1, 0, 0, 0], "", "An amount"),
        ([0, 0, 0, 1], "", "Say who else pays"),
        ([0, 0, 0, 1], "物业", ""),
    ],
)
def test_what_is_wrong_with_money(amounts: list[int], others: str, fault: str) -> None:
    found = rules.fault_of_money(amounts, others, amounts[3])
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


DAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("began", "ended", "fault"),
    [
        (None, None, ""),
        (DAY, None, ""),
        (DAY, DAY, ""),
        (DAY, DAY - timedelta(days=1), "A part ends after"),
        (None, DAY, "Say when it began"),
        (DAY + timedelta(days=1), None, "This day is still"),
        (DAY, DAY + timedelta(days=1), "This day is still"),
    ],
)
def test_what_is_wrong_with_days(began: date | None, ended: date | None, fault: str) -> None:
    found = rules.fault_of_days(began, ended, DAY)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)
    assert rules.fault_of_plan(DAY, DAY) == ""
    assert rules.fault_of_plan(DAY, DAY - timedelta(days=1))


def test_the_due_moment_is_in_time() -> None:
    due, second = datetime(2026, 12, 7, 10, tzinfo=UTC), timedelta(seconds=1)
    assert not rules.is_overdue(due, None, due)
    assert rules.is_overdue(due, None, due + second)
    assert rules.is_overdue(due, due + second, due)
    assert not rules.is_overdue(due, due - second, due + second)


def test_small_numbers_are_not_told() -> None:
    assert [rules.told(count) for count in (0, 4, 5, 23)] == [None, None, 5, 23]


@pytest.mark.parametrize(
    ("homes", "spoke", "accepting", "turnout", "majority", "enough", "accepts"),
    [
        (24, 13, 9, HALF, Majority.TWO_THIRDS, True, True),
        (24, 12, 12, HALF, Majority.TWO_THIRDS, False, False),  # half is not more than half
        (24, 12, 8, THIRD, Majority.TWO_THIRDS, True, True),  # two thirds, the number included
        (24, 12, 7, THIRD, Majority.TWO_THIRDS, True, False),
        (24, 8, 8, THIRD, Majority.ALL, True, True),
        (24, 7, 7, THIRD, Majority.ALL, False, False),
        (24, 8, 7, THIRD, Majority.ALL, True, False),
        (24, 10, 5, ANY, Majority.HALF, True, False),
        (24, 10, 6, ANY, Majority.HALF, True, True),
        (24, 1, 1, ANY, Majority.HALF, True, True),
        (24, 0, 0, ANY, Majority.HALF, False, False),  # somebody has to speak
        (0, 0, 0, ANY, Majority.HALF, False, False),
    ],
)
def test_acceptance(
    homes: int,
    spoke: int,
    accepting: int,
    turnout: Turnout,
    majority: Majority,
    enough: bool,
    accepts: bool,
) -> None:
    heard = Heard(homes, spoke, accepting, turnout, majority)
    assert (heard.enough_spoke, heard.accepts) == (enough, accepts)
    assert heard.is_everybody == (0 < homes <= spoke)


@given(
    homes=st.integers(1, 10**6),
    turnout=st.sampled_from(Turnout),
    majority=st.sampled_from(Majority),
    data=st.data(),
)
@settings(max_examples=300, deadline=None)
def test_acceptance_is_counted_in_whole_numbers(
    homes: int, turnout: Turnout, majority: Majority, data: st.DataObject
) -> None:
    spoke = data.draw(st.integers(0, homes))
    accepting = data.draw(st.integers(0, spoke))
    heard = Heard(homes, spoke, accepting, turnout, majority)
    came = {ANY: spoke > 0, THIRD: 3 * spoke >= homes, HALF: 2 * spoke > homes}[turnout] and spoke > 0
    part = Fraction(accepting, spoke) if spoke else Fraction(0)
    agreed = {
        Majority.HALF: part > Fraction(1, 2),
        Majority.TWO_THIRDS: part >= Fraction(2, 3),
        Majority.ALL: part == 1,
    }[majority]
    assert heard.accepts == (came and agreed)
    assert heard.enough_spoke == (spoke >= heard.least_to_speak)
    if heard.accepts:
        assert Heard(homes, spoke, min(accepting + 1, spoke), turnout, majority).accepts


@pytest.mark.parametrize(
    ("kind", "months", "seasons", "fault"),
    [
        (WATER, 60, None, ""),
        (WATER, 59, None, "The law asks for at least 60"),
        (FITTINGS, 24, None, ""),
        (FITTINGS, 23, None, "The law asks for at least 24"),
        (AGREED, 1, None, ""),
        (AGREED, None, None, "Write how many months"),
        (AGREED, 0, None, "Write how many months"),
        (STRUCTURE, 600, None, ""),
        (STRUCTURE, 1201, None, "Write how many months"),
        (HEATING, None, Seasons("10-15", "04-15"), ""),
        (HEATING, 24, None, "Write the first and the last day"),
        (HEATING, None, Seasons("10-15", "02-29"), "Write the first and the last day"),
        (HEATING, None, Seasons("13-01", "04-15"), "Write the first and the last day"),
        (HEATING, None, Seasons("10-15", "10-15"), "A season has a first"),
    ],
)
def test_the_shortest_warranties(
    kind: WarrantyKind, months: int | None, seasons: Seasons | None, fault: str
) -> None:
    found = rules.fault_of_warranty(kind, months, seasons)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


COLD, HOT = Seasons("10-15", "04-15"), Seasons("06-01", "09-15")


@pytest.mark.parametrize(
    ("kind", "accepted", "months", "seasons", "last"),
    [
        (WATER, date(2026, 12, 25), 60, None, date(2031, 12, 25)),
        (FITTINGS, date(2026, 8, 31), 30, None, date(2029, 2, 28)),
        (FITTINGS, date(2028, 2, 29), 24, None, date(2030, 2, 28)),
        (AGREED, date(2027, 1, 31), 1, None, date(2027, 2, 28)),
        (HEATING, date(2026, 10, 15), None, COLD, date(2028, 4, 15)),  # the season that begins today counts
        (HEATING, date(2026, 10, 16), None, COLD, date(2029, 4, 15)),  # one that runs already does not
        (HEATING, date(2026, 5, 1), None, HOT, date(2027, 9, 15)),
        (HEATING, date(2026, 9, 30), None, HOT, date(2028, 9, 15)),
    ],
)
def test_the_last_day_of_a_warranty(
    kind: WarrantyKind, accepted: date, months: int | None, seasons: Seasons | None, last: date
) -> None:
    assert rules.warranty_ends(kind, accepted, months, seasons) == last


@given(day=st.dates(date(2000, 1, 1), date(2100, 12, 31)), months=st.integers(1, 1200))
@settings(max_examples=300, deadline=None)
def test_a_period_ends_on_the_day_of_the_same_number(day: date, months: int) -> None:
    last = rules.months_later(day, months)
    assert (last.year - day.year) * 12 + last.month - day.month == months
    assert last.day == min(day.day, calendar.monthrange(last.year, last.month)[1])


@given(day=st.dates(date(2000, 1, 1), date(2100, 12, 31)), season=st.sampled_from([COLD, HOT]))
@settings(max_examples=300, deadline=None)
def test_two_whole_seasons_fit_into_a_warranty(day: date, season: Seasons) -> None:
    last = rules.warranty_ends(HEATING, day, None, season)
    starts = [date(year, *map(int, season.first.split("-"))) for year in range(day.year, last.year + 1)]
    assert sum(day <= each <= last for each in starts) == 2
