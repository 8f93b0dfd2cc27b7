"""A covenant in a browser: drafted at the desk, spoken to on phones, decided, published, signed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from linli.deliberation.models import Covenant
from linli.kernel.clock import today
from tests.deliberation.covenanting import TEXT
from tests.world import World

pytestmark = pytest.mark.browser
QUIET = "晚上九点半后不吵闹。"


def test_a_covenant_from_draft_to_signatures(
    sign_in: Callable[..., Page], town: World, axe: Callable[[Page], list[str]]
) -> None:
    desk = sign_in("clerk", desk=True)
    desk.goto("/desk/covenants/new/")
    desk.get_by_label("哪里的公约").select_option(str(town.place("community")))
    desk.get_by_label("标题").fill("建设社区居民公约")
    desk.get_by_label("条文，一行一条").fill(TEXT)
    desk.get_by_role("button", name="保存草案").click()
    desk.wait_for_url(lambda url: "/new/" not in url)
    at_desk, row = desk.url, Covenant.objects.get()
    desk.get_by_role("button", name="征求意见").click()
    expect(desk.get_by_role("button", name="结束征求意见")).to_be_visible()

    phone = sign_in("wang", javascript=False)  # speaking to it needs no script
    phone.goto(f"/covenants/{row.pk}/")
    phone.get_by_role("link", name="说两句 2").click()
    phone.locator(".tile-face", has_text="赞成").click()
    phone.get_by_label("您的话").fill("孩子要睡觉")
    phone.get_by_role("button", name="发送").click()
    expect(phone.get_by_text("孩子要睡觉")).to_be_visible()
    phone.get_by_label("您建议怎么写").fill(QUIET)
    phone.get_by_role("button", name="提交建议").click()
    expect(phone.locator("ins").first).to_be_visible()

    desk.goto(at_desk)
    desk.get_by_role("link", name="答复 2").click()
    desk.get_by_label("为什么").fill("多数邻居也这么说")
    desk.get_by_role("button", name="采纳", exact=True).click()
    desk.wait_for_url(at_desk)
    # Two weeks pass: the browser and the site live in real time.
    Covenant.objects.filter(pk=row.pk).update(consult_ends=today() - timedelta(days=1))
    desk.reload()
    desk.get_by_role("button", name="结束征求意见").click()
    desk.get_by_role("dialog").get_by_role("button", name="结束征求意见").click()
    desk.get_by_label("开会日期").fill(today().isoformat())
    for label, number in (("应到", "120"), ("实到", "61"), ("赞成", "31")):
        desk.get_by_label(label, exact=True).fill(number)
    desk.get_by_role("button", name="记下来").click()
    desk.get_by_role("button", name="公布并开始签名").click()
    expect(desk.get_by_role("link", name="打印")).to_be_visible()
    assert axe(desk) == []

    phone.goto("/")
    expect(phone.get_by_text("请代表您家签名").first).to_be_visible()
    phone.goto(f"/covenants/{row.pk}/")
    expect(phone.get_by_text(QUIET)).to_be_visible()
    phone.get_by_label("让我家出现在签名墙上").check()
    phone.get_by_role("button", name="代表全家签名").click()
    expect(phone.get_by_text("您家已签名。")).to_be_visible()
    stranger = sign_in("property")
    stranger.goto(f"/covenants/{row.pk}/wall/")
    expect(stranger.get_by_text("王**")).to_be_visible()
    assert axe(stranger) == []
