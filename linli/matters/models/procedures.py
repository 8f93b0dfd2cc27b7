"""Procedures as stored, and which community follows which."""

from django.db import models

from linli.frame.models import Row
from linli.kernel.clock import now


class ProcedureVersion(Row):
    """One version of a procedure, parsed. A matter ends on the version it began.

    `community` is whose own it is, none for what comes with Linli; `based_on` what it was changed from.
    """

    name = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    practice = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    parsed = models.JSONField()
    community = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="own_procedures")
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="changed_into")
    stored_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="procedure_version_once")]


class ProcedureDraft(Row):
    """A procedure being changed, as the text of its file: kept with every save, whatever is still wrong.

    `revision` counts the saves. A save that knew an older revision is kept beside it as a draft of its own,
    which names in `beside` the one it came too late for. Kept until published or dropped.
    """

    community = models.ForeignKey("places.Place", models.CASCADE, related_name="+")
    based_on = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, related_name="+")
    beside = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    saved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["community", "-saved_at"], name="procedure_draft_community")]


class Adoption(Row):
    """That a community follows a procedure version for new matters, from a day on (end excluded).

    `by_choice`: only for matters staff choose it for when they write them down; it never takes one by itself.
    """

    community = models.ForeignKey("places.Place", models.PROTECT, related_name="adoptions")
    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="adoptions")
    is_default = models.BooleanField(default=False)
    by_choice = models.BooleanField(default=False)
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
            models.CheckConstraint(
                condition=~models.Q(is_default=True, by_choice=True), name="adoption_default_or_by_choice"
            ),
        ]
