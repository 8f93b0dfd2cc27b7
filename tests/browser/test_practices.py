"""A practice taken over and changed in a real browser: the drawing follows while one types."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.matters.models import Adoption, ProcedureVersion
from linli.matters.read import settings
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_copy_is_changed_beside_its_drawing_and_published(
    sign_in: Callable[..., Page], town: World
) -> None:
    plain = ProcedureVersion.objects.get(name="plain")
    community = town.place("community")
    desk = sign_in("secretary", desk=True)
    desk.goto(f"/desk/procedures/{plain.id}/?community={community}")
    expect(desk.get_by_text("在建设社区要哪些岗位")).to_be_visible()
    desk.get_by_role("button", name="改一份").click()
    desk.wait_for_url("**/drafts/**")
    expect(desk.get_by_text("可以发布")).to_be_visible()
    desk.locator("#step-2 > summary").click()
    desk.locator("#s2-title_zh").fill("动手办")
    expect(desk.locator("#drawing svg text", has_text="动手办").first).to_be_visible()
    desk.locator("#s2-within_amount").fill("90")
    expect(desk.locator("#faults")).to_contain_text("《信访工作条例》")
    desk.locator("#s2-within_amount").fill("3")
    expect(desk.locator("#faults")).to_contain_text("可以发布")
    desk.get_by_role("button", name="存好去发布").click()
    desk.wait_for_url("**/publish/")
    expect(desk.get_by_text("3 个工作日")).to_be_visible()
    desk.get_by_role("button", name="发布", exact=True).click()
    desk.wait_for_url("**/procedures/*/?community=*")
    own = ProcedureVersion.objects.get(community_id=community)
    assert settings.procedure(own).step("handle").within == "3 workdays"
    assert Adoption.objects.filter(procedure=own, ends=None).exists()


def test_the_same_on_a_phone_without_scripts(sign_in: Callable[..., Page], town: World) -> None:
    plain = ProcedureVersion.objects.get(name="plain")
    phone = sign_in("secretary", javascript=False)
    phone.goto(f"/desk/procedures/{plain.id}/?community={town.place('community')}")
    phone.get_by_role("button", name="改一份").click()
    phone.wait_for_url("**/drafts/**")
    phone.locator("#step-2 > summary").click()
    phone.locator("#step-2").get_by_role("button", name="后面加一步").click()
    phone.wait_for_url("**/drafts/**#step-3")
    expect(phone.locator("#step-3")).to_have_attribute("open", "")
    expect(phone.locator("#s3-title_zh")).to_have_value("新的一步")
    expect(phone.locator("#drawing svg text", has_text="新的一步").first).to_be_visible()
    drawn = phone.locator("#faults")
    expect(drawn).to_contain_text("可以发布")
