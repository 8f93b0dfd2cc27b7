"""The lift of 桥湾巷 in a real browser, from disagreement to consent: on paper, at the door and online."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linli.ballots.models import Ballot, Vote
from linli.deliberation.actions import sharing
from linli.deliberation.models import Sharing
from linli.kernel import clock
from linli.matters.models import Matter
from tests import world as worlds
from tests.ballots import entrance
from tests.ballots.entrance import Entrance
from tests.browser import handling
from tests.pdf import pages_of
from tests.serving import LiveServer
from tests.world import World

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("SHOTS", "")
SAID = "六楼的老人上下楼太难了，我们单元想加装一部电梯，可是一楼二楼有意见。"
TITLE = "桥湾巷4号楼1单元加装电梯"
TALKED = "十二户到了十户。电梯外移两米，不挡一楼的光；费用按楼层分摊，一楼不出钱，每户补八千元。"
SHARES = "加装电梯费用"
OBJECTED = "一楼用不上电梯，还要挡光。"


@pytest.fixture
def lane(live_server: LiveServer) -> Entrance:
    """An entrance of six floors whose community follows the lift's way by choice."""
    built = entrance.build(at=None, also="lift")
    for key in ("clerk", "grid", "601", "101"):
        worlds.open_account(built.world, key)
    return built


@pytest.fixture
def town(lane: Entrance) -> World:
    """The world people sign in to."""
    return lane.world


def pictured(page: Page, name: str) -> None:
    """With SHOTS set, a picture of the page is kept there."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_the_lift_of_qiaowan_lane(
    sign_in: Callable[..., Page], lane: Entrance, drain: Callable[[], None]
) -> None:
    clerk, grid = sign_in("clerk", desk=True), sign_in("grid")
    matter = raised(clerk)
    handling.moved(grid, matter, "多数愿意，谈方案")
    shared(lane, clerk, sign_in("101"), matter)
    drain()
    agreed(clerk, matter)
    row = prepared(clerk, matter)
    entrance.time_passes(row, days=17)
    handling.press(clerk, f"/desk/ballots/{row.pk}/", "开始投票")
    clerk.goto(f"/desk/ballots/{row.pk}/sheets/")
    clerk.get_by_role("button", name="准备纸票").click()
    printing = clerk.get_by_role("link", name="打印 12 张票（PDF）")
    expect(printing).to_be_visible()
    pictured(clerk, "sheets")
    made = clerk.request.get(clerk.url.split("/desk/")[0] + (printing.get_attribute("href") or ""))
    assert len(pages_of(made.body())) == 12
    online(sign_in("601"), row)
    for home in ("602", "501", "502", "401", "302"):
        entrance.vote(lane, row, home, "yes")
    doorstep(grid, lane, row)
    on_paper(grid, lane, row)
    compared(clerk, lane, row)
    entrance.time_passes(row, days=8)
    for button in ("结束投票", "计票", "公示结果"):
        handling.press(clerk, f"/desk/ballots/{row.pk}/", button)
    pictured(clerk, "desk-result")
    shown(sign_in, row)
    drain()
    clerk.goto(f"/desk/matters/{matter.id}/")
    expect(clerk.get_by_text("通过：参加和同意都达到了要求").first).to_be_visible()
    pictured(clerk, "desk-matter")
    handling.moved(clerk, matter, "通过了，公示")
    assert Matter.objects.get().step_key == "post"


def raised(clerk: Page) -> Matter:
    """An owner comes to the counter; the clerk writes it down and chooses the lift's way."""
    clerk.goto("/desk/intake/")
    clerk.wait_for_selector("html.js")
    clerk.locator("#id_who").press_sequentially("住户601")
    clerk.locator("label.tile", has_text="601").click()
    expect(clerk.locator("#spots")).to_contain_text("601")
    clerk.fill("#id_text", SAID)
    clerk.select_option("#id_way", label="加装电梯")
    clerk.get_by_role("button", name="保存").click()
    clerk.wait_for_url("**/desk/matters/**")
    return Matter.objects.get()


