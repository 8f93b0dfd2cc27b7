"""The register of residents as a book: masked, its filters named, on record."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.frame import exports
from linli.people.kinds import Event
from linli.people.rules import masked_words
from tests.books import cells, refused, sheet
from tests.organizations.making import chain, holds
from tests.people.making import account, lives, person
from tests.places.making import COMMUNITY, HOME

pytestmark = pytest.mark.django_db
BOOK = "people:list_xlsx"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(someone) -> Client:
    account(someone)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone.account, backend=BACKEND)
    return client


def clerk_with(*powers: str) -> Client:
    seats = chain(community_clerk=["person.read", *powers])
    lives(person("王小敏", "13800002201"), seats.places[HOME])
    lives(person("李大山", None), seats.places[HOME])
    chen = person("陈静", "13800002202")
    holds(chen, seats.clerk)
    return signed_in(chen)


def test_the_book_names_its_filters_and_is_masked():
    clerk = clerk_with("export")
    answer = clerk.get(reverse(BOOK), {"q": "13800002201"})
    rows = sheet(answer)
    assert rows[1][0] == "嘉峪关市 · 钢城街道 · 建设社区，“138****2201”"
    assert rows[3][:3] == ("王**", "138****2201", "第3网格 12栋 1单元 602室")
    assert len(rows) == 4
    for whole in ("王小敏", "13800002201"):
        assert whole not in cells(answer)


def test_it_is_on_record_without_what_was_searched_for():
    clerk_with("export").get(reverse(BOOK), {"q": "王小敏"})
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert (entry.place_path, entry.data) == (COMMUNITY, {"list": "people", "filters": ["q"], "rows": 1})


def test_without_the_power_it_stays():
    clerk = clerk_with()
    assert refused(clerk.get(reverse(BOOK)))
    assert reverse(BOOK) not in clerk.get(reverse("people:list")).content.decode()
    assert not Entry.objects.filter(event=Event.EXPORTED).exists()


def test_the_page_links_to_the_same_list():
    assert f"{reverse(BOOK)}?place=" in clerk_with("export").get(reverse("people:list")).content.decode()


def test_a_book_says_when_the_list_goes_on(monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    rows = sheet(clerk_with("export").get(reverse(BOOK)))
    assert len(rows) == 4
    assert rows[1][0].endswith("，only the first 1 rows are here")


@pytest.mark.parametrize(
    ("words", "said"),
    [("王", "王"), ("王小敏", "王**"), ("13800002201", "138****2201"), ("12", "**")],
)
def test_what_was_searched_for_unmasks_nobody(words, said):
    assert masked_words(words) == said
