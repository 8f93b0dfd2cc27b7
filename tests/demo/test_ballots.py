"""The demo's votes: one published, one that waits for whoever signs in, both through the real actions."""

from random import Random

import pytest

from linli.ballots.kinds import BallotState
from linli.ballots.read import ballots as read
from linli.ballots.rules.recount import recount
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import ballots
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

pytestmark = pytest.mark.django_db


def test_one_is_published_and_one_waits() -> None:
    world = worlds.build()
    for number in range(12):
        neighbour(world, f"n{number}", f"1{number:02}", "李明")
    with worlds.on("2026-12-21") as end:
        community = Place.objects.get(id=world.place("community"))
        assert ballots.vote(Cast(community, Random(1), clock.today()), end) == []  # told of another
        community.short_code = "RML"
        cast = Cast(community, Random(1), clock.today())
        over, waiting = ballots.vote(cast, end)
        over.refresh_from_db()
        assert (over.state, waiting.state) == (BallotState.PUBLISHED, BallotState.OPEN)
        assert recount(over.document.encode())["agrees_with_published"] is True
        waits = [row for one in cast.residents for row in read.waiting_for(one, clock.today(), 9)]
        assert waiting in waits
        assert over not in waits
