"""The demo's covenant: its whole way through the real actions, signed by households."""

from random import Random

import pytest

from linli.deliberation.kinds import CovenantStage
from linli.deliberation.models import Covenant
from linli.deliberation.read import covenants as read
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import covenants
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

pytestmark = pytest.mark.django_db


def test_it_is_in_force_filed_and_signed() -> None:
    world = worlds.build()
    for number in range(12):
        neighbour(world, f"n{number}", f"1{number:02}", "李明")
    with worlds.on("2026-11-21") as end:
        community = Place.objects.get(id=world.place("community"))
        assert covenants.promise(Cast(community, Random(1), clock.today()), end) is None  # told of another
        community.short_code = "RML"
        row = covenants.promise(Cast(community, Random(1), clock.today()), end)
        assert row is not None
        kept = Covenant.objects.get()
        assert (kept.is_demo, kept.stage) == (True, CovenantStage.PUBLISHED)
        assert kept.filed_on is not None
        [building] = read.signed_by_building(kept, clock.today())
        assert building.signed == building.households == 13
        assert 0 < len(read.wall(kept, clock.today())) < 13
        assert read.paragraphs(row.pk)[1].text == "晚上九点半后不吵闹，装修不早于早上八点。"
