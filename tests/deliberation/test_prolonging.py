"""More days for an appraisal: what may be moved on which day, who hears of it, who reads why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.deliberation.actions import appraisals, prolonging
from linli.deliberation.kinds import AppraisalStage
from linli.deliberation.models import AppraisalProlonged
from linli.deliberation.policies.appraisals import may_prolong
from linli.deliberation.rules.appraisals import Days, fault_of_prolonging
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import Refused
from linli.notices.models import Notice
from linli.places.models import Place
from tests import world as worlds
from tests.deliberation.covenanting import neighbour
from tests.deliberation.honouring import CHOOSES, DAYS, agreed, opened
from tests.matters.desking import desk, sent, shown
from tests.world import World

OPENED = date(2026, 11, 16)
NOMINATING, ASKING, CHOOSING = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 25)
NOTHING = "Give at least one of the days more time."
NEVER = "Days are given and never taken: none comes earlier."
OVER = "The days for nominations are over; they stay as they were."
BEGUN = "The choosing has begun; its first day stays."
APART = "Leave two days between the nominations and the choosing: those nominated are asked then."
TWISTED = "The last day to choose is not before the first."
LONG = "An appraisal takes half a year at most."


def moved(*, nominate: int = 0, first: int = 0, last: int = 0, posted: int = 0) -> Days:
    """The usual days, each by so many later."""
    return Days(
        DAYS.nominate_until + timedelta(days=nominate),
        DAYS.choose_from + timedelta(days=first),
        DAYS.choose_until + timedelta(days=last),
        DAYS.posted_days + posted,
    )


@pytest.mark.parametrize(
    ("day", "after", "fault"),
    [
        (NOMINATING, moved(), NOTHING),
        (NOMINATING, moved(last=1, posted=1), NOTHING),
        (NOMINATING, moved(last=1), ""),
        (NOMINATING, moved(nominate=2), ""),
        (NOMINATING, moved(nominate=3), APART),
        (NOMINATING, moved(nominate=3, first=1), ""),
        (NOMINATING, moved(first=-1), NEVER),
        (NOMINATING, moved(first=6), TWISTED),
        (NOMINATING, moved(first=5), ""),
        (ASKING, moved(nominate=1), OVER),
        (ASKING, moved(first=1, last=1), ""),
        (CHOOSING - timedelta(days=1), moved(first=1), ""),
        (CHOOSING, moved(first=1), BEGUN),
        (CHOOSING, moved(last=1), ""),
        (CHOOSING, moved(last=-1), NEVER),
        (CHOOSING, moved(last=169), ""),
        (CHOOSING, moved(last=170), LONG),
    ],
)
def test_what_can_still_be_moved(day: date, after: Days, fault: str) -> None:
    assert fault_of_prolonging(DAYS, after, opened_on=OPENED, today=day) == fault


@given(st.integers(0, 20), st.integers(-3, 30), st.integers(-3, 30), st.integers(-3, 200))
def test_what_is_accepted_never_takes_a_day_and_keeps_the_order(
    later: int, nominate: int, first: int, last: int
) -> None:
    day, after = OPENED + timedelta(days=later), moved(nominate=nominate, first=first, last=last)
    if fault_of_prolonging(DAYS, after, opened_on=OPENED, today=day):
        return
    assert after.nominate_until >= DAYS.nominate_until
    assert after.choose_from - after.nominate_until > timedelta(days=2)
    assert DAYS.choose_until <= after.choose_until <= OPENED + timedelta(days=183)
    assert after.choose_from <= after.choose_until
    assert day < DAYS.choose_from or after.choose_from == DAYS.choose_from


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [
        (AppraisalStage.NOMINATING, True),
        (AppraisalStage.ASKING, True),
        (AppraisalStage.CHOOSING, True),
        (AppraisalStage.COUNTING, False),
        (AppraisalStage.POSTED, False),
        (AppraisalStage.HONOURED, False),
        (AppraisalStage.CALLED_OFF, False),
    ],
)
def test_days_are_given_until_the_last_one_to_choose(
    world: World, stage: AppraisalStage, allowed: bool
) -> None:
    assert bool(may_prolong(world.actor("clerk"), stage=stage, place_path="/")) is False
    path = Place.objects.get(pk=world.place("community")).path
    assert bool(may_prolong(world.actor("clerk"), stage=stage, place_path=path)) is allowed
    assert not may_prolong(ANONYMOUS, stage=stage, place_path=path)


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = worlds.build()
        for number, key in enumerate(("sun", "li")):
            neighbour(built, key, f"040{number}", f"{'孙李'[number]}一鸣")
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    return replace(_built, persons=dict(_built.persons), phones=dict(_built.phones))


def test_more_days_are_given_with_a_reason_everybody_reads(world: World) -> None:
    row = opened(world)
    agreed(world, row, "sun")
    with worlds.on("2026-11-22"):
        by = world.actor("clerk")
        appraisals.name_juror(by=by, appraisal_id=row.pk, person_id=world.persons["li"])
        clerk = desk(world, "clerk")
        address = f"/desk/appraisals/{row.pk}/prolong/"
        assert 'name="nominate_until"' not in shown(clerk.get(address)), "those days are over"
        days = {"choose_from": "2026-11-27", "choose_until": "2026-12-03"}
        assert "people read it" in shown(clerk.post(address, days | {"reason": ""}), 422)
        early = days | {"choose_until": "2026-11-29", "reason": "下雪"}
        assert NEVER in shown(clerk.post(address, early), 422)
        sent(clerk.post(address, days | {"reason": "下雪，好些人回不来"}))
        row.refresh_from_db()
        assert (row.choose_from, row.choose_until) == (date(2026, 11, 27), date(2026, 12, 3))
        page = shown(desk(world, "wang").get(f"/appraisals/{row.pk}/"))
        assert "下雪，好些人回不来" in page
        assert "Before: nominations until 2026-11-20, choosing 2026-11-25 – 2026-11-30" in page
        heard = Notice.objects.filter(topic="appraisal_prolonged")
        assert set(heard.values_list("person_id", flat=True)) == {world.persons["sun"], world.persons["li"]}
        assert {each.params["until"] for each in heard} == {"2026-12-03"}
    with worlds.on("2026-12-04"):
        assert desk(world, "clerk").get(address).status_code == 409
        given_again = {"nominate_until": DAYS.nominate_until, "choose_from": row.choose_from}
        with pytest.raises(Refused, match="Its days are over"):
            prolonging.prolong(
                by=by, appraisal_id=row.pk, choose_until=date(2026, 12, 9), reason="雪没停", **given_again
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalProlonged.objects.update(reason="")
    with worlds.on(CHOOSES):
        assert desk(world, "wang").get(address).status_code == 403
