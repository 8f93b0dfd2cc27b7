"""A community behind the browser, and people who sign in through the form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import world as worlds
from tests.serving import LiveServer
from tests.world import PASSWORD, World

STAFF = ("clerk", "grid", "branch", "owners", "caller", "secretary", "property", "street")


@pytest.fixture
def town(live_server: LiveServer) -> World:
    """建设社区 on the five affairs, with accounts for whoever signs in here."""
    world = worlds.build(at=None)
    for key in (
        "wang",
        "chen",
        "clerk",
        "grid",
        "branch",
        "owners",
        "caller",
        "secretary",
        "property",
        "street",
    ):
        worlds.open_account(world, key)
    return world


@pytest.fixture
def sign_in(visit: Callable[..., Page], town: World) -> Callable[..., Page]:
    """A page of somebody signed in: `sign_in("wang")`, `sign_in("clerk", desk=True, language="en")`."""

    def open_as(key: str, *, desk: bool = False, language: str = "", javascript: bool = True) -> Page:
        page = visit(desk=desk, javascript=javascript)
        page.goto("/sign-in/")
        page.fill("input[name=login]", town.phones[key])
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        if language:
            speak(page, language)
        return page

    return open_as


def speak(page: Page, language: str) -> None:
    """Press the language's own button; on a phone the desk keeps it in its menu."""
    button = page.locator(f"button[name=language][value='{language}']:visible")
    if not button.count():
        page.locator(".desk-top summary").click()
    button.first.click()
    page.wait_for_load_state()
