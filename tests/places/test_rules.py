"""What may stand where, how paths and addresses are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.errors import InvalidCode
from linli.places import rules
from linli.places.kinds import CodeScheme, PlaceKind

K = PlaceKind


@pytest.mark.parametrize(
    ("kind", "parent", "allowed"),
    [
        (K.DIVISION, None, True),
        (K.STREET, K.DIVISION, True),
        (K.COMMUNITY, K.STREET, True),
        (K.COMMUNITY, K.DIVISION, False),
        (K.GRID, K.COMMUNITY, True),
        (K.GRID, K.COURTYARD, True),
        (K.GRID, K.STREET, False),  # a grid never hangs directly on a street
        (K.GRID, K.DIVISION, False),
        (K.COURTYARD, K.GRID, True),
        (K.BUILDING, K.COURTYARD, True),
        (K.ENTRANCE, K.BUILDING, True),
        (K.HOME, K.BUILDING, True),
        (K.HOME, K.COURTYARD, False),
        (K.GRID, None, False),
    ],
)
def test_what_may_stand_under_what(kind, parent, allowed):
    assert rules.may_stand_under(kind, parent) is allowed


@pytest.mark.parametrize("label", ["", "B12", "b/2", "b 2", "一栋", "a" * 13])
def test_a_label_that_would_break_a_path_is_refused(label):
    with pytest.raises(ValueError, match="label"):
        rules.path_under("/620201/", label)


def test_a_path_that_grows_too_long_is_refused():
    with pytest.raises(ValueError, match="too long"):
        rules.path_under("/" + "abcdefghijk/" * 13, "abcdefghijkl")


@given(st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), min_size=1, max_size=8))
def test_every_prefix_of_a_path_is_a_place_above_it(labels):
    path = "/" + "/".join(labels) + "/"
    above = rules.prefixes(path)
    assert above[-1] == path
    assert len(above) == len(labels)
    assert all(path.startswith(each) for each in above)
    assert all(each.startswith("/") and each.endswith("/") for each in above)


def test_buildings_are_in_the_order_people_count_them():
    names = ["12栋", "2栋", "1栋", "10栋"]
    assert sorted(names, key=rules.order_key) == ["1栋", "2栋", "10栋", "12栋"]


class Named:
    def __init__(self, kind: PlaceKind, name: str) -> None:
        self.kind, self.name = kind.value, name


def test_an_address_is_written_from_the_grid_down():
    line = [
        Named(K.STREET, "钢城街道"),
        Named(K.COMMUNITY, "建设社区"),
        Named(K.GRID, "第3网格"),
        Named(K.BUILDING, "9栋"),
    ]
    assert rules.written(line) == "第3网格 9栋"
    assert rules.written_whole(line) == "钢城街道 建设社区 第3网格 9栋"
    assert rules.written(line[:2]) == ""


@pytest.mark.parametrize(
    ("scheme", "code", "good"),
    [
        (CodeScheme.DIVISION, "620201002006", True),
        (CodeScheme.DIVISION, "62020100200", False),
        (CodeScheme.GRID, "00000062020100200603", True),
        (CodeScheme.GRID, "00000062020100000003", False),
        (CodeScheme.ADDRESS, " 新华南路 12 号 ", True),
    ],
)
def test_codes_follow_their_scheme(scheme, code, good):
    if good:
        assert rules.checked_code(scheme, code)
    else:
        with pytest.raises(InvalidCode):
            rules.checked_code(scheme, code)
