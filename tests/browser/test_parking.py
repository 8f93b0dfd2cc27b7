"""The parking story in a real browser: said on a phone at night, sorted with one key at the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.matters.models import Matter, Order
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "晚一点回来小区就没车位，只能停马路边，很不方便。"


def test_said_on_a_phone_and_sorted_with_one_key(sign_in: Callable[..., Page], town: World) -> None:
    phone = sign_in("wang")
    phone.goto("/")
    phone.get_by_role("link", name="说件事").first.click()
    phone.get_by_label("什么事").fill(SAID)
    phone.get_by_role("button", name="发给社区").click()
    phone.wait_for_url("**/receipt/")
    matter = Matter.objects.get()
    expect(phone.get_by_text(matter.number).first).to_be_visible()

    desk = sign_in("grid", desk=True)
    desk.goto("/desk/")
    desk.get_by_role("link", name="晚一点回来").first.click()
    expect(desk.get_by_role("heading", name="建议这样办")).to_be_visible()
    desk.wait_for_selector("html.js")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="建议这样办")).to_be_hidden()
    sorted_one = Matter.objects.get()
    assert sorted_one.triaged_at is not None
    assert sorted_one.category == "parking"

    phone.goto(f"/my/{matter.id}/")
    expect(phone.get_by_text("现在在谁手里")).to_be_visible()
    phone.get_by_role("link", name="催一下").click()
    phone.wait_for_url("**/urge/**")


def test_the_same_without_scripts(sign_in: Callable[..., Page], town: World) -> None:
    phone = sign_in("chen", javascript=False)
    phone.goto("/say/")
    phone.fill("textarea[name=text]", SAID)
    phone.get_by_role("button", name="发给社区").click()
    assert phone.url.endswith("/receipt/")
    desk = sign_in("grid", desk=True, javascript=False)
    matter = Matter.objects.get()
    desk.goto(f"/desk/matters/{matter.id}/")
    expect(desk.get_by_role("heading", name="建议这样办")).to_be_visible()
    assert Order.objects.count() == 0
