"""A courtyard naming: asked for at the desk, two residents' names, chosen, voted on, and the new name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from linli.ballots.models import Ballot
from linli.deliberation.models import Topic
from linli.kernel.clock import now, today
from linli.places.models import Place
from tests import world as worlds
from tests.deliberation.contesting import courtyard
from tests.world import World

pytestmark = pytest.mark.browser
TITLE = "给3号院起个名字"


def enter(phone: Page, text: str, why: str) -> None:
    """Find the contest on the first page and enter a name."""
    phone.goto("/")
    phone.get_by_role("link", name="去看看").click()
    phone.get_by_label("名字", exact=True).fill(text)
    phone.get_by_label("名字的含义").fill(why)
    phone.get_by_label("选上的话，写上是我提的").check()
    phone.get_by_role("button", name="报上去").click()
    expect(phone.get_by_text("报上了。")).to_be_visible()


def vote(phone: Page, text: str) -> None:
    """Choose a name in secret, from the first page."""
    phone.goto("/")
    phone.get_by_role("link", name="投票", exact=True).click()
    phone.get_by_role("link", name="投票", exact=True).click()
    phone.get_by_text(text, exact=True).click()
    phone.get_by_role("button", name="投出这一票").click()
    expect(phone.locator("#receipt")).to_be_visible()


SAID = {
    "公告": "已公告。",
    "定名册并公布": "名册定好了",
    "开始投票": "开始投票了。",
    "结束投票": "投票结束了。",
    "计票": "计好了。",
    "公示结果": "已公示，正在通知",
}


def press(desk: Page, *names: str) -> None:
    """The ballot's steps, each after what is said to the one before."""
    for name in names:
        desk.get_by_role("button", name=name, exact=True).click()
        expect(desk.get_by_text(SAID[name])).to_be_visible()


def test_a_courtyard_gets_the_name_its_residents_chose(
    sign_in: Callable[..., Page], town: World, drain: Callable[[], None], axe: Callable[[Page], list[str]]
) -> None:
    courtyard(town)
    for key in ("zhao", "qian"):
        worlds.open_account(town, key)
    desk = sign_in("clerk", desk=True)
    desk.goto("/desk/topics/")
    desk.get_by_role("link", name="征名", exact=True).click()
    desk.get_by_label("给哪个院子或哪栋楼取名").select_option(str(town.place("courtyard")))
    desk.get_by_label("标题", exact=True).fill(TITLE)
    desk.get_by_role("button", name="开始", exact=True).click()
    desk.wait_for_url(lambda url: "/new/" not in url)
    at_desk = desk.url

    zhao, qian = sign_in("zhao"), sign_in("qian", javascript=False)  # entering needs no script
    enter(zhao, "槐荫院", "院里有棵老槐树")
    enter(qian, "和乐院", "和和气气")
    assert axe(zhao) == []

    desk.goto(at_desk)
    desk.get_by_role("button", name="提前结束").click()
    desk.get_by_role("dialog").get_by_role("button", name="提前结束").click()
    desk.get_by_role("button", name="公布名单和原因").click()
    expect(desk.get_by_text("名单和原因公布了，接下来是投票。")).to_be_visible()
    assert axe(desk) == []
    desk.get_by_role("button", name="起草投票").click()
    desk.wait_for_url("**/desk/ballots/**")
    press(desk, "公告", "定名册并公布")
    Ballot.objects.update(opens_at=now() - timedelta(hours=1), objections_until=today() - timedelta(days=1))
    desk.reload()
    press(desk, "开始投票")
    vote(zhao, "槐荫院")
    vote(qian, "槐荫院")
    Ballot.objects.update(closes_at=now() - timedelta(minutes=1))
    desk.reload()
    press(desk, "结束投票", "计票", "公示结果")
    drain()

    desk.goto(at_desk)
    expect(desk.get_by_text("投票选出了“槐荫院”")).to_be_visible()
    desk.get_by_role("button", name="用这个名字").click()
    expect(desk.get_by_text("新名字已经换上。")).to_be_visible()
    assert Place.objects.get(pk=town.place("courtyard")).name == "槐荫院"
    zhao.goto(f"/topics/{Topic.objects.get().pk}/")
    expect(zhao.get_by_text("提出的人： 赵一鸣")).to_be_visible()
    assert axe(zhao) == []
