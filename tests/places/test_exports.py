"""What is in a place, as a book."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.places import actions
from linli.places.kinds import AreaSource, Event, Power
from linli.places.rules.bays import Standing, listed
from tests.books import nobody_exports, refused, sheet
from tests.organizations.making import Chain, chain, holds
from tests.people.making import account, person
from tests.places.making import GRID, STREET, staff

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(someone) -> Client:
    account(someone)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone.account, backend=BACKEND)
    return client


def clerk_with(*powers: str) -> tuple[Client, Chain]:
    seats = chain(community_clerk=["matter.read", *powers])
    chen = person("陈静", "13800002202")
    holds(chen, seats.clerk)
    return signed_in(chen), seats


def book(seats: Chain, path: str) -> str:
    return reverse("places:place_xlsx", args=[seats.places[path].id])


def test_the_book_names_the_place_and_the_day_and_is_on_record():
    clerk, seats = clerk_with("export")
    rows = sheet(clerk.get(book(seats, GRID), {"on": "2020-05-01"}))
    assert rows[0][0] == "Places in 第3网格"
    assert rows[1][0] == "嘉峪关市 · 钢城街道 · 建设社区 · 第3网格，As it was on 2020-05-01."
    assert rows[3][:2] == ("12栋", "Building")
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert (entry.place_path, entry.subject_id) == (GRID, seats.places[GRID].id)
    assert entry.data == {"list": "places", "filters": ["on", "place"], "rows": 1}


def test_a_day_before_it_was_there_lists_nothing():
    clerk, seats = clerk_with("export")
    assert len(sheet(clerk.get(book(seats, GRID), {"on": "2001-01-01"}))) == 3


def test_without_the_power_it_stays():
    clerk, seats = clerk_with()
    assert refused(clerk.get(book(seats, GRID)))
    page = clerk.get(reverse("places:place", args=[seats.places[GRID].id])).content.decode()
    assert book(seats, GRID) not in page


def test_the_power_reaches_no_further_than_its_place():
    clerk, seats = clerk_with("export")
    assert refused(clerk.get(book(seats, STREET)))
    page = clerk.get(reverse("places:place", args=[seats.places[GRID].id])).content.decode()
    assert book(seats, GRID) in page


def test_the_bays_of_a_place_say_why_one_is_nobodys():
    clerk, seats = clerk_with("export")
    own = Standing(independent=True, exclusive=True, registrable=True)
    for label, standing in (("B1-1", own), ("B1-2", Standing(independent=True, exclusive=True))):
        actions.add_bays(
            by=staff(Power.EDIT), under_id=seats.places[GRID].id, bays=listed(f"{label} 13.25"),
            standing=standing,
            source=AreaSource.REGISTER, note="=人防", opened_on=date(2020, 1, 1),
        )  # fmt: skip
    asked = reverse("places:bays_xlsx", args=[seats.places[GRID].id])
    assert asked in clerk.get(reverse("places:bays", args=[seats.places[GRID].id])).content.decode()
    owned, shelter = sheet(clerk.get(asked))[-2:]
    assert (owned[1], owned[3:5]) == (13.25, ("yes", None))
    assert shelter[3:] == ("no", "it cannot be registered as somebody’s own", "=人防")
    nobody_exports()
    assert refused(clerk.get(asked))
