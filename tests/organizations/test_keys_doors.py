"""Keys at the terminal and on the desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.clock import now, today
from linli.organizations import actions, read
from linli.organizations.models import ApiKey
from linli.site import cli
from tests.api import key_for
from tests.organizations.making import chain, holds
from tests.people.making import account, person
from tests.places.making import COMMUNITY

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = re.compile(r"linli_[0-9a-z]{8}_[0-9a-z]{32}")


@pytest.fixture
def seats():
    powers = ["matter.read", "post.appoint"]
    return chain(community_clerk=["matter.read", "matter.enter"], community_secretary=powers)


def run(*words: str) -> int:
    """One command, in this process and its database."""
    options = cli.parser().parse_args(["apikey", *words])
    status: int = cli.target(f"apikey {words[0]}")(options)
    return status


CREATE = ("create", "--name", "区平台", "--scope", "matter.read,matter.enter", "--place", COMMUNITY)


def test_a_key_is_made_and_printed_once(seats, capsys):
    assert run(*CREATE, "--post", "community_clerk", "--expires", "90 days") == 0
    told = capsys.readouterr()
    assert TEXT.fullmatch(told.out.strip())
    assert "shown only now" in told.err
    row = ApiKey.objects.get()
    assert (row.post_id, row.powers) == (seats.clerk.id, ["matter.enter", "matter.read"])
    assert (row.ends - today()).days == 90
    assert read.actor_of_key(told.out.strip(), now()) is not None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--post", "mayor"), "No post mayor"),
        (("--post", "community_clerk", "--expires", "soon"), "not a number of days"),
        (("--post", "community_clerk", "--expires", "5 workdays"), "not a number of days"),
        (("--post", "community_clerk", "--expires", "900 days"), "at most 366 days"),
        (("--post", "community_clerk", "--scope", "export"), "does not have: export"),
        (("--post", "community_clerk", "--place", "620201002999"), "No place has the code"),
    ],
)
def test_what_cannot_be_made_is_said(seats, capsys, words, why):
    assert run(*CREATE, *words) == 1
    assert why in capsys.readouterr().err
    assert not ApiKey.objects.exists()


def test_keys_are_listed_and_taken_back(seats, capsys):
    issued = key_for(seats.clerk)
    run("list")
    told = capsys.readouterr().out
    assert "in force" in told
    assert "never used" in told
    assert issued.text not in told
    assert run("revoke", issued.key.prefix) == 0
    run("list")
    assert "revoked" in capsys.readouterr().out
    assert run("revoke", issued.text) == 1
    assert "taken back already" in capsys.readouterr().err
    assert run("revoke", "nothing") == 1


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


def test_the_desk_shows_keys_with_their_last_use(seats, secretary):
    issued = key_for(seats.clerk)
    page = secretary.get(reverse("organizations:keys")).content.decode()
    assert "区平台" in page
    assert "Community clerk · 建设社区" in page
    assert "never used" in page
    assert issued.text.split("_")[2] not in page
    found = read.actor_of_key(issued.text, now())
    actions.note_use(by=found.actor, key_id=found.id)
    assert f"last used {today()}" in secretary.get(reverse("organizations:keys")).content.decode()


def test_the_desk_takes_a_key_back(seats, secretary):
    issued = key_for(seats.clerk)
    url = reverse("organizations:key_revoke", args=[issued.key.id])
    page = secretary.post(url, {"idempotency_key": "1"}, follow=True).content.decode()
    assert "Taken back" in page
    row = ApiKey.objects.get()
    assert row.revoked_by.name == "夏芬"
    assert read.actor_of_key(issued.text, now()) is None


def test_without_keys_the_page_says_how_one_is_made(secretary):
    assert "linli apikey create" in secretary.get(reverse("organizations:keys")).content.decode()


def test_keys_of_wider_places_are_not_shown_nor_taken_back(seats, secretary):
    issued = key_for(seats.street)
    assert "区平台" not in secretary.get(reverse("organizations:keys")).content.decode()
    url = reverse("organizations:key_revoke", args=[issued.key.id])
    refused = secretary.post(url, {"idempotency_key": "1"})
    assert refused.status_code == 403
    assert "may take a key back" in refused.content.decode()


def test_who_fills_no_posts_sees_no_keys(seats):
    li = person("李明", "13800002203")
    holds(li, seats.worker)
    client = signed_in(li)
    assert client.get(reverse("organizations:keys")).status_code == 403


def test_the_list_of_keys_takes_few_queries(seats, secretary, django_assert_max_num_queries):
    for _each in range(40):
        key_for(seats.clerk)
    secretary.get(reverse("organizations:keys"))
    with django_assert_max_num_queries(8):
        secretary.get(reverse("organizations:keys"))
