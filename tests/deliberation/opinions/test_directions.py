"""Directions, and where people and statements stand along them: small cases worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings

from linli.deliberation.opinions import directions
from linli.deliberation.opinions.votes import matrix
from tests.deliberation.opinions.makings import conversations, drawn, rows

HALF = 2**-0.5


def test_two_camps_differ_along_what_divides_them() -> None:
    # agree −1, disagree 1: the first two statements divide, the third does not
    found = directions.find(drawn("+-+", "+-+", "-++", "-++").votes)
    assert found.center == pytest.approx([0, 0, -1])
    assert np.abs(found.comps[0]) == pytest.approx([HALF, HALF, 0])
    assert found.comps[0, 0] == pytest.approx(-found.comps[0, 1])
    assert found.comps[1] == pytest.approx([0, 0, 0])


def test_the_sign_is_the_one_that_sums_up_positive() -> None:
    found = directions.find(drawn("++", "++", "--").votes)
    assert found.comps[0] == pytest.approx([HALF, HALF])


def test_a_missing_vote_stands_at_the_mean() -> None:
    votes = drawn("+-", "-+", "+.").votes
    found = directions.find(votes)
    assert found.center == pytest.approx([-1 / 3, 0])
    # scatter: [[8/3, −2], [−2, 2]] → first direction (−0.763, 0.646)
    scatter = np.array([[8 / 3, -2], [-2, 2]])
    weights = np.linalg.eigvalsh(scatter)
    assert scatter @ found.comps[0] == pytest.approx(weights[-1] * found.comps[0])


def test_who_voted_on_little_is_moved_outward() -> None:
    votes = drawn("++++", "----", "+...").votes
    found = directions.find(votes)
    spots = directions.people(votes, found)
    inner = (votes[2, 0] - found.center[0]) * found.comps[:, 0]
    assert spots[2] == pytest.approx(inner * 2)  # √(4 statements ÷ 1 vote)


def test_a_statement_stands_where_its_one_agreement_would() -> None:
    found = directions.find(drawn("++-", "+--", "-+-", "--+").votes)
    alone = directions.people(np.array([[np.nan, -1, np.nan]]), found)
    assert directions.statements(found)[:, 1] == pytest.approx(alone[0])


@pytest.mark.parametrize("votes", [np.zeros((0, 0)), np.zeros((1, 1)), np.zeros((3, 4)), np.ones((1, 5))])
def test_nothing_to_tell_apart_has_no_direction(votes) -> None:
    found = directions.find(votes)
    assert not found.comps.any()
    assert found.comps.shape == (2, votes.shape[1])
    assert not directions.people(votes, found).any()


@settings(deadline=None)
@given(conversations())
def test_directions_are_unit_vectors_at_right_angles_pointing_to_the_positive(casts) -> None:
    votes = matrix(rows(casts)).votes
    one, other = directions.find(votes).comps
    for each in (one, other):
        assert np.linalg.norm(each) == pytest.approx(1) or not each.any()
        assert each.sum() >= -1e-9
    assert one @ other == pytest.approx(0, abs=1e-7)


@settings(deadline=None)
@given(conversations(people=6, statements=14))
def test_more_statements_than_people_is_the_same_mathematics(casts) -> None:
    votes = matrix(rows(casts)).votes
    if not votes.size:
        return
    found = directions.find(votes)
    apart = np.where(np.isnan(votes), 0, votes - found.center)
    weights = np.linalg.svd(apart, compute_uv=False) ** 2
    for direction, weight in zip(found.comps, weights, strict=False):
        assert apart.T @ (apart @ direction) == pytest.approx(weight * direction, abs=1e-7)
