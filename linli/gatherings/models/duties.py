"""What has to follow an election or a change of members, and that it was done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.gatherings.kinds import DutyKind, Paper
from linli.gatherings.models.bodies import Body
from linli.kernel.clock import now


class BodyDuty(Row):
    """Something a body owes since a day, by a day. A filing names where it was filed, under which number and
    with which papers. `ballot_id` is the ballot that began it, without a key: this app does not know it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in DutyKind])
    began_on = models.DateField()
    due_on = models.DateField()
    ballot_id = models.UUIDField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    office = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=60, blank=True)
    papers = ArrayField(
        models.CharField(max_length=10, choices=[(p.value, p.value) for p in Paper]), default=list
    )
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind"], condition=Q(done_on__isnull=True), name="body_duty_owed_once"
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("began_on")), name="body_duty_due_after"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, recorded_at__isnull=True, office="", number="", papers=[])
                | Q(done_on__isnull=False, recorded_at__isnull=False, done_on__gte=F("began_on")),
                name="body_duty_done_when",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(kind__in=["filing", "change_filing"]) | ~Q(office=""),
                name="body_duty_filed_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="body_duty_owed")]