def shared(lane: Entrance, clerk: Page, ground_floor: Page, matter: Matter) -> None:
    """Who pays what, round by round: the ground floor objects, and agrees once it is made good."""
    clerk.goto(handling.at(matter))
    clerk.get_by_role("link", name="谈费用分摊").click()
    clerk.wait_for_url("**/desk/shares/new/**")
    clerk.fill("[name=title]", SHARES)
    handling.sent(clerk, clerk.get_by_role("button", name="开始"))
    row = Sharing.objects.get()
    proposed(clerk, "写第一轮方案", {f"weight_{floor}": str(floor - 1) for floor in range(1, 7)})
    answered(ground_floor, row, "有意见", OBJECTED)
    clerk.reload()
    expect(clerk.get_by_role("row", name="101")).to_contain_text(OBJECTED)
    proposed(clerk, "下一轮方案", {"gets_1": "8000", "words": "一楼每户补 8000 元。"})
    answered(ground_floor, row, "同意")
    for line in row.rounds.latest("number").lines.exclude(home__name="101").select_related("home"):
        sharing.answer(by=lane.owner(line.home.name), line_id=line.pk, agrees=True)
    clerk.reload()
    expect(clerk.get_by_text("每户都同意")).to_be_visible()
    pictured(clerk, "desk-shares")
    clerk.get_by_role("button", name="谈完了").click()
    handling.sent(clerk, clerk.locator("dialog[open] .btn-primary"))


def proposed(clerk: Page, button: str, said: dict[str, str]) -> None:
    """One round: what it costs, what is given, and what each floor pays or gets."""
    clerk.get_by_role("link", name=button).click()
    clerk.wait_for_url("**/propose/")
    for name, value in {"cost": "480000", "subsidy": "100000", **said}.items():
        clerk.fill(f"[name={name}]", value)
    handling.sent(clerk, clerk.get_by_role("button", name="交给各户看"))


def answered(phone: Page, row: Sharing, side: str, reason: str = "") -> None:
    """An owner's answer for their home."""
    phone.goto(f"/shares/{row.pk}/")
    handling.tick(phone, side)
    phone.fill("[name=reason]", reason)
    pictured(phone, "phone-shares")
    handling.sent(phone, phone.locator("form[action^='/shares/homes/'] button[type=submit]"))


def agreed(clerk: Page, matter: Matter) -> None:
    """What came of the rounds stands in the matter; with the talk's minutes it goes to the vote."""
    clerk.goto(handling.at(matter))
    expect(clerk.get_by_text(f"“{SHARES}”：12 户全部同意第 2 次方案。").first).to_be_visible()
    handling.talked_over(clerk, matter, attended=10, minutes=TALKED)
    handling.moved(clerk, matter, "方案定了，书面表决")


def prepared(clerk: Page, matter: Matter) -> Ballot:
    """Written from the step, announced with its roll; whose own part is built upon has to agree besides."""
    clerk.goto(f"/desk/matters/{matter.id}/")
    clerk.get_by_role("link", name="准备表决").click()
    clerk.wait_for_url("**/desk/ballots/new/**")
    now = clock.local(clock.now()).replace(hour=9, minute=0)
    expect(clerk.locator("#id_place option:checked")).to_contain_text("4号楼 1单元")
    expect(clerk.locator("#id_q1-rule")).to_have_value("lift")
    expect(clerk.locator("#id_electorate")).to_have_value("owners")
    clerk.fill("#id_title", TITLE)
    clerk.fill("#id_body", TALKED)
    clerk.select_option("#id_part_kind", "floor")
    for way in ("线上", "上门", "纸质"):
        handling.tick(clerk, way)
    clerk.fill("#id_opens_at", f"{now + timedelta(days=16):%Y-%m-%dT%H:%M}")
    clerk.fill("#id_closes_at", f"{now + timedelta(days=23):%Y-%m-%dT%H:%M}")
    clerk.fill("#id_q1-title", "给1单元加装电梯，是否同意")
    pictured(clerk, "desk-write")
    clerk.get_by_role("button", name="存草稿").click()
    clerk.wait_for_url(lambda url: "/new/" not in url)
    row = Ballot.objects.get()
    for button in ("公告", "定名册并公布"):
        handling.press(clerk, f"/desk/ballots/{row.pk}/", button)
    clerk.goto(f"/desk/ballots/{row.pk}/roll/")
    pressed = clerk.get_by_role("row", name="101").get_by_role("button", name="必须同意")
    handling.sent(clerk, pressed)  # the shaft stands before its window
    pictured(clerk, "desk-roll")
    assert entrance.entry(row, "101").consent_needed
    return row


