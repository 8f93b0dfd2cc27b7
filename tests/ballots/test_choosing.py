"""Which options win: elections, points, instant runoff, satisfaction, consent, a fund shared out."""

from collections.abc import Mapping

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ballots.kinds import Method, RuleName
from linli.ballots.rules.answers import Answer, Electorate, Line, Option, Question, WrongAnswer, checked
from linli.ballots.rules.majorities import NAMED, Rule, runoff
from linli.ballots.rules.tally import Result, tally
from linli.ballots.rules.weights import Weight
from linli.ballots.templatetags.ballots import decided_by

ABC = tuple(Option(each) for each in "abc")
ELECTION = NAMED[RuleName.ELECTION_VOTERS]


def count(
    method: Method, given: Mapping[object, int], *, rule: Rule = ELECTION, heads: int = 100, **more: object
) -> Result:
    """Count so many heads for each answer."""
    options = more.pop("options", ABC)
    question = Question("1", method, rule, options=options, **more)  # type: ignore[arg-type]
    lines = [Line(checked(question, answer), Weight(0, each)) for answer, each in given.items()]
    return tally(question, Electorate(Weight(0, heads)), lines)


def won(result: Result) -> list[str]:
    assert result.outcome is not None
    return list(result.outcome.won)


# ── choose up to k ──────────────────────────────────────────────────────────────────────────────────────


def test_elected_is_who_has_more_than_half_of_the_votes_cast() -> None:
    exactly_half = count(Method.CHOOSE, {("a",): 30, ("b",): 30})
    assert won(exactly_half) == []
    assert exactly_half.passed is False
    assert str(exactly_half) == "Nobody and nothing reached the share that is needed."
    one_more = count(Method.CHOOSE, {("a",): 31, ("b",): 30})
    assert won(one_more) == ["a"]
    assert str(one_more) == "Decided."


def test_a_blank_sheet_and_a_spoilt_one_are_votes_cast() -> None:
    result = count(Method.CHOOSE, {("a",): 30, (): 20, "spoilt": 10})
    assert won(result) == []
    assert (result.count.abstain.heads, result.count.spoilt.heads) == (20, 10)


def test_an_election_too_few_came_to_elects_nobody() -> None:
    result = count(Method.CHOOSE, {("a",): 50})
    assert won(result) == []
    assert str(result) == "Not valid: too few took part."
    assert won(count(Method.CHOOSE, {("a",): 51})) == ["a"]


def test_the_most_votes_take_the_seats() -> None:
    given: Mapping[object, int] = {("a", "b"): 40, ("b", "c"): 35, ("c",): 5}
    result = count(Method.CHOOSE, given, seats=2, at_most=2)
    assert won(result) == ["b"]
    assert str(result) == "1 of 2 places are filled; the others need a second round."
    second = count(Method.CHOOSE, {("a",): 20, ("c",): 40}, rule=runoff(ELECTION))
    assert won(second) == ["c"]


@pytest.mark.parametrize(("votes", "elected"), [(20, ["a"]), (19, [])])
def test_the_second_round_needs_a_third_of_the_votes_cast(votes: int, elected: list[str]) -> None:
    given: Mapping[object, int] = {("a",): votes, ("b",): 19, (): 60 - votes - 19}
    assert won(count(Method.CHOOSE, given, rule=runoff(ELECTION))) == elected


def test_equals_over_the_last_seat_are_voted_on_again() -> None:
    given: Mapping[object, int] = {("a", "b"): 30, ("a", "c"): 30}
    result = count(Method.CHOOSE, given, seats=2, at_most=2, rule=runoff(ELECTION))
    assert result.outcome is not None
    assert result.outcome.won == ("a",)
    assert result.outcome.tied == ("b", "c")
    assert result.passed is False
    assert str(result) == "Tied over the last place: those that are equal are voted on again."


def test_equals_who_all_have_a_seat_are_no_tie() -> None:
    result = count(Method.CHOOSE, {("a", "b"): 60}, seats=2, at_most=2)
    assert won(result) == ["a", "b"]
    assert result.passed is True


def test_owners_elect_by_area_and_by_heads() -> None:
    question = Question("1", Method.CHOOSE, NAMED[RuleName.OWNERS_ORDINARY], options=ABC)
    lines = [Line(("a",), Weight(3000, 31)), Line(("b",), Weight(3000, 29))]
    assert won(tally(question, Electorate(Weight(9000, 90)), lines)) == []
    lines = [Line(("a",), Weight(3001, 31)), Line(("b",), Weight(2999, 29))]
    assert won(tally(question, Electorate(Weight(9000, 90)), lines)) == ["a"]


