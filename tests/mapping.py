"""Outlines for the small community of tests, in metres: one grid, and two buildings in it."""

from math import cos, radians
from typing import Any

from linli.kernel.actor import SYSTEM
from linli.places import actions
from tests.world import World

WEST, SOUTH = 98.2800, 39.7600  # the corner everything is measured from
LATITUDE_METRE = 1 / 111_320
LONGITUDE_METRE = LATITUDE_METRE / cos(radians(SOUTH))

# place: west, south, east, north in metres
GROUND = {
    "community": (0, 0, 400, 300),
    "grid": (10, 10, 390, 290),
    "building": (60, 100, 120, 120),
    "building4": (60, 180, 120, 200),
}


def at(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a spot so many metres from the corner."""
    return round(WEST + east * LONGITUDE_METRE, 7), round(SOUTH + north * LATITUDE_METRE, 7)


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A closed rectangle."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [list(at(x, y)) for x, y in corners]


def area(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as an outline."""
    return {"type": "Polygon", "coordinates": [ring(west, south, east, north)]}


def draw(world: World, *, illustrative: bool = False) -> None:
    """Give the community its outlines."""
    for name, sides in GROUND.items():
        actions.outline(
            by=SYSTEM, place_id=world.place(name), outline=area(*sides), illustrative=illustrative
        )
