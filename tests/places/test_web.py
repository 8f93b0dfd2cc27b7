"""The desk's pages of places, over HTTP."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.ids import uuid7
from linli.places.models import Place, PlaceCode
from tests.organizations.making import chain, holds, serves
from tests.people.making import account, lives, person
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, STREET

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def seats():
    return chain(community_clerk=["matter.read", "person.read", "place.edit"])


@pytest.fixture
def clerk(seats):
    chen = person("陈静", "13800002202")
    holds(chen, seats.clerk)
    account(chen)
    client = Client(headers={"accept-language": "en"})
    client.force_login(chen.account, backend=BACKEND)
    return client


def address(seats, path: str, name: str = "place") -> str:
    return reverse(f"places:{name}", args=[seats.places[path].id])


def text(response) -> str:
    return response.content.decode()


def test_one_community_opens_at_once(clerk, seats):
    answer = clerk.get(reverse("places:tree"))
    assert answer["Location"] == address(seats, COMMUNITY)


def test_a_place_shows_what_is_in_it_who_lives_there_and_who_serves_it(clerk, seats):
    lives(person("王小敏", None), seats.places[HOME])
    serves(seats.committee, "community", seats.places[COMMUNITY])
    page = text(clerk.get(address(seats, GRID)))
    assert "12栋" in page
    assert "建设社区居民委员会" in page
    assert "0937-5550100" in page
    assert reverse("organizations:estate_board", args=[seats.places[GRID].id]) in page
    assert text(clerk.get(address(seats, BUILDING))).count("building_board") == 0  # a link, not its name


def test_looking_back_before_it_was(clerk, seats):
    page = text(clerk.get(address(seats, GRID), {"on": "2009-01-01"}))
    assert "did not exist" in page
    assert "not a day in the calendar" in text(clerk.get(address(seats, GRID), {"on": "2009-02-30"}))


def test_a_day_gone_by_shows_its_own_codes_and_nothing_to_change(clerk, seats):
    grid = seats.places[GRID]
    Place.objects.filter(id=grid.id).update(outline={"type": "Polygon", "coordinates": []})
    for code, starts, ends in (
        ("62020100200601999999", date(2012, 1, 1), date(2020, 1, 1)),
        ("62020100200603999999", date(2020, 1, 1), None),
    ):
        PlaceCode.objects.create(place=grid, scheme="grid", code=code, starts=starts, ends=ends)
    ways = [address(seats, GRID, name) for name in ("place_open", "place_rename", "place_code", "outline")]
    ways += ["On the map", "62020100200603999999"]

    today = text(clerk.get(address(seats, GRID)))
    assert all(way in today for way in [*ways, "62020100200601999999"])
    then = text(clerk.get(address(seats, GRID), {"on": "2019-06-01"}))
    assert "62020100200601999999" in then
    assert [way for way in ways if way in then] == []

    before = text(clerk.get(address(seats, GRID), {"on": "2009-01-01"}))
    assert "62020100200601999999" not in before
    assert "Nothing smaller" not in before
    assert before.count("On that day this place did not exist.") == 2, "over the page and in its list"


def test_renaming_on_the_page(clerk, seats):
    form = address(seats, BUILDING, "place_rename")
    assert clerk.post(form, {"name": "幸福栋", "since": "2026-01-01"}).status_code == 302
    assert Place.objects.get(path=BUILDING).name == "幸福栋"
    page = text(clerk.get(address(seats, BUILDING)))
    assert "12栋" in page  # what it used to be
    assert clerk.post(form, {"name": "", "since": "2026-02-30"}).status_code == 422


def test_adding_and_coding(clerk, seats):
    said = {"kind": "building", "name": "13栋", "label": "b13"}
    assert clerk.post(address(seats, GRID, "place_open"), said).status_code == 302
    assert Place.objects.filter(path=f"{GRID}b13/").exists()
    assert clerk.post(address(seats, GRID, "place_open"), said | {"kind": "street"}).status_code == 422
    wrong = {"scheme": "grid", "code": "12", "starts": "2026-01-01"}
    answer = clerk.post(address(seats, GRID, "place_code"), wrong)
    assert answer.status_code == 422
    assert "20 digits" in text(answer)


def test_a_place_outside_is_refused_and_an_unknown_one_is_missing(clerk, seats):
    assert clerk.get(address(seats, STREET)).status_code == 200
    assert clerk.get(address(seats, STREET, "place_rename")).status_code == 403
    assert clerk.get(reverse("places:place", args=[uuid7()])).status_code == 404
