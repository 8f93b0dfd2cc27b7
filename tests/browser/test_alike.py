"""The same thing said twice, in a browser: joined while typing or without scripts, merged at the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.matters.actions import raising, speaking
from linli.matters.models import Matter, Raiser
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "楼道灯坏了一个多星期，晚上看不见台阶。"
LIKE = "楼道的灯坏了好几天，晚上什么都看不见。"


def published(town: World) -> Matter:
    raised = raising.Raised(place_id=town.place("entrance"), text=SAID)
    matter = raising.raise_matter(by=town.actor("chen"), raised=raised).matter
    speaking.publish(
        by=town.actor("clerk"), matter_id=matter.id, title="楼道灯坏了", summary="三号楼二单元的灯不亮。"
    )
    return matter


def test_who_types_the_same_finds_the_neighbours_matter_and_joins_it(
    sign_in: Callable[..., Page], town: World
) -> None:
    matter = published(town)
    phone = sign_in("wang")
    phone.goto("/say/")
    phone.get_by_label("什么事").press_sequentially(LIKE)
    found = phone.get_by_text("可能已经有邻居说过了")
    expect(found).to_be_visible()
    expect(phone.get_by_text("同一栋楼")).to_be_visible()
    phone.get_by_role("link", name="楼道灯坏了").click()
    phone.wait_for_url("**/matters/**")
    phone.get_by_role("button", name="我也遇到了").click()
    phone.wait_for_url("**/my/**")
    assert Raiser.objects.filter(matter=matter).count() == 2
    assert Matter.objects.count() == 1
    phone.goto("/say/")
    assert phone.get_by_label("什么事").input_value() == "", "the draft has served its purpose"


def test_a_place_that_is_typed_is_taken_with_one_press(sign_in: Callable[..., Page], town: World) -> None:
    phone = sign_in("wang")
    phone.goto("/say/")
    phone.get_by_label("什么事").press_sequentially("4号楼门口堆满了纸箱")
    phone.get_by_role("button", name="4号楼").click()
    expect(phone.locator("#where b")).to_have_text("1网格 4号楼")
    assert phone.get_by_label("什么事").input_value() == "4号楼门口堆满了纸箱"
    phone.get_by_role("button", name="发给社区").click()
    phone.wait_for_url("**/receipt/")
    assert Matter.objects.get().place_id == town.place("building4")


def test_without_scripts_a_step_lies_between(sign_in: Callable[..., Page], town: World) -> None:
    matter = published(town)
    phone = sign_in("wang", javascript=False)
    phone.goto("/say/")
    phone.fill("textarea[name=text]", LIKE)
    phone.get_by_role("button", name="发给社区").click()
    expect(phone.get_by_role("heading", name="看看是不是同一件事")).to_be_visible()
    phone.get_by_role("button", name="回去再改改").click()
    assert phone.input_value("textarea[name=text]") == LIKE
    phone.get_by_role("button", name="发给社区").click()
    phone.wait_for_url("**/receipt/")
    assert Matter.objects.exclude(id=matter.id).get().text == LIKE


def test_a_clerk_merges_a_duplicate_with_one_press(sign_in: Callable[..., Page], town: World) -> None:
    first = published(town)
    raised = raising.Raised(place_id=town.place("home"), text=LIKE)
    second = raising.raise_matter(by=town.actor("wang"), raised=raised).matter
    desk = sign_in("clerk", desk=True)
    desk.goto(f"/desk/matters/{second.id}/")
    expect(desk.get_by_text("都说到")).to_be_visible()
    desk.locator("dl button", has_text="并案").click()
    desk.get_by_role("dialog").get_by_role("button", name="并案").click()
    expect(desk.get_by_text("已并案").first).to_be_visible()
    assert Matter.objects.get(id=second.id).merged_into_id == first.id
