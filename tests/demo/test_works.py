"""The demo's works: doubted, checked, explained, accepted, all through the real actions."""

from random import Random

import pytest

from linli.deliberation.models import Doubt, Warranty, Works
from linli.deliberation.read import works as read
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import works
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

pytestmark = pytest.mark.django_db


def test_they_are_accepted_and_their_doubts_answered_in_time() -> None:
    world = worlds.build(at=None)
    Place.objects.filter(pk=world.place("building")).update(name="1栋")
    for number in range(6):
        neighbour(world, f"n{number}", f"1{number:02}", "李明")
    with worlds.on("2026-11-21") as end:
        community = Place.objects.get(id=world.place("community"))
        assert works.lay_open(Cast(community, Random(1), clock.today()), end) is None  # told of another
        community.short_code = "RML"
        assert works.lay_open(Cast(community, Random(1), clock.today()), end) is not None
        kept = Works.objects.get()
        assert (kept.is_demo, kept.stage, kept.place.name) == (True, "accepted", "1栋")
        assert all(each.answered_at <= each.due_at for each in Doubt.objects.all())
        [result] = read.acceptances(kept.pk)
        assert (result.homes, result.spoke, result.accepting) == (7, 7, 7)
        assert Warranty.objects.get().ends_on.year == 2031
