"""Notices to persons with their deliveries, and announcements to everyone of a place."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.notices.kinds import AnnouncementState, Audience, Channel, DeliveryState, Topic


class Notice(Row):
    """Something a person should know. Kept as topic and parameters, worded in the reader's language."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=30, choices=[(t.value, t.value) for t in Topic])
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    subject_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_inbox"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]


class Delivery(Row):
    """One attempt to bring a notice over one channel."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=6, choices=[(c.value, c.value) for c in Channel])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DeliveryState])
    place_path = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("at")), name="delivery_done_after"
            ),
        ]
        indexes = [
            models.Index(fields=["place_path", "at"], name="delivery_waiting", condition=Q(state="waiting"))
        ]


class Announcement(Row):
    """Words of the staff to everyone of a place, shown after somebody else has approved them."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=80)
    body = models.TextField()
    audience = models.CharField(
        max_length=10, choices=[(a.value, a.value) for a in Audience], default=Audience.RESIDENTS.value
    )
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AnnouncementState])
    written_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="announcement_approved_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="announcement_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(approved_at__isnull=False),
                name="announcement_published_only_if_approved",
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "-approved_at"], name="announcement_shown")]


class AnnouncementReading(models.Model):
    """That somebody opened an announcement; only the count is ever shown."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="readings")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "person"], name="announcement_read_once")
        ]
