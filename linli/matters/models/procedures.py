"""Procedures as stored, and which community follows which."""

from django.db import models

from linli.frame.models import Row
from linli.kernel.clock import now


class ProcedureVersion(Row):
    """One version of a procedure, parsed. A matter ends on the version it began."""

    name = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    practice = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    parsed = models.JSONField()
    stored_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="procedure_version_once")]


class Adoption(Row):
    """That a community follows a procedure version for new matters, from a day on (end excluded)."""

    community = models.ForeignKey("places.Place", models.PROTECT, related_name="adoptions")
    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="adoptions")
    is_default = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "procedure"],
                condition=models.Q(ends__isnull=True),
                name="adoption_once",
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(ends__isnull=True, is_default=True),
                name="adoption_one_default",
            ),
        ]
