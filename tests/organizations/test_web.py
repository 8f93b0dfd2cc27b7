"""Posts on the desk, and the public boards, over HTTP."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.clock import today
from linli.kernel.ids import uuid7
from linli.organizations import read
from tests.organizations.making import chain, holds, post, serves
from tests.people.making import account, lives, person
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, PlaceKind, place

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def seats():
    return chain(community_secretary=["matter.read", "post.appoint"])


@pytest.fixture
def secretary(seats):
    xia = person("夏芬", "13800002202")
    holds(xia, seats.secretary)
    return signed_in(xia)


def signed_in(someone) -> Client:
    account(someone)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone.account, backend=BACKEND)
    return client


def text(response) -> str:
    return response.content.decode()


def test_posts_show_their_holders_and_vacancies(secretary, seats):
    holds(person("刘敏", None), seats.worker)
    page = text(secretary.get(reverse("organizations:posts")))
    assert "Grid worker · 第3网格" in page
    assert "刘敏" in page
    vacant = text(secretary.get(reverse("organizations:posts"), {"vacant": "1"}))
    assert "Community clerk" in vacant
    assert "Grid worker ·" not in vacant


def test_the_list_makes_few_queries(secretary, seats, django_assert_max_num_queries):
    for number in range(40):
        at = place(f"{GRID}y{number}/", PlaceKind.BUILDING, f"{number}栋")
        holds(person(f"何{number}", None), post("building_head", at, seats.committee, seats.worker))
    secretary.get(reverse("organizations:posts"))
    with django_assert_max_num_queries(8):
        secretary.get(reverse("organizations:posts"))


def test_a_vacancy_says_who_acts(secretary, seats):
    page = text(secretary.get(reverse("organizations:post", args=[seats.worker.id])))
    assert "For now 夏芬 acts for it." in page


def test_appointing_somebody_looked_up(secretary, seats):
    liu = person("刘敏", "13900000001")
    lives(liu, seats.places[HOME])
    form = reverse("organizations:appoint", args=[seats.worker.id])
    page = text(secretary.get(form, {"q": "刘"}))
    assert "刘敏 139****0001" in page
    said = {"person": liu.id, "starts": today().isoformat(), "ends": ""}
    assert secretary.post(f"{form}?q=刘", said).status_code == 302
    assert read.persons_of(seats.worker.id, today()) == [liu.id]
    again = secretary.post(f"{form}?q=刘", said)
    assert again.status_code == 422
    assert "already holds" in text(again)
    assert secretary.post(form, said).status_code == 422  # nobody was looked up


def test_the_level_above_fills_the_secretary(secretary, seats):
    answer = secretary.get(reverse("organizations:appoint", args=[seats.secretary.id]))
    assert answer.status_code == 403
    assert "filled by the level above" in text(answer)


def test_a_holder_names_a_stand_in_from_their_own_post(seats):
    liu, zhou = person("刘敏", "13900000001"), person("周强", "13900000002")
    lives(zhou, seats.places[HOME])
    held = holds(liu, seats.worker)
    client = signed_in(liu)
    form = reverse("organizations:stand_in", args=[held.id])
    last = today() + timedelta(days=4)
    said = {"person": zhou.id, "starts": today().isoformat(), "last_day": last.isoformat()}
    assert client.post(f"{form}?q=周", said).status_code == 302
    assert read.persons_of(seats.worker.id, today()) == [zhou.id]
    page = text(client.get(reverse("organizations:post", args=[seats.worker.id])))
    assert f"周强 stands in until {last}" in page
    assert client.get(reverse("organizations:end_appointment", args=[held.id])).status_code == 403


def test_ending_and_closing(secretary, seats):
    held = holds(person("刘敏", None), seats.worker)
    end = reverse("organizations:end_appointment", args=[held.id])
    assert secretary.post(end, {"ends": "2020-01-01"}).status_code == 422
    assert secretary.post(end, {"ends": today().isoformat()}).status_code == 302
    close = reverse("organizations:post_close", args=[seats.worker.id])
    assert secretary.post(close, {"on": "2020-01-01"}).status_code == 422
    assert secretary.post(close, {"on": today().isoformat()}).status_code == 302
    assert read.holder_post("grid_worker", HOME, today()) is None


def test_opening_a_post(secretary, seats):
    form = f"{reverse('organizations:post_open')}?place={seats.places[GRID].id}"
    said = {"kind_code": "grid_worker", "organization_id": seats.committee.id, "above_id": ""}
    assert secretary.post(form, said).status_code == 422  # it is open already
    said["kind_code"] = "community_clerk"
    assert secretary.post(form, said).status_code == 302


def test_boards_are_public_and_lead_to_saying_something(seats):
    head = person("何叔", "13900000003")
    holds(head, post("building_head", seats.places[BUILDING], seats.committee, seats.worker))
    answer = Client(headers={"accept-language": "zh-hans"}).get(
        reverse("organizations:building_board", args=[seats.places[BUILDING].id])
    )
    page = text(answer)
    assert "何叔" in page
    assert "0937-5550100" in page
    assert "13900000003" not in page
    assert re.search(r"【建设社区 [^】]*12栋】居民公示牌\n[^\n]*：何叔 0937-5550100\n", page)
    assert re.search(r"<svg[^>]*>\s*<path", page)
    assert "style=" not in page


def test_an_estates_board_names_units_by_duty(seats):
    serves(seats.committee, "community", seats.places[COMMUNITY])
    page = text(
        Client(headers={"accept-language": "en"}).get(
            reverse("organizations:estate_board", args=[seats.places[GRID].id])
        )
    )
    assert "建设社区居民委员会" in page
    assert "Which unit for what" in page
    assert "[建设社区 第3网格] Who answers for what here" in page


@pytest.mark.parametrize("path", [GRID, HOME])
def test_only_buildings_have_a_buildings_board(seats, path):
    address = reverse("organizations:building_board", args=[seats.places[path].id])
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("organizations:building_board", args=[uuid7()])).status_code == 404


def test_a_closed_place_has_no_board(seats):
    gone = place(f"{GRID}b99/", PlaceKind.BUILDING, "99栋", closed_on=date(2020, 1, 1))
    assert Client().get(reverse("organizations:building_board", args=[gone.id])).status_code == 404
