"""From nothing to the first answered matter: the wizard, a slip, a password, a visitor, an answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.matters.models import Matter
from linli.places.models import Place
from linli.site.demo import furnish
from linli.site.demo.loading import PASSWORD
from linli.site.demo.names import login_phone
from tests.serving import LiveServer

pytestmark = pytest.mark.browser
SAID = "三栋二单元门口的路灯不亮了，晚上看不见台阶。"
ANSWER = "灯已经换好，今晚就亮。"
BY_HAND = "也可以自己选下一步"
CLERK = ("张敏", "13900010001")


@pytest.fixture
def nothing(live_server: LiveServer) -> None:
    """An installation with its practices and an administrator, and no place."""
    furnish()


def set_up(page: Page) -> None:
    """The first four stages: the community, its buildings, its way of working, one post held."""
    page.goto("/sign-in/")
    page.fill("input[name=login]", login_phone(0, 0))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/setup/")
    page.get_by_role("link", name="建第一个社区").click()
    page.wait_for_url("**/setup/new/")
    page.get_by_label("区划代码").fill("620201002006")
    page.get_by_label("区县名称").fill("钢城区")
    page.get_by_label("街道（乡镇）名称").fill("钢城街道")
    page.get_by_label("社区名称", exact=True).fill("建设社区")
    page.get_by_role("button", name="建好社区，去录楼栋").click()
    page.wait_for_url("**/buildings/")
    page.get_by_label("楼栋").fill("6–1栋 2单元 6层 2户")
    page.get_by_role("button", name="看看会建成什么样").click()
    expect(page.get_by_text("第1行：6–1写反了，小的写前面。")).to_be_visible()
    page.get_by_label("楼栋").fill("1–6栋 2单元 6层 2户")
    page.get_by_label("网格").fill("1网格: 1–6栋")
    page.get_by_role("button", name="看看会建成什么样").click()
    expect(page.get_by_text("1栋 1单元 101室 … 6栋 2单元 602室")).to_be_visible()
    page.get_by_role("button", name="就这么建").click()
    page.wait_for_url("**/practice/")
    page.get_by_role("radio", name="通用办法").check()
    page.get_by_role("button", name="就这么办，去填岗位").click()
    page.wait_for_url("**/posts/")
    page.locator("input[name^='community_clerk.'][name$='-name']").fill(CLERK[0])
    page.locator("input[name^='community_clerk.'][name$='-phone']").fill(CLERK[1])
    page.get_by_role("button", name="设好岗位，去写单位").click()
    page.wait_for_url("**/units/")
    page.locator("select[name='u0-duty']").select_option("property_company")
    page.locator("input[name='u0-name']").fill("恒安物业")
    page.get_by_role("button", name="去发登录条").click()
    page.wait_for_url("**/slips/")


def test_from_nothing_to_the_first_answered_matter(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], nothing: None
) -> None:
    desk = visit(desk=True)
    set_up(desk)
    assert axe(desk) == []
    desk.get_by_role("button", name="给勾选的人打印登录条").click()
    desk.wait_for_url("**/desk/slips/")
    code = desk.locator(".slip-code").inner_text()
    assert axe(desk) == []
    desk.get_by_role("link", name="打好了，返回").click()
    desk.wait_for_url("**/setup/**/slips/")
    desk.get_by_role("link", name="去最后一步").click()
    desk.wait_for_url("**/done/")
    say = desk.get_by_role("link", name="说第一件事").get_attribute("href")

    clerk = visit(desk=True)
    clerk.goto(f"/welcome/#{code}")
    expect(clerk.get_by_label("条子上的登录码")).to_have_value(code)
    assert code not in clerk.url
    clerk.get_by_role("button", name="下一步").click()
    expect(clerk.get_by_role("heading", name="张敏，您好")).to_be_visible()
    clerk.get_by_label("密码", exact=True).fill("a-phrase-of-mine")
    clerk.get_by_label("再输一遍").fill("a-phrase-of-mine")
    clerk.get_by_role("button", name="设好密码，进去").click()
    clerk.wait_for_url("**/desk/")

    neighbour = visit(javascript=False)
    neighbour.goto(str(say))
    neighbour.fill("textarea[name=text]", SAID)
    neighbour.get_by_role("button", name="发给社区").click()
    tracking = str(neighbour.locator("main input[name=code]").first.get_attribute("value"))
    matter = Matter.objects.get()
    assert matter.number.startswith("JS-")
    assert matter.community == Place.objects.get(name="建设社区")

    clerk.goto(f"/desk/matters/{matter.id}/")
    clerk.locator("summary", has_text=BY_HAND).click()
    clerk.locator("button[name=to][value^='answer']").first.click()
    clerk.wait_for_load_state("networkidle")
    matter.refresh_from_db()
    assert matter.step_key == "answer"
    clerk.goto(f"/desk/matters/{matter.id}/")
    clerk.locator("textarea[name=text]:visible").first.fill(ANSWER)
    clerk.locator("form:has(textarea[name=text]:visible) button[type=submit]:visible").first.click()
    clerk.wait_for_load_state("networkidle")

    neighbour.goto("/code/")
    neighbour.fill("input[name=code]", tracking)
    neighbour.locator("main button[type=submit]").first.click()
    expect(neighbour.get_by_text(ANSWER).first).to_be_visible()


def test_every_stage_reads_well_on_a_phone(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], nothing: None
) -> None:
    phone = visit()
    set_up(phone)
    community = Place.objects.get(name="建设社区")
    wrong = []
    for stage in ("buildings", "practice", "posts", "units", "slips", "done", "poster"):
        phone.goto(f"/desk/setup/{community.id}/{stage}/")
        wrong += [f"{stage}: {fault}" for fault in axe(phone)]
        wide, room = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if wide > room:
            wrong.append(f"{stage}: {wide} px wide on a screen of {room}")
    for path in ("/desk/setup/", "/desk/setup/new/", "/welcome/"):
        phone.goto(path)
        wrong += [f"{path}: {fault}" for fault in axe(phone)]
    assert wrong == []
