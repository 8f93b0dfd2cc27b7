"""Finding people without opening what is sealed."""

from datetime import date

import pytest

from linli.people import read
from tests.people.making import lives, person
from tests.places.making import COMMUNITY, GRID, HOME, territory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


@pytest.fixture
def here():
    return territory()


@pytest.fixture
def folk(here):
    found = {}
    for number, name in enumerate(("王小敏", "李王成", "欧阳敏")):
        found[name] = person(name, f"1380000220{number}")
        lives(found[name], here[HOME])
    found["外人"] = person("王外人", "13800002209")
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王", ["王小敏", "李王成"]),  # those whose name begins so come first
        ("敏", ["欧阳敏", "王小敏"]),
        ("13800002201", ["李王成"]),
        ("602", ["李王成", "欧阳敏", "王小敏"]),
        ("138", []),
        ("", []),
        ("王外人", []),
    ],
)
def test_search(folk, text, names):
    assert [row.name for row in read.search(text, COMMUNITY, DAY)] == names


def test_the_list_reads_people_and_homes_in_two_queries(folk, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = list(read.listed(COMMUNITY, DAY))
    assert [row.name for row in rows] == ["李王成", "欧阳敏", "王小敏"]
    assert all(row.current_residences[0].place.path == HOME for row in rows)


def test_heads_by_what_lies_directly_inside(here, folk):
    assert read.counts_by_child(here[COMMUNITY], DAY)[GRID].usual == 3
    assert read.counts(COMMUNITY, date(2014, 12, 31)).usual == 0


def test_a_person_registered_and_living_in_one_place_is_listed_once(here, folk):
    lives(folk["王小敏"], here[HOME], "registered")
    assert [row.name for row in read.residents_of(COMMUNITY, DAY)].count("王小敏") == 1


def test_who_is_found_is_shown_where_they_live_or_else_where_they_are_registered(here, folk):
    somebody = person("王登记", "13800002210")
    lives(somebody, here[HOME], "registered")
    homes = {found.id: found.home_id for found in read.find("王", [COMMUNITY], DAY)}
    assert len(homes) == 3
    assert set(homes.values()) == {here[HOME].id}
    assert read.found(somebody.id, [COMMUNITY], DAY).home_id == read.home_of(somebody.id, DAY).id
    assert read.found(folk["外人"].id, [COMMUNITY], DAY) is None


def test_who_lives_under_two_of_the_places_is_found_once(folk):
    assert len(read.find("602", [COMMUNITY, GRID], DAY)) == 3
    assert len(read.find("602", [COMMUNITY, GRID], DAY, limit=2)) == 2
    assert read.find("602", [], DAY) == []
    assert read.find(" ", [COMMUNITY], DAY) == []
