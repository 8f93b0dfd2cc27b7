"""Up is an event: rows put here in an act's own transaction are carried upward by the worker."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from procrastinate.contrib.django import app

from linli.frame.models import OutboxRow
from linli.kernel.clock import now

MOST_ATTEMPTS = 10
CARRIER = "site.carry_outbox"  # the job, in the floor above, that calls `take_one` until nothing is due

log = structlog.get_logger(__name__)

Reaction = Callable[[Mapping[str, Any]], None]


def put(event: str, payload: Mapping[str, Any]) -> None:
    """Record that `event` must be reacted to. Part of the caller's transaction."""
    OutboxRow.objects.create(event=event, payload=dict(payload))
    wake(now())


def wake(when: datetime) -> None:
    """Have the carrier job run at that moment; enqueued in the caller's transaction."""
    app.configure_task(CARRIER, schedule_at=when).defer()


def next_due() -> datetime | None:
    """When the next waiting row may be taken; None where nothing waits."""
    waiting = OutboxRow.objects.filter(parked_at__isnull=True)
    return waiting.order_by("not_before").values_list("not_before", flat=True).first()


def take_one(reactions: Mapping[str, Reaction]) -> bool:
    """Take the oldest waiting row, run its reaction and delete it, in one transaction.

    Returns False when nothing waits. A reaction that fails is tried again after a growing pause; after
    ten failures the row is parked for staff to see.
    """
    with transaction.atomic():
        row = (
            OutboxRow.objects.select_for_update(skip_locked=True)
            .filter(parked_at__isnull=True, not_before__lte=now())
            .order_by("id")
            .first()
        )
        if row is None:
            return False
        try:
            with transaction.atomic():
                reactions[row.event](row.payload)
        except Exception as error:  # a reaction may fail in any way; the row must outlive all of them
            _postpone(row, error)
        else:
            row.delete()
        return True


def _postpone(row: OutboxRow, error: Exception) -> None:
    row.attempts += 1
    row.last_error = type(error).__name__
    row.not_before = now() + timedelta(seconds=min(2**row.attempts, 600))
    if row.attempts >= MOST_ATTEMPTS:
        row.parked_at = now()
    row.save(update_fields=["attempts", "last_error", "not_before", "parked_at"])
    log.warning("reaction_failed", event_kind=row.event, attempts=row.attempts, error=row.last_error)


def parked() -> list[OutboxRow]:
    """Rows given up after ten failures, newest first."""
    return list(OutboxRow.objects.filter(parked_at__isnull=False).order_by("-parked_at")[:200])


def release(row_id: int) -> None:
    """Let a parked row be tried again from the start."""
    OutboxRow.objects.filter(id=row_id).update(parked_at=None, attempts=0, not_before=now(), last_error="")
