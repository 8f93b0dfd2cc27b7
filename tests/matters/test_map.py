"""Matters and points: what stands under one mark, who sees the spot, what the map's pages answer."""

import json
from uuid import UUID

import pytest

from linli.kernel.actor import ANONYMOUS, Actor
from linli.kernel.ids import uuid7
from linli.matters import policies
from linli.matters.models import Matter
from linli.matters.rules import spots
from linli.matters.rules.spots import Mark, Placed
from linli.matters.rules.ties import Ties
from tests import mapping
from tests.matters.telling import raise_one
from tests.matters.test_web_resident import shown, visitor
from tests.world import World, on

HERE, THERE = (98.28, 39.76), (98.29, 39.77)
MARKS = {
    "/c/": Mark((1.0, 1.0)),
    "/c/g/": Mark((2.0, 2.0)),
    "/c/g/b/": Mark((3.0, 3.0), is_building=True),
    "/c/g/bb/": Mark((4.0, 4.0), is_building=True),
}
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("point", "is_kept"),
    [
        (None, None),
        ((98.28, 39.76), (98.28, 39.76)),
        ((98.28000049, 39.7600006), (98.28, 39.760001)),
        ((181.0, 0.0), None),
        ((0.0, -90.1), None),
        ((float("nan"), 0.0), None),
        ((0.0, float("inf")), None),
    ],
)
def test_what_point_is_kept(point, is_kept):
    assert spots.kept(point) == is_kept


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/c/g/b/u1/0302/", "/c/g/b/"),
        ("/c/g/b/", "/c/g/b/"),
        ("/c/g/x/", "/c/g/"),
        ("/c/h/", "/c/"),
        ("/d/", ""),
        ("/", ""),
    ],
)
def test_the_finest_mark(path, mark):
    assert spots.finest(path, MARKS) == mark


def test_what_stands_under_one_mark():
    found = spots.gather(
        [
            Placed(ONE, "/c/g/b/u1/"),
            Placed(TWO, "/c/g/b/u2/", late=True, point=HERE),  # in a building: with the others of it
            Placed(THREE, "/c/g/", point=THERE),  # outside, with a spot: by itself
            Placed(UUID(int=4), "/c/g/"),
            Placed(UUID(int=5), "/d/"),
            Placed(UUID(int=6), "/d/", late=True, point=HERE),
        ],
        MARKS,
    )
    assert [(spot.path, spot.point, len(spot.matters), spot.late) for spot in found.spots] == [
        ("/c/g/b/", (3.0, 3.0), 2, 1),
        ("", HERE, 1, 1),
        ("", THERE, 1, 0),
        ("/c/g/", (2.0, 2.0), 1, 0),
    ]
    assert found.off_map == [UUID(int=5)]
    assert spots.gather([], MARKS).spots == []


@pytest.fixture
def drawn(world: World) -> World:
    with on("2026-11-17"):
        mapping.draw(world)
    return world


@pytest.mark.parametrize(
    ("who", "ties", "allowed"),
    [
        ("wang", Ties(is_raiser=True), True),
        (None, Ties(holds_tracking_code=True), True),
        ("clerk", Ties(), True),
        ("grid", Ties(), True),
        ("chen", Ties(has_joined=True), False),
        ("property", Ties(handles_order=True), False),
        ("street", Ties(), True),
        ("chen", Ties(lives_in_community=True), False),
        (None, Ties(), False),
    ],
)
def test_may_see_point(world: World, who: str | None, ties: Ties, allowed: bool) -> None:
    with on("2026-11-17"):
        matter = raise_one(world, point=HERE)
        actor: Actor = world.actor(who) if who else ANONYMOUS
    decision = policies.may_see_point(actor, matter, ties)
    assert bool(decision) is allowed
    assert allowed or decision.reason == "The spot on the map is for the raiser and staff only."


def test_the_point_is_kept_with_the_matter_and_shown_to_raiser_and_staff(drawn: World) -> None:
    x, y = mapping.at(90, 95)
    with on("2026-11-17"):
        said = {
            "text": "楼前井盖坏了。",
            "place": str(drawn.place("building")),
            "longitude": x,
            "latitude": y,
        }
        visitor(drawn, "wang").post("/say/", said)
        matter = Matter.objects.get()
        assert (matter.longitude, matter.latitude) == pytest.approx((x, y), abs=1e-6)
        assert 'data-longitude="98.28' in shown(visitor(drawn, "wang").get(f"/my/{matter.id}/"))
        assert 'data-longitude="98.28' in shown(visitor(drawn, "clerk").get(f"/desk/matters/{matter.id}/"))


