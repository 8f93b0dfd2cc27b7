"""Who is honoured, whole numbers only; the days of an appraisal; what counts."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.kinds import AppraisalStage, TieRule
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days, Standing, Weights

TODAY = date(2026, 11, 16)
DAYS = Days(date(2026, 11, 20), date(2026, 11, 25), date(2026, 11, 30), 7)


TOO_SOON = "Leave two days between the nominations and the choosing: those nominated are asked then."


def days(nominate: int, choose: int, until: int, posted: int = 5) -> Days:
    return Days(*(TODAY + timedelta(days=n) for n in (nominate, choose, until)), posted)


@pytest.mark.parametrize(
    ("given_days", "expected"),
    [
        (days(0, 3, 3), ""),
        (days(-1, 3, 3), "The last day to nominate is not before today."),
        (days(0, 2, 3), TOO_SOON),
        (days(0, 3, 2), "The last day to choose is not before the first."),
        (days(0, 3, 183), ""),
        (days(0, 3, 184), "An appraisal takes half a year at most."),
        (days(0, 3, 3, 4), "A result is posted for 5 to 60 days."),
        (days(0, 3, 3, 60), ""),
        (days(0, 3, 3, 61), "A result is posted for 5 to 60 days."),
    ],
)  # fmt: skip
def test_days(given_days: Days, expected: str) -> None:
    assert rules.fault_of_days(given_days, TODAY) == expected


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 11, 20), AppraisalStage.NOMINATING),
        (date(2026, 11, 21), AppraisalStage.ASKING),
        (date(2026, 11, 24), AppraisalStage.ASKING),
        (date(2026, 11, 25), AppraisalStage.CHOOSING),
        (date(2026, 11, 30), AppraisalStage.CHOOSING),
        (date(2026, 12, 1), AppraisalStage.COUNTING),
    ],
)
def test_the_stage_follows_the_days(day: date, stage: AppraisalStage) -> None:
    assert rules.stage(DAYS, posted_on=None, concluded_on=None, is_off=False, day=day) is stage
    assert rules.stage(DAYS, posted_on=day, concluded_on=None, is_off=False, day=day) is AppraisalStage.POSTED
    assert (
        rules.stage(DAYS, posted_on=day, concluded_on=day, is_off=False, day=day) is AppraisalStage.HONOURED
    )
    assert (
        rules.stage(DAYS, posted_on=day, concluded_on=None, is_off=True, day=day) is AppraisalStage.CALLED_OFF
    )


def test_the_day_it_goes_up_is_not_counted() -> None:
    assert rules.posted_until(date(2026, 12, 1), 5) == date(2026, 12, 6)


SIX_FOUR = Weights(jury=4, residents=6)


@pytest.mark.parametrize(
    ("given_to", "seats", "weights", "tie", "expected"),
    [
        # residents 10 of 20 and points 40 of 80 are worth the same half
        ({"a": (40, 10), "b": (0, 10), "c": (40, 0)}, 1, SIX_FOUR, TieRule.SHARED, "a"),
        ({"b": (0, 10), "c": (40, 0)}, 1, SIX_FOUR, TieRule.SHARED, "b"),
        ({"b": (0, 10), "c": (40, 0)}, 1, Weights(6, 4), TieRule.SHARED, "c"),
        ({"b": (0, 10), "c": (40, 0)}, 1, Weights(1, 1), TieRule.SHARED, "bc"),
        ({"b": (0, 10), "c": (40, 0)}, 1, Weights(1, 1), TieRule.RESIDENTS, "b"),
        ({"b": (0, 10), "c": (40, 0)}, 1, Weights(1, 1), TieRule.JURY, "c"),
        ({"a": (8, 2), "b": (8, 2), "c": (1, 0)}, 1, SIX_FOUR, TieRule.JURY, "ab"),  # level in both: shared
        ({"a": (8, 2), "b": (8, 2), "c": (1, 0)}, 2, SIX_FOUR, TieRule.JURY, "ab"),
        ({"a": (8, 2), "b": (8, 2), "c": (1, 0)}, 5, SIX_FOUR, TieRule.JURY, "abc"),
        ({"a": (0, 0), "b": (0, 1)}, 2, SIX_FOUR, TieRule.SHARED, "b"),  # nobody spoke for a
        ({"a": (0, 0)}, 1, SIX_FOUR, TieRule.SHARED, ""),
        ({}, 3, SIX_FOUR, TieRule.SHARED, ""),
        ({"a": (80, 0), "b": (0, 1)}, 1, Weights(0, 1), TieRule.SHARED, "b"),  # a side without weight
    ],
)
def test_who_is_honoured(given_to, seats, weights, tie, expected) -> None:
    standings = [(key, Standing(*both)) for key, both in given_to.items()]
    chosen = rules.honoured(standings, seats=seats, weights=weights, tie=tie, most_points=80, voters=20)
    assert "".join(chosen) == expected


@pytest.mark.parametrize(("most_points", "voters", "expected"), [(0, 5, "b"), (80, 0, "a"), (0, 0, "")])
def test_a_side_on_which_nobody_spoke_counts_nothing(most_points: int, voters: int, expected: str) -> None:
    standings = [
        ("a", Standing(40 if most_points else 0, 1 if voters else 0)),
        ("b", Standing(20 if most_points else 0, 3 if voters else 0)),
    ]
    chosen = rules.honoured(
        standings, seats=1, weights=SIX_FOUR, tie=TieRule.SHARED, most_points=most_points, voters=voters
    )
    assert "".join(chosen) == expected


STANDINGS = st.lists(
    st.builds(Standing, points=st.integers(0, 60), voices=st.integers(0, 40)), min_size=1, max_size=12
)


@settings(max_examples=200)
@given(
    STANDINGS, st.integers(1, 6), st.integers(0, 10), st.integers(1, 10), st.sampled_from(list(TieRule)),
    st.integers(0, 10_000),
)  # fmt: skip
def test_the_result_is_that_of_exact_shares_in_any_order(
    standings, seats, jury, residents, tie, seed
) -> None:
    keyed = list(enumerate(standings))
    given_all = {"seats": seats, "weights": Weights(jury, residents), "tie": tie}
    chosen = set(rules.honoured(keyed, **given_all, most_points=60, voters=40))
    turned = keyed[seed % len(keyed) :] + keyed[: seed % len(keyed)]
    assert chosen == set(rules.honoured(turned, **given_all, most_points=60, voters=40))
    exact = {
        key: jury * Fraction(each.points, 60) + residents * Fraction(each.voices, 40) for key, each in keyed
    }
    positive = [key for key in exact if exact[key] > 0]
    assert len(chosen) >= min(seats, len(positive))
    assert chosen <= set(positive)
    for out in set(positive) - chosen:
        assert all(exact[out] <= exact[each] for each in chosen)
        assert sum(exact[each] > exact[out] or each in chosen for each in positive) >= seats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常帮邻居\n 说话和气 \n\n常帮邻居", ["常帮邻居", "说话和气"]),
        ("", []),
    ],
)
def test_criteria_one_to_a_line(text: str, expected: list[str]) -> None:
    assert rules.criteria_of(text) == expected


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ([], "Say in words what counts, one to a line."),
        (["好"] * 8, ""),
        (["好"] * 9, "At most 8 criteria: more nobody can weigh."),
        (["好" * 80], ""),
        (["好" * 81], "A criterion has at most 80 characters."),
    ],
)
def test_faults_of_criteria(criteria: list[str], expected: str) -> None:
    assert rules.fault_of_criteria(criteria) == expected


@pytest.mark.parametrize(
    ("jury", "residents", "expected"),
    [(0, 1, ""), (1, 0, ""), (0, 0, "One of the two sides has to count."), (10, 10, ""),
     (11, 1, "A weight is a whole number from 0 to 10.")],
)  # fmt: skip
def test_weights(jury: int, residents: int, expected: str) -> None:
    assert rules.fault_of_weights(Weights(jury, residents)) == expected


@pytest.mark.parametrize(("born", "is_child"), [(None, False), (2007, False), (2008, True), (2020, True)])
def test_who_turns_eighteen_this_year_may_still_be_a_child(born: int | None, is_child: bool) -> None:
    assert rules.is_child(born, TODAY) is is_child
