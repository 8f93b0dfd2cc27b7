"""Groups of people who stand near each other: many small clusters first, then two to five groups of those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linli.deliberation.opinions.votes import Floats

SMALL_CLUSTERS: Final = 100
SMALL_ROUNDS: Final = 100
MOST_GROUPS: Final = 5
GROUP_ROUNDS: Final = 20
PER_MORE_GROUP: Final = 12  # so many small clusters allow one group more than two
STILL: Final = 0.01  # centers that move less than this have settled
# The server keeps its number of groups until another was better several times running. A conversation seen
# whole has no such past: more groups than the fewest must be better by this much.
CLEARLY: Final = 0.03


@dataclass(frozen=True, slots=True)
class Clustering:
    """`label` is the cluster of each point, numbered from 0; no cluster is empty."""

    label: NDArray[np.intp]
    centers: Floats

    def members(self, number: int) -> NDArray[np.intp]:
        """The rows of one cluster's points."""
        return np.flatnonzero(self.label == number)


def small(spots: Floats) -> Clustering:
    """At most a hundred clusters of people; up to a hundred people, each different spot is its own."""
    return k_means(spots, np.ones(len(spots)), SMALL_CLUSTERS, SMALL_ROUNDS)


def groups(small_ones: Clustering, *, smallest: int = 1) -> Clustering:
    """The groups of small clusters, each weighing as many as it holds people; their number by silhouette.

    Numbers that would make a group of fewer people than `smallest` are not considered; where every number
    would, everybody is one group.
    """
    spots = small_ones.centers
    weights = np.bincount(small_ones.label, minlength=len(spots)).astype(np.float64)
    most = min(MOST_GROUPS, 2 + len(spots) // PER_MORE_GROUP)
    tried = [k_means(spots, weights, count, GROUP_ROUNDS) for count in range(2, most + 1)]
    tried = [one for one in tried if np.min(np.bincount(one.label, weights)) >= smallest]
    if not tried:
        return k_means(spots, weights, 1, 0)
    apart = distances(spots, spots)
    scores = [silhouette(apart, one.label) for one in tried]
    best = max(scores)
    return next(one for one, score in zip(tried, scores, strict=True) if score >= best - CLEARLY)


def k_means(spots: Floats, weights: Floats, count: int, rounds: int) -> Clustering:
    """Clusters around weighted means, begun at the first `count` different spots, as the server begins."""
    _spots, first = np.unique(spots, axis=0, return_index=True)
    centers = spots[np.sort(first)[:count]]
    while True:
        label, moved = _step(spots, weights, centers)
        if rounds == 0 or _settled(centers, moved):
            return Clustering(label, moved)
        centers, rounds = moved, rounds - 1


def _step(spots: Floats, weights: Floats, centers: Floats) -> tuple[NDArray[np.intp], Floats]:
    if not len(spots):
        return np.zeros(0, dtype=np.intp), centers
    across, along = (spots[:, axis, None] - centers[None, :, axis] for axis in (0, 1))
    nearest = (across * across + along * along).argmin(axis=1)  # squares order as distances do
    _used, label = np.unique(nearest, return_inverse=True)  # a cluster nobody is nearest to is dropped
    weight = np.bincount(label, weights)
    sums = [np.bincount(label, weights * spots[:, axis]) for axis in (0, 1)]
    return label, np.stack(sums, axis=1) / weight[:, None]


def _settled(before: Floats, after: Floats) -> bool:
    shared = min(len(before), len(after))
    one, other = (each[np.lexsort(each.T[::-1])][:shared] for each in (before, after))
    return bool((np.sqrt(((one - other) ** 2).sum(axis=1)) < STILL).all())


def distances(ones: Floats, others: Floats) -> Floats:
    """How far each spot is from each other spot."""
    return np.hypot(ones[:, 0, None] - others[None, :, 0], ones[:, 1, None] - others[None, :, 1])


def silhouette(apart: Floats, label: NDArray[np.intp]) -> float:
    """How much nearer points are to their own cluster than to the next one: −1 … 1, and 0 for lone points."""
    count = int(np.max(label)) + 1 if len(label) else 0
    if count < 2:
        return 0.0
    belongs = label[:, None] == np.arange(count)
    size = belongs.sum(axis=0)
    sums = apart @ belongs
    own = sums[belongs] / np.maximum(size[label] - 1, 1)
    nearest_other = np.where(belongs, np.inf, sums / size).min(axis=1)
    wider = np.maximum(own, nearest_other)
    worth = np.divide(nearest_other - own, wider, out=np.zeros_like(own), where=wider > 0)
    return float(np.where(size[label] == 1, 0.0, worth).mean())
