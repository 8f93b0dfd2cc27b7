"""What is open, late, chased, supervised or stopped."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.kinds import ChaseKind, LatenessKind, OpeningKind
from linli.matters.models.matter import Matter, Step
from linli.matters.models.orders import Order


class Opening(Row):
    """Something a step opened and waits for. Whoever runs it records the outcome through this row."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="openings")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in OpeningKind])
    code = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    result = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "kind", "code"], name="opening_once"),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, result__isnull=True)
                | Q(recorded_at__isnull=False, result__isnull=False),
                name="opening_result_when",
            ),
        ]


class Chase(Row):
    """催办 or 督办: the unit or post chased is named."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="chases")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="chases")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ChaseKind])
    unit = models.ForeignKey("organizations.Organization", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    by_raiser = models.BooleanField(default=False)
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(post__isnull=False), name="chase_names_whom"
            )
        ]


class LatenessMark(Row):
    """That one lateness rule has fired for one stay at a step or one order; each fires once.

    A whistle has two clocks: `report_in` marks are of the one to report in, the others of its deadline.
    """

    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="lateness")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="lateness")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in LatenessKind])
    report_in = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind", "due_at"], condition=Q(step__isnull=False), name="late_step_once"
            ),
            models.UniqueConstraint(
                fields=["order", "report_in", "kind", "due_at"],
                condition=Q(order__isnull=False),
                name="late_order_once",
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True) ^ Q(order__isnull=True), name="late_step_or_order"
            ),
            models.CheckConstraint(
                condition=Q(report_in=False) | Q(order__isnull=False), name="late_report_in_of_order"
            ),
        ]


class Supervision(Row):
    """A post that must act because a matter below it is late. The holder stays the same.

    Not answered by `due_at` it rises: the post above is called too, and `risen_at` says since when.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="supervisions")
    post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="supervisions")
    since = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    risen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    instruction = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "post"], condition=Q(answered_at__isnull=True), name="supervision_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["post", "since"], name="supervision_on_me", condition=Q(answered_at__isnull=True)
            ),
            models.Index(
                fields=["due_at"],
                name="supervision_to_rise",
                condition=Q(answered_at__isnull=True, risen_at__isnull=True),
            ),
        ]


class Suspension(Row):
    """挂账: the clock it names stands still, with the reason, from one moment to another."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="suspensions")
    clock = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(default=now)
    until = models.DateField()
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(resumed_at__isnull=True), name="suspension_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("since")),
                name="suspension_resumed_after",
            ),
        ]
