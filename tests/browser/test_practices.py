"""罗石塔 takes over 紫轩's five affairs in a real browser: the drawing follows while one types."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.actions import raising
from linli.matters.models import Adoption, Matter, ProcedureVersion
from linli.matters.read import settings
from linli.organizations.actions import posts
from linli.places import actions as places
from tests import world as worlds
from tests.browser import handling
from tests.serving import LiveServer
from tests.world import World

pytestmark = pytest.mark.browser
NOBODY = "「邻里议事」在这里没人办：本社区没有「网格党支部书记」这个岗位"


@pytest.fixture
def town(live_server: LiveServer) -> World:
    """罗石塔 on the plain way; it has no grid branches."""
    world = worlds.build(practice="plain", at=None)
    community, today = world.place("community"), clock.today()
    places.rename_place(by=SYSTEM, place_id=community, name="罗石塔社区", since=today)
    posts.close_post(by=SYSTEM, post_id=world.posts["branch"].id, on=today)
    worlds.open_account(world, "secretary")
    return world


def test_luoshita_adopts_the_five_affairs_and_changes_a_limit(
    sign_in: Callable[..., Page], town: World
) -> None:
    community = town.place("community")
    desk = sign_in("secretary", desk=True)
    adopted(desk)
    five = ProcedureVersion.objects.get(name="five-affairs")
    assert Adoption.objects.get(procedure=five, community_id=community).is_default
    before = said(town, "楼下的灯坏了，晚上看不见台阶。")
    changed(desk)
    published(desk)
    own = ProcedureVersion.objects.get(community_id=community)
    discuss = settings.procedure(own).step("discuss")
    assert (discuss.within, discuss.holder) == ("2 workdays", "grid_worker")
    assert list(Adoption.objects.filter(community_id=community, is_default=True, ends=None)) == [
        Adoption.objects.get(procedure=own)
    ]
    after = said(town, "单元门口的地砖松了。")
    assert (before.procedure_id, after.procedure_id) == (five.id, own.id)


def said(town: World, text: str) -> Matter:
    """A resident raises something, and it takes the way the community follows now."""
    raised = raising.Raised(place_id=town.place("home"), text=text)
    return raising.raise_matter(by=town.actor("wang"), raised=raised).matter


def opened(desk: Page) -> None:
    """The page of 紫轩's way, from the list of all ways."""
    desk.goto("/desk/procedures/")
    offered = desk.locator(".card").filter(has=desk.get_by_role("heading", name="五事工作法"))
    offered.get_by_role("link").click()
    desk.wait_for_url("**/desk/procedures/*-*/**")


def adopted(desk: Page) -> None:
    """From the list: whom it needs, who is missing and who acts until then; then it is followed."""
    opened(desk)
    expect(desk.get_by_text("在罗石塔社区要哪些岗位")).to_be_visible()
    expect(desk.get_by_role("row", name="网格党支部书记")).to_contain_text("没有这个岗位")
    expect(desk.get_by_role("row", name="网格党支部书记")).to_contain_text("没有之前由社区干事接着")
    handling.tick(desk, "它管的每类事，都先用它")
    handling.sent(desk, desk.get_by_role("button", name="采用", exact=True))


def changed(desk: Page) -> None:
    """Another title is drawn at once; a limit longer than the law's and a step nobody holds are refused."""
    opened(desk)
    handling.sent(desk, desk.get_by_role("button", name="改一份"))
    desk.wait_for_url("**/drafts/**")
    expect(desk.locator("#step-1")).to_have_attribute("open", "")  # nobody holds it here: it lies open
    desk.locator("#s1-title_zh").fill("院里议事")
    expect(desk.locator("#drawing svg text", has_text="院里议事").first).to_be_visible()
    desk.locator("#s1-title_zh").fill("邻里议事")
    desk.locator("#s1-within_amount").fill("90")
    expect(desk.locator("#faults")).to_contain_text("《信访工作条例》")
    desk.locator("#s1-within_amount").fill("2")
    expect(desk.locator("#faults")).not_to_contain_text("《信访工作条例》")
    handling.sent(desk, desk.get_by_role("button", name="存好去发布"))
    expect(desk.get_by_text(NOBODY)).to_be_visible()
    expect(desk.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    desk.get_by_role("link", name=NOBODY).click()
    desk.wait_for_url("**/drafts/**#step-1")
    desk.locator("#s1-holder").select_option("grid_worker")
    desk.locator("#s0-escalate").select_option("community_clerk")
    expect(desk.locator("#faults")).to_contain_text("可以发布")
    handling.sent(desk, desk.get_by_role("button", name="存好去发布"))


def published(desk: Page) -> None:
    """What differs from 紫轩's is shown before it counts from today on."""
    desk.wait_for_url("**/publish/")
    limit = desk.get_by_role("row").filter(has_text="时限")
    expect(limit).to_contain_text("5 个工作日")
    expect(limit).to_contain_text("2 个工作日")
    handling.tick(desk, "它管的每类事，都先用它")
    handling.sent(desk, desk.get_by_role("button", name="发布", exact=True))
    desk.wait_for_url("**/procedures/*/?community=*")


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
