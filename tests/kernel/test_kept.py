"""An answer is kept so long and no longer."""

from collections.abc import Iterator
from itertools import count

import pytest

from linli.kernel.kept import Kept


@pytest.fixture
def answers() -> Iterator[int]:
    return count(1)


def test_an_answer_is_asked_for_once_until_it_is_old(answers: Iterator[int]) -> None:
    now = [100.0]
    kept = Kept(lambda: next(answers), seconds=60, time=lambda: now[0])
    assert kept() == 1
    now[0] = 159.9
    assert kept() == 1
    now[0] = 160.0
    assert kept() == 2
    now[0] = 219.9
    assert kept() == 2


def test_what_is_forgotten_is_asked_for_again(answers: Iterator[int]) -> None:
    kept = Kept(lambda: next(answers), time=lambda: 0.0)
    assert kept() == 1
    kept.forget()
    assert kept() == 2
    assert kept() == 2


def test_a_question_that_fails_keeps_nothing() -> None:
    fails = iter([True, False])

    def ask() -> str:
        if next(fails):
            raise OSError("the line is cut")
        return "five"

    kept = Kept(ask, time=lambda: 0.0)
    with pytest.raises(OSError, match="the line is cut"):
        kept()
    assert kept() == "five"
