"""The demo's question: asked by the clerk through the real actions, answered by enough to be drawn."""

from random import Random

import pytest

from linli.deliberation.kinds import Stage
from linli.deliberation.models import Conversation
from linli.deliberation.read import opinions as read
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import opinions
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.deliberation.talking import neighbours

pytestmark = pytest.mark.django_db


def test_two_sides_are_drawn_and_one_statement_waits() -> None:
    world = worlds.build()
    neighbours(world, 44)
    with worlds.on("2026-11-21") as end:
        community = Place.objects.get(id=world.place("community"))
        assert (
            opinions.ask(Cast(community, Random(1), clock.today()), end) is None
        )  # told of another community
        community.short_code = "RML"
        row = opinions.ask(Cast(community, Random(1), clock.today()), end)
        assert row is not None
        assert Conversation.objects.get().is_demo
        assert read.stage_of(row) is Stage.RUNNING
        drawn = read.picture_of(row.pk)
        assert drawn is not None
        assert len(drawn["groups"]) >= 2
        assert drawn["common"]
        assert [each.state for each in read.statements(row.pk)].count("waiting") == 1
