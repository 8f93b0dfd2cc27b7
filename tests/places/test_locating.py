"""Which place a point lies in: finest, smallest, first by path; holes, parts, edges, days."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.ids import uuid7
from linli.places.kinds import PlaceKind
from linli.places.rules.locating import Locator, Outlined

DAY = date(2026, 11, 22)
K = PlaceKind


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(*rings: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def one(kind: PlaceKind, path: str, outline: object, **days: date) -> tuple[Outlined, str]:
    return Outlined(uuid7(), kind, path, **days), json.dumps(outline)


COMMUNITY = one(K.COMMUNITY, "/c/", area(square(0, 0, 10, 10)))
GRID = one(K.GRID, "/c/g/", area(square(0, 0, 5, 10)))
YARD = one(K.COURTYARD, "/c/g/y/", area(square(1, 1, 4, 9), square(2, 2, 3, 3)))
LEFT = one(K.BUILDING, "/c/g/y/b1/", area(square(1, 4, 2, 5)))
RIGHT = one(K.BUILDING, "/c/g/y/b2/", area(square(2, 4, 3, 5)))
SMALL = one(K.BUILDING, "/c/g/y/b9/", area(square(2.8, 4.8, 3, 5)))
DOOR = one(K.ENTRANCE, "/c/g/y/b1/u1/", area(square(1, 4, 1.2, 4.2)))
APART = one(
    K.GRID, "/c/h/", {"type": "MultiPolygon", "coordinates": [[square(6, 0, 7, 1)], [square(8, 8, 9, 9)]]}
)
OLD = one(K.BUILDING, "/c/g/y/old/", area(square(1.5, 6, 3.5, 8)), opened_on=date(1990, 1, 1), closed_on=DAY)
TWISTED = one(K.BUILDING, "/c/bad/", area([[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]))
UNREADABLE = one(K.BUILDING, "/c/none/", {"type": "Polygon"})
ALL = [COMMUNITY, GRID, YARD, LEFT, RIGHT, SMALL, DOOR, APART, OLD, TWISTED, UNREADABLE]


@pytest.mark.parametrize(
    ("point", "on", "path"),
    [
        ((1.5, 4.5), DAY, "/c/g/y/b1/"),  # a building over the courtyard, grid and community it is in
        ((1.1, 4.1), DAY, "/c/g/y/b1/u1/"),  # an entrance over its building
        ((1.5, 1.5), DAY, "/c/g/y/"),
        ((2.5, 2.5), DAY, "/c/g/"),  # in a courtyard's hole
        ((2.0, 2.5), DAY, "/c/g/y/"),  # on the edge of the hole
        ((4.5, 5.0), DAY, "/c/g/"),
        ((5.5, 5.0), DAY, "/c/"),
        ((6.5, 0.5), DAY, "/c/h/"),  # either part of a grid in two parts
        ((8.5, 8.5), DAY, "/c/h/"),
        ((2.0, 4.5), DAY, "/c/g/y/b1/"),  # on the edge two buildings share: the first by path
        ((2.9, 4.9), DAY, "/c/g/y/b9/"),  # two buildings over each other: the smaller
        ((2.0, 7.0), DAY, "/c/g/y/"),  # a building that is gone
        ((2.0, 7.0), date(2000, 1, 1), "/c/g/y/old/"),  # but was there
        ((2.0, 7.0), date(1980, 1, 1), "/c/g/y/"),  # and once was not yet
        ((10.0, 10.0), DAY, "/c/"),  # the very corner
        ((10.01, 10.0), DAY, None),
        ((-170.0, 80.0), DAY, None),
    ],
)
def test_where_a_point_lies(point, on, path):
    found = Locator(ALL).locate(*point, on)
    assert (found and found.path) == path
    again = Locator(ALL[::-1]).locate(*point, on)  # the order they were drawn in says nothing
    assert (again and again.path) == path


def test_what_encloses_nothing_is_left_out():
    assert len(Locator(ALL)) == len(ALL) - 2
    assert Locator([]).locate(1, 1, DAY) is None
    assert Locator([UNREADABLE]).near(1, 1, DAY, kind=K.BUILDING, metres=10) is None


METRE = 1 / 111_320
HOUSE = one(K.BUILDING, "/c/b1/", area(square(0, 0, 20 * METRE, 10 * METRE)))
NEXT = one(K.BUILDING, "/c/b2/", area(square(30 * METRE, 0, 50 * METRE, 10 * METRE)))


@pytest.mark.parametrize(
    ("east", "north", "path", "metres"),
    [
        (10, 5, "/c/b1/", 0),
        (10, -8, "/c/b1/", 8),
        (26, 5, "/c/b2/", 4),
        (25, 5, "/c/b1/", 5),  # as close to both: the first by path
        (10, -40, None, 0),
        (62, 22, "/c/b2/", 17),  # from a corner, across
    ],
)
def test_the_closest_building(east, north, path, metres):
    found = Locator([HOUSE, NEXT]).near(east * METRE, north * METRE, DAY, kind=K.BUILDING, metres=20)
    assert (found and found.place.path) == path
    assert found is None or found.metres == pytest.approx(metres, abs=0.1)


def test_the_closest_is_measured_in_metres_on_the_ground():
    """A degree of longitude is half as long at 60 degrees north."""
    house = one(K.BUILDING, "/b/", area(square(10, 60, 10.001, 60.001)))
    found = Locator([house]).near(10.0012, 60.0005, DAY, kind=K.BUILDING, metres=20)
    assert found is not None
    assert found.metres == pytest.approx(0.0002 * 111_320 / 2, rel=0.01)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 4)), min_size=1, max_size=25),
       st.tuples(st.floats(0, 12), st.floats(0, 12)))  # fmt: skip
def test_the_tree_says_what_looking_through_all_says(squares, point):
    x, y = point
    rows = [
        (size * size, f"/b{number:02d}/", (west, south, size))
        for number, (west, south, size) in enumerate(squares)
    ]
    within = [(ground, path) for ground, path, (w, s, n) in rows if w <= x <= w + n and s <= y <= s + n]
    index = Locator(
        one(K.BUILDING, path, area(square(w, s, w + n, s + n))) for _ground, path, (w, s, n) in rows
    )
    found = index.locate(x, y, DAY)
    assert (found and found.path) == (min(within)[1] if within else None)
