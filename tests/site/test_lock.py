"""Shared computers: a locked session is kept, and opens again only with the password."""

import pytest

from tests import world as worlds
from tests.matters.desking import desk, sent, shown
from tests.world import PASSWORD, World


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def test_a_locked_desk_asks_for_the_password(world: World) -> None:
    clerk = desk(world, "clerk")
    assert sent(clerk.post("/desk/lock/")).startswith("/desk/lock/")
    assert (
        sent(clerk.get("/desk/matters/?state=open")) == "/desk/lock/?next=%2Fdesk%2Fmatters%2F%3Fstate%3Dopen"
    )
    assert sent(clerk.post("/desk/claim/")) == "/desk/lock/?next=%2Fdesk%2F"
    page = shown(clerk.get("/desk/lock/?next=/desk/matters/"))
    assert "Type your password to go on" in page
    assert "That is not your password" in shown(clerk.post("/desk/lock/", {"password": "nothing"}), 422)
    assert (
        sent(clerk.post("/desk/lock/", {"password": PASSWORD, "next": "/desk/matters/"})) == "/desk/matters/"
    )
    shown(clerk.get("/desk/matters/"))


def test_five_wrong_passwords_end_the_session(world: World) -> None:
    clerk = desk(world, "clerk")
    clerk.post("/desk/lock/")
    for _number in range(4):
        shown(clerk.post("/desk/lock/", {"password": "nothing"}), 422)
    assert sent(clerk.post("/desk/lock/", {"password": "nothing"})).startswith("/sign-in/")
    assert sent(clerk.get("/desk/")).startswith("/sign-in/")


def test_it_leads_back_to_this_site_only(world: World) -> None:
    clerk = desk(world, "clerk")
    clerk.post("/desk/lock/")
    assert (
        sent(clerk.post("/desk/lock/", {"password": PASSWORD, "next": "https://elsewhere.example/"}))
        == "/desk/"
    )


def test_a_part_of_a_page_is_led_to_the_lock_too(world: World) -> None:
    clerk = desk(world, "clerk")
    clerk.post("/desk/lock/")
    answer = clerk.get("/desk/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/desk/lock/")


def test_a_stranger_has_nothing_to_lock(client, db: None) -> None:
    assert sent(client.post("/desk/lock/")).startswith("/sign-in/")
