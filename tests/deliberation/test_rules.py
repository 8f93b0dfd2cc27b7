"""When one may answer, what a statement may be, which comes next."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.kinds import Stage
from linli.deliberation.rules import opinions as rules

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 30)
THEN = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "closed", "published", "expected"),
    [
        (date(2026, 11, 15), None, None, Stage.COMING),
        (FIRST, None, None, Stage.RUNNING),
        (LAST, None, None, Stage.RUNNING),
        (date(2026, 12, 1), None, None, Stage.ENDED),
        (date(2026, 11, 20), THEN, None, Stage.ENDED),
        (date(2026, 11, 15), THEN, None, Stage.ENDED),
        (date(2026, 11, 20), THEN, THEN, Stage.PUBLISHED),
        (date(2026, 12, 1), None, THEN, Stage.PUBLISHED),
    ],
)
def test_stage(day: date, closed: datetime | None, published: datetime | None, expected: Stage) -> None:
    found = rules.stage(starts=FIRST, ends=LAST, closed_at=closed, published_at=published, day=day)
    assert found is expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("每户只停一辆车", ""),
        (" ", "Write what people could agree with."),
        ("\u200b", "Write what people could agree with."),
        ("停" * 120, ""),
        ("停" * 121, "A statement is one sentence: 120 characters at most."),
        ("外来车不进", "Somebody has said exactly this already."),
        ("ＡＢＣ 车位", "Somebody has said exactly this already."),
    ],
)
def test_statement(text: str, fault: str) -> None:
    assert rules.fault_of_statement(text, ["外来车不进", "abc 车位"]) == fault


def test_nothing_is_asked_when_nothing_is_left() -> None:
    assert rules.next_statement([], {}, "x") is None


def test_what_weighs_more_is_asked_sooner_and_what_is_new_has_its_turn() -> None:
    asked = Counter(rules.next_statement([0, 1, 2], {0: 1.0, 1: 12.0}, str(number)) for number in range(900))
    assert asked[1] > asked[2] > asked[0] > 0


@settings(deadline=None)
@given(st.sets(st.integers(0, 50), min_size=1), st.text(max_size=8))
def test_the_same_page_asks_the_same_thing_whatever_the_order(numbers: set[int], seed: str) -> None:
    found = rules.next_statement(numbers, {}, seed)
    assert found in numbers
    assert rules.next_statement(sorted(numbers, reverse=True), {}, seed) == found


def test_weights_of_nothing_still_ask_something() -> None:
    assert rules.next_statement([4, 3], {3: 0.0, 4: 0.0}, "x") == 3
