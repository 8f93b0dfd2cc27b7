"""What a question and an answer may be; shares in whole percents; what of the counts is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.kinds import QuestionKind, SurveyStage
from linli.deliberation.rules import surveys as rules
from linli.deliberation.rules.surveys import Asked, Said

TODAY = date(2026, 11, 16)
ONE, SEVERAL, LEVEL, TEXT = QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.LEVEL, QuestionKind.TEXT


@pytest.mark.parametrize(
    ("ends", "given_acts", "day", "expected"),
    [
        (None, "", TODAY, SurveyStage.DRAFT),
        (TODAY, "", TODAY, SurveyStage.RUNNING),
        (TODAY, "", TODAY + timedelta(days=1), SurveyStage.ENDED),
        (TODAY, "closed", TODAY, SurveyStage.ENDED),
        (TODAY, "closed published", TODAY, SurveyStage.PUBLISHED),
        (TODAY, "closed published archived", TODAY, SurveyStage.ARCHIVED),
    ],
)
def test_stages(ends: date | None, given_acts: str, day: date, expected: SurveyStage) -> None:
    acts = {name: name in given_acts for name in ("closed", "published", "archived")}
    assert rules.stage(ends=ends, day=day, **acts) is expected


FEW = "Give 2 to 12 things to choose from, one to a line."


@pytest.mark.parametrize(
    ("kind", "text", "options", "at_most", "expected"),
    [
        (LEVEL, "满意吗", [], 1, ""),
        (TEXT, "", [], 1, "Write the question."),
        (TEXT, "问" * 201, [], 1, "A question has at most 200 characters."),
        (ONE, "选哪个", ["灯"], 1, FEW),
        (ONE, "选哪个", ["灯", "门"], 1, ""),
        (ONE, "选哪个", list("abcdefghijkl"), 1, ""),
        (ONE, "选哪个", list("abcdefghijklm"), 1, FEW),
        (ONE, "选哪个", ["灯" * 61, "门"], 1, "What can be chosen has at most 60 characters."),
        (SEVERAL, "选几个", ["灯", "门"], 2, ""),
        (SEVERAL, "选几个", ["灯", "门"], 3, "Say how many may be chosen: two or more, at most all of them."),
        (SEVERAL, "选几个", ["灯", "门"], 1, "Say how many may be chosen: two or more, at most all of them."),
    ],
)  # fmt: skip
def test_questions(kind, text, options, at_most, expected) -> None:
    assert rules.fault_of_question(kind, text, options, at_most) == expected


@pytest.mark.parametrize(
    ("asked", "picked", "text", "expected"),
    [
        (Asked(1, ONE, 3, 1), [2], "", Said((2,))),
        (Asked(1, ONE, 3, 1), [], "", None),
        (Asked(1, SEVERAL, 3, 2), [3, 1, 3], "", Said((1, 3))),
        (Asked(1, LEVEL, 0, 1), [5], "", Said((5,))),
        (Asked(1, TEXT, 0, 1), [], " 亮一点 ", Said(text="亮一点")),
        (Asked(1, TEXT, 0, 1), [], "  ", None),
    ],
)
def test_answers(asked: Asked, picked: list[int], text: str, expected: Said | None) -> None:
    assert rules.said(asked, picked, text) == expected


@pytest.mark.parametrize(
    ("asked", "picked", "text"),
    [
        (Asked(1, ONE, 3, 1), [4], ""),
        (Asked(1, ONE, 3, 1), [1, 2], ""),
        (Asked(1, SEVERAL, 3, 2), [1, 2, 3], ""),
        (Asked(1, LEVEL, 0, 1), [0], ""),
        (Asked(1, LEVEL, 0, 1), [6], ""),
        (Asked(1, TEXT, 0, 1), [], "长" * 301),
    ],
)
def test_what_cannot_be_an_answer(asked: Asked, picked: list[int], text: str) -> None:
    with pytest.raises(ValueError, match=r"too long|not among"):
        rules.said(asked, picked, text)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([], []), ([0, 0], [0, 0]), ([1, 1, 1], [34, 33, 33]), ([2, 1], [67, 33]), ([7], [100]),
     ([1, 2, 4], [14, 29, 57])],
)  # fmt: skip
def test_percents_add_up(counts: list[int], expected: list[int]) -> None:
    assert rules.percents(counts) == expected


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_percents_are_never_a_whole_point_off(counts: list[int]) -> None:
    shares, whole = rules.percents(counts), sum(counts)
    assert sum(shares) == (100 if whole else 0)
    assert all(
        abs(share * whole - 100 * each) < whole for share, each in zip(shares, counts, strict=True) if whole
    )


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (5, 5, 100)]
)
def test_one_percent_is_rounded_half_up(part: int, whole: int, expected: int) -> None:
    assert rules.percent(part, whole) == expected


@pytest.mark.parametrize(
    ("counts", "is_whole", "expected"),
    [
        ([5, 0, 9], True, [True, True, True]),
        ([5, 4, 9], True, [False, False, True]),  # 4 alone could be worked out from the rest
        ([5, 4, 9], False, [True, False, True]),
        ([3, 4, 9], True, [False, False, True]),  # together seven: nobody knows which
        ([2, 2, 9, 6], True, [False, False, True, False]),  # four together: both would be known to be small
        ([1, 9], True, [False, False]),
        ([4], True, [False]),
    ],
)
def test_what_is_told(counts: list[int], is_whole: bool, expected: list[bool]) -> None:
    assert rules.told(counts, is_whole=is_whole) == expected


@settings(max_examples=300)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_no_hidden_count_follows_from_the_others(counts: list[int]) -> None:
    shown = rules.told(counts, is_whole=True)
    hidden = [count for count, is_told in zip(counts, shown, strict=True) if not is_told]
    assert all(
        count == 0 or count >= rules.FEWEST_TOLD
        for count, is_told in zip(counts, shown, strict=True)
        if is_told
    )
    others_left = any(
        count >= rules.FEWEST_TOLD for count, is_told in zip(counts, shown, strict=True) if is_told
    )
    assert not hidden or not others_left or (len(hidden) > 1 and sum(hidden) >= rules.FEWEST_TOLD)


def test_nothing_below_five_answers() -> None:
    asked = Asked(1, LEVEL, 0, 1)
    assert rules.result(asked, [[5]] * 4) == rules.Result(None)
    found = rules.result(asked, [[5]] * 5)
    assert (found.answered, found.content, found.lines[0].count, found.lines[0].share) == (5, 100, 5, 100)
    assert rules.result(Asked(1, TEXT, 0, 1), [[]] * 6) == rules.Result(6)


@pytest.mark.parametrize(
    ("levels", "content"),
    [
        ([5] * 6 + [1] * 6, 50),
        ([5] * 6 + [4] * 5 + [1] * 5, 69),
        ([5] * 20 + [4] * 3 + [2] * 2, None),  # 23 content of 25 would tell the three and the two
        ([5] * 3 + [4] * 3 + [2] * 6, 50),  # hidden both, but on one side
    ],
)
def test_the_share_of_the_content_gives_nothing_away(levels: list[int], content: int | None) -> None:
    assert rules.result(Asked(1, LEVEL, 0, 1), [[level] for level in levels]).content == content


def test_the_next_round_stands_beside_the_earlier_one() -> None:
    asked = Asked(1, ONE, 2, 1)
    before = rules.result(asked, [[1]] * 5 + [[2]] * 15)
    now = rules.compared(rules.result(asked, [[1]] * 10 + [[2]] * 10), before)
    assert [(line.share, line.before) for line in now.lines] == [(50, 25), (50, 75)]
    few = rules.result(asked, [[1]] * 3)
    assert rules.compared(now, few) == now
    assert rules.compared(few, before) == few
