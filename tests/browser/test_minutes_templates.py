"""A template of minutes is worded in a real browser: what is typed is shown as it would read, at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.gatherings.models import MinutesTemplate
from tests.browser.test_every_page import judge
from tests.world import World

pytestmark = pytest.mark.browser
LIST = "/desk/meetings/templates/"


@pytest.mark.parametrize("desk", [True, False])
def test_the_preview_follows_what_is_typed(
    town: World, sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], desk: bool
) -> None:
    page = sign_in("secretary", desk=desk)
    assert judge(page, axe, LIST) == []
    page.goto(f"{LIST}new/?of=meeting")
    page.wait_for_selector("html.js")
    page.fill("[name=name]", "联席会纪要")
    page.fill("[name=heading-0]", "会议名称")
    expect(page.locator("#look")).to_contain_text("会议名称")
    page.fill("[name=words-1]", "{天气}")
    expect(page.locator("#look")).to_contain_text("天气")
    page.fill("[name=words-1]", "")
    page.select_option("[name=add-1]", "when")
    expect(page.locator("#look .notice")).to_have_count(0)
    page.locator("#template-form .btn-primary").click()
    page.wait_for_url(f"**{LIST}")
    row = MinutesTemplate.objects.get()
    assert [row.sections[0][0], row.sections[1][1]] == ["会议名称", "{when}"]
    assert judge(page, axe, LIST) == []
    assert judge(page, axe, f"{LIST}{row.pk}/") == []
