"""Stored files and half-written forms. Who may see a file is decided by the app that owns it."""

from django.db import models
from django.db.models import Q

from linli.documents.kinds import MediaType
from linli.frame.fields import EncryptedTextField
from linli.frame.models import Row
from linli.kernel.clock import now


class StoredFile(Row):
    """A photo or file: checked by content, stripped of metadata, without any public address."""

    media_type = models.CharField(max_length=20, choices=[(m.value, m.value) for m in MediaType])
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True)
                | Q(width__isnull=False, height__isnull=False),
                name="file_both_sides",
            )
        ]


class Draft(Row):
    """What somebody had typed in a form before leaving it. One per person and form."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    body = EncryptedTextField()
    saved_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="draft_once")]
