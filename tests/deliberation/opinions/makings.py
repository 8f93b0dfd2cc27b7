"""Conversations made for tests: written as rows of +, -, 0 and dots, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from linli.deliberation.opinions.votes import AGREE, DISAGREE, PASS, Id, VoteMatrix, VoteRows, matrix

SIGNS = {"+": AGREE, "-": DISAGREE, "0": PASS}

Cast = tuple[int, int, float]  # person, statement, vote


def rows(casts: Sequence[Cast], moments: Sequence[int] | None = None) -> VoteRows:
    """Votes in the order they were cast, a second apart."""
    return VoteRows(
        [cast[0] for cast in casts],
        [cast[1] for cast in casts],
        np.array([cast[2] for cast in casts], dtype=np.float64),
        np.array(range(len(casts)) if moments is None else moments, dtype=np.int64),
    )


def drawn(*lines: str) -> VoteMatrix:
    """One line for each person, one sign for each statement; a dot is no vote."""
    casts = [
        (person, statement, SIGNS[sign])
        for person, line in enumerate(lines)
        for statement, sign in enumerate(line)
        if sign != "."
    ]
    return matrix(rows(casts))


def camps(people: int, statements: int, *, sides: int = 2, seed: int = 1, answered: float = 0.8) -> VoteRows:
    """People of several camps, each leaning its own way on most statements."""
    chance = np.random.default_rng(seed)
    leaning = chance.choice([-1.0, 1.0], size=(sides, statements))
    wavering = chance.random((people, statements))
    votes = np.where(wavering < 0.12, 0, np.where(wavering < 0.2, -1, 1) * leaning[np.arange(people) % sides])
    person, statement = np.nonzero(chance.random((people, statements)) < answered)
    order = chance.permutation(len(person))
    person, statement = person[order], statement[order]
    return VoteRows(
        person.tolist(), statement.tolist(), votes[person, statement] + 0.0, np.arange(len(person))
    )


def conversations(people: int = 24, statements: int = 9) -> st.SearchStrategy[list[Cast]]:
    """Any votes of a few people, re-votes included."""
    cast = st.tuples(
        st.integers(0, people - 1), st.integers(0, statements - 1), st.sampled_from([AGREE, PASS, DISAGREE])
    )
    return st.lists(cast, max_size=150)


def members(found: object) -> list[tuple[Id, ...]]:
    """The members of each group of an analysis."""
    return [group.members for group in found.groups]  # type: ignore[attr-defined]
