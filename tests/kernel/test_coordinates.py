"""Positions between the maps: published pairs, back to within 1e-6 degrees, nothing moved outside China."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import coordinates
from linli.kernel.coordinates import Frame

# longitude, latitude in WGS-84, then in GCJ-02, as published with the open project eviltransform (its tests)
EVILTRANSFORM = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),  # Shanghai
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),  # Shenzhen
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),  # Beijing
]
# one position read as each map, as published with the open project coordtransform (its README)
ASKED = (116.404, 39.915)
AS_WGS84_IN_GCJ02 = (116.41024449916938, 39.91640428150164)
AS_GCJ02_IN_BD09 = (116.41036949371029, 39.92133699351022)
AS_BD09_IN_GCJ02 = (116.39762729119315, 39.90865673957631)

NEAR = 1e-6  # degrees, about ten centimetres
CHINESE = st.tuples(st.floats(73.6, 135.1), st.floats(3.8, 53.6))  # the country's extent, inside the box
OUTSIDE = [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9), (139.7, 35.7), (72.0, 30.0), (100.0, 0.5)]


def close(found: tuple[float, float], wanted: tuple[float, float], within: float = NEAR) -> bool:
    return abs(found[0] - wanted[0]) < within and abs(found[1] - wanted[1]) < within


@pytest.mark.parametrize(("satellite", "shifted"), EVILTRANSFORM)
def test_published_pairs(satellite, shifted):
    assert close(coordinates.wgs84_to_gcj02(*satellite), shifted)
    assert close(coordinates.gcj02_to_wgs84(*shifted), satellite)


def test_one_position_read_as_each_map():
    assert close(coordinates.wgs84_to_gcj02(*ASKED), AS_WGS84_IN_GCJ02, 1e-9)
    assert close(coordinates.gcj02_to_bd09(*ASKED), AS_GCJ02_IN_BD09, 1e-9)
    assert close(
        coordinates.bd09_to_gcj02(*ASKED), AS_BD09_IN_GCJ02, 5e-6
    )  # published without the last rounds


@given(CHINESE)
def test_there_and_back(position):
    assert close(coordinates.gcj02_to_wgs84(*coordinates.wgs84_to_gcj02(*position)), position)
    assert close(coordinates.bd09_to_gcj02(*coordinates.gcj02_to_bd09(*position)), position)
    shifted = coordinates.gcj02_to_bd09(*coordinates.wgs84_to_gcj02(*position))
    assert close(coordinates.to_wgs84(Frame.BD09, *shifted), position)


@given(CHINESE)
def test_the_shift_is_some_hundred_metres(position):
    east, north = coordinates.wgs84_to_gcj02(*position)
    assert 0 < abs(east - position[0]) + abs(north - position[1]) < 0.03


@pytest.mark.parametrize("position", OUTSIDE)
def test_nothing_moves_outside_china(position):
    assert coordinates.wgs84_to_gcj02(*position) == position
    assert coordinates.gcj02_to_wgs84(*position) == position
    assert coordinates.to_wgs84(Frame.BD09, *position) == position


@pytest.mark.parametrize("frame", list(Frame))
def test_what_is_stored(frame):
    assert close(coordinates.to_wgs84(Frame.WGS84, *ASKED), ASKED, 1e-12)
    assert close(coordinates.to_wgs84(frame, *ASKED), ASKED, 0.02)
