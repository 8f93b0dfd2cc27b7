"""The clock: UTC inside, Shanghai outside, and it can be stopped."""

import contextvars
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.kernel import clock

MOMENT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)


def test_now_is_aware_and_moves() -> None:
    first = clock.now()
    assert first.utcoffset() == timedelta(0)
    assert clock.now() >= first


def test_a_stopped_clock_tells_one_moment_and_the_date_in_shanghai() -> None:
    with clock.at(MOMENT):
        assert clock.now() == MOMENT
        assert clock.today() == date(2026, 3, 3)


def test_blocks_nest_and_give_back_the_clock_even_after_an_error() -> None:
    later = MOMENT + timedelta(days=1)
    with clock.at(MOMENT):
        with pytest.raises(RuntimeError, match=later.isoformat().replace("+", r"\+")), clock.at(later):
            raise RuntimeError(clock.now().isoformat())
        assert clock.now() == MOMENT
    assert clock.now() != MOMENT


def test_a_stopped_clock_is_not_seen_by_other_contexts() -> None:
    other = contextvars.Context()
    with clock.at(MOMENT):
        assert other.run(clock.now) != MOMENT


def test_local_shows_shanghai_time() -> None:
    assert clock.local(MOMENT).isoformat() == "2026-03-03T00:30:00+08:00"


def test_moments_without_a_zone_are_refused() -> None:
    naive = MOMENT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        clock.local(naive)
    with pytest.raises(ValueError, match="time zone"), clock.at(naive):
        pass
