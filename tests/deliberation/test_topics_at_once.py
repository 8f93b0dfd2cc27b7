"""Two people at once in one topic: support that reaches the threshold together, mergers that cross."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from linli.deliberation.actions import proposals
from linli.deliberation.models import Proposal
from linli.kernel.decision import Refused
from linli.notices.models import Notice
from tests import world as worlds
from tests.deliberation.contesting import neighbours, opened, raised
from tests.world import World


@pytest.fixture
def world(committed_db: None) -> World:
    world = worlds.build(at=None)
    neighbours(world, 4)
    return world


def together(*acts: Callable[[], object]) -> list[str]:
    """What came of each: empty where it went through, else the reason."""

    def tried(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refused:
            return refused.reason
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(tried, acts))


def test_support_and_mergers_of_two_people_at_once(world: World) -> None:
    topic = opened(world, threshold=4)
    first, second = raised(world, topic, "wang", "一"), raised(world, topic, "chen", "二")

    def support(who: str) -> Callable[[], object]:
        by = world.actor(who)
        return lambda: proposals.support(by=by, proposal_id=first.pk)

    assert together(*(support(f"n{number}") for number in (0, 1, 2, 3, 3))) == [""] * 5
    assert Proposal.objects.get(pk=first.pk).due_on is not None
    assert Notice.objects.filter(topic="proposal_owed", person=world.persons["clerk"]).count() == 1

    def merge(who: str, row: Proposal, into: Proposal) -> Callable[[], object]:
        by = world.actor(who)
        return lambda: proposals.merge(by=by, proposal_id=row.pk, into_id=into.pk)

    said = together(merge("clerk", first, second), merge("secretary", second, first))
    assert sorted(said) == ["", "Only proposals that are still open can be merged."]
    assert Proposal.objects.filter(state="merged").count() == 1
