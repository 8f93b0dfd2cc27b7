"""Tables every app may lean on: keyed rows, the outbox, idempotency records."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.expressions import Combinable

from linli.kernel.clock import now
from linli.kernel.ids import uuid7


class Row(models.Model):
    """A row named by a time-ordered UUIDv7, so ids reveal no counts and inserts stay at the index's end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


def once_at_a_time(name: str, *same: str, condition: models.Q | None = None) -> ExclusionConstraint:
    """That no two rows the `same` in these fields hold on one day, by `starts` and `ends` (end excluded)."""
    days = models.Func(
        models.F("starts"), models.F("ends"), function="daterange", output_field=DateRangeField()
    )
    expressions: list[tuple[str | Combinable, str]] = [(field, RangeOperators.EQUAL) for field in same]
    expressions.append((days, RangeOperators.OVERLAPS))
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)


class OutboxRow(models.Model):
    """Something that happened and must cause something above; taken by the worker, deleted when done."""

    id = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=now)
    last_error = models.CharField(max_length=300, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], name="outbox_waiting", condition=models.Q(parked_at__isnull=True)
            )
        ]


class IdempotencyRecord(models.Model):
    """The answer given to a keyed submission, so that a retry gets the same answer and no second act.

    `scope` is a person's id, or `form` for somebody not signed in: no account, session or address is kept.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once")]
