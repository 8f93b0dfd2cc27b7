"""Which backups stay: the last of each of seven days, the last of each of four weeks."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.clock import SHANGHAI
from linli.site.keeping import retention

FRIDAY = datetime(2026, 11, 20, 2, 40, tzinfo=SHANGHAI)


def nights(*ago: int) -> list[datetime]:
    """Backups made so many nights before that Friday."""
    return [FRIDAY - timedelta(days=each) for each in ago]


@pytest.mark.parametrize(
    ("ago", "stay"),
    [
        ([], []),
        ([0], [0]),
        (range(7), range(7)),
        # Sunday the 8th, the 1st and 25 October close their weeks: 12, 19, 26 days before
        (range(40), [0, 1, 2, 3, 4, 5, 6, 12, 19]),
        # an installation that stood still for months keeps what it has
        ([100, 101, 102], [100, 101, 102]),
    ],
)
def test_what_stays(ago: range | list[int], stay: range | list[int]) -> None:
    assert retention.kept(nights(*ago)) == set(nights(*stay))


def test_of_one_day_the_last_stays() -> None:
    noon = FRIDAY.replace(hour=12)
    assert retention.kept([FRIDAY, noon]) == {noon}


@given(st.lists(st.integers(0, 2000), max_size=120))
def test_the_newest_always_stays_and_never_too_many(hours: list[int]) -> None:
    moments = [FRIDAY - timedelta(hours=each) for each in hours]
    stay = retention.kept(moments)
    assert stay <= set(moments)
    assert len(stay) <= retention.DAILY + retention.WEEKLY
    assert not moments or max(moments) in stay


@pytest.mark.parametrize(
    ("ago", "old"), [([], True), ([0], False), ([2], False), ([3], True), ([9, 1], False)]
)
def test_two_days_without_a_backup_are_too_many(ago: list[int], old: bool) -> None:
    assert retention.is_too_old(nights(*ago), FRIDAY) is old
