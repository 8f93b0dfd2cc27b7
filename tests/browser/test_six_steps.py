"""The fitness equipment before building 91 of 磨子井 in a real browser: six steps, from raised to judged."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter
from linli.places import actions as places
from tests import world as worlds
from tests.browser import handling
from tests.serving import LiveServer
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "91栋前面的空地一直空着，能不能装几样健身器材？"
TITLE = "91栋前装健身器材"
NEIGHBOUR = "给老人装两样低一点的。"
MINUTES = "装六样，靠墙一侧留出走路的地方。"
ANSWER = "协商大会定了：91栋前装六样健身器材。"
DONE = "六样都装好了，螺丝逐个查过。"


@pytest.fixture
def town(live_server: LiveServer) -> World:
    """磨子井 on the six steps: building 91 in a courtyard whose branch has a secretary."""
    world = worlds.build(practice="six-steps", at=None)
    community = world.place("community")
    places.rename_place(by=SYSTEM, place_id=community, name="磨子井社区", since=clock.today())
    worlds.add_building_91(world)
    for key in ("wang", "chen", "grid", "courtyard", "clerk", "secretary", "property", "caller"):
        worlds.open_account(world, key)
    return world


def test_building_91_gets_its_fitness_equipment(sign_in: Callable[..., Page], town: World) -> None:
    wang = sign_in("wang")
    matter = raised(wang)
    desks = {key: sign_in(key, desk=True) for key in ("grid", "courtyard", "clerk", "secretary")}

    gathered(desks["grid"], desks["clerk"], matter)  # 征集
    spoken(sign_in("chen"), matter)
    handling.moved(desks["grid"], matter, "作为议题，去拟方案")
    handling.moved(desks["courtyard"], matter, "方案有了，开会商量")  # 制定方案
    met(desks["courtyard"], matter)  # 开会
    handling.answered(desks["clerk"], matter, ANSWER)  # 公开结果
    handling.moved(desks["clerk"], matter, "公开了，照着去办")
    wang.goto(f"/my/{matter.id}/")
    expect(wang.get_by_text(ANSWER).filter(visible=True)).to_be_visible()

    handling.sent_out(desks["secretary"], matter, town.unit("property"), "按会上定的装六样健身器材")  # 实施
    order = matter.orders.get()
    handling.done_by_the_unit(sign_in("property", desk=True), order, DONE)
    handling.found_done(desks["secretary"], order)
    handling.moved(desks["secretary"], matter, "办好了，请大家评")
    handling.judged(wang, matter, "早上下楼就能活动。")  # 评价
    handling.moved(sign_in("caller", desk=True), matter, "解决了，办结")

    ended = Matter.objects.get()
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    keys = list(ended.steps.order_by("entered_at", "id").values_list("key", flat=True))
    assert keys == ["gather", "plan", "meet", "publish", "carry_out", "judge"]
    wang.goto(f"/my/{matter.id}/")
    for said in (MINUTES, ANSWER, "核实过了，恒安物业办好了。"):
        expect(wang.get_by_text(said).first).to_be_visible()


def raised(phone: Page) -> Matter:
    """A neighbour proposes it on the phone; the building is found in the words."""
    phone.goto("/say/")
    phone.get_by_label("什么事").press_sequentially(SAID)
    phone.get_by_role("button", name="91栋").click()
    expect(phone.locator("#where b")).to_have_text("1网格 91栋")
    phone.get_by_role("button", name="发给社区").click()
    phone.wait_for_url("**/receipt/")
    return Matter.objects.get()


def gathered(grid: Page, clerk: Page, matter: Matter) -> None:
    """The grid worker sorts it as a thing for the neighbours; the clerk lays it open to them."""
    grid.goto(handling.at(matter))
    handling.sent(grid, grid.get_by_role("button", name="只确认，不派"))
    handling.published(clerk, matter, title=TITLE, summary="空地怎么用，大家来说。")


def spoken(phone: Page, matter: Matter) -> None:
    """A neighbour says what they think of it."""
    phone.goto(f"/matters/{matter.id}/")
    handling.tick(phone, "赞成")
    phone.locator("[name=text]").fill(NEIGHBOUR)
    handling.sent(phone, phone.get_by_role("button", name="发送"))
    expect(phone.get_by_text(NEIGHBOUR)).to_be_visible()


def met(desk: Page, matter: Matter) -> None:
    """It cannot go on before the assembly's outcome is written down; then it can."""
    desk.goto(handling.at(matter))
    expect(desk.get_by_text("协商大会").filter(visible=True).first).to_be_visible()
    handling.moved(desk, matter, "商量好了，公开结果")
    expect(desk.get_by_role("alert").first).to_be_visible()
    assert Matter.objects.get().step_key == "meet"
    handling.talked_over(desk, matter, attended=26, minutes=MINUTES)
    handling.moved(desk, matter, "商量好了，公开结果")