def online(phone: Page, row: Ballot) -> None:
    """The home page asks an owner for their vote; they give it and see a receipt."""
    phone.goto("/")
    expect(phone.get_by_text(TITLE).first).to_be_visible()
    pictured(phone, "phone-home")
    phone.get_by_role("link", name="投票", exact=True).first.click()
    phone.wait_for_url(f"**/ballots/{row.pk}/")
    pictured(phone, "phone-ballot")
    phone.get_by_role("link", name="投票", exact=True).click()
    phone.wait_for_url("**/vote/**")
    handling.tick(phone, "同意")
    pictured(phone, "phone-vote")
    phone.get_by_role("button", name="投出这一票").click()
    expect(phone.get_by_text("已经存好，会计入")).to_be_visible()
    pictured(phone, "phone-voted")


def doorstep(grid: Page, lane: Entrance, row: Ballot) -> None:
    """Nobody in at 402 at first; then they fill in the sheet, which is entered at the door."""
    grid.goto(f"/desk/ballots/{row.pk}/doors/")
    pictured(grid, "phone-doors")
    visited(grid, lane, row, "402", "家里没人")
    grid.wait_for_url("**/doors/")
    expect(grid.locator("main")).to_contain_text("家里没人")
    visited(grid, lane, row, "402", "已填票")
    grid.wait_for_url("**/sheets/*/?channel=doorstep")
    entered(grid, "同意")


def visited(grid: Page, lane: Entrance, row: Ballot, home: str, outcome: str) -> None:
    grid.goto(f"/desk/ballots/{row.pk}/doors/{lane.homes[home]}/")
    handling.tick(grid, outcome)
    pictured(grid, "phone-door")
    grid.get_by_role("button", name="记下这次上门").click()


def entered(grid: Page, side: str) -> None:
    handling.tick(grid, side)
    grid.fill("#id_no_photo", entrance.NO_PHOTO)
    pictured(grid, "phone-sheet")
    grid.get_by_role("button", name="录入", exact=True).click()
    grid.wait_for_url("**/sheets/")


def on_paper(grid: Page, lane: Entrance, row: Ballot) -> None:
    """Sheets from the box at the office, found by their codes: one for it, one against."""
    for home, side in (("101", "同意"), ("201", "反对")):
        grid.goto(f"/desk/ballots/{row.pk}/sheets/")
        grid.fill("#id_code", entrance.entry(row, home).sheets.get().code)
        grid.get_by_role("button", name="录入这张").click()
        grid.wait_for_url("**/sheets/*/")
        entered(grid, side)
    expect(grid.get_by_text("您录的由别人核对").first).to_be_visible()


def compared(clerk: Page, lane: Entrance, row: Ballot) -> None:
    """Another person compares the three sheets with what was entered; only then are they votes."""
    assert Vote.objects.filter(ballot=row).count() == 6
    for left in (2, 1, 0):
        clerk.goto(f"/desk/ballots/{row.pk}/sheets/")
        pictured(clerk, "desk-sheets")
        clerk.get_by_role("button", name="和票上一样").first.click()
        expect(clerk.get_by_role("button", name="和票上一样")).to_have_count(left)
    assert Vote.objects.filter(ballot=row, counts=True).count() == 9


def shown(sign_in: Callable[..., Page], row: Ballot) -> None:
    """The result for an owner, as paired bars by area and heads."""
    phone = sign_in("601")
    phone.goto(f"/ballots/{row.pk}/")
    expect(phone.get_by_text("通过：参加和同意都达到了要求").first).to_be_visible()
    for bar in ("参加（面积）", "参加（人数）", "同意（面积）", "同意（人数）"):
        expect(phone.get_by_text(bar, exact=True).first).to_be_visible()
    pictured(phone, "phone-result")
