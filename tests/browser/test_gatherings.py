"""Meetings in a real browser: the code on the wall signs people in; a talk is run from a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.gatherings.models import Attendance, Gathering
from tests.browser import deciding
from tests.browser.test_every_page import judge
from tests.gatherings import meeting as making
from tests.world import World

pytestmark = pytest.mark.browser

WORKER = ("/meetings/sit/", "/meetings/{talk}/run/", "/meetings/{talk}/code/")


@pytest.fixture
def paths(town: World) -> dict[str, str]:
    """A meeting that sits and a talk, among others."""
    return deciding.meetings(town)


def test_the_pages_of_whoever_opened_a_talk(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str]
) -> None:
    page = sign_in("grid")
    assert [fault for path in WORKER for fault in judge(page, axe, path.format(**paths))] == []


def test_scanning_the_code_on_the_wall(
    sign_in: Callable[..., Page], visit: Callable[..., Page], paths: dict[str, str], town: World
) -> None:
    """Somebody not signed in scans, types the password, and is on the list; the wall counts them."""
    wall = sign_in("secretary", desk=True)
    wall.goto(f"/meetings/{paths['now']}/code/")
    expect(wall.get_by_text("已到 1 人")).to_be_visible()
    row = Gathering.objects.get(pk=paths["now"])
    code = making.code_now(row)
    phone = visit()
    phone.goto(f"/meetings/{row.pk}/here/?c={code}")
    phone.get_by_role("link", name="登录", exact=True).first.click()
    phone.fill("input[name=login]", town.phones["clerk"])
    phone.fill("input[name=password]", "a-long-test-phrase")
    phone.press("input[name=password]", "Enter")
    phone.wait_for_url(f"**/meetings/{row.pk}/here/")
    phone.get_by_role("button", name="我到了").click()
    phone.wait_for_url(f"**/meetings/{row.pk}/")
    expect(phone.get_by_text("您已签到")).to_be_visible()
    expect(wall.get_by_text("已到 2 人")).to_be_visible(timeout=20_000)
    assert Attendance.objects.filter(gathering=row, way="code", counts=True).count() == 1