def test_with_a_simple_majority_the_most_votes_win() -> None:
    assert won(count(Method.CHOOSE, {("a",): 2, ("b",): 3, ("c",): 2}, rule=NAMED[RuleName.SIMPLE])) == ["b"]


# ── whose consent is needed besides ─────────────────────────────────────────────────────────────────────

LIFT = NAMED[RuleName.LIFT]
NOT_AGREED = "Not passed: %s whose consent is needed have not agreed."


def with_consents(*lines: tuple[Answer, int, int], needed: int, seats: int = 1, rule: Rule = LIFT) -> Result:
    """A choice among three plans of a lift by 100 homes of 1 m²: answer, homes, of which so many are built
    upon."""
    asked = Question("1", Method.CHOOSE, rule, options=ABC, seats=seats, at_most=seats)
    listed = [
        Line(checked(asked, answer), Weight(100 * homes, homes), consents=consents)
        for answer, homes, consents in lines
    ]
    return tally(asked, Electorate(Weight(10_000, 100), consents=needed), listed)


@pytest.mark.parametrize(
    ("lines", "needed", "said"),
    [
        (((("a",), 80, 2), (("b",), 20, 0)), 2, "Decided."),
        (((("a",), 80, 1), (("b",), 20, 1)), 2, NOT_AGREED % 1),  # for another plan is not for this one
        (((("a",), 80, 0), ((), 20, 2)), 2, NOT_AGREED % 2),
        (((("a",), 80, 1),), 2, NOT_AGREED % 1),  # one gave nothing back
        (((("a",), 80, 0), (("b",), 20, 0)), 0, "Decided."),
        (((("a",), 75, 2), (("b",), 25, 0)), 2, "Decided."),
        (((("a",), 74, 2), (("b",), 26, 0)), 2, "Nobody and nothing reached the share that is needed."),
        (((("a",), 66, 2),), 2, "Not valid: too few took part."),
    ],
)
def test_a_plan_of_a_lift_needs_the_consent_of_whoever_is_built_upon(
    lines: tuple[tuple[Answer, int, int], ...], needed: int, said: str
) -> None:
    result = with_consents(*lines, needed=needed)
    assert str(result) == said
    assert result.passed is (said == "Decided.")
    assert won(result) == (["a"] if result.passed else [])


def test_of_several_chosen_together_all_are_consented_to() -> None:
    both = ("a", "b")
    assert with_consents((both, 100, 2), needed=2, seats=2).passed is True
    one = with_consents((both, 90, 1), (("a",), 10, 1), needed=2, seats=2)
    assert (one.passed, str(one)) == (False, NOT_AGREED % 1)


def test_an_opinion_needs_nobodys_consent() -> None:
    result = with_consents((("a",), 80, 0), needed=2, rule=NAMED[RuleName.OPINION])
    assert (result.passed, won(result)) == (None, ["a"])


# ── points, levels, consent ─────────────────────────────────────────────────────────────────────────────


def test_the_most_points_win() -> None:
    given: Mapping[object, int] = {(("a", 5), ("b", 3)): 2, (("b", 5),): 1, (): 4}
    result = count(Method.SCORE, given, rule=NAMED[RuleName.SIMPLE])
    assert result.outcome is not None
    assert [each.points for each in result.outcome.standings] == [10, 11, 0]
    assert won(result) == ["b"]


@pytest.mark.parametrize(("satisfied", "passed"), [(31, True), (30, False)])
def test_satisfied_is_from_satisfied_on(satisfied: int, passed: bool) -> None:
    given: Mapping[object, int] = {5: 10, 4: satisfied - 10, 3: 60 - satisfied}
    result = count(Method.SATISFACTION, given, options=())
    assert result.passed is passed
    assert result.levels == {5: 10, 4: satisfied - 10, 3: 60 - satisfied}


def test_one_objection_is_enough() -> None:
    consent = {"consent": 60, "abstain": 1}
    assert count(Method.CONSENT, consent, options=()).passed is True
    result = count(Method.CONSENT, {**consent, "object": 1}, options=())
    assert result.passed is False
    assert str(result) == "Not passed: 1 object."


# ── instant runoff ──────────────────────────────────────────────────────────────────────────────────────


