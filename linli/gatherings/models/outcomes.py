"""What a meeting leaves behind: its minutes, version by version, and its resolutions, item by item."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.gatherings.kinds import Asks, Manner, Result
from linli.gatherings.models.gatherings import AgendaItem, Gathering
from linli.kernel.clock import now


class Minutes(Row):
    """One version of the minutes. What was saved is never changed: a correction is the next version; another
    person than its writer approves it."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["gathering"], condition=Q(approved_at__isnull=False), name="minutes_one_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="minutes_approved_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="minutes_approved_by_another",
            ),
        ]


class MinutesTemplate(Row):
    """How a community begins its minutes: sections, each `[heading, words]`, with blanks by their codes.

    Minutes keep the words they were made of; nothing refers to the template they began with.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="minutes_templates")
    name = models.CharField(max_length=40)
    sections = models.JSONField()
    saved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=Q(ended_at__isnull=True),
                name="minutes_template_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Resolution(Row):
    """What was resolved on one item: by whom it is to be carried out, until when, and what became of it; or
    that it asks nothing of anybody (`asks`).

    `follows` names what carries it out above this floor (an order) by kind and id.
    """

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    manner = models.CharField(max_length=9, choices=[(m.value, m.value) for m in Manner])
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField()
    passed = models.BooleanField()
    asks = models.CharField(max_length=7, choices=[(a.value, a.value) for a in Asks])
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    due_on = models.DateField(null=True, blank=True)
    follow_kind = models.CharField(max_length=20, blank=True)
    follow_id = models.UUIDField(null=True, blank=True)
    result = models.CharField(max_length=8, blank=True, choices=[(r.value, r.value) for r in Result])
    result_text = models.CharField(max_length=500, blank=True)
    result_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="resolution_number_once"),
            models.CheckConstraint(
                condition=Q(
                    manner="consensus", yes__isnull=True, no__isnull=True, abstained__isnull=True, passed=True
                )
                | Q(manner="hands", yes__isnull=False, no__isnull=False, abstained__isnull=False),
                name="resolution_hands_counted",
            ),
            models.CheckConstraint(
                condition=Q(yes__isnull=True) | Q(present__gte=F("yes") + F("no") + F("abstained")),
                name="resolution_no_more_hands_than_people",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, due_on__isnull=True, passed=False)
                | Q(organization__isnull=True, due_on__isnull=True, asks__in=["adopted", "noted"])
                | Q(organization__isnull=False, due_on__isnull=False, passed=True, asks="task"),
                name="resolution_unit_with_its_day_or_asks_nothing",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, result="")
                | (Q(organization__isnull=False) & ~Q(result="")),
                name="resolution_result_where_somebody_acts",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["done", "not_done"], result_at__isnull=False)
                | (~Q(result__in=["done", "not_done"]) & Q(result_at__isnull=True, result_text="")),
                name="resolution_result_and_when",
            ),
            models.CheckConstraint(
                condition=Q(follow_kind="", follow_id__isnull=True)
                | (~Q(follow_kind="") & Q(follow_id__isnull=False)),
                name="resolution_follow_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="resolution_pending", condition=Q(result="pending")),
            models.Index(
                fields=["follow_id"], name="resolution_followed", condition=Q(follow_id__isnull=False)
            ),
        ]
