"""Merging, splitting, and a later promise."""

from datetime import date

import pytest
from django.test import Client

from linli.kernel.decision import Refused
from linli.matters import policies
from linli.matters.actions import joining, moving, raising, speaking, watching
from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter
from linli.matters.read import figures
from linli.matters.read import one as read
from linli.notices.models import Notice
from linli.people.models import Account
from tests.matters.telling import RAISER, TEXT, at_handling, dispatch, raise_one
from tests.world import World, on, open_account


def test_merged_raisers_stay_informed_and_the_matter_counts_once(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        first, second = raise_one(world), raise_one(world, "chen", "entrance")
        merged = joining.merge(by=world.actor("clerk"), matter_id=second.id, into_number=first.number.lower())
        assert (merged.state, merged.outcome, merged.merged_into_id) == (
            State.CLOSED,
            Outcome.MERGED,
            first.id,
        )
        assert set(read.raisers(first)) == {world.persons["wang"], world.persons["chen"]}
        assert Notice.objects.filter(person_id=world.persons["chen"], topic="matter_merged").exists()
        with pytest.raises(Refused, match="another matter"):
            moving.reopen(by=world.actor("chen"), matter_id=second.id, ties=RAISER, reason="…")
        day = date(2026, 11, 18)
        assert figures.figures([world.places["community"]], day, day)[world.place("community")].raised == 1


def test_a_matter_is_not_merged_into_itself_a_closed_one_or_past_a_running_order(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        first, working = raise_one(world), at_handling(world)
        dispatch(world, "clerk", working)
        clerk = world.actor("clerk")
        for number, reason in (
            (working.number, "this matter itself"),
            ("JS-1999-000001", "No matter has this number"),
            (first.number, "still running"),
        ):
            with pytest.raises(Refused, match=reason):
                joining.merge(by=clerk, matter_id=working.id, into_number=number)
        moving.withdraw(by=world.actor("wang"), matter_id=first.id, ties=RAISER)
        with pytest.raises(Refused, match="Only open matters"):
            joining.merge(by=clerk, matter_id=working.id, into_number=first.number)


def test_a_nameless_matter_keeps_its_code_and_is_neither_merged_nor_split(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        other = raise_one(world)
        raised = raising.Raised(place_id=world.place("building"), text=TEXT)
        nameless = raising.raise_matter(by=world.actor("wang"), raised=raised, anonymously=True).matter
        with pytest.raises(Refused, match="its code"):
            joining.merge(by=world.actor("clerk"), matter_id=nameless.id, into_number=other.number)
        with pytest.raises(Refused, match="its code"):
            joining.split(by=world.actor("clerk"), matter_id=nameless.id, title="另一件", text="…")


def test_a_part_gets_its_own_number_and_promise_and_the_same_raisers(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        matter = raise_one(world)
        part = joining.split(
            by=world.actor("clerk"), matter_id=matter.id, title="楼道堆物", text="还有楼道堆东西。"
        )
        assert part.number != matter.number
        assert part.split_from_id == matter.id
        assert (part.raised_by_id, read.raisers(part)) == (world.persons["wang"], [world.persons["wang"]])
        with pytest.raises(Refused, match="sorting"):
            joining.split(by=world.actor("property"), matter_id=matter.id, title="…", text="…")


def test_everybody_behind_a_matter_is_told_of_its_split_and_stays_informed_of_both(
    plain_world: World,
) -> None:
    world = plain_world
    with on("2026-11-18"):
        matter = raise_one(world)
        speaking.publish(
            by=world.actor("clerk"), matter_id=matter.id, title="公共照明", summary="有一处灯坏了。"
        )
        raising.join_matter(by=world.actor("chen"), matter_id=matter.id, lives_here=True)
        part = joining.split(by=world.actor("clerk"), matter_id=matter.id, title="楼道堆物", text="堆东西。")
        assert set(read.raisers(part)) == {world.persons["wang"], world.persons["chen"]}
        told = {row.person_id: row.params for row in Notice.objects.filter(topic="matter_split")}
        assert set(told) == {world.persons["wang"], world.persons["chen"]}
        assert told[world.persons["chen"]]["title"] == "公共照明", "never the raiser's own words"
        assert told[world.persons["chen"]]["text"] == part.number
        speaking.answer(by=world.actor("clerk"), matter_id=part.id, text="明天清走。")
        answered = Notice.objects.filter(topic="matter_answered", person_id=world.persons["chen"]).get()
        assert answered.params["title"] == part.number


def test_who_joined_a_merged_matter_stands_behind_the_other_and_hears_of_it(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        first, second = raise_one(world), raise_one(world)
        speaking.publish(
            by=world.actor("clerk"), matter_id=second.id, title="公共照明", summary="有一处灯坏了。"
        )
        raising.join_matter(by=world.actor("chen"), matter_id=second.id, lives_here=True)
        joining.merge(by=world.actor("clerk"), matter_id=second.id, into_number=first.number)
        speaking.answer(by=world.actor("clerk"), matter_id=first.id, text="今天换。")
    told = Notice.objects.filter(person_id=world.persons["chen"]).values_list("topic", flat=True)
    assert {"matter_merged", "matter_answered"} <= set(told)


def test_a_later_promise_is_told_with_its_reason(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        matter = raise_one(world)
        for until in (date(2026, 11, 25), date(2026, 11, 1)):
            with pytest.raises(Refused, match="later than the promise"):
                watching.postpone(by=world.actor("secretary"), matter_id=matter.id, reason="…", until=until)
        with pytest.raises(Refused, match="deciding on more time"):
            watching.postpone(
                by=world.actor("clerk"), matter_id=matter.id, reason="…", until=date(2026, 12, 1)
            )
        watching.postpone(
            by=world.actor("secretary"), matter_id=matter.id, reason="等配件", until=date(2026, 12, 1)
        )
    later = Matter.objects.get(id=matter.id)
    assert later.promised_at.isoformat() == "2026-12-01T10:00:00+00:00"
    told = Notice.objects.get(person_id=world.persons["wang"], topic="matter_postponed")
    assert told.params["text"] == "等配件"


def test_who_joins_reads_what_is_published_and_never_the_raisers_own_words(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        matter = raise_one(world)
        speaking.publish(
            by=world.actor("clerk"), matter_id=matter.id, title="公共照明", summary="有一处灯坏了。"
        )
        chen = world.actor("chen")
        raising.join_matter(by=chen, matter_id=matter.id, lives_here=True)
        fresh = read.matter(matter.id)
        ties = read.ties(chen, fresh)
        assert policies.may_see(chen, fresh, ties)
        assert not policies.may_read_words(chen, fresh, ties)
        assert not policies.may_see_file(chen, fresh, ties, internal=False)
        assert policies.may_read_words(world.actor("wang"), fresh, read.ties(world.actor("wang"), fresh))
        speaking.answer(by=world.actor("clerk"), matter_id=matter.id, text="今天换。")
        open_account(world, "chen")
    client = Client()
    client.force_login(Account.objects.get(person_id=world.persons["chen"]))
    for path in (f"/my/{matter.id}/", "/my/", "/"):
        page = client.get(path).content.decode()
        assert "公共照明" in page, path
        assert TEXT[:8] not in page, path
    assert client.get(f"/my/{matter.id}/receipt/").status_code == 404
    told = Notice.objects.filter(person_id=world.persons["chen"], topic="matter_answered").get()
    assert told.params["title"] == "公共照明"
