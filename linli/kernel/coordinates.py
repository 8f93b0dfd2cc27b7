"""Coordinates on the ground: stored as WGS-84 (what satellites say), converted where a map says otherwise.

Maps sold in mainland China are shifted: GCJ-02 by some hundred metres (高德, 腾讯), BD-09 by a further shift
(百度). The formulas are public knowledge, published with test pairs by several open projects (see the tests);
CGCS2000, which 天地图 uses, agrees with WGS-84 to centimetres and needs no conversion. A position is its
longitude, then its latitude, in degrees.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Final, TypeAlias

Position: TypeAlias = tuple[float, float]

# The Krasovsky 1940 ellipsoid: half of its long axis in metres, and its eccentricity squared.
KRASOVSKY_AXIS: Final = 6378245.0
KRASOVSKY_ECCENTRICITY: Final = 0.00669342162296594323
# Outside this box of degrees (west, south, east, north) the published formula shifts nothing.
CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)
METRES_A_DEGREE: Final = 111_320.0  # of latitude
BAIDU_TURN: Final = pi * 3000.0 / 180.0
CLOSE: Final = 1e-10  # degrees, about a hundredth of a millimetre
MOST_ROUNDS: Final = 30


class Frame(StrEnum):
    """What numbers on a map may mean."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def in_china(longitude: float, latitude: float) -> bool:
    """Whether a position lies in the box in which maps are shifted (Hong Kong, Macao and Taiwan included)."""
    west, south, east, north = CHINA
    return west <= longitude <= east and south <= latitude <= north


def _shift_metres(x: float, y: float) -> Position:
    """How far east and north a position is shifted; x and y are degrees from 105° E, 35° N."""
    shared, root = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi), sqrt(abs(x))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2.0 / 3.0 * (shared + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi))
    east += 2.0 / 3.0 * (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2.0 / 3.0 * (shared + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi))
    north += 2.0 / 3.0 * (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0))
    return east, north


def wgs84_to_gcj02(longitude: float, latitude: float) -> Position:
    """The shifted position; the same one outside China."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    east, north = _shift_metres(longitude - 105.0, latitude - 35.0)
    bend = 1.0 - KRASOVSKY_ECCENTRICITY * sin(radians(latitude)) ** 2
    along_meridian = KRASOVSKY_AXIS * (1.0 - KRASOVSKY_ECCENTRICITY) / (bend * sqrt(bend))
    along_parallel = KRASOVSKY_AXIS / sqrt(bend) * cos(radians(latitude))
    return longitude + east * 180.0 / (along_parallel * pi), latitude + north * 180.0 / (along_meridian * pi)


def gcj02_to_wgs84(longitude: float, latitude: float) -> Position:
    """Where a shifted position really is, found by going back step by step; the same one outside China."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    return _undo(wgs84_to_gcj02, longitude, latitude)


def gcj02_to_bd09(longitude: float, latitude: float) -> Position:
    """Baidu's own shift on top of GCJ-02: a little farther from the origin, a little turned."""
    far = hypot(longitude, latitude) + 0.00002 * sin(latitude * BAIDU_TURN)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * BAIDU_TURN)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


def bd09_to_gcj02(longitude: float, latitude: float) -> Position:
    """Without Baidu's shift, found by going back step by step."""
    return _undo(gcj02_to_bd09, longitude, latitude)


def to_wgs84(frame: Frame, longitude: float, latitude: float) -> Position:
    """A position of any of the maps as it is stored. Outside China every map says the same."""
    if frame is Frame.WGS84 or not in_china(longitude, latitude):
        return longitude, latitude
    if frame is Frame.BD09:
        longitude, latitude = bd09_to_gcj02(longitude, latitude)
    return gcj02_to_wgs84(longitude, latitude)


def _undo(shift: Callable[[float, float], Position], longitude: float, latitude: float) -> Position:
    """The position that `shift` moves to this one. The shifts change slowly, so each round divides what is
    wrong by a hundred or more; near the edge of the box the last round is the best there is."""
    x, y = longitude, latitude
    for _round in range(MOST_ROUNDS):
        there_x, there_y = shift(x, y)
        off_x, off_y = longitude - there_x, latitude - there_y
        x, y = x + off_x, y + off_y
        if abs(off_x) < CLOSE and abs(off_y) < CLOSE:
            break
    return x, y
