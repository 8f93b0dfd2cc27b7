"""What people say to works: doubts with their answers, rounds from door to door, homes that accept."""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.models.works import Works, WorksMaterial
from linli.frame.models import Row
from linli.kernel.clock import now


class Doubt(Row):
    """What a resident doubts, asked in public. Staff write down what they heard at a door: then `entered_by`,
    perhaps without anybody's name, and at how many `doors` they heard it."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="doubts")
    material = models.ForeignKey(WorksMaterial, models.PROTECT, null=True, related_name="doubts")
    text = models.CharField(max_length=500)
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    doors = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False) | Q(entered_by__isnull=False), name="doubt_from_somebody"
            ),
            models.CheckConstraint(
                condition=Q(doors=0) | Q(entered_by__isnull=False), name="doubt_heard_at_doors_by_staff"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="doubt_due_later"),
            models.CheckConstraint(
                condition=Q(hidden_by__isnull=True, hidden_at__isnull=True, reason="")
                | Q(hidden_by__isnull=False, hidden_at__isnull=False) & ~Q(reason=""),
                name="doubt_hidden_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at__isnull=True), name="doubt_unanswered")
        ]


class DoubtPhoto(Row):
    """A photo of what is doubted; whoever reads the doubt sees it."""

    doubt = models.ForeignKey(Doubt, models.CASCADE, related_name="photos")
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+")


class DoubtShared(Row):
    """Somebody who doubts the same and hears the answer too."""

    doubt = models.ForeignKey(Doubt, models.CASCADE, related_name="shared")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["doubt", "person"], name="doubt_shared_once")]


class DoubtAnswer(Row):
    """An official answer; a later one puts the earlier right and stands below it."""

    doubt = models.ForeignKey(Doubt, models.CASCADE, related_name="answers")
    text = models.CharField(max_length=1000)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=now)


class DoorRound(Row):
    """A round from door to door to explain an answer: how many homes were reached, never which."""

    doubt = models.ForeignKey(Doubt, models.CASCADE, related_name="rounds")
    went_on = models.DateField()
    went_by = models.CharField(max_length=60)
    reached = models.PositiveSmallIntegerField()
    absent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reached__gte=1) | Q(absent__gte=1), name="door_round_went_somewhere"
            )
        ]


class AcceptanceVoice(Row):
    """One home says whether it accepts the works, with a reason where it does not; its latest word counts."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="voices")
    round = models.PositiveSmallIntegerField()
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    accepts = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(default=now)
    entered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["works", "round", "home"], name="acceptance_once_a_home"),
            models.CheckConstraint(
                condition=Q(accepts=True) | ~Q(reason=""), name="acceptance_refused_with_reason"
            ),
        ]


class Acceptance(Row):
    """What asking the homes came to; those that refused stay on file."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="acceptances")
    round = models.PositiveSmallIntegerField()
    homes = models.PositiveIntegerField()
    spoke = models.PositiveIntegerField()
    accepting = models.PositiveIntegerField()
    accepted = models.BooleanField()
    concluded_on = models.DateField()
    concluded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["works", "round"], name="acceptance_round_once"),
            models.CheckConstraint(
                condition=Q(accepting__lte=F("spoke"), spoke__lte=F("homes"), spoke__gte=1),
                name="acceptance_figures_fit",
            ),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(spoke__lt=2 * F("accepting")),
                name="acceptance_by_more_than_half",
            ),
        ]
