"""民法典 278 and the assemblies at their exact boundaries."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ballots.kinds import Method, RuleName, Side
from linli.ballots.rules import majorities
from linli.ballots.rules.answers import Electorate, Line, Question
from linli.ballots.rules.majorities import NAMED, HouseRule
from linli.ballots.rules.tally import Result, tally
from linli.ballots.rules.weights import NOTHING, Weight


def decided(
    rule: majorities.Rule, everybody: Weight, yes: Weight, no: Weight = NOTHING, abstain: Weight = NOTHING
) -> Result:
    question = Question("1", Method.YES_NO, rule)
    lines = [
        Line(side.value, weight)
        for side, weight in ((Side.YES, yes), (Side.NO, no), (Side.ABSTAIN, abstain))
        if weight != Weight()
    ]
    return tally(question, Electorate(everybody), lines)


CASES = [
    # rules.md §1, A = 9000, N = 90: 6000/60 is quorate
    ("owners_ordinary", (6000, 60), (3000, 30), (3000, 30), "Not passed: too little of the area agrees."),
    ("owners_ordinary", (6000, 60), (3001, 31), (2999, 29), ""),
    ("owners_ordinary", (6000, 60), (3001, 30), (2999, 30), "Not passed: too few agree."),
    ("owners_special", (6000, 60), (4500, 45), (1500, 15), ""),
    ("owners_special", (6000, 60), (4499, 45), (1501, 15), "Not passed: too little of the area agrees."),
    ("owners_special", (6000, 60), (4500, 44), (1500, 16), "Not passed: too few agree."),
    ("owners_ordinary", (5999, 60), (5999, 60), (0, 0), "Not passed: too little of the area took part."),
    ("owners_ordinary", (6000, 59), (6000, 59), (0, 0), "Not passed: too few took part."),
    # a lift: ⅔ take part and ¾ of these agree, each by area and by heads, at its edge and one short of it
    ("lift", (6000, 60), (4500, 45), (1500, 15), ""),
    ("lift", (6000, 60), (4499, 45), (1501, 15), "Not passed: too little of the area agrees."),
    ("lift", (6000, 60), (4500, 44), (1500, 16), "Not passed: too few agree."),
    ("lift", (5999, 60), (5999, 60), (0, 0), "Not passed: too little of the area took part."),
    ("lift", (6000, 59), (6000, 59), (0, 0), "Not passed: too few took part."),
    ("lift", (6000, 60), (4500, 45), (0, 0), ""),  # abstaining is taking part
    ("lift", (9000, 90), (6750, 68), (2250, 22), ""),
    ("lift", (9000, 90), (6750, 67), (2250, 23), "Not passed: too few agree."),
    ("owners_unanimous", (9000, 90), (9000, 90), (0, 0), ""),
    ("owners_unanimous", (9000, 89), (9000, 89), (0, 0), "Not passed: too few took part."),
    ("owners_unanimous", (9000, 90), (9000, 89), (0, 1), "Not passed: too few agree."),
    # 组织法 arts 27, 29: more than half come, or two thirds of the representatives; more than half agree
    ("residents_assembly", (0, 45), (0, 45), (0, 0), "Not passed: too few took part."),
    ("residents_assembly", (0, 46), (0, 23), (0, 23), "Not passed: too few agree."),
    ("residents_assembly", (0, 46), (0, 24), (0, 22), ""),
    ("rep_assembly", (0, 59), (0, 59), (0, 0), "Not passed: too few took part."),
    ("rep_assembly", (0, 60), (0, 30), (0, 30), "Not passed: too few agree."),
    ("rep_assembly", (0, 60), (0, 31), (0, 29), ""),
    # art 19: valid with more than half of the voters or household representatives, strictly > ⅔ of the reps
    ("election_voters", (0, 45), (0, 45), (0, 0), "Not passed: too few took part."),
    ("election_voters", (0, 46), (0, 23), (0, 23), "Not passed: too few agree."),
    ("election_voters", (0, 46), (0, 24), (0, 22), ""),
    ("election_voters", (0, 46), (0, 23), (0, 0), "Not passed: too few agree."),
    ("election_households", (0, 45), (0, 45), (0, 0), "Not passed: too few took part."),
    ("election_households", (0, 46), (0, 23), (0, 23), "Not passed: too few agree."),
    ("election_households", (0, 46), (0, 24), (0, 22), ""),
    ("election_households", (0, 46), (0, 24), (0, 0), ""),
    ("election_households", (0, 46), (0, 23), (0, 0), "Not passed: too few agree."),
    ("election_reps", (0, 60), (0, 60), (0, 0), "Not passed: too few took part."),
    ("election_reps", (0, 61), (0, 30), (0, 31), "Not passed: too few agree."),
    ("election_reps", (0, 61), (0, 30), (0, 0), "Not passed: too few agree."),
    ("election_reps", (0, 61), (0, 31), (0, 30), ""),
    ("election_reps", (0, 62), (0, 31), (0, 31), "Not passed: too few agree."),
    ("election_reps", (0, 62), (0, 32), (0, 30), ""),
    ("simple", (0, 3), (0, 2), (0, 1), ""),
    ("simple", (0, 2), (0, 1), (0, 1), "Not passed: too few agree."),
    ("absolute", (0, 45), (0, 45), (0, 0), "Not passed: too few agree."),
    ("absolute", (0, 46), (0, 46), (0, 0), ""),
    ("absolute", (0, 90), (0, 45), (0, 0), "Not passed: too few agree."),
    ("two_thirds", (0, 30), (0, 20), (0, 10), ""),
    ("two_thirds", (0, 30), (0, 19), (0, 11), "Not passed: too few agree."),
]


@pytest.mark.parametrize(("name", "part", "yes", "no", "reason"), CASES)
def test_the_numbers_of_the_law(
    name: str, part: tuple[int, int], yes: tuple[int, int], no: tuple[int, int], reason: str
) -> None:
    abstained = Weight(part[0] - yes[0] - no[0], part[1] - yes[1] - no[1])
    result = decided(NAMED[RuleName(name)], Weight(9000, 90), Weight(*yes), Weight(*no), abstained)
    assert result.passed is (not reason)
    assert str(result) == (reason or "Passed: every share that is needed was reached.")


def test_an_abstention_takes_part_and_does_not_agree() -> None:
    rule = NAMED[RuleName.OWNERS_ORDINARY]
    everybody, yes = Weight(9000, 90), Weight(3000, 30)
    assert str(decided(rule, everybody, yes)) == "Not passed: too little of the area took part."
    abstained = decided(rule, everybody, yes, abstain=Weight(3000, 30))
    assert str(abstained) == "Not passed: too little of the area agrees."


def test_nobody_decides_nothing() -> None:
    for rule in NAMED.values():
        assert decided(rule, Weight(9000, 90), Weight()).passed in (False, None)


def test_an_opinion_is_not_a_decision() -> None:
    result = decided(NAMED[RuleName.OPINION], Weight(0, 90), Weight(0, 1))
    assert result.passed is None
    assert str(result) == "An opinion was asked; nothing is decided by it."


def test_a_second_round_needs_a_third() -> None:
    rule = majorities.runoff(NAMED[RuleName.ELECTION_VOTERS])
    assert decided(rule, Weight(0, 90), Weight(0, 20), Weight(0, 40)).passed is True
    assert decided(rule, Weight(0, 90), Weight(0, 19), Weight(0, 41)).passed is False


@pytest.mark.parametrize("name", sorted(set(RuleName) - majorities.ELECTIONS))
def test_a_third_is_enough_in_no_other_vote(name: str) -> None:
    """组织法 19 has a second round for elections; asked of another rule, it changes nothing."""
    rule = NAMED[RuleName(name)]
    assert majorities.runoff(rule) == rule


def test_twenty_of_sixty_do_not_pass_what_owners_decide_with_three_quarters() -> None:
    rule = majorities.runoff(NAMED[RuleName.OWNERS_SPECIAL])
    result = decided(rule, Weight(9000, 90), Weight(2000, 20), Weight(4000, 40))
    assert str(result) == "Not passed: too little of the area agrees."


weights = st.integers(0, 10**7)


@settings(max_examples=300)
@given(weights, weights, weights, weights, st.sampled_from(["owners_ordinary", "owners_special"]))
def test_no_rounding_flips_a_result(yes: int, no: int, rest: int, heads: int, name: str) -> None:
    """The verdict is that of exact fractions, spelt out as the law does."""
    took, everybody = yes + no, yes + no + rest
    rule = NAMED[RuleName(name)]
    result = decided(rule, Weight(everybody, 3 * heads), Weight(yes, 2 * heads), Weight(no, 0))
    by_area = 2 * yes > took if name == "owners_ordinary" else 4 * yes >= 3 * took
    assert result.passed is (took > 0 and heads > 0 and 3 * took >= 2 * everybody and by_area)


counts = st.tuples(st.integers(0, 10**7), st.integers(0, 10**5))
LAW = {
    "owners_ordinary": lambda yes, took: 2 * yes > took,
    "owners_special": lambda yes, took: 4 * yes >= 3 * took,
    "lift": lambda yes, took: 4 * yes >= 3 * took,
}


@settings(max_examples=400)
@given(counts, counts, counts, counts, st.sampled_from(sorted(LAW)))
def test_area_and_heads_are_counted_each_by_itself(
    yes: tuple[int, int], no: tuple[int, int], abstain: tuple[int, int], rest: tuple[int, int], name: str
) -> None:
    """Any areas with any heads on every side: it passes where both reach both shares, and nowhere else."""
    sides = Weight(*yes), Weight(*no), Weight(*abstain)
    took = sum(sides, NOTHING)
    everybody = took + Weight(*rest)
    result = decided(NAMED[RuleName(name)], everybody, *sides)
    reached = [
        given > 0 and 3 * given >= 2 * whole and LAW[name](agreed, given)
        for agreed, given, whole in (
            (yes[0], took.area, everybody.area),
            (yes[1], took.heads, everybody.heads),
        )
    ]
    assert result.passed is all(reached)


edges = st.integers(1, 10**6)


@settings(max_examples=200)
@given(edges, edges, st.booleans())
def test_one_head_or_one_hundredth_short_of_the_edge_fails(area: int, heads: int, by_area: bool) -> None:
    """Exactly ⅔ took part and exactly ¾ of these agree; then one yes, by one measure, becomes a no."""
    rule, everybody = NAMED[RuleName.LIFT], Weight(6 * area, 6 * heads)
    yes, no = Weight(3 * area, 3 * heads), Weight(area, heads)
    assert decided(rule, everybody, yes, no).passed is True
    less = Weight(1, 0) if by_area else Weight(0, 1)
    changed = decided(rule, everybody, Weight(yes.area - less.area, yes.heads - less.heads), no + less)
    why = "too little of the area agrees" if by_area else "too few agree"
    assert str(changed) == f"Not passed: {why}."


# ── 从多: non-voters counted with the majority ──────────────────────────────────────────────────────────

FOLLOW = HouseRule("管理规约 12", date(2026, 1, 1), date(2026, 12, 31))
HELD = date(2026, 6, 1)
EVERYBODY = Electorate(Weight(9000, 90), unreturned=Weight(3000, 30))


def followed(
    yes: tuple[int, int], no: tuple[int, int], rule: HouseRule | None = FOLLOW, held_on: date | None = HELD
) -> Result:
    special = replace(NAMED[RuleName.OWNERS_SPECIAL], follow=rule)
    lines = [Line("yes", Weight(*yes)), Line("no", Weight(*no))]
    return tally(Question("1", Method.YES_NO, special), EVERYBODY, lines, held_on)


def test_those_who_did_not_answer_follow_the_majority() -> None:
    result = followed((2001, 21), (1000, 9))
    assert result.count.took_part == Weight(6001, 60)
    assert result.count.yes == Weight(5001, 51)
    assert result.count.followed == Weight(3000, 30)
    assert result.passed is True


@pytest.mark.parametrize(
    ("rule", "held_on"),
    [
        (None, HELD),
        (FOLLOW, None),
        (FOLLOW, date(2025, 12, 31)),
        (FOLLOW, date(2027, 1, 1)),
    ],
)
def test_without_a_house_rule_in_force_they_do_not(rule: HouseRule | None, held_on: date | None) -> None:
    result = followed((2001, 21), (1000, 9), rule, held_on)
    assert result.count.followed == Weight()
    assert str(result) == "Not passed: too little of the area took part."


def test_the_first_and_the_last_day_of_a_house_rule_count() -> None:
    assert followed((2001, 21), (1000, 9), held_on=date(2026, 1, 1)).passed is True
    assert followed((2001, 21), (1000, 9), held_on=date(2026, 12, 31)).passed is True


@pytest.mark.parametrize(("yes", "no"), [((1500, 21), (1500, 9)), ((2001, 15), (1000, 15))])
def test_without_a_majority_by_both_measures_nobody_follows(
    yes: tuple[int, int], no: tuple[int, int]
) -> None:
    assert followed(yes, no).count.followed == Weight()


def test_they_follow_a_refusal_too() -> None:
    result = followed((1000, 9), (2001, 21))
    assert result.count.no == Weight(5001, 51)
    assert result.passed is False


# ── parts, and those whose consent is needed ────────────────────────────────────────────────────────────


def entrances(first_yes: int, second_yes: int, *, every_part: bool) -> Result:
    """Two entrances of twelve homes of 100 m² each; everybody votes."""
    rule = replace(NAMED[RuleName.LIFT], every_part=every_part)
    each = Weight(120_000, 12)
    lines = []
    for part, yes in (("1单元", first_yes), ("2单元", second_yes)):
        for side, heads in ((Side.YES, yes), (Side.NO, 12 - yes)):
            weight = Weight(10_000 * heads, heads)
            lines.append(Line(side.value, weight, {part: weight}))
    electorate = Electorate(each + each, {"1单元": each, "2单元": each})
    return tally(Question("1", Method.YES_NO, rule), electorate, lines)


def test_every_entrance_has_to_pass() -> None:
    assert entrances(12, 8, every_part=False).passed is True
    result = entrances(12, 8, every_part=True)
    assert result.passed is False
    assert str(result) == "Not passed: in 2单元 too little of the area agrees."
    assert entrances(12, 9, every_part=True).passed is True


@pytest.mark.parametrize(("agreed", "passed"), [(2, True), (1, False)])
def test_an_owner_whose_part_is_built_upon_has_to_agree(agreed: int, passed: bool) -> None:
    lines = [
        Line("yes", Weight(8000, 80)),
        Line("yes", Weight(500, agreed), consents=agreed),
        Line("no", Weight(500, 2 - agreed), consents=2 - agreed),
    ]
    electorate = Electorate(Weight(9000, 90), consents=2)
    result = tally(Question("1", Method.YES_NO, NAMED[RuleName.LIFT]), electorate, lines)
    assert result.passed is passed
    if not passed:
        assert str(result) == "Not passed: 1 whose consent is needed have not agreed."


def test_heads_beyond_a_million_keep_their_last_digit() -> None:
    everybody = Weight(3 * 10**14, 3 * 10**14)
    enough = Weight(2 * 10**14, 2 * 10**14)
    one_short = Weight(2 * 10**14 - 1, 2 * 10**14)
    rule = NAMED[RuleName.OWNERS_ORDINARY]
    assert decided(rule, everybody, enough).passed is True
    assert decided(rule, everybody, one_short).passed is False
