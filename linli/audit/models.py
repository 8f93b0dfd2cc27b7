"""The append-only record. It has no foreign keys, so nothing it names can hold it back or be held by it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.frame.models import Row
from linli.kernel.clock import now


class Entry(Row):
    """One act. Ids, kinds and field names only: never free text, never a personal value."""

    at = models.DateTimeField(default=now)
    event = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    place_path = models.CharField(max_length=200)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_subject"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
            models.Index(
                fields=["post_id", "at"], name="audit_post", condition=models.Q(post_id__isnull=False)
            ),
            models.Index(fields=["at"], name="audit_day"),
            models.Index(fields=["place_path", "at"], name="audit_place"),
        ]
