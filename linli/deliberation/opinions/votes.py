"""Votes as a matrix of people × statements, and who counts as being in the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Id: TypeAlias = int | str
Floats: TypeAlias = NDArray[np.float64]

# Polis's server keeps agreement as −1 and its results are written so; its export turns the sign round.
AGREE: Final = -1.0
PASS: Final = 0.0
DISAGREE: Final = 1.0

ENOUGH_VOTES: Final = 7  # with so many votes, or with all there are statements, one is in
FEWEST_PEOPLE: Final = 15  # under so many, those who voted most are taken in too


@dataclass(frozen=True, slots=True)
class VoteRows:
    """Every vote ever cast, one entry each, also those taken back. `moments` are any growing numbers."""

    people: Sequence[Id]
    statements: Sequence[Id]
    values: Floats
    moments: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class VoteMatrix:
    """The latest vote of each person on each statement; not a number where there is none."""

    people: tuple[Id, ...]
    statements: tuple[Id, ...]
    votes: Floats
    inside: NDArray[np.bool_]

    @property
    def given(self) -> NDArray[np.bool_]:
        """Where there is a vote."""
        return ~np.isnan(self.votes)

    def rows_of(self, people: Sequence[Id]) -> NDArray[np.intp]:
        """The rows of these people; who never voted has none."""
        known = {person: row for row, person in enumerate(self.people)}
        return np.array([known[person] for person in people if person in known], dtype=np.intp)


def matrix(rows: VoteRows) -> VoteMatrix:
    """The latest of each person's votes on a statement; of votes at one moment, the one that stands later."""
    people, person_of = _numbered(rows.people)
    statements, statement_of = _numbered(rows.statements)
    order = np.argsort(rows.moments, kind="stable")
    person_of, statement_of = person_of[order], statement_of[order]
    votes = np.full((len(people), len(statements)), np.nan)
    votes[person_of, statement_of] = rows.values[order]
    inside = _inside(person_of, statement_of, rows.moments[order], len(people), len(statements))
    return VoteMatrix(people, statements, votes, inside)


def order_of(name: Id) -> tuple[bool, Id]:
    """Numbers before words, each in their own order."""
    return isinstance(name, str), name


def _numbered(names: Sequence[Id]) -> tuple[tuple[Id, ...], NDArray[np.intp]]:
    known = tuple(sorted(set(names), key=order_of))
    number = {name: at for at, name in enumerate(known)}
    return known, np.array([number[name] for name in names], dtype=np.intp)


def _inside(
    person_of: NDArray[np.intp],
    statement_of: NDArray[np.intp],
    moments: NDArray[np.int64],
    people: int,
    statements: int,
) -> NDArray[np.bool_]:
    """Who is in, from votes in the order of time. Who was in once stays in, as on the server.

    One is in from the moment one has voted on seven statements, or on all there were. While that makes fewer
    than fifteen people, those with the most votes are in too, so the first fifteen to come are.
    """
    if not len(moments):
        return np.zeros(people, dtype=np.bool_)
    _pairs, first = np.unique(person_of * statements + statement_of, return_index=True)
    first = np.sort(first)
    person_of, statement_of, moments = person_of[first], statement_of[first], moments[first]

    _each, opened = np.unique(statement_of, return_index=True)
    seen = np.searchsorted(np.sort(moments[opened]), moments, side="right")
    had = _running_count(person_of, moments)
    enough = had >= np.minimum(ENOUGH_VOTES, seen)
    inside: NDArray[np.bool_] = np.bincount(person_of[enough], minlength=people) > 0

    _each, arrived = np.unique(person_of, return_index=True)
    arrivals = np.sort(moments[arrived])
    if people <= FEWEST_PEOPLE:
        return np.ones(people, dtype=np.bool_)
    full = arrivals[FEWEST_PEOPLE - 1]  # the moment when fifteen have come
    came_before = moments[arrived] < full
    then = moments <= full
    early = came_before | (np.bincount(person_of[then & enough], minlength=people) > 0)
    votes_then = np.bincount(person_of[then], minlength=people)
    waiting = np.flatnonzero(~early & (votes_then > 0))
    waiting = waiting[np.argsort(-votes_then[waiting], kind="stable")]
    early[waiting[: max(FEWEST_PEOPLE - int(early.sum()), 0)]] = True
    inside |= early
    return inside


def _running_count(person_of: NDArray[np.intp], moments: NDArray[np.int64]) -> NDArray[np.intp]:
    """For each vote, how many statements its person had voted on by that moment."""
    order = np.lexsort((moments, person_of))
    person, moment = person_of[order], moments[order]
    starts = np.searchsorted(person, person, side="left")
    at = np.arange(len(order))
    # votes of one person at one moment count together: the last of them tells the number for all
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (person[1:] != person[:-1]) | (moment[1:] != moment[:-1])
    run = np.cumsum(new) - 1
    last = np.append(np.flatnonzero(new)[1:], len(order)) - 1
    counts = np.empty(len(order), dtype=np.intp)
    counts[order] = at[last[run]] - starts + 1
    return counts
