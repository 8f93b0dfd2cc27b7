"""An opinion map on a parking question: asked at the desk, answered on phones, read by everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.deliberation import jobs
from linli.deliberation.models import Conversation
from tests.deliberation.talking import QUESTION, STATEMENTS, camps, neighbours
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "夜里请保安指挥停车"


def test_a_parking_question_becomes_a_map(
    sign_in: Callable[..., Page], town: World, drain: Callable[[], None], axe: Callable[[Page], list[str]]
) -> None:
    desk = sign_in("clerk", desk=True)
    desk.goto("/desk/opinions/new/")
    desk.get_by_label("问哪里的人").select_option(str(town.place("building")))
    desk.get_by_label("问题", exact=True).fill(QUESTION)
    desk.get_by_label("开头的说法").fill("\n".join(STATEMENTS))
    desk.get_by_role("button", name="开始问").click()
    desk.wait_for_url(lambda url: "/new/" not in url)
    address = desk.url
    row = Conversation.objects.get()
    camps(town, row, neighbours(town, 14))

    phone = sign_in("wang", javascript=False)  # answering needs no script
    phone.goto("/")
    phone.get_by_role("link", name="去回答").click()
    for count in range(len(STATEMENTS)):
        expect(phone.get_by_text(f"已答 {count} / 6")).to_be_visible()
        phone.get_by_role("button", name="不同意" if count % 2 else "同意", exact=True).click()
        phone.wait_for_load_state()
    expect(phone.get_by_text("都答完了")).to_be_visible()
    phone.get_by_label("您的说法").fill(SAID)
    phone.get_by_role("button", name="发出我的说法").click()
    expect(phone.get_by_text("谢谢，社区看过就会放出来。")).to_be_visible()

    desk.goto(address)
    desk.get_by_role("link", name="去看看").click()
    desk.get_by_role("button", name="放进来").click()
    desk.wait_for_url(address)
    phone.goto(f"/opinions/{row.pk}/")
    expect(phone.get_by_text(SAID)).to_be_visible()
    assert axe(desk) == []

    jobs.draw_opinions.defer(timestamp=0)
    drain()
    reader = sign_in("chen")
    reader.goto(f"/opinions/{row.pk}/map/")
    expect(reader.get_by_role("img", name="意见分组图")).to_have_count(1)
    expect(reader.locator(".opinion-chart svg")).to_be_visible()
    expect(reader.locator("[data-opinions-ready] .opinion-map")).to_have_count(0)
    reader.locator(".opinion-chart").click(position=ground_of(reader))
    expect(reader.locator(".opinion-tip")).to_contain_text("人同意：")
    expect(reader.get_by_role("heading", name="B 组")).to_be_visible()
    assert axe(reader) == []

    phone.goto(f"/opinions/{row.pk}/map/")  # without script: the server's own drawing
    expect(phone.locator("svg.opinion-map")).to_be_visible()

    desk.goto(address)
    desk.get_by_role("button", name="现在就结束").click()
    desk.get_by_role("dialog").get_by_role("button", name="现在就结束").click()
    desk.wait_for_selector("text=已结束")
    desk.get_by_label("接下来怎么办").fill("消防通道月底前画线，外来车辆的事下月再议。")
    desk.get_by_role("button", name="公布结果").click()
    desk.wait_for_selector("text=公布了，谁都可以看。")

    stranger = sign_in("property")
    stranger.goto(f"/opinions/{row.pk}/map/")
    expect(stranger.get_by_text("消防通道月底前画线")).to_be_visible()
    stranger.get_by_role("link", name="打印张贴").click()
    stranger.wait_for_url("**/print/")
    expect(stranger.get_by_role("heading", name="B 组")).to_be_visible()
    assert axe(stranger) == []


def ground_of(page: Page) -> dict[str, float]:
    """A spot on the first group's ground, seen from the chart's corner."""
    box = page.locator(".opinion-chart").bounding_box()
    [x, y] = page.evaluate(
        "JSON.parse(document.getElementById('opinion-marks').textContent).groups[0].center"
    )
    assert box is not None
    return {"x": x / 100 * box["width"], "y": y / 100 * box["height"]}
