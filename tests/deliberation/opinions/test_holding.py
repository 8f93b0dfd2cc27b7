"""What a group holds and what everybody holds: numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings

from linli.deliberation.opinions import holding
from linli.deliberation.opinions.analysis import analyse
from linli.deliberation.opinions.holding import Tally
from linli.deliberation.opinions.votes import matrix
from tests.deliberation.opinions.makings import conversations, drawn, rows


def tally(*columns: tuple[int, int, int]) -> Tally:
    """Columns of (agree, disagree, seen)."""
    return Tally(*np.array(columns, dtype=np.int64).reshape(-1, 3).T)


def one(*numbers: int):
    return [np.array([number]) for number in numbers]


def test_votes_are_counted_by_column() -> None:
    found = holding.tally(drawn("+-0", "+.0", "--+").votes)
    assert found.agree.tolist() == [2, 0, 1]
    assert found.disagree.tolist() == [1, 2, 0]
    assert found.seen.tolist() == [3, 2, 3]
    assert found.passed.tolist() == [0, 0, 2]


@pytest.mark.parametrize(("successes", "trials", "expected"), [(0, 0, 1 / 2), (6, 6, 7 / 8), (15, 16, 8 / 9)])
def test_share(successes: int, trials: int, expected: float) -> None:
    assert holding.share(*one(successes, trials))[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [(0, 0, 1.0), (3, 3, 2.0), (6, 6, 7**0.5), (1, 3, 0.0), (0, 3, -1.0)],
)
def test_share_test(successes: int, trials: int, expected: float) -> None:
    assert holding.share_test(*one(successes, trials))[0] == pytest.approx(expected)


def test_difference_test() -> None:
    # 7 of 7 against 3 of 5 with one added to each: 8/8 against 4/6, together 12/14
    z = (1 - 4 / 6) / (12 / 14 * 2 / 14 * (1 / 8 + 1 / 6)) ** 0.5
    assert holding.difference_test(*one(7, 3, 7, 5))[0] == pytest.approx(z)
    assert holding.difference_test(*one(4, 2, 4, 2))[0] == 0  # everybody succeeded: nothing to tell apart
    assert holding.difference_test(*one(2, 5, 5, 11))[0] == pytest.approx(0)  # 3 of 6 against 6 of 12


def test_times_is_exact() -> None:
    assert holding.times(*one(3, 0, 3, 1))[0] == 2.4  # (4/5) ÷ (1/3), which floats make 2.4000000000000004


def test_what_is_clear_is_named_the_best_agreement_first() -> None:
    group = tally((8, 0, 8), (0, 8, 8), (4, 4, 8), (8, 0, 8))
    rest = tally((0, 8, 8), (8, 0, 8), (4, 4, 8), (4, 4, 8))
    found = holding.representative(group, rest, ["a", "b", "c", "d"], ())
    assert [(each["tid"], each["repful-for"]) for each in found] == [
        ("a", "agree"), ("d", "agree"), ("b", "disagree"),
    ]  # fmt: skip
    assert found[0]["best-agree"] is True
    assert found[0]["n-agree"] == 8
    assert "best-agree" not in found[1]
    assert found[2]["n-success"] == 8


def test_at_most_five_are_named() -> None:
    group, rest = tally(*[(9, 0, 9)] * 8), tally(*[(0, 9, 9)] * 8)
    assert [each["tid"] for each in holding.representative(group, rest, list(range(8)), ())] == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_where_nothing_is_clear_the_best_stands_alone() -> None:
    group, rest = tally((1, 1, 2), (1, 2, 3)), tally((1, 1, 2), (2, 1, 3))
    found = holding.representative(group, rest, ["a", "b"], ())
    assert [(each["tid"], each["repful-for"]) for each in found] == [("b", "disagree")]
    assert "best-agree" not in found[0]


def test_a_statement_taken_out_stands_for_nobody() -> None:
    group, rest = tally((8, 0, 8), (6, 2, 8)), tally((0, 8, 8), (2, 6, 8))
    assert [each["tid"] for each in holding.representative(group, rest, ["a", "b"], {"a"})] == ["b"]
    assert holding.representative(group, rest, ["a", "b"], {"a", "b"}) == []
    assert holding.consensus(group, ["a", "b"], {"a", "b"}) == {"agree": [], "disagree": []}


def test_what_nobody_voted_on_is_no_agreement() -> None:
    found = holding.representative(tally((0, 0, 0)), tally((0, 4, 4)), ["a"], ())
    assert [each.get("best-agree") for each in found] == [None]


def test_consensus_is_what_clearly_more_than_half_hold() -> None:
    everybody = tally((15, 0, 16), (13, 1, 14), (0, 11, 14), (8, 8, 16), (1, 0, 1))
    found = holding.consensus(everybody, list(range(5)), ())
    assert [each["tid"] for each in found["agree"]] == [0, 1, 4]
    assert [each["tid"] for each in found["disagree"]] == [2]
    assert found["disagree"][0] == {
        "tid": 2, "n-success": 11, "n-trials": 14, "p-success": 0.75,
        "p-test": pytest.approx(2 * 15**0.5 * 0.3),
    }  # fmt: skip


def test_all_groups_must_agree_for_consensus_of_groups() -> None:
    groups = [tally((0, 5, 5), (4, 0, 5)), tally((0, 3, 3), (3, 0, 3))]
    assert holding.group_aware_consensus(groups) == pytest.approx([1 / 7 / 5, 5 / 7 * 4 / 5])


def test_what_is_new_telling_and_agreed_with_is_asked_first() -> None:
    votes = tally((0, 0, 0), (10, 0, 10), (0, 0, 10), (0, 0, 0))
    found = holding.priorities(votes, np.array([0.0, 1.0, 1.0, 0.0]), np.array([False, False, False, True]))
    assert found[0] == pytest.approx((1 / 2 * 1 / 2 * 9) ** 2)
    assert found[1] == pytest.approx((11 / 12 * 2 * 11 / 12 * (1 + 8 / 4)) ** 2)
    assert found[2] == pytest.approx((1 / 12 * 2 * 1 / 12 * (1 + 8 / 4)) ** 2)
    assert found[3] == 49


@settings(deadline=None)
@given(conversations())
def test_renaming_people_changes_nothing_of_what_is_held(casts) -> None:
    def held(name):
        named = matrix(rows([(name(person), statement, vote) for person, statement, vote in casts]))
        found = analyse(named, given={name(person): person % 3 for person in range(24)})
        return found.representative, found.consensus, found.group_aware_consensus

    assert held(lambda person: person) == held(lambda person: 1000 - 7 * person)


@settings(deadline=None)
@given(conversations())
def test_whatever_is_named_was_voted_on_and_is_in(casts) -> None:
    found = analyse(matrix(rows(casts)), out=[0, 3])
    named = [each for entries in found.representative.values() for each in entries]
    named += [each for side in found.consensus.values() for each in side]
    assert {each["tid"] for each in named} <= set(found.statements) - {0, 3}
    assert all(0 <= each["n-success"] <= each["n-trials"] for each in named)
    assert all(len(entries) <= 5 for entries in found.representative.values())
