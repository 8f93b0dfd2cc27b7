"""Matters nobody raised: the community's own. Without a name means that somebody holds a code."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.matters.actions import joining, judging, raising, speaking
from linli.matters.kinds import Channel, MatterKind
from linli.matters.models import Matter
from linli.matters.policies import may_merge, may_see_raiser, may_split
from linli.matters.read import figures, one
from tests.api import System, key_of
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import TEXT, move, raise_one
from tests.world import MORNING, World


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def said(world: World, channel: Channel = Channel.MEETING) -> raising.Raised:
    return raising.Raised(place_id=world.place("entrance"), text=TEXT, kind=MatterKind.TASK, channel=channel)


def own(world: World) -> Matter:
    return raising.make_matter(by=world.actor("clerk"), raised=said(world))


def nameless(world: World, channel: Channel = Channel.VISIT) -> raising.Receipt:
    return raising.enter_matter(by=world.actor("clerk"), raised=said(world, channel), raiser_id=None)


def test_the_communitys_own_has_neither_a_name_nor_a_code(plain_world: World) -> None:
    matter = own(plain_world)
    assert (matter.anonymous, matter.raised_by_id, matter.tracking_index) == (False, None, None)
    made = Entry.objects.get(event="matters.entered", subject_id=matter.id)
    assert made.data["anonymous"] is False


def test_what_staff_saw_on_patrol_needs_no_code_and_what_somebody_said_does(plain_world: World) -> None:
    seen, told = nameless(plain_world, Channel.PATROL), nameless(plain_world)
    assert (seen.code, seen.matter.anonymous) == ("", False)
    assert (bool(told.code), told.matter.anonymous) == (True, True)


def test_a_patrol_at_the_desk_leads_to_its_matter_without_a_slip(plain_world: World) -> None:
    form = {
        "raiser": "none",
        "text": "井盖松了",
        "place": str(plain_world.place("entrance")),
        "kind": "repair",
    }
    clerk = desk(plain_world, "clerk")
    page = sent(clerk.post("/desk/intake/", form | {"channel": "patrol"}))
    story = shown(clerk.get(page))
    assert "the community’s own" in story
    assert "raised without a name" not in story
    shown(clerk.post("/desk/intake/", form | {"channel": "visit"}))
    told = Matter.objects.get(anonymous=True)
    assert "raised without a name" in shown(clerk.get(f"/desk/matters/{told.id}/"))


def test_other_systems_are_told_apart(plain_world: World) -> None:
    system = System(key_of(plain_world, "clerk").text)
    matters = {own(plain_world).id: False, nameless(plain_world).matter.id: True}
    for matter_id, anonymous in matters.items():
        assert system.get(f"/matters/{matter_id}").json()["anonymous"] is anonymous
    listed = {each["id"]: each["anonymous"] for each in system.get("/matters").json()["matters"]}
    assert listed == {str(key): value for key, value in matters.items()}


def test_it_is_merged_and_split_where_one_with_a_code_is_not(plain_world: World) -> None:
    matter, told, named = own(plain_world), nameless(plain_world).matter, raise_one(plain_world)
    clerk = plain_world.actor("clerk")
    assert may_see_raiser(clerk, matter)
    assert not may_see_raiser(clerk, told)
    assert not may_merge(clerk, told, named)
    assert not may_split(clerk, told)
    part = joining.split(by=clerk, matter_id=matter.id, title="另一件", text="井盖")
    assert (part.anonymous, part.tracking_index) == (False, None)
    joining.merge(by=clerk, matter_id=matter.id, into_number=named.number)
    assert one.raisers(named) == [plain_world.persons["wang"]]


def test_a_step_waits_for_nobody_to_be_called_and_nobody_can_be(plain_world: World) -> None:
    matter, named = own(plain_world), raise_one(plain_world)
    ready = one.facts(matter, one.current_step(matter))
    assert (ready.first_contact, ready.callback) == (True, True)
    waits = one.facts(named, one.current_step(named))
    assert (waits.first_contact, waits.callback) == (False, False)
    with pytest.raises(Refused, match="did not raise"):
        judging.call_back(
            by=plain_world.actor("caller"),
            matter_id=matter.id,
            raiser_id=None,
            said=judging.Said(reached=False),
        )
    told = nameless(plain_world).matter
    judging.call_back(
        by=plain_world.actor("caller"), matter_id=told.id, raiser_id=None, said=judging.Said(reached=False)
    )


def test_no_call_back_is_offered_once_it_is_closed(plain_world: World) -> None:
    matter, told = own(plain_world), nameless(plain_world).matter
    for each in (matter, told):
        move(plain_world, "clerk", each, "closed", "out_of_scope")
    caller = desk(plain_world, "caller")
    assert "Note what they said" not in shown(caller.get(f"/desk/matters/{matter.id}/"))
    assert "Note what they said" in shown(caller.get(f"/desk/matters/{told.id}/"))


def test_the_rates_count_who_raised_something(plain_world: World) -> None:
    own(plain_world)
    community, today = plain_world.places["community"], clock.today()
    assert figures.figures([community], today, today)[community.id].raised == 0
    assert figures.matters_counted(community.path, today, today) == []
    told, named = nameless(plain_world).matter, raise_one(plain_world)
    assert figures.figures([community], today, today)[community.id].raised == 2
    assert {each.id for each in figures.matters_counted(community.path, today, today)} == {told.id, named.id}


def test_who_joins_it_is_counted_and_is_not_its_raiser(plain_world: World) -> None:
    matter, clerk = own(plain_world), plain_world.actor("clerk")
    speaking.publish(by=clerk, matter_id=matter.id, title="换灯", summary="楼道灯坏了")
    raising.join_matter(by=plain_world.actor("chen"), matter_id=matter.id, lives_here=True)
    page = shown(desk(plain_world, "clerk").get(f"/desk/matters/{matter.id}/"))
    assert "1 more stands behind it" in page
    assert "Raised by" not in page
    mine = shown(desk(plain_world, "chen").get(f"/my/{matter.id}/"))
    assert "1 more behind it" in mine


@pytest.mark.parametrize(
    "wrong", [{"anonymous": True}, {"tracking_index": "f" * 64}], ids=["no code", "a code"]
)
def test_the_table_holds_a_code_for_whom_nobody_knows_and_for_nobody_else(
    plain_world: World, wrong: dict[str, object]
) -> None:
    matter = own(plain_world)
    with pytest.raises(IntegrityError, match="matter_anonymous_keeps_nobody"), transaction.atomic():
        Matter.objects.filter(id=matter.id).update(**wrong)
