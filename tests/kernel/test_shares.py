"""Shares of a whole: what is just enough, and how they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.shares import Share


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.booleans(), st.integers(0, 10**9))
def test_the_least_that_is_enough(numerator: int, denominator: int, strict: bool, whole: int) -> None:
    share = Share(min(numerator, denominator), max(numerator, denominator), strict)
    least = share.least(whole)
    if whole:
        assert share.holds(least, whole)
        assert not share.holds(least - 1, whole)
    assert Share.parse(str(share)) == share


@pytest.mark.parametrize("text", ["", "1/2", ">0/2", ">=3/2", "half", ">=1/0", ">=2/3.0"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(ValueError):
        Share.parse(text)
