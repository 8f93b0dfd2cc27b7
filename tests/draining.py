"""Runs what waits, the way the worker does, until nothing does."""

from django.db import connection, connections

from linli.site import work

ROUNDS = 50


def until_nothing_waits() -> None:
    """Jobs and the reactions they carry. A job that makes jobs without end is the subject's fault."""
    try:
        for _ in range(ROUNDS):
            work.until_empty()
            if not waiting():
                return
        raise AssertionError(f"jobs still wait after {ROUNDS} rounds")
    finally:
        connections.close_all()


def waiting() -> int:
    """Jobs due now and outbox rows not parked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND "
            "        (scheduled_at IS NULL OR scheduled_at <= statement_timestamp()))"
        )
        (jobs,) = cursor.fetchone()
    return int(jobs)
