"""A worker killed in the middle of a job, and a reaction that never succeeds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from linli.audit.models import Entry
from linli.frame import outbox
from linli.frame.models import OutboxRow
from linli.matters.actions import moving
from linli.matters.models import Matter
from linli.organizations.actions import appointments
from linli.organizations.models import Appointment
from linli.site import jobs, launch
from tests import world as worlds
from tests.matters.telling import raise_one
from tests.waiting import until
from tests.world import World


@pytest.fixture
def town(committed_db: None) -> World:
    return worlds.build(practice="plain", at=None)


def leave_the_post(world: World, who: str = "clerk") -> Matter:
    """Whoever has a matter first claims it and then leaves; the worker is to free what they had claimed."""
    matter = raise_one(world)
    moving.claim(by=world.actor(who), matter_id=matter.id)
    appointment = Appointment.objects.get(post=world.posts[who])
    appointments.end_appointment(
        by=world.actor("secretary"), appointment_id=appointment.id, ends=date(2026, 1, 1)
    )
    return matter


def test_a_worker_killed_mid_job_loses_nothing_and_doubles_nothing(
    town: World, drain: Callable[[], None]
) -> None:
    matter = leave_the_post(town)
    part = launch.worker()
    part.child = part.start()
    with launch.running([part]):
        with transaction.atomic():
            Matter.objects.select_for_update().get(id=matter.id)  # the worker waits here, in the middle
            until(waits_for_a_lock)
            part.child.kill()
            part.child.wait()
        until(lambda: not _worker_sessions())
    assert Matter.objects.get(id=matter.id).claimed_by_id is not None, "nothing half done is kept"
    assert ProcrastinateJob.objects.filter(task_name=outbox.CARRIER, status="doing").exists()
    taken_up_again(drain)
    assert Matter.objects.get(id=matter.id).claimed_by_id is None
    assert Entry.objects.filter(event="matters.claim_released", subject_id=matter.id).count() == 1
    assert not OutboxRow.objects.exists()


def taken_up_again(drain: Callable[[], None]) -> None:
    """What a killed worker was in the middle of is done, thirty seconds without a sign of life later."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '60 s'")
    with suppress(AlreadyEnqueued):  # the killed worker may have left the periodic one waiting
        jobs.retry_stalled.defer(timestamp=0)
    drain()


def waits_for_a_lock() -> bool:
    """Whether somebody waits for a row that another holds."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def _worker_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND query LIKE '%matters_matter%' AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def test_a_reaction_that_fails_ten_times_is_parked_and_can_be_tried_again(town: World) -> None:
    tries: list[str] = []

    def fail(payload: object) -> None:
        tries.append("x")
        raise RuntimeError("the reason stays in the log")

    matter = raise_one(town)
    moving.claim(by=town.actor("clerk"), matter_id=matter.id)
    outbox.put("organizations.appointment_ended", {"person": "…", "post": "…"})
    for _ in range(outbox.MOST_ATTEMPTS):
        assert outbox.take_one({"organizations.appointment_ended": fail})
        OutboxRow.objects.update(not_before=OutboxRow.objects.get().created_at)
    (row,) = outbox.parked()
    assert (len(tries), row.attempts, row.last_error) == (10, 10, "RuntimeError")
    assert not outbox.take_one({"organizations.appointment_ended": fail})
    outbox.release(row.id)
    assert outbox.take_one({"organizations.appointment_ended": lambda payload: None})
    assert not OutboxRow.objects.exists()
