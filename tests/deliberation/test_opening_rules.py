"""From when to when residents are asked: tables of cases, with what each kind of asking allows."""

from datetime import date, timedelta

import pytest

from linli.deliberation.rules import covenants, opinions, surveys, topics, works
from linli.deliberation.rules.opening import Run, fault_of_days, fault_of_last_day

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 30)
DAY = timedelta(days=1)
RUNS = {
    "a topic": (topics.RUN, 366, "A topic stays open for a year at most."),
    "a conversation": (
        opinions.RUN,
        92,
        "A conversation runs for three months at most, so that people see what comes of it.",
    ),
    "a survey": (surveys.RUN, 92, "A survey takes three months at most."),
    "a consultation": (covenants.CONSULTATION, 92, "A consultation takes three months at most."),
    "homes that accept works": (works.ASKING, 61, "Two months to say so are enough."),
}


@pytest.mark.parametrize(
    ("starts", "ends", "fault"),
    [
        (FIRST, LAST, ""),
        (FIRST, FIRST, ""),
        (FIRST - 9 * DAY, FIRST, ""),
        (LAST, FIRST, "The last day comes before the first."),
        (FIRST - 9 * DAY, FIRST - DAY, "The last day has already passed."),
    ],
)
def test_a_first_and_a_last_day(starts: date, ends: date, fault: str) -> None:
    assert fault_of_days(starts, ends, FIRST, topics.RUN) == fault


@pytest.mark.parametrize(
    ("ends", "fault"),
    [
        (FIRST - DAY, "Give people time: the last day comes after today."),
        (FIRST, "Give people time: the last day comes after today."),
        (FIRST + DAY, ""),
    ],
)
def test_what_opens_today_has_a_later_last_day(ends: date, fault: str) -> None:
    assert fault_of_last_day(ends, FIRST, surveys.RUN) == fault


@pytest.mark.parametrize(("run", "days", "too_long"), RUNS.values(), ids=RUNS.keys())
def test_each_kind_of_asking_has_its_longest_run(run: Run, days: int, too_long: str) -> None:
    longest = FIRST + days * DAY
    for fault in (
        fault_of_days(FIRST, longest, FIRST, run),
        fault_of_last_day(longest, FIRST, run),
    ):
        assert fault == ""
    assert fault_of_days(FIRST, longest + DAY, FIRST, run) == too_long
    assert fault_of_last_day(longest + DAY, FIRST, run) == too_long
