"""Opinion maps: when one may answer, what a statement may be, which comes next, what a page may tell."""

import random
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from linli.deliberation.kinds import Stage
from linli.deliberation.rules.opening import Run
from linli.kernel.text import normalise

LONGEST_QUESTION: Final = 80  # characters, as the table holds
LONGEST_STATEMENT: Final = 120
LONGEST_REASON: Final = 200
LONGEST_OUTCOME: Final = 2000
FEWEST_STATEMENTS: Final = 3  # to open with: who comes first must find something to answer
MOST_WAITING: Final = 5  # of one person's statements at a time, so that reading them stays possible
RUN: Final = Run(
    timedelta(days=92), "A conversation runs for three months at most, so that people see what comes of it."
)

# A statement nobody has weighed yet, as the mathematics values one without votes in the middle of the map.
UNWEIGHED: Final = 5.0625


def stage(
    *, starts: date, ends: date, closed_at: datetime | None, published_at: datetime | None, day: date
) -> Stage:
    """Where a conversation stands on a day; its first and last day are both included."""
    if published_at is not None:
        return Stage.PUBLISHED
    if closed_at is not None or day > ends:
        return Stage.ENDED
    return Stage.RUNNING if day >= starts else Stage.COMING


def fault_of_statement(text: str, there: Iterable[str]) -> str:
    """What is wrong with a statement beside those already there, as a msgid; empty when nothing is."""
    words = normalise(text)
    if not words:
        return "Write what people could agree with."
    if len(text) > LONGEST_STATEMENT:
        return "A statement is one sentence: 120 characters at most."
    if words.casefold() in {normalise(each).casefold() for each in there}:
        return "Somebody has said exactly this already."
    return ""


def next_statement(numbers: Iterable[int], priorities: Mapping[int, float], seed: str) -> int | None:
    """Which statement to ask about next: drawn by weight, so that different people begin differently.

    The same seed gives the same statement, so a page looked at twice asks the same question.
    """
    waiting = sorted(numbers)
    if not waiting:
        return None
    weights = [priorities.get(number, UNWEIGHED) for number in waiting]
    if not any(weights):
        return waiting[0]
    return random.Random(seed).choices(waiting, weights)[0]
