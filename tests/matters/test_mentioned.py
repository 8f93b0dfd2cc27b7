"""The places of a community that a text speaks of: one where it is clear, several where it is not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kernel.actor import SYSTEM
from linli.matters.read.mentioned import named_places
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests.world import World


@pytest.fixture
def grown(world: World) -> World:
    """Two courtyards, each with a building of the same number, and one building with two entrances."""

    def open_place(name: str, kind: PlaceKind, title: str, label: str, parent: str) -> None:
        world.places[name] = places.open_place(
            by=SYSTEM,
            kind=kind,
            name=title,
            label=label,
            parent_id=world.place(parent),
            opened_on=date(2020, 1, 1),
        )

    open_place("west", PlaceKind.COURTYARD, "西苑", "y1", "grid")
    open_place("alley", PlaceKind.COURTYARD, "赤帝巷12号院", "y2", "grid")
    for yard in ("west", "alley"):
        open_place(f"{yard} 12", PlaceKind.BUILDING, "12栋", "b12", yard)
    open_place("91", PlaceKind.BUILDING, "91栋", "b91", "grid")
    for number in ("1", "2"):
        open_place(f"91-{number}", PlaceKind.ENTRANCE, f"{number}单元", f"u{number}", "91")
    return world


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("91栋前面的健身器材坏了", ["91"]),
        ("九十一栋二单元的灯不亮", ["91-2"]),
        ("91栋5单元的灯不亮", ["91"]),
        ("12栋电梯停了", ["west 12", "alley 12"]),
        ("西苑12栋电梯停了", ["west 12"]),
        ("赤帝巷12栋电梯停了", ["alley 12"]),
        ("赤帝巷口堵车", ["alley"]),
        ("91栋和3号楼之间", ["91", "building"]),
        ("2单元电梯停了", ["entrance"]),
        ("8单元电梯停了", []),
        ("40栋电梯停了", []),
        ("三楼的灯坏了", []),
    ],
)
def test_what_a_text_speaks_of(grown: World, text: str, found: list[str]) -> None:
    home = grown.places["home"]
    named = named_places(text, grown.places["community"], home)
    names = {row.id: name for name, row in grown.places.items()}
    assert [names[each.place.id] for each in named] == found


def test_ones_own_courtyard_comes_first_and_a_stranger_has_no_entrance(grown: World) -> None:
    community = grown.places["community"]
    named = named_places("12栋电梯停了", community, grown.places["alley 12"])
    assert [each.place.id for each in named] == [grown.place("alley 12"), grown.place("west 12")]
    assert named[0].said == "12栋电梯"
    assert named_places("2单元电梯停了", community) == []
    assert named_places("91栋的灯", grown.places["other"]) == []


def test_it_takes_few_queries(grown: World) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        named_places("12栋和91栋2单元", grown.places["community"], grown.places["home"])
    assert len(asked) <= 6
