"""A lift that was voted for stays posted for the days of the place, and goes on not a minute before."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import moving, procedures, raising
from linli.matters.kinds import Channel, MatterKind
from linli.matters.models import Matter, Opening, ProcedureVersion
from linli.matters.read import one
from tests import world as worlds
from tests.world import World, on

ENTERED = "2026-11-16"
FOURTEEN, FIFTEEN = "2026-11-30", "2026-12-01"


def move(world: World, matter: Matter, verb: str, target: str, key: str = "clerk") -> Matter:
    matter.refresh_from_db()
    return moving.move(
        by=world.actor(key), matter_id=matter.pk, from_step=matter.step_key, target=target, verb=verb
    )


def record(matter: Matter, kind: str) -> None:
    opening = Opening.objects.get(step__matter=matter, step__left_at=None, kind=kind)
    moving.record_outcome(by=SYSTEM, opening_id=opening.pk, result={}, minutes="谈妥了")


def posted(world: World) -> Matter:
    """A lift at its posting since the morning of a Monday."""
    version = ProcedureVersion.objects.get(name="lift", community=None)
    procedures.adopt(by=SYSTEM, community_id=world.place("community"), version_id=version.pk, by_choice=True)
    raised = raising.Raised(
        place_id=world.place("entrance"),
        text="我们单元想加装一部电梯。",
        kind=MatterKind.TASK,
        channel=Channel.VISIT,
        way=version.pk,
    )
    by = world.actor("clerk")
    matter = raising.enter_matter(by=by, raised=raised, raiser_id=world.persons["wang"]).matter
    move(world, matter, "accept", "plan", "grid")
    record(matter, "meeting")
    move(world, matter, "agree", "vote")
    record(matter, "ballot")
    return move(world, matter, "agree", "post")


def test_fourteen_days_are_refused_and_fifteen_allowed(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        with pytest.raises(Refused, match="It can go on from 2026-12-01 18:00"):
            move(world, matter, "dispatch", "build")
        assert matter.step_due_at is not None
        ends = one.facts(matter, one.current_step(matter)).posted_until
        assert ends is not None
        assert matter.step_due_at > ends, "not late before it may be left"
    for day, hour, minute in ((FOURTEEN, 18, 0), (FIFTEEN, 17, 59)):
        with on(day, hour, minute), pytest.raises(Refused, match="It can go on from 2026-12-01 18:00"):
            move(world, matter, "dispatch", "build")
    with on(FIFTEEN, 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_an_objection_goes_to_mediation_at_once_and_is_posted_anew(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        assert move(world, matter, "disagree", "mediate").step_key == "mediate"
    with on("2026-11-20"):
        record(matter, "meeting")
        move(world, matter, "resolve", "post", "secretary")
    with on(FIFTEEN, 18), pytest.raises(Refused, match="It can go on from 2026-12-07 18:00"):
        move(world, matter, "dispatch", "build")


def test_a_place_sets_its_own_days_from_a_day_on(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        secretary = world.actor("secretary")
        with pytest.raises(Refused, match="stays up for days"):
            procedures.set_local_rule(
                by=secretary, place_id=world.place("community"), key="posting", value="48 hours",
                starts=date(2026, 11, 17),
            )  # fmt: skip
        procedures.set_local_rule(
            by=secretary, place_id=world.place("community"), key="posting", value="7 days",
            starts=date(2026, 11, 17),
        )  # fmt: skip
    with on("2026-11-24"), pytest.raises(Refused, match="from 2026-12-01 18:00"):
        move(world, matter, "dispatch", "build")  # it keeps the days it was given
    with on("2026-11-24"):
        move(world, matter, "disagree", "mediate")
        record(matter, "meeting")
        move(world, matter, "resolve", "post", "secretary")
    with on("2026-12-01", 17, 59), pytest.raises(Refused, match="from 2026-12-01 18:00"):
        move(world, matter, "dispatch", "build")
    with on("2026-12-01", 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_the_desk_says_from_when_it_can_go_on_and_where_the_days_are_set(world: World) -> None:
    worlds.open_account(world, "clerk")
    worlds.open_account(world, "secretary")
    now = clock.now()
    with clock.at(now):
        matter = posted(world)
    assert matter.step_due_at is not None
    assert matter.step_due_at > now + timedelta(days=15)
    assert "It stays posted for objections. It can go on from" in page(
        world, "clerk", f"/desk/matters/{matter.pk}/"
    )
    assert "What a step posts stays up at least" in page(world, "secretary", reverse("desk:limits"))


def page(world: World, key: str, path: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=world.persons[key]))
    return client.get(path).content.decode()