def test_half_a_point_or_one_off_the_globe_is_none(drawn: World) -> None:
    client = visitor(drawn, "wang")
    said = {"text": "楼前井盖坏了。", "place": str(drawn.place("building"))}
    client.post("/say/", said | {"longitude": "98.28"})
    client.post("/say/", said | {"longitude": "", "latitude": ""})
    assert set(Matter.objects.values_list("longitude", "latitude")) == {(None, None)}
    answer = client.post("/say/", said | {"longitude": "981", "latitude": "39.76"})
    assert answer.status_code == 422
    assert 'name="longitude"' not in answer.content.decode(), "the point is dropped; the place stays"


def test_a_point_in_front_of_a_building_names_it_and_its_grid_worker(drawn: World) -> None:
    client = visitor(drawn)

    def ask(east: float, north: float) -> str:
        x, y = mapping.at(east, north)
        return shown(client.get("/say/spot/", {"longitude": x, "latitude": y}))

    with on("2026-11-17"):
        text = ask(90, 95)
        assert "建设社区 1网格 3号楼, in front of it" in text
        assert "Grid worker · 1网格" in text
        assert str(drawn.place("building")) in text
        assert "in front" not in ask(90, 110)
        assert str(drawn.place("grid")) in ask(300, 50)
        nowhere = ask(-500, 0)
    assert "not in any place drawn here" in nowhere
    assert 'name="place"' not in nowhere


@pytest.mark.parametrize(
    "query", [{}, {"longitude": "x", "latitude": "1"}, {"longitude": "nan", "latitude": "1"}]
)
def test_no_point_is_answered_calmly(drawn: World, query: dict[str, str]) -> None:
    assert "not in any place drawn here" in shown(visitor(drawn).get("/say/spot/", query))


def test_pointing_is_offered_only_where_there_is_a_map(world: World) -> None:
    client = visitor(world, "wang")
    assert 'value="map"' not in shown(client.get("/say/"))
    mapping.draw(world)
    assert 'value="map"' in shown(client.get("/say/"))
    part = shown(client.get("/say/where/", {"pick": "map", "community": str(world.place("community"))}))
    assert "data-map" in part
    assert "data-here" in part


def test_everybody_may_see_the_outlines_of_a_community_and_nothing_else_of_it(drawn: World) -> None:
    answer = visitor(drawn).get(f"/communities/{drawn.place('community')}/outlines.json")
    found = json.loads(answer.content)
    assert [each["properties"]["name"] for each in found["features"]] == [
        "建设社区",
        "1网格",
        "3号楼",
        "4号楼",
    ]
    assert set(found["features"][0]["properties"]) == {"id", "name", "kind", "illustrative"}
    assert visitor(drawn).get(f"/communities/{drawn.place('grid')}/outlines.json").status_code == 404
    assert visitor(drawn).get(f"/communities/{uuid7()}/outlines.json").status_code == 404


def test_the_desks_map_counts_open_matters_by_building(drawn: World, django_assert_max_num_queries) -> None:
    with on("2026-11-17"):
        raise_one(drawn)
    with on("2026-11-24"):
        raise_one(drawn, "chen", "entrance")
        raise_one(drawn, "chen", "grid", point=mapping.at(300, 50))
        raise_one(drawn, "chen", "community")
        client = visitor(drawn, "clerk")
        client.get("/desk/map/")
        with django_assert_max_num_queries(16):
            answer = client.get("/desk/map/")
        points = answer.context["points"]
        assert [(each["count"], each["late"]) for each in points] == [(2, True), (1, False), (1, False)]
        assert (points[0]["longitude"], points[0]["latitude"]) == pytest.approx(mapping.at(90, 110), abs=1e-6)
        (wide,) = [each for each in points if each["label"].startswith("建设社区")]
        assert (wide["longitude"], wide["latitude"]) == pytest.approx(mapping.at(200, 300), abs=1e-6)
        assert points[0]["label"] == "1网格 3号楼, 2 matters, 1 late"
        text = shown(answer)
        assert text.count("/desk/matters/") >= 4, "the list beside it has every one"
        assert "4 open" in text
        assert visitor(drawn, "wang").get("/desk/map/").status_code == 403
        assert visitor(drawn).get("/desk/map/").status_code == 302


def test_without_any_outline_everything_stands_in_the_list(world: World) -> None:
    with on("2026-11-17"):
        client = visitor(world, "clerk")
        assert "Nothing is open here" in shown(client.get("/desk/map/"))
        raise_one(world)
        assert "Not on the map" in shown(client.get("/desk/map/"))
