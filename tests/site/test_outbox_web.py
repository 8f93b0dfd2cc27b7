"""Reactions given up after ten failures are seen, and can be tried again."""

import pytest

from linli.frame.models import OutboxRow
from linli.kernel import clock
from tests import world as worlds
from tests.matters.desking import desk, sent, shown
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def test_a_parked_reaction_is_seen_and_tried_again(world: World) -> None:
    row = OutboxRow.objects.create(
        event="organizations.appointment_ended", attempts=10, last_error="KeyError", parked_at=clock.now()
    )
    secretary = desk(world, "secretary")
    page = shown(secretary.get("/desk/outbox/"))
    for words in ("ended an appointment", "KeyError", "10", "Try again"):
        assert words in page
    sent(secretary.post("/desk/outbox/", {"row": str(row.id)}))
    row.refresh_from_db()
    assert (row.parked_at, row.attempts) == (None, 0)
    assert "Nothing waits" in shown(secretary.get("/desk/outbox/"))


def test_nonsense_changes_nothing(world: World) -> None:
    secretary = desk(world, "secretary")
    for row in ("", "x", "9" * 40):
        sent(secretary.post("/desk/outbox/", {"row": row}))


@pytest.mark.parametrize("who", ["clerk", "property", "wang"])
def test_it_is_for_auditors(world: World, who: str) -> None:
    shown(desk(world, who).get("/desk/outbox/"), 403)
