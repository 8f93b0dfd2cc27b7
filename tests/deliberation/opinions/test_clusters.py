"""Clusters of people, and how many groups there are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.opinions import clusters

SPOTS = st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=1, max_size=40)


def bunch(x: float, y: float, count: int, spread: float = 0.3):
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([x + spread * np.cos(turns), y + spread * np.sin(turns)], axis=1)


def found(spots):
    return clusters.groups(clusters.small(spots))


def test_each_different_spot_is_a_small_cluster_of_its_own() -> None:
    small = clusters.small(np.array([[0.0, 0], [1, 0], [0, 0], [5, 5]]))
    assert small.label.tolist() == [0, 1, 0, 2]
    assert small.centers.tolist() == [[0, 0], [1, 0], [5, 5]]


def test_at_most_a_hundred_small_clusters() -> None:
    chance = np.random.default_rng(3)
    small = clusters.small(chance.normal(size=(400, 2)))
    assert len(small.centers) <= 100
    assert set(small.label) == set(range(len(small.centers)))


@pytest.mark.parametrize("middles", [[(0, 0), (8, 0)], [(0, 0), (8, 0), (0, 8)]])
def test_groups_that_stand_apart_are_found(middles) -> None:
    grouped = found(np.concatenate([bunch(x, y, 14) for x, y in middles]))
    assert [len(set(part)) for part in np.split(grouped.label, len(middles))] == [1] * len(middles)
    assert len(grouped.centers) == len(middles)


def test_many_people_at_one_spot_weigh_as_many() -> None:
    spots = np.array([[0.0, 0], [1, 0], [9, 0], [10, 0]])
    grouped = clusters.k_means(spots, np.array([3.0, 1, 1, 1]), 2, 20)
    assert grouped.centers.tolist() == [[0.25, 0], [9.5, 0]]


def test_few_clusters_allow_few_groups() -> None:
    spots = np.concatenate([bunch(x, 0, 3, 0.01) for x in (0, 5, 10)])
    assert len(found(spots).centers) == 2  # three groups need twelve small clusters


def test_one_person_is_one_group() -> None:
    assert found(np.array([[1.0, 2.0]])).label.tolist() == [0]


def test_silhouette_by_hand() -> None:
    spots = np.array([[0.0, 0], [1, 0], [4, 0]])
    apart = clusters.distances(spots, spots)
    # (4 − 1) ÷ 4, (3 − 1) ÷ 3, and 0 for the one alone
    assert clusters.silhouette(apart, np.array([0, 0, 1])) == pytest.approx((3 / 4 + 2 / 3) / 3)
    assert clusters.silhouette(apart, np.array([0, 0, 0])) == 0


@settings(deadline=None)
@given(SPOTS)
def test_everybody_is_in_one_group_and_no_group_is_empty(spots) -> None:
    points = np.array(spots, dtype=np.float64)
    small = clusters.small(points)
    grouped = clusters.groups(small)
    assert sorted(set(grouped.label)) == list(range(len(grouped.centers)))
    assert 1 <= len(grouped.centers) <= clusters.MOST_GROUPS
    assert len(grouped.label) == len(small.centers)
