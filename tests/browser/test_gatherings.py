"""Meetings in a real browser: the code on the wall signs people in, and every page passes the judge."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linli.gatherings import actions
from linli.gatherings.models import Attendance, Gathering
from tests.browser.test_every_page import judge
from tests.gatherings import meeting as making
from tests.world import World

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("SHOTS", "")
DESK = ("/desk/meetings/", "/desk/meetings/over/", "/desk/meetings/{past}/", "/desk/meetings/{now}/",
        "/desk/meetings/{now}/resolve/", "/desk/meetings/{now}/minutes/", "/desk/meetings/bodies/{body}/",
        "/desk/meetings/bodies/{body}/plan/", "/desk/meetings/bodies/{body}/rules/",
        "/desk/meetings/bodies/new/", "/desk/meetings/resolutions/", "/desk/meetings/board/",
        "/desk/meetings/board/{posting}/", "/desk/meetings/affairs/{community}/",
        "/desk/meetings/affairs/{community}/disclose/", "/meetings/{now}/code/")  # fmt: skip
PHONE = ("/meetings/", "/meetings/{past}/", "/meetings/board/{posting}/", "/meetings/board/{posting}/poster/",
         "/meetings/affairs/{community}/", "/meetings/calendar/", "/meetings/{talk}/")  # fmt: skip
WORKER = ("/meetings/sit/", "/meetings/{talk}/run/", "/meetings/{talk}/code/")


@pytest.fixture
def paths(town: World) -> dict[str, str]:
    """A meeting that is over and posted, one that sits, a talk, and affairs laid open."""
    body = making.body(town)
    past = making.opened(town, body, "secretary", "clerk", "grid")
    making.resolved(town, past, unit="power")
    making.published(town, past)
    posting = making.posted(town, past)
    actions.object_to(by=town.actor("wang"), posting_id=posting.pk, text="施工请别在晚上，孩子要睡觉。")
    secretary = town.actor("secretary")
    actions.await_item(by=secretary, body_id=body.pk, title="电动车充电棚")
    actions.await_item(by=secretary, body_id=body.pk, title="楼道堆物")
    now = making.opened(town, body, "secretary")
    actions.note_point(by=secretary, gathering_id=now.pk, text="三号楼前面有老人摔过跤")
    actions.list_speaker(by=secretary, gathering_id=now.pk, name="周工")
    talk = making.sitting(town)
    for text in ("车棚要加长", "充电桩太少，晚上要排队"):
        actions.note_point(by=town.actor("grid"), gathering_id=talk.pk, text=text)
    [first, *_rest] = actions.adopt_classes(by=secretary, place_id=town.place("community"))
    actions.disclose(by=secretary, class_id=first.pk, title="三季度收支", body="收入 3200 元，支出 2800 元。")
    return {
        "body": str(body.pk),
        "past": str(past.pk),
        "now": str(now.pk),
        "talk": str(talk.pk),
        "posting": str(posting.pk),
        "community": str(town.place("community")),
    }


def looked_at(
    page: Page, axe: Callable[[Page], list[str]], paths: tuple[str, ...], ids: dict[str, str]
) -> list[str]:
    """What the judge finds on these pages; with SHOTS set, a picture of each is kept there."""
    wrong = []
    for path in paths:
        wrong += judge(page, axe, path.format(**ids))
        if SHOTS:
            width = page.viewport_size["width"] if page.viewport_size else 0
            name = f"{width}{path.replace('/', '_').replace('{', '').replace('}', '')}.png"
            page.screenshot(path=Path(SHOTS) / name, full_page=True)
    return wrong


@pytest.mark.parametrize("desk", [True, False])
def test_the_desks_pages(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str], desk: bool
) -> None:
    page = sign_in("secretary", desk=desk)
    assert looked_at(page, axe, DESK, paths) == []


def test_residents_pages(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str]
) -> None:
    assert looked_at(sign_in("wang"), axe, PHONE, paths) == []
    assert looked_at(sign_in("grid"), axe, WORKER, paths) == []


def test_scanning_the_code_on_the_wall(
    sign_in: Callable[..., Page], visit: Callable[..., Page], paths: dict[str, str], town: World
) -> None:
    """Somebody not signed in scans, types the password, and is on the list; the wall counts them."""
    wall = sign_in("secretary", desk=True)
    wall.goto(f"/meetings/{paths['now']}/code/")
    expect(wall.get_by_text("已到 1 人")).to_be_visible()
    row = Gathering.objects.get(pk=paths["now"])
    code = making.code_now(row)
    phone = visit()
    phone.goto(f"/meetings/{row.pk}/here/?c={code}")
    phone.get_by_role("link", name="登录", exact=True).first.click()
    phone.fill("input[name=login]", town.phones["clerk"])
    phone.fill("input[name=password]", "a-long-test-phrase")
    phone.press("input[name=password]", "Enter")
    phone.wait_for_url(f"**/meetings/{row.pk}/here/")
    phone.get_by_role("button", name="我到了").click()
    phone.wait_for_url(f"**/meetings/{row.pk}/")
    expect(phone.get_by_text("您已签到")).to_be_visible()
    expect(wall.get_by_text("已到 2 人")).to_be_visible(timeout=20_000)
    assert Attendance.objects.filter(gathering=row, way="code", counts=True).count() == 1
