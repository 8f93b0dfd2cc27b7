"""Maps in a real browser: a point finds its grid worker; staff see what is open; an outline is drawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from linli.matters.models import Matter
from linli.places.models import FormerOutline, Place
from tests import mapping
from tests.matters.telling import raise_one
from tests.world import World

pytestmark = pytest.mark.browser
READY = "[data-map-ready]"


@pytest.fixture
def drawn(town: World) -> World:
    mapping.draw(town)
    return town


def press(page: Page, east: float, north: float) -> None:
    """Press the map at a spot so many metres from the community's corner, measured by the home building."""
    page.locator(READY).scroll_into_view_if_needed()
    west, south, far_east, _north = mapping.GROUND["building"]
    drawn = page.locator(".map-on").bounding_box()
    assert drawn is not None
    metre = drawn["width"] / (far_east - west)
    page.mouse.click(
        drawn["x"] + (east - west) * metre, drawn["y"] + drawn["height"] - (north - south) * metre
    )


def test_a_point_on_the_map_finds_its_grid_worker(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], drawn: World
) -> None:
    page = sign_in("wang")
    page.goto("/say/")
    page.fill("textarea[name=text]", "楼前面的路灯不亮了。")
    page.click("button[value=map]")
    page.wait_for_selector(READY)
    press(page, 90, 170)
    page.wait_for_selector("#spot >> text=4号楼前")
    assert "网格员 · 1网格" in page.inner_text("#spot")
    assert axe(page) == []
    page.get_by_role("button", name="发给社区").click()
    page.wait_for_url("**/receipt/")
    matter = Matter.objects.get()
    assert matter.place_id == drawn.place("building4")
    assert (matter.longitude, matter.latitude) == pytest.approx(mapping.at(90, 170), abs=2e-5)
    assert "网格员 · 1网格" in page.inner_text("main")
    page.goto(f"/my/{matter.id}/")
    page.click("summary:has-text('地图上的位置')")
    page.wait_for_selector(f"{READY} .map-point")


def test_where_somebody_is_is_asked_only_when_they_press(sign_in: Callable[..., Page], drawn: World) -> None:
    page = sign_in("wang")
    page.goto("/say/")
    page.click("button[value=map]")
    page.wait_for_selector(READY)
    page.click("[data-here]")
    page.wait_for_selector("#spot >> text=手机没给位置")
    longitude, latitude = mapping.at(90, 110)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": longitude, "latitude": latitude})
    page.click("[data-here]")
    page.wait_for_selector("#spot >> text=3号楼")
    assert page.locator("#spot input[name=place]").input_value() == str(drawn.place("building"))


def test_the_keyboard_points_at_the_middle(sign_in: Callable[..., Page], drawn: World) -> None:
    page = sign_in("wang")
    page.goto("/say/")
    page.click("button[value=map]")
    page.wait_for_selector(READY)
    page.focus(READY)
    page.keyboard.press("Enter")
    page.wait_for_selector("#spot input[name=longitude]", state="attached")
    assert "建设社区 1网格 3号楼" in page.inner_text("#spot")


def test_staff_see_what_is_open_and_each_mark_opens_its_list(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], drawn: World
) -> None:
    matter = raise_one(drawn)
    for desk in (True, False):
        page = sign_in("clerk", desk=desk)
        page.goto("/desk/map/")
        page.wait_for_selector(f"{READY} .map-spot")
        assert axe(page) == []
        wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= room
        page.focus(".map-spot")
        page.keyboard.press("Enter")
        page.wait_for_selector("#spot-1[open]")
        page.click("#spot-1 a")
        page.wait_for_url(f"**/desk/matters/{matter.id}/")


def test_an_outline_is_corrected_on_the_map_and_put_back(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], drawn: World
) -> None:
    before = Place.objects.get(id=drawn.place("building")).outline
    page = sign_in("clerk", desk=True)
    address = f"/desk/places/{drawn.place('building')}/outline/"
    page.goto(address)
    page.wait_for_selector(f"{READY} .marker-icon")
    assert axe(page) == []
    text = page.input_value("#id_outline")
    corner = page.locator(".marker-icon:not(.marker-icon-middle)").first
    box = corner.bounding_box()
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    page.mouse.move(box["x"] - 20, box["y"] + 20, steps=6)
    page.mouse.up()
    assert page.input_value("#id_outline") != text
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("text=轮廓存好了")
    assert Place.objects.get(id=drawn.place("building")).outline != before
    assert FormerOutline.objects.get().outline == before
    page.get_by_role("button", name="还原成这个").click()
    page.wait_for_selector("text=以前的轮廓还原好了")
    assert Place.objects.get(id=drawn.place("building")).outline == before


def test_an_outline_is_drawn_where_there_was_none(sign_in: Callable[..., Page], drawn: World) -> None:
    page = sign_in("clerk", desk=True)
    page.goto(f"/desk/places/{drawn.place('entrance')}/outline/")
    page.wait_for_selector(READY)
    page.get_by_role("button", name="画个方块").click()
    box = page.locator(READY).bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(middle[0] - 20, middle[1] - 10)
    page.mouse.move(middle[0], middle[1], steps=3)
    page.mouse.click(middle[0] + 20, middle[1] + 10)
    page.wait_for_function("document.querySelector('#id_outline').value.split('\\n').length === 4")


def test_without_scripts_the_outline_is_a_text(sign_in: Callable[..., Page], drawn: World) -> None:
    page = sign_in("clerk", desk=True, javascript=False)
    page.goto(f"/desk/places/{drawn.place('entrance')}/outline/")
    corners = "\n".join(f"{x}, {y}" for x, y in mapping.ring(60, 100, 70, 110)[:-1])
    page.fill("#id_outline", corners)
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("text=轮廓存好了")
    assert Place.objects.get(id=drawn.place("entrance")).outline == mapping.area(60, 100, 70, 110)
