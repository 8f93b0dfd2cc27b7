"""Appraisals 评选: their days, how jury and residents weigh together, who is honoured.

What is worked out here lives for one appraisal only: nothing adds up over people or years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar
from uuid import UUID

from linli.deliberation.kinds import AppraisalStage, TieRule

LONGEST_CRITERION: Final = 80
LONGEST_NAMED: Final = 120
MOST_CRITERIA: Final = 8
MOST_HONOURED: Final = 30
MOST_CHOICES: Final = 10
MOST_PHOTOS: Final = 3
MOST_NOMINATIONS: Final = 5  # of one person in one appraisal
MOST_POINTS: Final = 10  # of a juror for one criterion
HEAVIEST: Final = 10  # of a weight
FEWEST_ASKING_DAYS: Final = 2  # whoever is named on the last day has this long to agree
LEAST_POSTED: Final = 5  # 公示: no law names a number for honours; five days is what notices usually ask
LONGEST_POSTED: Final = 60
LONGEST: Final = timedelta(days=183)
OF_AGE: Final = 18  # 民法典 17

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Days:
    """The timetable: last day to nominate, first and last day to choose, days the result is posted."""

    nominate_until: date
    choose_from: date
    choose_until: date
    posted_days: int


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection: whether it has its answer, whom it touches (who nominated, is meant, objected), and where
    the appraisal stands."""

    is_answered: bool
    involved: frozenset[UUID | None]
    stage: AppraisalStage


def fault_of_days(days: Days, today: date) -> str:
    """What is wrong with a timetable, as a msgid; empty when nothing is."""
    if days.nominate_until < today:
        return "The last day to nominate is not before today."
    if not LEAST_POSTED <= days.posted_days <= LONGEST_POSTED:
        return "A result is posted for 5 to 60 days."
    return _fault_of_order(days, today)


def _fault_of_order(days: Days, opened_on: date) -> str:
    if days.choose_from <= days.nominate_until + timedelta(days=FEWEST_ASKING_DAYS):
        return "Leave two days between the nominations and the choosing: those nominated are asked then."
    if days.choose_until < days.choose_from:
        return "The last day to choose is not before the first."
    if days.choose_until - opened_on > LONGEST:
        return "An appraisal takes half a year at most."
    return ""


def fault_of_prolonging(before: Days, after: Days, *, opened_on: date, today: date) -> str:
    """What is wrong with giving an appraisal more days, as a msgid; empty when nothing is.

    Days are given and never taken, and what has begun or passed stays as people knew it. How long the result
    is posted is not prolonged here: its days begin when it goes up.
    """
    moved = [
        (old, new)
        for old, new in (
            (before.nominate_until, after.nominate_until),
            (before.choose_from, after.choose_from),
            (before.choose_until, after.choose_until),
        )
        if new != old
    ]
    if not moved or after.posted_days != before.posted_days:
        return "Give at least one of the days more time."
    if any(new < old for old, new in moved):
        return "Days are given and never taken: none comes earlier."
    if before.nominate_until < today and after.nominate_until != before.nominate_until:
        return "The days for nominations are over; they stay as they were."
    if before.choose_from <= today and after.choose_from != before.choose_from:
        return "The choosing has begun; its first day stays."
    return _fault_of_order(after, opened_on)


def stage(
    days: Days, *, posted_on: date | None, concluded_on: date | None, is_off: bool, day: date
) -> AppraisalStage:
    """Where an appraisal stands on a day."""
    if is_off:
        return AppraisalStage.CALLED_OFF
    if concluded_on is not None:
        return AppraisalStage.HONOURED
    if posted_on is not None:
        return AppraisalStage.POSTED
    if day <= days.nominate_until:
        return AppraisalStage.NOMINATING
    if day < days.choose_from:
        return AppraisalStage.ASKING
    return AppraisalStage.CHOOSING if day <= days.choose_until else AppraisalStage.COUNTING


def posted_until(posted_on: date, days: int) -> date:
    """The last day a result is posted: the day it goes up is not counted (民法典 201)."""
    return posted_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Weights:
    """How the two sides count against each other, as whole parts: 6 to 4, 1 to 1, 0 to 1."""

    jury: int
    residents: int


def fault_of_weights(weights: Weights) -> str:
    """What is wrong with the weights, as a msgid; empty when nothing is."""
    if not (0 <= weights.jury <= HEAVIEST and 0 <= weights.residents <= HEAVIEST):
        return "A weight is a whole number from 0 to 10."
    return "" if weights.jury + weights.residents else "One of the two sides has to count."


@dataclass(frozen=True, slots=True)
class Standing:
    """What one of those nominated was given: points of the whole jury, voices of residents."""

    points: int
    voices: int


def score(given: Standing, *, weights: Weights, most_points: int, voters: int) -> int:
    """The weighted sum of the share of all points the jury could give and the share of residents who chose
    them, over one common denominator: whole numbers, so that no rounding decides.

    `most_points` is what every juror who judged could have given one of them, `voters` how many residents
    chose. A side on which nobody spoke counts nothing for anybody.
    """
    return weights.jury * given.points * max(voters, 1) + weights.residents * given.voices * max(
        most_points, 1
    )


def honoured(
    standings: Sequence[tuple[Key, Standing]],
    *,
    seats: int,
    weights: Weights,
    tie: TieRule,
    most_points: int,
    voters: int,
) -> list[Key]:
    """Who is honoured, in the order they came in: the highest scores until the seats are full.

    Those level at the last seat are parted by the stated side first; who is still level shares it, so that
    there may be more than the seats. Nobody is honoured whom nobody spoke for.
    """

    def rank(given: Standing) -> tuple[int, int]:
        total = score(given, weights=weights, most_points=most_points, voters=voters)
        first = {TieRule.SHARED: 0, TieRule.RESIDENTS: given.voices, TieRule.JURY: given.points}[tie]
        return total, first

    spoken_for = [(key, rank(given)) for key, given in standings if rank(given)[0] > 0]
    ranks = sorted((each for _key, each in spoken_for), reverse=True)
    if not ranks:
        return []
    last = ranks[min(seats, len(ranks)) - 1]
    return [key for key, each in spoken_for if each >= last]


def criteria_of(text: str) -> list[str]:
    """What counts, one to a line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def fault_of_criteria(criteria: Sequence[str]) -> str:
    """What is wrong with the criteria, as a msgid; empty when nothing is."""
    if not criteria:
        return "Say in words what counts, one to a line."
    if len(criteria) > MOST_CRITERIA:
        return "At most 8 criteria: more nobody can weigh."
    if any(len(each) > LONGEST_CRITERION for each in criteria):
        return "A criterion has at most 80 characters."
    return ""


def is_child(born_year: int | None, today: date) -> bool:
    """Whether somebody may still be under 18: only the year is kept, so the year they turn 18 counts too."""
    return born_year is not None and today.year - born_year <= OF_AGE


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody stands to an appraisal: whether they belong to its place, whether they judge."""

    belongs: bool
    is_juror: bool
