"""代居民登记: finding who says it, where it is, and what becomes of a matter without a name."""

import re
from uuid import uuid4

import pytest

from linli.kernel.ids import normalise_tracking_code
from linli.matters.forms.intake import OFFERED
from linli.matters.models import Matter
from linli.matters.read import one as read
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import raise_one
from tests.world import World

URL = "/desk/intake/"


def said(world: World, **more: str) -> dict[str, str]:
    whole = {
        "who": "王小明",
        "raiser": str(world.persons["wang"]),
        "text": "三楼的灯坏了，晚上看不见",
        "place": str(world.place("home")),
        "channel": "visit",
        "kind": "repair",
        "where": "三楼拐角",
    }
    return whole | more


def test_one_form_makes_one_matter_for_somebody(world: World) -> None:
    target = sent(desk(world, "grid").post(URL, said(world)))
    matter = Matter.objects.get()
    assert target == f"/desk/matters/{matter.id}/"
    assert (matter.raised_by_id, matter.entered_by_id) == (world.persons["wang"], world.persons["grid"])
    assert (matter.channel, matter.kind, matter.where) == ("visit", "repair", "三楼拐角")
    assert "Suggested" in shown(desk(world, "grid").get(target))


@pytest.mark.parametrize("words", ["王小", "王小明", "phone"])
def test_the_search_shows_residents_masked(world: World, words: str) -> None:
    typed = world.phones["wang"] if words == "phone" else words
    found = shown(desk(world, "grid").get("/desk/intake/people/", {"who": typed}))
    assert str(world.persons["wang"]) in found
    assert "王**" in found
    assert world.phones["wang"] not in found


def test_choosing_somebody_shows_their_earlier_matters_and_home(world: World) -> None:
    raise_one(world, title="上个月的事")
    found = shown(desk(world, "grid").get("/desk/intake/person/", {"raiser": str(world.persons["wang"])}))
    assert "上个月的事" in found
    assert f'value="{world.place("home")}" checked' in found
    assert "2单元" in found


def test_without_scripts_finding_keeps_what_was_typed(world: World) -> None:
    page = shown(desk(world, "grid").post(URL, said(world, raiser="", find="1", text="写到一半")))
    assert "写到一半" in page
    assert str(world.persons["wang"]) in page
    assert "another look" not in page


def test_nothing_given_comes_back_with_reasons(world: World) -> None:
    page = shown(desk(world, "grid").post(URL, said(world, raiser="", text="", place="", where="门口")), 422)
    assert "Choose who says it" in page
    assert "Please write what they say" in page
    assert "Please choose where it is." in page
    assert "门口" in page


def test_no_name_gives_a_code_once(world: World) -> None:
    grid, key = desk(world, "grid"), str(uuid4())
    response = grid.post(URL, said(world, raiser="none", idempotency_key=key))
    page = shown(response)
    code = re.search(r'class="slip-code code">([^<]+)<', page)
    assert code is not None
    assert response["Cache-Control"] == "no-store"
    matter = Matter.objects.get()
    assert matter.anonymous
    assert read.by_tracking_code(normalise_tracking_code(code[1])).id == matter.id
    again = grid.post(URL, said(world, raiser="none", idempotency_key=key))
    assert sent(again) == f"/desk/matters/{matter.id}/"
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("channel", [value for value, _label in OFFERED])
def test_every_channel(world: World, channel: str) -> None:
    desk(world, "clerk").post(URL, said(world, channel=channel))
    assert Matter.objects.get().channel == channel


def test_somebody_of_elsewhere_or_an_unknown_place_is_refused(world: World) -> None:
    grid = desk(world, "grid")
    shown(grid.post(URL, said(world, raiser=str(uuid4()))), 422)
    shown(grid.post(URL, said(world, place=str(uuid4()))), 422)
    shown(grid.post(URL, said(world, place=str(world.place("other")))), 403)
    assert not Matter.objects.exists()


def test_places_are_found_by_the_beginning_of_their_name(world: World) -> None:
    found = shown(desk(world, "clerk").get("/desk/intake/places/", {"spot": "4号"}))
    assert "4号楼" in found
    nowhere = desk(world, "clerk").get("/desk/intake/places/", {"spot": "99"})
    assert "No place here begins so" in shown(nowhere)


def test_who_has_no_phone_takes_a_sheet_home(world: World) -> None:
    grid, wang = desk(world, "grid"), world.persons["wang"]
    sent(grid.post(URL, said(world)))
    matter = Matter.objects.get()
    assert f"/desk/progress/{wang}/" in shown(grid.get(f"/desk/people/{wang}/"))
    sheet = shown(grid.get(f"/desk/progress/{wang}/"))
    assert matter.number in sheet
    assert "王小明" in sheet
    nothing = shown(grid.get(f"/desk/progress/{world.persons['chen']}/"))
    assert matter.number not in nothing
    assert grid.get(f"/desk/progress/{uuid4()}/").status_code == 404
    assert desk(world, "property").get(f"/desk/progress/{wang}/").status_code == 403
    assert "New slip for signing in" in shown(desk(world, "clerk").get(f"/desk/people/{wang}/"))
