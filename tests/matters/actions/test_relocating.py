"""A matter is somewhere else in its community than was said: the place is corrected, nothing starts again."""

import pytest

from linli.audit.models import Entry
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import moving, sorting
from linli.matters.kinds import Event
from linli.matters.models import Contribution, Matter
from linli.matters.read import one as read
from linli.organizations.actions import appointments, posts
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests import world as worlds
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import raise_one
from tests.world import World, on

NAMED = "4号楼门口的灯坏了三天，晚上看不见。"


def second_grid(world: World) -> None:
    """Another grid with a building and a grid worker of its own."""
    for name, kind, title, label, parent in (
        ("grid2", PlaceKind.GRID, "2网格", "g02", "community"),
        ("building9", PlaceKind.BUILDING, "9号楼", "b09", "grid2"),
    ):
        world.places[name] = places.open_place(
            by=SYSTEM,
            kind=kind,
            name=title,
            label=label,
            parent_id=world.place(parent),
            opened_on=worlds.BEGAN,
        )
    unit, above = world.unit("committee"), world.posts["clerk"].id
    world.posts["grid2"] = posts.open_post(
        by=SYSTEM,
        kind_code="grid_worker",
        organization_id=unit,
        place_id=world.place("grid2"),
        above_id=above,
    )
    holder = worlds.add_person(world, "grid2", "韩二")
    appointments.appoint(by=SYSTEM, post_id=world.posts["grid2"].id, person_id=holder, starts=worlds.BEGAN)


def act(matter: Matter) -> str:
    return f"/desk/matters/{matter.id}/relocate/"


def test_the_card_shows_the_building_the_words_name_and_one_press_takes_it(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, place="building", text=NAMED)
        clerk = desk(world, "clerk")
        page = shown(clerk.get(f"/desk/matters/{matter.id}/"))
        assert "the words say “4号楼" in page
        assert f'form="at-{world.place("building4")}"' in page
        sent(clerk.post(act(matter), {"place": str(world.place("building4"))}))
        page = shown(clerk.get(f"/desk/matters/{matter.id}/"))
    after = Matter.objects.get(pk=matter.pk)
    assert after.place_id == world.place("building4")
    assert (after.number, after.step_key, after.step_due_at, after.promised_at) == (
        matter.number, matter.step_key, matter.step_due_at, matter.promised_at,
    )  # fmt: skip
    assert "the words say" not in page  # it is there now
    assert Contribution.objects.get(matter=matter).text.endswith("4号楼")
    assert Entry.objects.filter(event=Event.RELOCATED).count() == 1


def test_it_is_found_by_its_new_place(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, place="building", text="灯坏了")
        sorting.relocate(by=world.actor("clerk"), matter_id=matter.id, place_id=world.place("building4"))
        clerk = desk(world, "clerk")
        assert matter.number in shown(clerk.get("/desk/search/", {"q": "4号楼"}))
        assert matter.number not in shown(clerk.get("/desk/search/", {"q": "3号楼"}))


def test_another_grid_worker_holds_it_then_and_its_limit_stays(world: World) -> None:
    with on("2026-11-18"):
        second_grid(world)
        matter = raise_one(world, place="building")
        moving.claim(by=world.actor("grid"), matter_id=matter.id)
    with on("2026-11-19"):
        moved = sorting.relocate(
            by=world.actor("clerk"), matter_id=matter.id, place_id=world.place("building9")
        )
    assert (moved.holder_id, moved.claimed_by_id) == (world.posts["grid2"].id, None)
    assert moved.step_due_at == matter.step_due_at
    [step] = read.steps(moved)
    assert (step.holder_id, step.due_at) == (world.posts["grid2"].id, matter.step_due_at)


def test_where_the_same_post_holds_it_whoever_has_it_keeps_it(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, place="building")
        moving.claim(by=world.actor("grid"), matter_id=matter.id)
        moved = sorting.relocate(
            by=world.actor("clerk"), matter_id=matter.id, place_id=world.place("building4")
        )
    assert moved.claimed_by_id == world.persons["grid"]


@pytest.mark.parametrize("place", ["other", "street"])
def test_a_place_outside_the_community_is_refused(world: World, place: str) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        with pytest.raises(Refused, match="no such place in this community"):
            sorting.relocate(by=world.actor("clerk"), matter_id=matter.id, place_id=world.place(place))


def test_a_resident_does_not_correct_it(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        with pytest.raises(Refused, match="does not include sorting"):
            sorting.relocate(by=world.actor("wang"), matter_id=matter.id, place_id=world.place("building4"))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("40号楼", "No place of this community is called that"),
        ("", "No place of this community is called that"),
        ("3号楼和4号楼", "Please write it more exactly."),
    ],
)
def test_words_that_name_no_place_or_several_come_back(world: World, typed: str, answer: str) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        page = shown(desk(world, "clerk").post(act(matter), {"spot": typed}), 422)
    assert answer in page
    assert not typed or f'value="{typed}"' in page


def test_a_place_typed_as_people_write_it_is_taken(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, place="building4")
        sent(desk(world, "clerk").post(act(matter), {"spot": "3栋2单元"}))
    assert Matter.objects.get(pk=matter.pk).place_id == world.place("entrance")