def test_the_last_one_leaves_until_somebody_has_more_than_half() -> None:
    given: Mapping[object, int] = {("a",): 40, ("b", "c"): 25, ("c", "b"): 35}
    result = count(Method.RANKED, given)
    assert result.outcome is not None
    assert [each.leaves for each in result.outcome.rounds] == ["b", ""]
    assert result.outcome.rounds[-1].votes == {"a": 40, "c": 60}
    assert won(result) == ["c"]


def test_a_ballot_that_names_nobody_left_counts_no_more() -> None:
    given: Mapping[object, int] = {("a",): 40, ("b",): 35, ("c",): 25}
    assert won(count(Method.RANKED, given)) == ["a"]


def test_equals_at_the_end_leave_in_the_stated_order() -> None:
    """b and c are equal: c stands later in the question and leaves, so b gets its votes."""
    given: Mapping[object, int] = {("a",): 40, ("b", "c"): 30, ("c", "b"): 30}
    assert won(count(Method.RANKED, given)) == ["b"]


def test_equals_are_told_apart_by_the_round_before() -> None:
    """b and d have 30 each once c has left; d had fewer before, so d leaves though b stands earlier."""
    options = tuple(Option(each) for each in "abcd")
    given: Mapping[object, int] = {("a",): 40, ("b", "a"): 30, ("c", "d"): 10, ("d", "b"): 20}
    result = count(Method.RANKED, given, options=options)
    assert result.outcome is not None
    assert [each.leaves for each in result.outcome.rounds] == ["c", "d", ""]
    assert won(result) == ["b"]


RANKINGS = st.dictionaries(
    st.lists(st.sampled_from("abcd"), unique=True, max_size=4).map(tuple), st.integers(1, 30), max_size=8
)


@settings(max_examples=300)
@given(RANKINGS)
def test_who_wins_outright_wins_the_runoff(given: dict[object, int]) -> None:
    options = tuple(Option(each) for each in "abcd")
    result = count(Method.RANKED, given, options=options, heads=10_000, rule=NAMED[RuleName.SIMPLE])
    first = dict.fromkeys("abcd", 0)
    for ranking, heads in given.items():
        if ranking:
            first[ranking[0]] += heads  # type: ignore[index]
    outright = [each for each, heads in first.items() if 2 * heads > sum(first.values())]
    assert result.outcome is not None
    if outright:
        assert won(result) == outright
    assert len(result.outcome.rounds) <= len(options)
    assert bool(won(result)) is any(first.values())


# ── a fund shared out ───────────────────────────────────────────────────────────────────────────────────

PROJECTS = (
    Option("bench", cost=300),
    Option("lamp", cost=700),
    Option("tree", cost=200),
    Option("path", cost=900),
)


def shared(given: Mapping[object, int], fund: int = 1000) -> Result:
    return count(Method.BUDGET, given, options=PROJECTS, fund=fund, rule=NAMED[RuleName.SIMPLE])


def test_projects_by_their_votes_as_long_as_the_fund_lasts() -> None:
    result = shared({("lamp", "tree"): 5, ("path",): 4, ("bench",): 3})
    assert result.outcome is not None
    assert won(result) == ["tree", "lamp"]
    assert result.outcome.spent == 900
    assert result.passed is True


def test_one_that_no_longer_fits_is_passed_over() -> None:
    result = shared({("path",): 5, ("lamp",): 4, ("tree",): 3}, fund=1100)
    assert won(result) == ["path", "tree"]


def test_nobody_asks_for_more_than_there_is() -> None:
    with pytest.raises(WrongAnswer, match="cost 1200, more than the 1000"):
        shared({("bench", "path"): 1})


CHOICES = st.lists(st.sampled_from([each.id for each in PROJECTS]), unique=True, max_size=4).map(tuple)


@given(st.dictionaries(CHOICES, st.integers(1, 20), max_size=6), st.integers(1900, 2100))
def test_a_fund_is_never_overspent(given: dict[object, int], fund: int) -> None:
    affordable = {
        choice: heads
        for choice, heads in given.items()
        if sum(each.cost for each in PROJECTS if each.id in choice) <= fund  # type: ignore[operator]
    }
    result = shared(affordable, fund=fund)
    assert result.outcome is not None
    assert result.outcome.spent == sum(each.cost for each in PROJECTS if each.id in won(result)) <= fund


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────

