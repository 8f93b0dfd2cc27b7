"""Bodies that meet, who belongs to them, and the calendars people subscribe to."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row, once_at_a_time
from linli.gatherings.kinds import BodyKind, Finding, Presence, Role
from linli.kernel.clock import now


class Body(Row):
    """A body of a place that meets: a conference, a committee, a council, an assembly.

    `code` is the name a procedure's step knows it by (`joint_conference`); its rules may be stricter than the
    law's, never laxer. Without `every_months` it meets by call; without `minutes_template` its minutes begin
    as every body's do.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="bodies")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in BodyKind])
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField()
    quorum = models.CharField(max_length=14, choices=[(s.value, s.value) for s in Presence])
    proxies_most = models.PositiveSmallIntegerField()
    is_public = models.BooleanField()
    video_base = models.CharField(max_length=200, blank=True)
    minutes_template = models.ForeignKey(
        "gatherings.MinutesTemplate", models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    began_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code"], condition=Q(closed_on__isnull=True), name="body_code_once"
            ),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__gte=1, every_months__lte=12),
                name="body_meets_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("began_on")),
                name="body_closed_after_it_began",
            ),
            # 居委会组织法 26, 28, 29 and 物业管理条例 14: what no house rule undercuts.
            models.CheckConstraint(
                condition=~Q(kind="owners_assembly") | Q(notice_days__gte=15), name="body_owners_15_days"
            ),
            models.CheckConstraint(
                condition=~Q(kind="residents_assembly")
                | Q(notice_days__gte=10, quorum__in=["more_than_half", "two_thirds"]),
                name="body_residents_10_days_and_half",
            ),
            models.CheckConstraint(
                condition=~Q(kind="rep_assembly")
                | Q(every_months__isnull=False, every_months__lte=6, quorum="two_thirds", proxies_most=0),
                name="body_reps_half_yearly_two_thirds",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """That a person or a unit belongs to a body, for the days it holds (end excluded).

    `liaison` is the area a member keeps in touch with.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role])
    liaison = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="membership_person_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="membership_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(role="rep") | Q(person__isnull=False), name="membership_rep_is_a_person"
            ),
            *[
                once_at_a_time(
                    f"membership_once_at_a_time_{who}", "body", who, condition=Q(**{f"{who}__isnull": False})
                )
                for who in ("person", "organization")
            ],
        ]


class Appraisal(Row):
    """What a yearly appraisal (民主评议) found of one member. Who said what is kept nowhere."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="appraisals")
    held_on = models.DateField()
    finding = models.CharField(max_length=5, choices=[(f.value, f.value) for f in Finding])
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "held_on"], name="appraisal_once_a_day"),
        ]


class CalendarFeed(Row):
    """A secret address under which somebody's calendar reads their meetings.

    Only the blind index of its token is kept: it is shown once, and replaced when lost.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="calendar_feeds")
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="calendar_feed_revoked_after_made",
            ),
        ]
