"""Illustrative outlines: plain rectangles laid out around a community's middle, never a survey."""

import math
from dataclasses import dataclass

METRES_A_DEGREE = 111_320.0  # of latitude


@dataclass(frozen=True, slots=True)
class Rectangle:
    """West, south, east, north in degrees (WGS-84)."""

    west: float
    south: float
    east: float
    north: float

    def polygon(self) -> dict[str, object]:
        """As a closed GeoJSON polygon, to about ten centimetres."""
        west, south = round(self.west, 6), round(self.south, 6)
        east, north = round(self.east, 6), round(self.north, 6)
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {"type": "Polygon", "coordinates": [ring]}

    def cut(self, count: int, gap: float) -> list["Rectangle"]:
        """`count` parts in rows and columns, with `gap` (a share of a part) left free around each."""
        width, height = self.east - self.west, self.north - self.south
        columns = max(1, round(math.sqrt(count * 1.3)))
        rows = math.ceil(count / columns)
        wide, high = width / columns, height / rows
        parts = []
        for number in range(count):
            west = self.west + number % columns * wide
            north = self.north - number // columns * high
            parts.append(
                Rectangle(
                    west + wide * gap, north - high * (1 - gap), west + wide * (1 - gap), north - high * gap
                )
            )
        return parts


def around(longitude: float, latitude: float, metres: float) -> Rectangle:
    """A rectangle `metres` wide and three quarters as high around a point."""
    half_high = metres * 0.375 / METRES_A_DEGREE
    half_wide = metres * 0.5 / (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    return Rectangle(longitude - half_wide, latitude - half_high, longitude + half_wide, latitude + half_high)
