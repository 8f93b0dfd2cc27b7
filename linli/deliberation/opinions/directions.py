"""The two directions in which opinions differ most, and where people and statements stand along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linli.deliberation.opinions.votes import AGREE, Floats

DIRECTIONS: Final = 2
NOTHING: Final = 1e-10  # a direction along which less than this share of the whole lies is none


@dataclass(frozen=True, slots=True)
class Directions:
    """`center` is each statement's mean vote, `comps` two unit vectors over the statements (or zeros)."""

    center: Floats
    comps: Floats


def find(votes: Floats) -> Directions:
    """Principal components of the votes of everybody, a missing vote standing at its statement's mean.

    The server's power iteration starts from positive numbers, so its directions mostly point to the positive
    side; the sign here is the one whose numbers sum up positive.
    """
    people, statements = votes.shape
    comps = np.zeros((DIRECTIONS, statements))
    if not people or not statements:
        return Directions(np.zeros(statements), comps)
    given = ~np.isnan(votes)
    center = np.where(given, votes, 0).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    apart = np.where(given, votes - center, 0)
    wide = statements > people
    weights, vectors = np.linalg.eigh(apart @ apart.T if wide else apart.T @ apart)
    if wide:
        vectors = apart.T @ vectors
    for number in range(min(DIRECTIONS, len(weights))):
        if weights[-1 - number] <= NOTHING * weights[-1]:
            break
        vector = vectors[:, -1 - number]
        comps[number] = _turned(vector / np.linalg.norm(vector))
    return Directions(center, comps)


def _turned(vector: Floats) -> Floats:
    total = vector.sum()
    if abs(total) < NOTHING:
        total = vector[np.argmax(np.abs(vector) > NOTHING)]
    return -vector if total < 0 else vector


def people(votes: Floats, found: Directions) -> Floats:
    """Where each person stands: their votes only, moved outward as √(all statements ÷ those voted on)."""
    given = ~np.isnan(votes)
    spots = np.where(given, votes - found.center, 0) @ found.comps.T
    stretch: NDArray[np.float64] = np.sqrt(votes.shape[1] / np.maximum(given.sum(axis=1), 1))
    return spots * stretch[:, None]


def statements(found: Directions) -> Floats:
    """Where each statement stands (2 × statements): where one would who agreed with it and nothing else."""
    spots: Floats = (AGREE - found.center) * found.comps * np.sqrt(len(found.center))
    return spots
