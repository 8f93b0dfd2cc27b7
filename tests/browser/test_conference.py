"""A quarterly joint conference in a browser: a power station carries out and answers for what it resolved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from linli.gatherings import actions
from linli.gatherings.kinds import Role
from linli.gatherings.models import Gathering, Resolution
from linli.gatherings.read.gatherings import to_carry_out
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.models import Order
from tests.browser import handling
from tests.gatherings import meeting as making
from tests.world import World, open_account

pytestmark = pytest.mark.browser
LAMPS = "二号楼到四号楼之间的路灯由供电所换成 LED 灯。"
CHANGED = "九盏路灯都换好了，夜里试过，全亮。"


def test_a_power_station_carries_out_what_was_resolved(
    sign_in: Callable[..., Page], town: World, axe: Callable[[Page], list[str]], drain: Callable[[], None]
) -> None:
    open_account(town, "power")
    body = making.body(town, members=("secretary", "clerk"))
    actions.name_member(by=SYSTEM, body_id=body.pk, role=Role.MEMBER, organization_id=town.unit("power"))
    desk = sign_in("secretary", desk=True)
    desk.goto(f"/desk/meetings/bodies/{body.pk}/")
    desk.fill("#wait-title", "路灯太暗")
    desk.get_by_role("button", name="加上").click()
    desk.get_by_role("link", name="安排会议").click()
    desk.fill("[name=title]", "四季度联席会议")
    desk.fill("[name=starts_at]", f"{clock.today() + timedelta(days=4)}T14:30")
    desk.fill("[name=room]", "社区二楼会议室")
    desk.get_by_role("button", name="安排", exact=True).click()
    expect(desk.locator("span", has_text="路灯太暗").first).to_be_visible()  # what waited is the agenda
    desk.get_by_role("button", name="发通知").click()
    meeting = Gathering.objects.get()
    # The day comes: the browser and the site live in real time.
    Gathering.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - timedelta(minutes=5))
    desk.goto(f"/desk/meetings/{meeting.pk}/")
    desk.get_by_role("button", name="开会", exact=True).click()

    for key in ("clerk", "power"):
        phone = sign_in(key)
        phone.goto(f"/meetings/{meeting.pk}/here/?c={making.code_now(Gathering.objects.get())}")
        phone.get_by_role("button", name="我到了").click()
        phone.wait_for_url(f"**/meetings/{meeting.pk}/")

    desk.goto(f"/desk/meetings/{meeting.pk}/resolve/")
    desk.fill("[name=text]", LAMPS)
    desk.locator(".tile-face", has_text="没有人反对").first.click()
    desk.locator("[name=unit]").select_option(str(town.unit("power")))
    desk.fill("[name=due_on]", str(clock.today() + timedelta(days=20)))
    assert axe(desk) == []
    desk.get_by_role("button", name="记录", exact=True).click()
    expect(desk.get_by_text(LAMPS)).to_be_visible()
    desk.locator("#close summary").click()
    desk.get_by_role("button", name="现在散会").click()
    resolution = Resolution.objects.get()
    task = to_carry_out(resolution.pk)
    assert task is not None
    assert task.organization_id == town.unit("power")
    drain()
    order = Order.objects.get()
    station = sign_in("power", desk=True)
    station.goto("/desk/orders/")
    expect(station.get_by_text(LAMPS[:20]).first).to_be_visible()
    handling.done_by_the_unit(station, order, CHANGED)
    handling.found_done(desk, order)
    drain()

    clerk = sign_in("clerk", desk=True)
    clerk.goto(f"/desk/meetings/{meeting.pk}/minutes/")
    assert LAMPS in clerk.input_value("[name=text]")  # a first version is put together by itself
    clerk.get_by_role("button", name="保存").click()
    clerk.wait_for_url(f"**/desk/meetings/{meeting.pk}/**")
    desk.goto(f"/desk/meetings/{meeting.pk}/")
    told = desk.locator("#resolutions")
    expect(told).to_contain_text(CHANGED)
    expect(told).to_contain_text("已办好")
    desk.get_by_role("button", name="审定纪要").click()
    desk.get_by_role("button", name="公布决议").click()
    reader = sign_in("wang")
    reader.goto(f"/meetings/{meeting.pk}/")
    expect(reader.get_by_text(LAMPS)).to_be_visible()
    expect(reader.get_by_text(CHANGED)).to_be_visible()
    assert axe(reader) == []