CHOOSE = Question("1", Method.CHOOSE, ELECTION, options=ABC, seats=2, at_most=2)
WRONG: list[tuple[Question, object]] = [
    (Question("1", Method.YES_NO, ELECTION), "maybe"),
    (Question("1", Method.YES_NO, ELECTION), None),
    (Question("1", Method.CONSENT, ELECTION), "yes"),
    (Question("1", Method.SATISFACTION, ELECTION), 6),
    (Question("1", Method.SATISFACTION, ELECTION), True),
    (CHOOSE, ["a", "b", "c"]),
    (CHOOSE, ["a", "a"]),
    (CHOOSE, ["d"]),
    (CHOOSE, 7),
    (Question("1", Method.SCORE, ELECTION, options=ABC), {"a": 6}),
    (Question("1", Method.SCORE, ELECTION, options=ABC), {"a": -1}),
    (Question("1", Method.SCORE, ELECTION, options=ABC), {"d": 1}),
    (Question("1", Method.SCORE, ELECTION, options=ABC), ["a"]),
    (Question("1", Method.RANKED, ELECTION, options=ABC), ["a", "a"]),
]


@pytest.mark.parametrize(("question", "answer"), WRONG)
def test_what_is_no_answer(question: Question, answer: object) -> None:
    with pytest.raises(WrongAnswer):
        checked(question, answer)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [(["b", "a"], ("a", "b")), ("a", ("a",)), ("abstain", ()), ([], ()), ("spoilt", "spoilt")],
)
def test_the_same_choice_is_always_the_same_answer(answer: object, kept: Answer) -> None:
    assert checked(CHOOSE, answer) == kept


# ── what is said of it ──────────────────────────────────────────────────────────────────────────────────

SIMPLE = NAMED[RuleName.SIMPLE]


@pytest.mark.parametrize(
    ("method", "rule", "seats", "said"),
    [
        (Method.YES_NO, SIMPLE, 1, "More for than against"),
        (Method.CHOOSE, SIMPLE, 1, "The most votes win; equals are voted on again"),
        (
            Method.CHOOSE,
            SIMPLE,
            3,
            "The 3 with the most votes win; equals over the last place are voted on again",
        ),
        (Method.SCORE, SIMPLE, 1, "The most points win; equals are voted on again"),
        (
            Method.SCORE,
            SIMPLE,
            2,
            "The 2 with the most points win; equals over the last place are voted on again",
        ),
        (
            Method.CHOOSE,
            ELECTION,
            1,
            "Residents’ committee, elected by all voters · The most votes win; equals are voted on again",
        ),
        (
            Method.RANKED,
            SIMPLE,
            1,
            "More than half of the first choices; until one has them, the last one leaves",
        ),
        (
            Method.BUDGET,
            SIMPLE,
            1,
            "In the order of their votes, as far as the fund reaches; of equals the cheaper one first",
        ),
        (Method.CHOOSE, NAMED[RuleName.OPINION], 1, "An opinion only"),
    ],
)
def test_what_decides_is_said_as_it_is_counted(method: Method, rule: Rule, seats: int, said: str) -> None:
    with override("en"):
        assert decided_by(Question("1", method, rule, options=ABC, seats=seats)) == said


def test_equals_are_tied_as_it_says() -> None:
    assert count(Method.CHOOSE, {("a",): 5, ("b",): 5}, rule=SIMPLE).outcome.tied == ("a", "b")  # type: ignore[union-attr]


TOO_FEW = "Nobody and nothing reached the share that is needed."


@pytest.mark.parametrize(
    ("method", "rule", "votes", "of", "said"),
    [
        (Method.CHOOSE, RuleName.TWO_THIRDS, 39, 60, TOO_FEW),
        (Method.CHOOSE, RuleName.TWO_THIRDS, 40, 60, "Decided."),
        (Method.BUDGET, RuleName.RESIDENTS_ASSEMBLY, 30, 60, TOO_FEW),
        (Method.BUDGET, RuleName.RESIDENTS_ASSEMBLY, 31, 60, "Decided."),
        (Method.BUDGET, RuleName.RESIDENTS_ASSEMBLY, 50, 50, "Not valid: too few took part."),
        (Method.BUDGET, RuleName.RESIDENTS_ASSEMBLY, 51, 51, "Decided."),
    ],
)
def test_what_is_chosen_by_votes_has_to_reach_the_share_of_its_rule(
    method: Method, rule: RuleName, votes: int, of: int, said: str
) -> None:
    given = {("a",): votes, (): of - votes} if of > votes else {("a",): votes}
    assert str(count(method, given, rule=NAMED[rule])) == said
