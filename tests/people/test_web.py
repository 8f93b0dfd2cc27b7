"""The register on the desk and everybody's own settings, over HTTP."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.people import read
from linli.people.kinds import Event
from linli.people.models import Person
from linli.places.kinds import PlaceKind
from tests.organizations.making import chain, holds
from tests.people.making import account, lives, person
from tests.places.making import HOME, place

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ALL = ["matter.read", "person.read", "person.open_field", "person.edit"]


@pytest.fixture
def seats():
    return chain(community_clerk=ALL)


@pytest.fixture
def wang(seats):
    someone = person("王小敏", "13800002201")
    lives(someone, seats.places[HOME])
    return someone


def signed_in(someone: Person) -> Client:
    account(someone)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone.account, backend=BACKEND)
    return client


@pytest.fixture
def clerk(seats):
    chen = person("陈静", "13800002202")
    holds(chen, seats.clerk)
    return signed_in(chen)


def text(response) -> str:
    return response.content.decode()


def test_the_list_is_masked(clerk, wang):
    page = text(clerk.get(reverse("people:list")))
    assert "王**" in page
    assert "138****2201" in page
    assert "第3网格 12栋 1单元 602室" in page
    assert "王小敏" not in page
    assert "13800002201" not in page


@pytest.mark.parametrize(("words", "found"), [("王", True), ("13800002201", True), ("赵", False)])
def test_the_list_is_searched(clerk, wang, words, found):
    assert ("王**" in text(clerk.get(reverse("people:list"), {"q": words}))) is found


def test_the_list_makes_few_queries(clerk, seats, django_assert_max_num_queries):
    for number in range(40):
        lives(person(f"王{number}", None), seats.places[HOME])
    clerk.get(reverse("people:list"))
    with django_assert_max_num_queries(8):
        page = text(clerk.get(reverse("people:list")))
    assert page.count("<tr>") == 31


def test_another_communitys_place_is_refused_with_the_reason(clerk):
    other = place("/620201/002/005/", PlaceKind.COMMUNITY, "兰新社区")
    answer = clerk.get(reverse("people:list"), {"place": other.id})
    assert answer.status_code == 403
    assert "for staff of this place" in text(answer)


@pytest.mark.parametrize(("asked", "status"), [("x", 422), ("0190c0de-0000-7000-8000-000000000000", 404)])
def test_an_unknown_place(clerk, asked, status):
    assert clerk.get(reverse("people:list"), {"place": asked}).status_code == status


def test_a_resident_has_no_list_but_their_own_record(seats, wang):
    other = person("李四", "13800002203")
    lives(other, seats.places[HOME])
    client = signed_in(wang)
    assert client.get(reverse("people:list")).status_code == 403
    assert "王小敏" in text(client.get(reverse("people:person", args=[wang.id])))
    assert client.get(reverse("people:person", args=[other.id])).status_code == 403


def test_who_is_signed_out_goes_to_sign_in(wang):
    answer = Client().get(reverse("people:person", args=[wang.id]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_opening_a_number_asks_why_and_is_not_kept(clerk, wang):
    address = reverse("people:open_field", args=[wang.id])
    asked = clerk.get(address, {"field": "phone", "purpose": "call_back"})
    assert "13800002201" not in text(asked)
    assert clerk.post(address, {"field": "phone"}).status_code == 422
    assert clerk.post(address, {"field": "name", "purpose": "visit"}).status_code == 422
    assert not Entry.objects.filter(event=Event.FIELD_OPENED).exists()
    opened = clerk.post(address, {"field": "phone", "purpose": "call_back"})
    assert "13800002201" in text(opened)
    assert opened["Cache-Control"] == "no-store"
    assert Entry.objects.get(event=Event.FIELD_OPENED).data == {"purpose": "call_back"}


def test_editing_keeps_what_was_left_empty(clerk, wang):
    address = reverse("people:edit", args=[wang.id])
    assert "13800002201" not in text(clerk.get(address))
    said = {"name": "王晓敏", "sex": "f", "born_year": "1960", "phone": "", "id_number": "", "reach": "call"}
    assert clerk.post(address, said).status_code == 302
    wang.refresh_from_db()
    assert (wang.name, wang.phone, wang.reach) == ("王晓敏", "13800002201", "call")
    wrong = clerk.post(address, said | {"phone": "12"})
    assert wrong.status_code == 422
    assert "A mobile number has 11 digits" in text(wrong)
    assert "王晓敏" in text(wrong)


@pytest.mark.parametrize(
    "said",
    [
        {"name": "<script>alert(1)</script>", "reach": "app"},
        {"name": "王" * 61, "reach": "app"},
        {"name": "王", "reach": "carrier pigeon"},
        {"name": "王", "reach": "app", "born_year": "abc"},
        {"name": "王\x00三", "reach": "app"},
        {"name": "王", "reach": "app", "born_year": "99999999999999999999"},
    ],
)
def test_bad_input_is_answered_in_words(clerk, wang, said):
    answer = clerk.post(reverse("people:edit", args=[wang.id]), said)
    assert answer.status_code in (302, 422)
    assert "<script>alert" not in text(clerk.get(reverse("people:person", args=[wang.id])))


def test_the_same_registration_sent_five_times_is_one_person(clerk, seats):
    said = {"name": "赵新来", "reach": "app", "phone": "13900000001", "idempotency_key": "k" * 20}
    answers = [clerk.post(reverse("people:register"), said) for _each in range(5)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Person.objects.filter(name="赵新来").count() == 1


def test_noting_a_new_home(clerk, wang, seats):
    new = place(HOME.replace("0602", "0603"), PlaceKind.HOME, "603室")
    address = reverse("people:move_in", args=[wang.id])
    assert "603室" in text(clerk.get(address, {"q": "12栋 603"}))
    said = {"place": new.id, "kind": "usual", "starts": "2026-11-20"}
    assert clerk.post(f"{address}?q=12栋 603", said).status_code == 302
    assert read.home_of(wang.id, date(2026, 11, 21)) == new
    assert clerk.post(f"{address}?q=12栋 603", said | {"starts": "2026-02-30"}).status_code == 422
    again = clerk.post(f"{address}?q=12栋 603", said)
    assert "must begin later" in text(again)


def test_settings_are_kept_and_put_in_the_cookie(wang):
    client = signed_in(wang)
    said = {"language": "en", "elder": "on", "text_size": "28"}
    answer = client.post(reverse("people:preferences"), said)
    assert answer.status_code == 302
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    row = read.account_of(wang.id)
    assert (row.elder, row.text_size, row.shortcuts) == (True, 28, True)  # no desk, no keys to turn off
    assert client.post(reverse("people:preferences"), said | {"text_size": "99"}).status_code == 422
    assert "elder-28" in text(client.get(reverse("people:preferences")))
