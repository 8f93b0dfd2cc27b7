"""The demo's ballots: their whole way through the real actions, one decided and one open."""

from random import Random
from types import SimpleNamespace

import pytest

from linli.ballots.kinds import BallotState, Channel
from linli.ballots.models import Ballot, RollEntry, Vote
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import ballots
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.ballots import entrance

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> entrance.Entrance:
    return entrance.build()


def cast_of(built: entrance.Entrance, code: str) -> Cast:
    """The community under another name, seen from the first home of the entrance."""
    community = Place.objects.get(id=built.world.place("community"))
    community.short_code = code
    cast = Cast(community, Random(1), clock.today())
    person = built.world.persons["101"]
    cast.members = [SimpleNamespace(person_id=person)]
    cast.homes[person] = Place.objects.get(id=built.homes["101"])
    return cast


def test_an_entrance_has_decided_on_its_lift(built) -> None:
    with worlds.on("2026-11-21") as end:
        [row] = ballots.decide(cast_of(built, "RML"), end)
    row = Ballot.objects.get(pk=row.pk)
    assert row.state == BallotState.PUBLISHED
    assert '"passed": true' in row.document or '"passed":true' in row.document
    ways = RollEntry.objects.filter(ballot=row).values_list("voted", flat=True)
    assert sorted(ways) == ["", *[Channel.ONLINE] * 9, *[Channel.PAPER] * 2]


def test_a_building_is_being_asked_and_the_login_has_still_to_vote(built) -> None:
    with worlds.on("2026-11-21") as end:
        [row] = ballots.decide(cast_of(built, "JS"), end)
        assert row.state == BallotState.OPEN
        given = Vote.objects.filter(ballot=row).count()
        assert 0 < given < RollEntry.objects.filter(ballot=row).count()
        own = RollEntry.objects.get(ballot=row, persons__person_id=built.world.persons["101"])
        assert own.voted == ""


def test_a_team_of_volunteers_is_being_asked(built) -> None:
    with worlds.on("2026-11-21") as end:
        cast = cast_of(built, "MZJ")
        cast.residents = [built.world.persons[name] for name in ("101", "201", "202", "301", "302")]
        [row] = ballots.decide(cast, end)
        assert row.state == BallotState.OPEN
        entries = RollEntry.objects.filter(ballot=row)
        assert entries.count() == 5  # the login is named once
        given = [answer for vote in Vote.objects.filter(ballot=row) for answer in vote.answers.values()]
        assert given
        assert all(len(set(answer)) == 2 for answer in given)
        assert entries.get(persons__person_id=built.world.persons["101"]).voted == ""


def test_other_communities_have_none(built) -> None:
    with worlds.on("2026-11-21") as end:
        assert ballots.decide(cast_of(built, "ZX"), end) == []
