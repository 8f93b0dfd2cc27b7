"""What is said about a matter: contributions, callbacks, evaluations, and approved exclusions."""

from django.db import models
from django.db.models import Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.kinds import ContributionKind, Stance
from linli.matters.models.matter import Matter


class Contribution(Row):
    """A comment, supplement, official answer, minutes, first contact or internal note."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="contributions")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ContributionKind])
    stance = models.CharField(max_length=8, blank=True, choices=[(s.value, s.value) for s in Stance])
    text = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    step_key = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="contribution_story")]


class Callback(Row):
    """回访: one attempt to ask a raiser how it ended. The last valid one of each raiser counts."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="callbacks")
    raiser = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reached = models.BooleanField()
    solved = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "raiser"],
                condition=Q(reached=True, superseded=False),
                name="callback_one_valid_per_raiser",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(reached=False, solved__isnull=True, score__isnull=True)
                | Q(reached=True, solved__isnull=False, score__gte=1, score__lte=5),
                name="callback_reached_says",
            ),
        ]


class Evaluation(Row):
    """A raiser's own judgement, five levels, with one follow-up comment later (追评)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="evaluations")
    raiser = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    solved = models.BooleanField()
    score = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=now)
    follow_up = models.TextField(blank=True)
    follow_up_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "raiser", "round"], name="evaluation_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="evaluation_1_to_5"),
        ]


class Exclusion(Row):
    """剔除: that a matter does not count in the three rates, with the reason and who approved it."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="exclusion")
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="exclusion_approved_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="exclusion_approved_by_another",
            ),
        ]
