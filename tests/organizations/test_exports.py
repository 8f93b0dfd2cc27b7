"""The posts of a place as a book."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.organizations.kinds import Event
from tests.books import refused, sheet
from tests.organizations.making import chain, holds
from tests.people.making import account, person
from tests.places.making import COMMUNITY

pytestmark = pytest.mark.django_db
BOOK = "organizations:posts_xlsx"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(someone) -> Client:
    account(someone)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone.account, backend=BACKEND)
    return client


def secretary_with(*powers: str) -> Client:
    seats = chain(community_secretary=["matter.read", *powers])
    xia = person("夏芬", "13800002202")
    holds(xia, seats.secretary)
    holds(person("刘敏", None), seats.worker)
    return signed_in(xia)


def test_the_book_has_the_holders_and_the_vacancies():
    rows = sheet(secretary_with("export").get(reverse(BOOK)))
    assert rows[1][0] == "建设社区"
    by_post = {row[0]: row for row in rows[3:]}
    assert by_post["Grid worker · 第3网格"][4] == "刘敏"
    assert {row[7] for row in rows[3:] if row[4] is None or row[4] == ""} == {"yes"}


def test_the_book_names_its_filters_and_is_on_record():
    rows = sheet(secretary_with("export").get(reverse(BOOK), {"level": "grid", "vacant": "0"}))
    assert rows[1][0] == "建设社区，Grid"
    assert len(rows) == 4
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert (entry.place_path, entry.data) == (COMMUNITY, {"list": "posts", "filters": ["level"], "rows": 1})


def test_without_the_power_it_stays():
    secretary = secretary_with()
    assert refused(secretary.get(reverse(BOOK)))
    assert reverse(BOOK) not in secretary.get(reverse("organizations:posts")).content.decode()


def test_the_page_links_to_the_same_list():
    page = secretary_with("export").get(reverse("organizations:posts"), {"vacant": "1"}).content.decode()
    assert reverse(BOOK) in page
    assert "vacant=1" in page
