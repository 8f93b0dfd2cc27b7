"""One conversation analysed: where people stand, their groups, what each holds, what all hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.deliberation.opinions import clusters, directions, holding
from linli.deliberation.opinions.clusters import Clustering
from linli.deliberation.opinions.directions import Directions
from linli.deliberation.opinions.holding import Tally
from linli.deliberation.opinions.votes import Floats, Id, VoteMatrix, order_of

EMPTY: Clustering = Clustering(np.zeros(0, dtype=np.intp), np.zeros((0, 2)))


@dataclass(frozen=True, slots=True)
class Group:
    """One group of opinion; `rows` are the rows of those of its members who voted."""

    id: Id
    members: tuple[Id, ...]
    center: tuple[float, float]
    rows: NDArray[np.intp]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found out about a conversation. `out` are statements that count for nothing, `about_talking`
    those of them that are about the conversation itself."""

    matrix: VoteMatrix
    out: frozenset[Id]
    about_talking: frozenset[Id]
    directions: Directions
    spots: Floats
    inside: tuple[Id, ...]
    small: Clustering
    groups: tuple[Group, ...]

    @property
    def statements(self) -> tuple[Id, ...]:
        """Every statement somebody voted on."""
        return self.matrix.statements

    @property
    def representative(self) -> dict[Id, list[dict[str, Any]]]:
        """What stands for each group, as against the other groups."""
        found = {}
        for group in self.groups:
            others = [each.tally for each in self.groups if each is not group]
            rest = holding.together(others, len(self.statements))
            found[group.id] = holding.representative(group.tally, rest, self.statements, self.out)
        return found

    @property
    def consensus(self) -> dict[str, list[dict[str, Any]]]:
        """What everybody who voted holds, groups or not."""
        return holding.consensus(holding.tally(self.matrix.votes), self.statements, self.out)

    @property
    def group_aware_consensus(self) -> dict[Id, float]:
        """How far all groups agree with each statement; nothing where there are no groups."""
        if not self.groups:
            return {}
        found = holding.group_aware_consensus([group.tally for group in self.groups])
        return dict(zip(self.statements, found.tolist(), strict=True))

    @property
    def priorities(self) -> dict[Id, float]:
        """How soon each statement should be asked about."""
        votes = holding.together([group.tally for group in self.groups], len(self.statements))
        about = np.array([each in self.about_talking for each in self.statements], dtype=np.bool_)
        found = holding.priorities(votes, self.extremity, about)
        return dict(zip(self.statements, found.tolist(), strict=True))

    @property
    def extremity(self) -> Floats:
        """How far from the middle each statement stands."""
        far: Floats = np.sqrt((directions.statements(self.directions) ** 2).sum(axis=0))
        return far


def analyse(
    matrix: VoteMatrix,
    *,
    out: Collection[Id] = (),
    about_talking: Collection[Id] = (),
    given: Mapping[Id, Id] | None = None,
    smallest: int = 1,
) -> Analysis:
    """Everything about these votes. With `given` (person → group) those groups are used; who has one is in.

    As on the server, a statement that is out stands in the matrix as if everybody had passed on it: it has no
    weight in the directions and still counts as voted on when people are placed. Groups that are found hold
    `smallest` people at least.
    """
    left_out = frozenset(out) | frozenset(about_talking)
    votes = matrix.votes.copy()
    votes[:, [at for at, each in enumerate(matrix.statements) if each in left_out]] = 0
    found = directions.find(votes)
    spots = directions.people(votes, found)

    if given is None:
        rows = np.flatnonzero(matrix.inside)
    else:
        rows = np.sort(matrix.rows_of([person for person in given if person in set(matrix.people)]))
    small = clusters.small(spots[rows]) if len(rows) else EMPTY
    if given is not None:
        groups = _given(given, matrix, spots)
    else:
        grouped = clusters.groups(small, smallest=smallest) if len(rows) else EMPTY
        groups = _found(grouped, small, rows, matrix, spots)
    inside = tuple(matrix.people[row] for row in rows)
    return Analysis(matrix, left_out, frozenset(about_talking), found, spots, inside, small, groups)


def _found(
    grouped: Clustering, small: Clustering, rows: NDArray[np.intp], matrix: VoteMatrix, spots: Floats
) -> tuple[Group, ...]:
    of_row = grouped.label[small.label]
    numbers = range(len(grouped.centers))
    return tuple(_group(number, rows[of_row == number], matrix, spots) for number in numbers)


def _given(given: Mapping[Id, Id], matrix: VoteMatrix, spots: Floats) -> tuple[Group, ...]:
    members: dict[Id, list[Id]] = {}
    for person, group in given.items():
        members.setdefault(group, []).append(person)
    return tuple(
        _group(group, np.sort(matrix.rows_of(members[group])), matrix, spots)
        for group in sorted(members, key=order_of)
    )


def _group(name: Id, rows: NDArray[np.intp], matrix: VoteMatrix, spots: Floats) -> Group:
    center = spots[rows].mean(axis=0) if len(rows) else np.zeros(2)
    members = tuple(matrix.people[row] for row in rows)
    return Group(name, members, (float(center[0]), float(center[1])), rows, holding.tally(matrix.votes[rows]))
