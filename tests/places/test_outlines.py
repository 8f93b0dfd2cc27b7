"""Outlines: what is mended, what is refused and where; whose each feature of a file is."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.coordinates import Frame, gcj02_to_bd09, wgs84_to_gcj02
from linli.kernel.ids import uuid7
from linli.places.rules import features, outlines
from linli.places.rules.features import Around, Feature, Known
from linli.places.rules.outlines import InvalidOutline

SQUARE = [[98.0, 39.0], [98.1, 39.0], [98.1, 39.1], [98.0, 39.1], [98.0, 39.0]]
HOLE = [[98.02, 39.02], [98.04, 39.02], [98.04, 39.04], [98.02, 39.04], [98.02, 39.02]]
AWAY = [[99.0, 39.0], [99.1, 39.0], [99.1, 39.1], [99.0, 39.1], [99.0, 39.0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": [list(ring) for ring in rings]}


def parts(*polygons):
    return {"type": "MultiPolygon", "coordinates": [[list(ring) for ring in each] for each in polygons]}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (polygon(SQUARE), polygon(SQUARE)),
        (polygon(SQUARE, HOLE), polygon(SQUARE, HOLE)),
        (parts([SQUARE, HOLE], [AWAY]), parts([SQUARE, HOLE], [AWAY])),
        (polygon(SQUARE[:-1]), polygon(SQUARE)),  # an open ring is closed
        (polygon([[*corner, 1520.5] for corner in SQUARE]), polygon(SQUARE)),  # a height is left out
        (
            polygon([[98, 39], [99, 39], [99, 40]]),
            polygon([[98.0, 39.0], [99.0, 39.0], [99.0, 40.0], [98.0, 39.0]]),
        ),
    ],
)
def test_what_is_kept(given, kept):
    assert outlines.checked(given) == kept
    assert outlines.is_outline(kept)


FEATURE = {"type": "Feature", "geometry": polygon(SQUARE), "properties": {}}
BOW = [[98.0, 39.0], [98.1, 39.1], [98.1, 39.0], [98.0, 39.1], [98.0, 39.0]]
EIGHT = [[98.0, 39.0], [98.1, 39.0], [98.05, 39.05], [98.1, 39.1], [98.0, 39.1], [98.05, 39.05], [98.0, 39.0]]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"type": "Point", "coordinates": [98, 39]}, "An outline is an area"),
        ("98,39", "An outline is an area"),
        (None, "An outline is an area"),
        ({"type": "Polygon", "coordinates": []}, "cannot be read"),
        ({"type": "Polygon"}, "cannot be read"),
        ({"type": "MultiPolygon", "coordinates": [7]}, "cannot be read"),
        (polygon([["a", "b"], [99, 39], [99, 40], ["a", "b"]]), "cannot be read"),
        (polygon([[True, 39], [99, 39], [99, 40]]), "cannot be read"),
        (polygon([[98, float("nan")], [99, 39], [99, 40]]), "cannot be read"),
        (polygon([[98, 39], [99, 39], [98, 39]]), "at least three"),
        (polygon([[98, 39], [98.5, 39], [99, 39], [98, 39]]), "not in one line"),
        (polygon([[y, x] for x, y in SQUARE]), "swapped"),
        (polygon([[39.7, 80.2], [39.8, 80.2], [39.8, 80.3]]), "swapped"),  # Kashgar: both stay on the globe
        (polygon([[434000, 4400000], [434100, 4400000], [434100, 4400100]]), "in metres"),
        (polygon(BOW), "crosses itself near 98.05000, 39.05000"),
        (polygon(SQUARE, AWAY), "hole lies outside"),
        (polygon(SQUARE, HOLE, [[98.025, 39.025], [98.035, 39.025], [98.035, 39.035]]), "inside another"),
        (parts([SQUARE], [HOLE]), "inside another"),
        (polygon(EIGHT), "itself near 98.05000, 39.05000"),
        (polygon([[98 + n / 1e6, 39] for n in range(20_001)]), "too many corners"),
    ],
)
def test_what_is_refused(given, reason):
    with pytest.raises(InvalidOutline) as refused:
        outlines.checked(given)
    said = refused.value.reason % refused.value.params if refused.value.params else refused.value.reason
    assert any(words in said for words in reason.split("|")), said


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("98.0, 39.0\n98.1, 39.0\n98.1, 39.1", 3),
        ("98.0 39.0\n98.1\t39.0\n98.1，39.1\n98.0；39.1\n", 4),
        (json.dumps(polygon(SQUARE)), 5),
        (json.dumps(FEATURE), 5),
        (json.dumps({"type": "FeatureCollection", "features": [FEATURE]}), 5),
    ],
)
def test_what_is_typed_is_read(text, corners):
    geometry = outlines.parsed(text)
    assert len(geometry["coordinates"][0]) == corners
    assert outlines.checked(geometry)["type"] == "Polygon"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("98.0, 39.0\nnorth of it\n98.1, 39.1", "Line %(line)s"),
        ("98.0\n39.0", "Line %(line)s"),
        ('{"type": "Polygon", ', "not readable"),
        ("{" * 100_000, "not readable"),
        ('{"type": "FeatureCollection", "features": [{}, {}]}', "one outline here"),
        ("1" * 400_001, "too long"),
    ],
)
def test_what_is_typed_wrong_is_said(text, reason):
    with pytest.raises(InvalidOutline, match=reason.replace("(", r"\(").replace(")", r"\)")):
        outlines.parsed(text)


def test_what_is_written_out_is_read_back():
    for outline in (polygon(SQUARE), polygon(SQUARE, HOLE), parts([SQUARE], [AWAY])):
        assert outlines.checked(outlines.parsed(outlines.written_out(outline))) == outline


@given(st.sampled_from(list(Frame)), st.tuples(st.floats(80, 130), st.floats(20, 45)))
def test_numbers_of_other_maps_come_to_lie_where_they_are(frame, corner):
    x, y = corner
    here = [[x, y], [x + 0.001, y], [x + 0.001, y + 0.001], [x, y]]
    there = here
    if frame is not Frame.WGS84:
        there = [list(wgs84_to_gcj02(*each)) for each in here]
    if frame is Frame.BD09:
        there = [list(gcj02_to_bd09(*each)) for each in there]
    kept = outlines.checked(polygon(there), frame)["coordinates"][0]
    assert all(
        abs(a - b) < 1e-6 for one, two in zip(kept, here, strict=True) for a, b in zip(one, two, strict=True)
    )


COMMUNITY, GRID, HOUSE, OTHER = "/c/", "/c/g/", "/c/g/b/", "/d/b/"
IDS = {path: UUID(int=number) for number, path in enumerate((COMMUNITY, GRID, HOUSE, OTHER), start=1)}
KNOWN = {path: Known(place_id, path) for path, place_id in IDS.items()}
SMALL = [[98.01, 39.01], [98.02, 39.01], [98.02, 39.02], [98.01, 39.02], [98.01, 39.01]]
STANDING = {COMMUNITY: Around(polygon(SQUARE))}


def sort_out(*found, known=KNOWN, standing=STANDING, **how):
    listed = [Feature(number, code, geometry) for number, (code, geometry) in enumerate(found, start=1)]
    return features.sort_out(listed, known, standing, under=COMMUNITY, **how)


@pytest.mark.parametrize(
    ("code", "geometry", "reason"),
    [
        (HOUSE, polygon(SMALL), ""),
        ("", polygon(SMALL), features.NO_CODE),
        ("/c/none/", polygon(SMALL), features.NOT_KNOWN),
        (OTHER, polygon(SMALL), features.ELSEWHERE),
        (HOUSE, None, "An outline is an area: a Polygon or a MultiPolygon."),
        (HOUSE, polygon(BOW), outlines.FAULT_TEXTS["Self-intersection"]),
        (HOUSE, polygon([[y, x] for x, y in SMALL]), outlines.SWAPPED),
        (HOUSE, polygon(AWAY), features.OUTSIDE),
        (HOUSE, polygon([[x, y + 4e-5] for x, y in SQUARE]), ""),  # within five metres
        (HOUSE, polygon([[x, y + 9e-5] for x, y in SQUARE]), features.OUTSIDE),
    ],
)
def test_each_feature_alone(code, geometry, reason):
    found = sort_out((code, geometry))
    assert [fault.reason for fault in found.faults] == ([reason] if reason else [])
    assert not reason or found.faults[0].number == 1


def test_a_closed_place_and_a_code_twice():
    closed = KNOWN | {HOUSE: Known(uuid7(), HOUSE, is_closed=True)}
    assert sort_out((HOUSE, polygon(SMALL)), known=closed).faults[0].reason == features.GONE
    twice = sort_out((HOUSE, polygon(SMALL)), (GRID, polygon(SQUARE)), (HOUSE, polygon(SMALL)))
    assert [(fault.number, fault.reason) for fault in twice.faults] == [
        (1, features.TWICE),
        (3, features.TWICE),
    ]


def test_a_file_is_measured_against_itself():
    """A building goes with the new grid of the same file, not with the old outline around."""
    moved = polygon(AWAY)
    inside = polygon([[x + 1, y] for x, y in SMALL])
    assert sort_out((HOUSE, inside)).faults[0].reason == features.OUTSIDE
    both = sort_out((COMMUNITY, moved), (HOUSE, inside))
    assert both.faults == []
    assert both.drawn == {IDS[COMMUNITY]: moved, IDS[HOUSE]: inside}


TINY = [[104.772, 29.348], [104.7723, 29.348], [104.7723, 29.3482], [104.772, 29.348]]  # 30 m, shifted by 300
GCJ_HOUSE = polygon([list(wgs84_to_gcj02(*corner)) for corner in TINY])


@pytest.mark.parametrize("illustrative", [False, True])
def test_numbers_of_another_map_are_recognised(illustrative):
    standing = {GRID: Around(polygon(TINY), illustrative)}
    looks = sort_out((HOUSE, GCJ_HOUSE), standing=standing)
    assert [fault.reason for fault in looks.faults] == [features.LOOKS_GCJ02]
    baidu = polygon([list(gcj02_to_bd09(*corner)) for corner in GCJ_HOUSE["coordinates"][0]])
    assert sort_out((HOUSE, baidu), standing=standing).faults[0].reason == features.LOOKS_BD09
    assert sort_out((HOUSE, GCJ_HOUSE), standing=standing, frame=Frame.GCJ02).faults == []
    assert sort_out((HOUSE, baidu), standing=standing, frame=Frame.BD09).faults == []


def test_an_illustrative_outline_measures_nothing():
    standing = {GRID: Around(polygon(SMALL), illustrative=True)}
    partly = polygon([[x + 0.005, y] for x, y in SMALL])
    assert sort_out((HOUSE, partly), standing=standing).faults == []
    assert sort_out((HOUSE, polygon(AWAY)), standing=standing).faults == []
    assert sort_out((HOUSE, polygon(AWAY)), standing={}).faults == []
    surveyed = {GRID: Around(polygon(SMALL)), COMMUNITY: Around(polygon(AWAY), illustrative=True)}
    assert sort_out((HOUSE, polygon(AWAY)), standing=surveyed).faults, "the closest above counts"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 a book", "not readable"),
        ("[]".encode("utf-16"), "not readable"),
        (b"[" * 200_000, "not readable"),
        (b"[]", "no features"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
        (json.dumps({"features": [{}] * 5001}).encode(), "more than"),
        (b" " * (8 * 1024 * 1024 + 1), "too big"),
    ],
)
def test_what_is_no_such_file(content, reason):
    with pytest.raises(InvalidOutline, match=reason):
        features.features(content)


def test_what_goes_out_comes_back():
    rows = [{"outline": polygon(SQUARE, HOLE), "code": HOUSE, "name": "12栋"}]
    (back,) = features.features(json.dumps(features.collection(rows)).encode())
    assert (back.number, back.code, back.geometry) == (1, HOUSE, polygon(SQUARE, HOLE))
    strange = b'{"features": [7, {"properties": []}, {"properties": {"code": 12}}]}'
    assert [each.code for each in features.features(strange)] == ["", "", "12"]
