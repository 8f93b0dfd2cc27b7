"""Subtrees are one comparison; addresses and chains take one query each."""

from datetime import date

import pytest
from django.db import connection

from linli.places import read
from linli.places.kinds import PlaceKind
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, place, territory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


@pytest.fixture
def here():
    return territory()


def test_a_subtree_does_not_leak_into_its_neighbour(here):
    beside = place(f"{COMMUNITY}g031/", PlaceKind.GRID, "第31网格")
    found = list(read.subtree(GRID))
    assert beside not in found
    assert {row.path for row in found} == {path for path in here if path.startswith(GRID)}


def test_a_subtree_uses_the_index(here):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM places_place WHERE path LIKE %s", [f"{GRID}%"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "place_path_once" in plan
    assert "Index Cond" in plan


def test_the_line_above_is_one_query(here, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [row.path for row in read.chain(here[HOME])] == list(here)
    with django_assert_num_queries(1):
        assert read.address(here[HOME]) == "第3网格 12栋 1单元 602室"
    with django_assert_num_queries(1):
        found = read.full_address_map([here[HOME], here[GRID]])
    assert found[here[GRID].id] == "嘉峪关市 钢城街道 建设社区 第3网格"


def test_addresses_by_path(here, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = read.address_of_paths([BUILDING, COMMUNITY, "/9/9/"])
    assert found == {BUILDING: "第3网格 12栋", COMMUNITY: "建设社区", "/9/9/": ""}


def test_what_is_found_is_addressed_with_what_stands_beside_it(here, django_assert_num_queries):
    other = place(f"{GRID}b09/", PlaceKind.BUILDING, "9栋")
    read.wide_names()
    with django_assert_num_queries(1):
        found, written = read.find_addressed("602", [COMMUNITY, GRID], DAY, beside=[other])
    assert found == [here[HOME]]
    assert written == {here[HOME].id: "第3网格 12栋 1单元 602室", other.id: "第3网格 9栋"}
    assert read.find_addressed(" ", [COMMUNITY], DAY) == ([], {})
    many, _written = read.find_addressed("1", [COMMUNITY], DAY, limit=1)
    assert many == read.find("1", COMMUNITY, DAY, limit=1)


def test_the_community_of_a_path(here):
    assert read.community_of(HOME) == here[COMMUNITY]
    assert read.community_of(COMMUNITY) == here[COMMUNITY]
    assert read.community_of("/620201/002/") is None


def test_homes_are_found_by_the_parts_of_their_address(here):
    place(f"{BUILDING}u1/0603/", PlaceKind.HOME, "603室")
    assert [row.name for row in read.find_homes("12栋 602", COMMUNITY, DAY)] == ["602室"]
    assert [row.name for row in read.find_homes("第3网格 12栋 60", COMMUNITY, DAY)] == ["602室", "603室"]
    assert read.find_homes("13栋 602", COMMUNITY, DAY) == []


def test_children_are_in_counting_order(here):
    for name in ("2栋", "10栋", "1栋"):
        place(f"{GRID}{name[:-1]}/", PlaceKind.BUILDING, name)
    closed = place(f"{GRID}b99/", PlaceKind.BUILDING, "99栋", closed_on=date(2020, 1, 1))
    found = [row.name for row in read.children(here[GRID], DAY)]
    assert found == ["1栋", "2栋", "10栋", "12栋"]
    assert closed in read.children(here[GRID], date(2019, 12, 31))
