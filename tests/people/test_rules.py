"""Masks, names, years, shares."""

import pytest

from linli.kernel.errors import InvalidCode
from linli.people import rules
from linli.people.kinds import Reach


@pytest.mark.parametrize(
    ("name", "phone", "shown"),
    [
        ("张三丰", "13800002207", ("张**", "138****2207")),
        ("欧阳敏", None, ("欧阳*", "")),
        ("李", "15400000101", ("*", "154****0101")),
    ],
)
def test_lists_show_masks(name, phone, shown):
    found = rules.masked(name, phone)
    assert (found.name, found.phone) == shown
    assert found.has_phone is (phone is not None)


@pytest.mark.parametrize(
    ("year", "good"), [(None, True), (1951, True), (2026, True), (1895, False), (2027, False)]
)
def test_years_of_birth(year, good):
    if good:
        assert rules.checked_born_year(year, this_year=2026) == year
    else:
        with pytest.raises(InvalidCode, match="year of birth"):
            rules.checked_born_year(year, this_year=2026)


@pytest.mark.parametrize(
    ("name", "kept"), [(" 张 三 ", "张三"), ("阿依·古丽", "阿依·古丽"), ("", None), ("张" * 61, None)]
)
def test_names(name, kept):
    if kept:
        assert rules.checked_name(name) == kept
    else:
        with pytest.raises(InvalidCode):
            rules.checked_name(name)


@pytest.mark.parametrize(
    ("reach", "has_phone", "really"),
    [
        (Reach.APP, True, Reach.APP),
        (Reach.CALL, True, Reach.CALL),
        (Reach.APP, False, Reach.SLIP),
        (Reach.CALL, False, Reach.SLIP),
        (Reach.SLIP, True, Reach.SLIP),
    ],
)
def test_without_a_phone_only_a_slip_reaches(reach, has_phone, really):
    assert rules.reach_with(reach, has_phone=has_phone) is really


@pytest.mark.parametrize(
    ("numerator", "denominator", "sound"), [(1, 1, True), (1, 2, True), (0, 1, False), (3, 2, False)]
)
def test_a_share_is_at_most_the_whole(numerator, denominator, sound):
    assert rules.share_is_sound(numerator, denominator) is sound


@pytest.mark.parametrize(("born", "grown"), [(2008, True), (2009, False), (1950, True), (None, True)])
def test_who_counts_as_grown_up(born, grown):
    """Only the year is kept: the year of turning 18 counts, and so does a year nobody wrote down."""
    assert rules.is_adult(born, 2026) is grown
