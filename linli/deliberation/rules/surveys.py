"""Surveys 问卷: what a question may be, what an answer to it may be, what of the counts is told.

Shares are whole percents worked out in whole numbers. Counts of fewer than five are not told, nor is what
they could be worked out from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from linli.deliberation.kinds import QuestionKind, SurveyStage
from linli.deliberation.rules.opening import Run

LONGEST_QUESTION: Final = 200
LONGEST_OPTION: Final = 60
LONGEST_TEXT: Final = 300
LONGEST_WORDS: Final = 2000
MOST_QUESTIONS: Final = 30
MOST_OPTIONS: Final = 12
FEWEST_OPTIONS: Final = 2
FEWEST_TOLD: Final = 5
RUN: Final = Run(timedelta(days=92), "A survey takes three months at most.")
LEVELS: Final = (5, 4, 3, 2, 1)  # 很满意 … 很不满意, as the same five are asked everywhere in the house
CONTENT: Final = frozenset({4, 5})
WITH_OPTIONS: Final = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})


def stage(*, ends: date | None, closed: bool, published: bool, archived: bool, day: date) -> SurveyStage:
    """Where a survey stands on a day; without a last day it is a draft. The last day is still open."""
    if archived:
        return SurveyStage.ARCHIVED
    if published:
        return SurveyStage.PUBLISHED
    if ends is None:
        return SurveyStage.DRAFT
    return SurveyStage.ENDED if closed or day > ends else SurveyStage.RUNNING


def options_of(text: str) -> list[str]:
    """What can be chosen, one to a line; the same twice counts once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def fault_of_question(kind: QuestionKind, text: str, options: Sequence[str], at_most: int) -> str:
    """What is wrong with a question, as a msgid; empty when nothing is."""
    if not text:
        return "Write the question."
    if len(text) > LONGEST_QUESTION:
        return "A question has at most 200 characters."
    if kind not in WITH_OPTIONS:
        return ""
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return "Give 2 to 12 things to choose from, one to a line."
    if any(len(each) > LONGEST_OPTION for each in options):
        return "What can be chosen has at most 60 characters."
    if kind is QuestionKind.SEVERAL and not FEWEST_OPTIONS <= at_most <= len(options):
        return "Say how many may be chosen: two or more, at most all of them."
    return ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as an answer to it is checked."""

    number: int
    kind: QuestionKind
    options: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one question: numbers of what was chosen, or a level, or words."""

    picked: tuple[int, ...] = ()
    text: str = ""


def said(asked: Asked, picked: Iterable[int], text: str) -> Said | None:
    """An answer as it is kept; None for a question left empty. Raises `ValueError` for what it cannot be."""
    if asked.kind is QuestionKind.TEXT:
        words = text.strip()
        if len(words) > LONGEST_TEXT:
            raise ValueError("too long")
        return Said(text=words) if words else None
    chosen = tuple(sorted(set(picked)))
    if not chosen:
        return None
    most = asked.at_most if asked.kind is QuestionKind.SEVERAL else 1
    known = set(LEVELS) if asked.kind is QuestionKind.LEVEL else set(range(1, asked.options + 1))
    if len(chosen) > most or not set(chosen) <= known:
        raise ValueError("not among what was asked")
    return Said(picked=chosen)


def percents(counts: Sequence[int]) -> list[int]:
    """Shares of a whole as whole percents that add up to 100: each rounded down, what is left over goes to
    the largest remainders, the earlier of equal ones first. All 0 where nothing was counted."""
    whole = sum(counts)
    if whole == 0:
        return [0] * len(counts)
    shares = [100 * each // whole for each in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: (-(100 * counts[at] % whole), at))
    for at in by_remainder[: 100 - sum(shares)]:
        shares[at] += 1
    return shares


def percent(part: int, whole: int) -> int:
    """One share as a whole percent, half a percent rounded up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def told(counts: Sequence[int], *, is_whole: bool) -> list[bool]:
    """Which counts are told: none below five, but 0.

    Where they add up to a known whole (`is_whole`), a single hidden count could be worked out from the
    others, and so could few that are small together: then the smallest of the others are hidden too, until
    at least two are hidden that make five or more.
    """
    shown = [each == 0 or each >= FEWEST_TOLD for each in counts]
    if not is_whole or all(shown):
        return shown
    for at in sorted(
        (at for at in range(len(counts)) if counts[at] >= FEWEST_TOLD), key=lambda at: counts[at]
    ):
        hidden = [count for count, is_told in zip(counts, shown, strict=True) if not is_told]
        if len(hidden) > 1 and sum(hidden) >= FEWEST_TOLD:
            break
        shown[at] = False
    return shown


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a result. `count` and `share` are None where they are not told; `before` is the share of
    the earlier round, None where there is none to compare."""

    key: int
    count: int | None
    share: int | None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question: how many answered it (None below five), its lines, and for a question about
    satisfaction the share of the content."""

    answered: int | None
    lines: tuple[Line, ...] = ()
    content: int | None = None
    content_before: int | None = None


def result(asked: Asked, answers: Sequence[Sequence[int]]) -> Result:
    """What is told of the answers to one question. Of words nothing but how many there are."""
    if len(answers) < FEWEST_TOLD:
        return Result(None)
    if asked.kind is QuestionKind.TEXT:
        return Result(len(answers))
    keys = LEVELS if asked.kind is QuestionKind.LEVEL else tuple(range(1, asked.options + 1))
    counted = Counter(key for picked in answers for key in picked)
    counts = [counted[key] for key in keys]
    is_whole = asked.kind is not QuestionKind.SEVERAL
    shares = percents(counts) if is_whole else [percent(each, len(answers)) for each in counts]
    shown = told(counts, is_whole=is_whole)
    lines = tuple(
        Line(key, count if is_told else None, share if is_told else None)
        for key, count, share, is_told in zip(keys, counts, shares, shown, strict=True)
    )
    is_level = asked.kind is QuestionKind.LEVEL
    return Result(len(answers), lines, _content(counts, shown) if is_level else None)


def _content(counts: Sequence[int], shown: Sequence[bool]) -> int | None:
    """The share of the content (levels 5 and 4, which come first), where it gives away no hidden count."""
    split = len(CONTENT)
    for side in (slice(None, split), slice(split, None)):
        hidden = [count for count, is_told in zip(counts[side], shown[side], strict=True) if not is_told]
        if hidden and (len(hidden) == 1 or sum(hidden) < FEWEST_TOLD):
            return None
    return percent(sum(counts[:split]), sum(counts))


def compared(now: Result, before: Result | None) -> Result:
    """A result beside that of the same question in the earlier round."""
    if before is None or before.answered is None or now.answered is None:
        return now
    earlier: Mapping[int, int | None] = {line.key: line.share for line in before.lines}
    lines = tuple(Line(each.key, each.count, each.share, earlier.get(each.key)) for each in now.lines)
    return Result(now.answered, lines, now.content, before.content)
