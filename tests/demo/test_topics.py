"""The demo's topic and its contest, by the real actions: a reply given, one owed, names chosen."""

from random import Random
from typing import Any

import pytest

from linli.deliberation.kinds import NameState, ProposalState, TopicStage
from linli.deliberation.models import Name, Proposal, Topic
from linli.deliberation.read.topics import stage_of
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.people.actions import residence
from linli.people.kinds import ResidenceKind
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.site.demo import topics
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.world import BEGAN, World

pytestmark = pytest.mark.django_db


def peopled(world: World) -> Place:
    """A courtyard in which twenty people live."""
    plan = [
        (PlaceKind.COURTYARD, "水塘院", "c03"),
        (PlaceKind.BUILDING, "1栋", "b1"),
        (PlaceKind.ENTRANCE, "1单元", "u1"),
        (PlaceKind.HOME, "101室", "0101"),
    ]
    parent: Any = world.places["community"]
    for kind, name, label in plan:
        parent = places.open_place(
            by=SYSTEM, kind=kind, name=name, label=label, parent_id=parent.id, opened_on=BEGAN
        )
    for number in range(20):
        key = worlds.add_person(world, f"n{number}", "李明")
        kind = ResidenceKind.USUAL
        residence.move_in(by=SYSTEM, person_id=key, place_id=parent.id, kind=kind, starts=BEGAN)
    return Place.objects.get(id=world.place("community"))


def test_what_residents_propose_and_the_names_they_look_for() -> None:
    world = worlds.build()
    community = peopled(world)
    with worlds.on("2026-11-21") as end:
        assert topics.talk(Cast(community, Random(1), clock.today()), end) == []  # told of others
        community.short_code = "RML"
        [topic] = topics.talk(Cast(community, Random(1), clock.today()), end)
        states = [each.state for each in Proposal.objects.filter(topic=topic).order_by("raised_at")]
        assert states == [ProposalState.TAKEN, ProposalState.MERGED, ProposalState.OPEN, ProposalState.OPEN]
        assert Proposal.objects.filter(due_on__isnull=False, replied_at__isnull=True).count() == 1
        community.short_code = "MZJ"
        [contest] = topics.talk(Cast(community, Random(1), clock.today()), end)
        assert stage_of(contest) is TopicStage.ENDED  # as it was opened; read anew it is further
        assert stage_of(Topic.objects.get(pk=contest.pk)) is TopicStage.CHOOSING
        assert Name.objects.get(state=NameState.LEFT_OUT).text == "幸福院"
        assert Name.objects.filter(state=NameState.SHORTLISTED).count() == 3
        assert all(Topic.objects.values_list("is_demo", flat=True))
