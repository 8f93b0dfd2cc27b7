"""What people hear of a covenant: at each stage, those it concerns; of the yearly review, who keeps it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.deliberation import jobs
from linli.deliberation.actions import covenant_notices, covenants
from linli.deliberation.kinds import ReviewOutcome
from linli.deliberation.models import Covenant
from linli.deliberation.rules.covenants import is_told
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.notices.models import Notice
from linli.people.models import Person
from tests import world as worlds
from tests.deliberation.covenanting import asked, drafted, in_force, meeting, neighbour
from tests.world import World

DAY = "2026-11-16"
DUE = date(2027, 11, 16)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    kept = {"places": dict(_built.places), "persons": dict(_built.persons), "phones": dict(_built.phones)}
    return replace(_built, **kept)


def told(topic: str) -> set[Any]:
    return set(Notice.objects.filter(topic=topic).values_list("person_id", flat=True))


@pytest.mark.parametrize(
    ("days_before", "told_of", "expected"),
    [
        (15, None, False),
        (14, None, True),
        (0, None, True),
        (-30, None, True),
        (14, DUE, False),
        (14, DUE.replace(year=2026), True),
    ],
)
def test_staff_hear_of_a_review_two_weeks_before_it_is_due(
    days_before: int, told_of: date | None, expected: bool
) -> None:
    assert is_told(DUE, told_of, DUE - timedelta(days=days_before)) is expected


def test_residents_hear_when_a_draft_is_before_them(world: World) -> None:
    neighbour(world, "child", "0501")
    Person.objects.filter(pk=world.persons["child"]).update(born_year=2015)
    drafted(world)
    assert not Notice.objects.exists(), "a draft is its writers'"
    row = asked(world, place="building")
    heard = told("covenant_consulted")
    assert {world.persons["wang"], world.persons["chen"]} <= heard
    assert not {world.persons["clerk"], world.persons["property"], world.persons["child"]} & heard
    notice = Notice.objects.filter(topic="covenant_consulted").first()
    assert notice.params == {"title": row.title, "by": row.place.name, "until": "2026-11-30"}
    assert notice.url == f"/covenants/{row.pk}/"


@pytest.mark.parametrize(("in_favour", "topic"), [(31, "covenant_adopted"), (30, "covenant_not_adopted")])
def test_residents_hear_what_the_meeting_decided(world: World, in_favour: int, topic: str) -> None:
    row, clerk = asked(world), world.actor("clerk")
    covenants.end_consultation(by=clerk, covenant_id=row.pk)
    covenants.decide(by=clerk, covenant_id=row.pk, meeting=meeting(in_favour=in_favour))
    assert world.persons["wang"] in told(topic)
    other = {"covenant_adopted", "covenant_not_adopted"} - {topic}
    assert not told(other.pop())


def test_residents_hear_that_they_can_sign(world: World) -> None:
    in_force(world)
    assert {world.persons["wang"], world.persons["chen"]} <= told("covenant_published")


def test_the_yearly_review_is_told_to_whoever_keeps_it_once_a_year(world: World) -> None:
    row = in_force(world)
    assert Covenant.objects.get(pk=row.pk).review_due == DUE
    for day, count in (("2027-11-01", 0), ("2027-11-02", 1), ("2027-11-03", 0)):
        with worlds.on(day):
            assert jobs.remind_of_reviews() == count
    heard = told("covenant_review")
    assert world.persons["clerk"] in heard
    assert world.persons["wang"] not in heard
    assert Notice.objects.filter(topic="covenant_review").first().url == f"/desk/covenants/{row.pk}/"
    with worlds.on("2027-11-10"):
        covenants.review(
            by=world.actor("clerk"), covenant_id=row.pk, outcome=ReviewOutcome.KEEP, note="都遵守。"
        )
        assert jobs.remind_of_reviews() == 0
    with worlds.on("2028-11-01"):
        assert jobs.remind_of_reviews() == 1


def test_a_review_is_told_of_by_the_house_and_its_keepers_alone(world: World) -> None:
    row = in_force(world)
    with pytest.raises(Refused):
        covenant_notices.remind_of_review(by=world.actor("wang"), covenant_id=row.pk)
    assert covenant_notices.remind_of_review(by=SYSTEM, covenant_id=row.pk) is False, "a year is not over"
    draft = drafted(world)
    with worlds.on("2028-01-01"):
        assert covenant_notices.remind_of_review(by=SYSTEM, covenant_id=draft.pk) is False
