"""The latest vote counts; who has voted enough is in, and stays in."""

import numpy as np
import pytest
from hypothesis import given, settings

from linli.deliberation.opinions.votes import AGREE, DISAGREE, PASS, matrix
from tests.deliberation.opinions.makings import conversations, rows


def inside(casts, moments=None):
    found = matrix(rows(casts, moments))
    return {person for person, is_in in zip(found.people, found.inside, strict=True) if is_in}


def votes_on(person, statements):
    return [(person, statement, AGREE) for statement in statements]


def test_the_latest_vote_stands() -> None:
    found = matrix(rows([(7, 3, AGREE), (7, 3, DISAGREE), (7, 4, PASS), (2, 4, AGREE)]))
    assert found.people == (2, 7)
    assert found.statements == (3, 4)
    assert np.array_equal(found.votes, [[np.nan, AGREE], [DISAGREE, PASS]], equal_nan=True)


def test_the_moment_decides_and_then_the_order() -> None:
    assert matrix(rows([(1, 1, AGREE), (1, 1, DISAGREE)], [20, 10])).votes[0, 0] == AGREE
    assert matrix(rows([(1, 1, AGREE), (1, 1, DISAGREE)], [10, 10])).votes[0, 0] == DISAGREE


def test_nobody_voted() -> None:
    found = matrix(rows([]))
    assert (found.people, found.statements, found.votes.shape, found.inside.shape) == ((), (), (0, 0), (0,))


def test_fifteen_people_are_all_in() -> None:
    casts = [cast for person in range(15) for cast in votes_on(person, [person])]
    assert inside(casts) == set(range(15))


@pytest.mark.parametrize(("count", "expected"), [(6, False), (7, True), (8, True)])
def test_the_sixteenth_needs_seven_votes(count: int, expected: bool) -> None:
    casts = [cast for person in range(15) for cast in votes_on(person, range(9))]
    assert (15 in inside(casts + votes_on(15, range(count)))) is expected


@pytest.mark.parametrize(("count", "expected"), [(2, False), (3, True)])
def test_with_few_statements_all_of_them_are_enough(count: int, expected: bool) -> None:
    casts = [cast for person in range(15) for cast in votes_on(person, range(3))]
    assert (15 in inside(casts + votes_on(15, range(count)))) is expected


def test_who_was_in_stays_in_when_statements_come_later() -> None:
    casts = [cast for person in range(16) for cast in votes_on(person, range(3))]
    casts += votes_on(16, [0]) + [cast for person in range(10) for cast in votes_on(person, range(3, 20))]
    assert inside(casts) == set(range(16))


def test_voting_again_is_no_further_vote() -> None:
    casts = [cast for person in range(15) for cast in votes_on(person, range(9))]
    assert 15 not in inside(casts + votes_on(15, [0, 1, 2, 0, 1, 2, 0, 1]))


def test_without_times_those_with_most_votes_fill_up_to_fifteen() -> None:
    casts = votes_on(0, range(20)) + votes_on(1, range(7))
    casts += [cast for person in range(2, 20) for cast in votes_on(person, range(1 if person < 6 else 2))]
    assert inside(casts, [0] * len(casts)) == {0, 1, *range(6, 19)}


@settings(deadline=None)
@given(conversations())
def test_the_order_of_the_file_is_nothing(casts) -> None:
    straight = matrix(rows(casts))
    turned = matrix(rows(casts[::-1], range(len(casts))[::-1]))
    assert (straight.people, straight.statements) == (turned.people, turned.statements)
    assert np.array_equal(straight.votes, turned.votes, equal_nan=True)
    assert np.array_equal(straight.inside, turned.inside)


@settings(deadline=None)
@given(conversations(people=40))
def test_enough_people_are_in_and_everybody_with_enough_votes(casts) -> None:
    found = matrix(rows(casts))
    assert found.inside.sum() >= min(15, len(found.people))
    assert found.inside[found.given.sum(axis=1) >= 7].all()
    assert found.inside[found.given.sum(axis=1) == len(found.statements)].all()
