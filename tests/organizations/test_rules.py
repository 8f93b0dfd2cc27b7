"""Terms, titles, who acts, chains."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.organizations import rules
from linli.organizations.rules import Term

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
FIRST, LAST = date(2026, 1, 1), date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST - timedelta(days=1), True),
        (LAST, False),
    ],
)
def test_a_term_holds_from_its_first_day_until_before_its_end(day, holds):
    assert Term(FIRST, LAST).holds(day) is holds


def test_an_open_term_holds_on():
    assert Term(FIRST).holds(date(2099, 1, 1))
    assert Term(FIRST).last_day is None
    assert Term(FIRST, LAST).last_day == date(2026, 1, 31)


@given(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS)
def test_terms_meet_exactly_when_a_day_lies_in_both(first, second, first_ends, second_ends):
    one, two = Term(first, first_ends), Term(second, second_ends)
    assert one.meets(two) is two.meets(one)
    later = max(first, second)
    if (first_ends is None or first_ends > first) and (second_ends is None or second_ends > second):
        assert one.meets(two) is (one.holds(later) and two.holds(later))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("residents_committee", "网格员 · 第3网格"),
        ("street_office", "网格员 · 第3网格"),
        ("property_company", "网格员 · 建设物业"),
        ("department", "网格员 · 建设物业"),
    ],
)
def test_a_post_is_called_after_its_place_or_its_unit(kind, title):
    assert rules.title_of("网格员", organization_kind=kind, organization="建设物业", place="第3网格") == title


@pytest.mark.parametrize(
    ("holders", "absent", "acting"),
    [
        (["甲"], {}, ["甲"]),
        (["甲"], {"甲": "乙"}, ["乙"]),
        (["甲", "乙"], {"甲": "乙"}, ["乙"]),  # one stands in for the other: told once
        (["甲", "乙"], {"甲": "丙"}, ["丙", "乙"]),
        ([], {}, []),
    ],
)
def test_who_acts(holders, absent, acting):
    assert rules.acting(holders, absent) == acting


def test_a_chain_has_no_circle_and_an_end():
    assert rules.chain_is_sound("a", ["b", "c"])
    assert not rules.chain_is_sound("a", ["b", "a"])
    assert not rules.chain_is_sound("a", ["b", "c", "b"])
    assert not rules.chain_is_sound("a", [str(n) for n in range(rules.LONGEST_CHAIN)])
