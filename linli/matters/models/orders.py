"""Orders: each one unit's share of a matter, with its own deadline and its own story."""

from django.db import models
from django.db.models import Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.kinds import OrderKind, OrderState
from linli.matters.models.matter import Matter


class Order(Row):
    """What one unit is asked to do, until when. A whistle has a time to report in besides."""

    number = models.CharField(max_length=30, unique=True)
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="orders")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in OrderKind])
    unit = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="orders")
    handler = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="orders")
    issuer = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="issued_orders")
    issued_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    task = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in OrderState], default=OrderState.ISSUED.value
    )
    issued_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    report_in_due_at = models.DateTimeField(null=True)
    reported_in_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    report = models.TextField(blank=True)
    on_paper = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    verified_key = models.UUIDField(null=True)  # the key of another system, where no person verified it
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    suspended_at = models.DateTimeField(null=True)  # since when this order alone waits
    suspended_until = models.DateField(null=True)
    suspended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="whistle", report_in_due_at__isnull=False))
                | Q(kind="order", report_in_due_at__isnull=True),
                name="order_whistle_has_report_in",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True, verified_key__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False, verified_key__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=True, verified_key__isnull=False),
                name="order_verified_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "verified"]) | Q(reported_at__isnull=False),
                name="order_reported_when",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_until__isnull=True, suspended_why="")
                | Q(
                    ~Q(suspended_why=""),
                    suspended_at__isnull=False,
                    suspended_until__isnull=False,
                    state__in=["issued", "accepted", "rework"],
                ),
                name="order_suspended_while_running",
            ),
        ]
        indexes = [
            models.Index(
                fields=["handler", "due_at"],
                name="order_on_unit",
                condition=Q(state__in=["issued", "accepted", "rework"]),
            ),
            models.Index(fields=["matter", "issued_at"], name="order_matter"),
            models.Index(
                fields=["issuer", "due_at"],
                name="order_to_watch",
                condition=Q(state__in=["issued", "accepted", "rework", "returned", "reported"]),
            ),
            models.Index(fields=["-issued_at", "-id"], name="order_newest"),
            models.Index(fields=["due_at"], name="order_whistle", condition=Q(kind="whistle")),
            models.Index(
                fields=["suspended_until"],
                name="order_to_resume",
                condition=Q(suspended_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderTurn(Row):
    """One act on an order, in words its parties read: accepted, returned with the reason, reported…"""

    order = models.ForeignKey(Order, models.CASCADE, related_name="turns")
    verb = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["order", "at"], name="order_turn_story")]


class Extension(Row):
    """A unit asks for more time on an order; somebody else decides. A key of another system stands where no
    person asked or decided."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="extensions")
    reason = models.TextField()
    until = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    asked_key = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=now)
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_key = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(granted__isnull=True), name="extension_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(
                    granted__isnull=True,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    decided_key__isnull=True,
                )
                | Q(granted__isnull=False, decided_at__isnull=False)
                & (
                    Q(decided_by__isnull=False, decided_key__isnull=True)
                    | Q(decided_by__isnull=True, decided_key__isnull=False)
                ),
                name="extension_decided_who_and_when",
            ),
        ]


class Assessment(Row):
    """After a whistle each side says how the other did (接诉即办条例 33: 双向考核). A key of another
    system stands where no person said it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="assessments")
    of_unit = models.BooleanField()
    score = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    by_key = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "of_unit"], name="assessment_once_each_way"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="assessment_1_to_5"),
            models.CheckConstraint(
                condition=Q(by__isnull=False, by_key__isnull=True) | Q(by__isnull=True, by_key__isnull=False),
                name="assessment_by_whom",
            ),
        ]
