"""The parking story in a real browser: said on a phone at night, talked over, carried out, judged."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter, Order
from tests.browser import handling
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "晚一点回来小区就没车位，只能停马路边，很不方便。"
MINUTES = "树下议事会：先去谈商场地下车库夜里停放。"
ANSWER = "商场地下车库晚上六点到早上八点给居民停。"


def test_from_a_night_without_a_space_to_a_judgement(sign_in: Callable[..., Page], town: World) -> None:
    phone = sign_in("wang")
    matter = said_on_a_phone(phone)
    sorted_with_one_key(sign_in("grid", desk=True))
    assert Matter.objects.get().step_key == "discuss"
    phone.goto(f"/my/{matter.id}/")
    expect(phone.get_by_text("现在在谁手里")).to_be_visible()
    phone.get_by_role("link", name="催一下").click()
    phone.wait_for_url("**/urge/**")

    branch, secretary = sign_in("branch", desk=True), sign_in("secretary", desk=True)
    handling.talked_over(branch, matter, attended=31, minutes=MINUTES)
    handling.moved(branch, matter, "议好了，请业委会去商")
    handling.moved(sign_in("owners", desk=True), matter, "商量好了")
    handling.sent_out(secretary, matter, town.unit("property"), "和商场谈夜里停放")
    order = matter.orders.get()
    handling.done_by_the_unit(sign_in("property", desk=True), order, "谈妥了，夜里停放每月五十元。")
    handling.found_done(secretary, order)
    handling.answered(secretary, matter, ANSWER)
    handling.moved(secretary, matter, "办好了，请居民评")
    handling.judged(phone, matter, "晚上回来有地方停了。")
    handling.moved(sign_in("caller", desk=True), matter, "解决了，办结")

    ended = Matter.objects.get()
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    phone.goto(f"/my/{matter.id}/")
    for said in (SAID, MINUTES, ANSWER):
        expect(phone.get_by_text(said).first).to_be_visible()


def said_on_a_phone(phone: Page) -> Matter:
    """Written on the home page's form; the receipt names its number."""
    phone.goto("/")
    phone.get_by_role("link", name="说件事").first.click()
    phone.get_by_label("什么事").fill(SAID)
    phone.get_by_role("button", name="发给社区").click()
    phone.wait_for_url("**/receipt/")
    matter = Matter.objects.get()
    expect(phone.get_by_text(matter.number).first).to_be_visible()
    return matter


def sorted_with_one_key(desk: Page) -> None:
    """The grid worker finds it on the desk and confirms what is suggested with Enter."""
    desk.goto("/desk/")
    desk.get_by_role("link", name="晚一点回来").first.click()
    expect(desk.get_by_role("heading", name="建议这样办")).to_be_visible()
    desk.wait_for_selector("html.js")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="建议这样办")).to_be_hidden()
    sorted_one = Matter.objects.get()
    assert sorted_one.triaged_at is not None
    assert sorted_one.category == "parking"


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
