"""Who pays what in the demo: agreed on in the second round, and what is still talked over."""

from random import Random

import pytest

from linli.deliberation.models import Sharing
from linli.deliberation.read import sharing as read
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import shares
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.ballots import entrance

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> entrance.Entrance:
    return entrance.build()


def cast_of(built: entrance.Entrance, code: str) -> Cast:
    community = Place.objects.get(id=built.world.place("community"))
    community.short_code = code
    return Cast(community, Random(1), clock.today())


def test_the_lift_is_agreed_on_and_its_running_costs_are_not_yet(built: entrance.Entrance) -> None:
    with worlds.on("2026-11-21") as end:
        agreed, running = shares.talk_over(cast_of(built, "RML"), end)
        second, first = read.rounds(Sharing.objects.get(pk=agreed.pk))
        assert (first.heard.agree, first.heard.object) == (11, 1)
        assert second.heard.agreed
        assert Sharing.objects.get(pk=agreed.pk).closed_on is not None
        [open_round] = read.rounds(running)
        assert (running.closed_on, open_round.heard.agree, open_round.heard.object) == (None, 8, 1)
    assert Sharing.objects.filter(is_demo=True).count() == 2


def test_no_other_community_talks_about_it(built: entrance.Entrance) -> None:
    with worlds.on("2026-11-21") as end:
        assert shares.talk_over(cast_of(built, "ZX"), end) == []
