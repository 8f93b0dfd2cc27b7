"""Places for other systems: by code, by level, and never who lives there."""

from datetime import date

import pytest

from linli.kernel.ids import uuid7
from linli.places.kinds import PlaceKind
from linli.places.models import PlaceCode
from tests.api import System, key_for, problem
from tests.organizations.making import chain
from tests.people.making import lives, person
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, STREET, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats():
    return chain(community_clerk=["matter.read"], grid_worker=["matter.read"])


@pytest.fixture
def clerk(seats):
    return System(key_for(seats.clerk).text)


def names(answer):
    assert answer.status_code == 200, answer.content.decode()
    return [each["name"] for each in answer.json()["places"]]


def coded(row, code):
    return PlaceCode.objects.create(place=row, scheme="division", code=code, starts=date(2020, 1, 1))


def test_a_key_begins_at_its_community(seats, clerk):
    assert names(clerk.get("/places")) == ["建设社区"]
    grid = System(key_for(seats.worker).text)
    assert names(grid.get("/places")) == ["建设社区"]


def test_a_place_is_found_by_its_code(seats, clerk):
    coded(seats.places[COMMUNITY], "620201002006")
    [told] = clerk.get("/places", code="620201002006").json()["places"]
    assert (told["codes"], told["address"]) == (["620201002006"], "嘉峪关市 钢城街道 建设社区")
    assert names(clerk.get("/places", code="620201002999")) == []


def test_a_place_elsewhere_is_found_by_no_code(seats, clerk):
    other = place(f"{STREET}007/", PlaceKind.COMMUNITY, "兰新社区")
    coded(other, "620201002007")
    assert names(clerk.get("/places", code="620201002007")) == []
    reason = problem(clerk.get(f"/places/{other.id}"), 403)
    assert reason == "This place is outside the places your posts are for."
    problem(clerk.get(f"/places/{other.id}/children"), 403)


def test_children_come_in_the_order_people_count(seats, clerk):
    for number in (2, 10, 1):
        place(f"{GRID}y{number}/", PlaceKind.BUILDING, f"{number}栋")
    grid = seats.places[GRID]
    first = clerk.get(f"/places/{grid.id}/children", limit=2)
    assert names(first) == ["1栋", "2栋"]
    rest = clerk.get(f"/places/{grid.id}/children", limit=2, cursor=first.json()["next"])
    assert names(rest) == ["10栋", "12栋"]
    assert rest.json()["next"] is None


def test_a_closed_place_is_no_child_but_still_a_place(seats, clerk):
    gone = place(f"{GRID}y1/", PlaceKind.BUILDING, "1栋", closed_on=date(2024, 1, 1))
    assert names(clerk.get(f"/places/{seats.places[GRID].id}/children")) == ["12栋"]
    assert clerk.get(f"/places/{gone.id}").json()["closed_on"] == "2024-01-01"


def test_a_home_is_a_place_and_tells_nobody(seats, clerk):
    lives(person("夏芬", "13800002202"), seats.places[HOME])
    [told] = clerk.get(f"/places/{seats.places[f'{BUILDING}u1/'].id}/children").json()["places"]
    assert told["kind"] == "home"
    assert set(told) == {
        "id", "kind", "name", "address", "codes", "parent", "opened_on", "closed_on", "successor",
    }  # fmt: skip


def test_from_above_a_key_sees_only_its_own_branch(seats, clerk):
    place(f"{STREET}007/", PlaceKind.COMMUNITY, "兰新社区")
    assert names(clerk.get(f"/places/{seats.places[STREET].id}/children")) == ["建设社区"]


def test_a_place_that_is_none_is_not_there(clerk):
    assert problem(clerk.get(f"/places/{uuid7()}"), 404) == "This place is not known."


def test_lists_take_few_queries(seats, clerk, django_assert_max_num_queries):
    for number in range(50):
        place(f"{GRID}y{number}/", PlaceKind.BUILDING, f"{number}栋")
    clerk.get("/places")
    with django_assert_max_num_queries(8):
        assert len(names(clerk.get(f"/places/{seats.places[GRID].id}/children"))) == 50
