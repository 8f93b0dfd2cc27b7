"""Appraisals: what is honoured, who judges, who was nominated and agreed to it, voices, doubts.

Whoever refuses or takes their word back is not a row any more; only that they do not want to be named again
in the same appraisal is kept, until it is over. A voice knows nobody: who has chosen stands apart from it.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from linli.deliberation.kinds import Honours, NominationState, TieRule
from linli.frame.models import Row
from linli.kernel.clock import now


class Appraisal(Row):
    """One appraisal of one place: its words, its timetable, its rule."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="appraisals")
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    honours = models.CharField(max_length=9, choices=[(h.value, h.value) for h in Honours])
    seats = models.PositiveSmallIntegerField()
    choices = models.PositiveSmallIntegerField()
    self_allowed = models.BooleanField(default=False)
    weight_jury = models.PositiveSmallIntegerField()
    weight_residents = models.PositiveSmallIntegerField()
    tie = models.CharField(max_length=9, choices=[(t.value, t.value) for t in TieRule])
    nominate_until = models.DateField()
    choose_from = models.DateField()
    choose_until = models.DateField()
    posted_days = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    candidates = models.PositiveIntegerField(default=0)  # counted when the result is posted, as the next two
    voters = models.PositiveIntegerField(default=0)
    judges = models.PositiveIntegerField(default=0)
    posted_on = models.DateField(null=True)
    posted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    concluded_on = models.DateField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_reason = models.CharField(max_length=500, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nominate_until__lt=F("choose_from"), choose_from__lte=F("choose_until")),
                name="appraisal_days_in_order",
            ),
            models.CheckConstraint(condition=Q(posted_days__gte=5), name="appraisal_posted_five_days"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, choices__gte=1), name="appraisal_honours_somebody"
            ),
            models.CheckConstraint(
                condition=Q(weight_jury__gte=1) | Q(weight_residents__gte=1),
                name="appraisal_some_side_counts",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True, posted_by__isnull=True)
                | Q(posted_on__isnull=False, posted_by__isnull=False, posted_on__gt=F("choose_until")),
                name="appraisal_posted_after_choosing",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True)
                | Q(posted_on__isnull=False, concluded_on__gt=F("posted_on")),
                name="appraisal_concluded_after_posting",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_reason="")
                | Q(called_off_at__isnull=False, concluded_on__isnull=True) & ~Q(called_off_reason=""),
                name="appraisal_called_off_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["place", "-choose_until"], name="appraisal_of_place")]


class AppraisalProlonged(Row):
    """That an appraisal was given more days, why, and which it had until then; shown to everybody."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="prolonged")
    nominate_until = models.DateField()
    choose_from = models.DateField()
    choose_until = models.DateField()
    reason = models.CharField(max_length=500)
    prolonged_at = models.DateTimeField(default=now)
    prolonged_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="appraisal_prolonged_with_reason"),
        ]


class Criterion(Row):
    """One thing that counts, in words; jurors give points for it."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=80)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="criterion_number_once"),
        ]


class Juror(Row):
    """Somebody who judges, for themselves or because of their post."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="jury")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "person"], name="juror_once")]


class Nomination(Row):
    """Somebody put forward, with the reason. `person` answers for it: until staff know who is meant, nobody.

    Until they agree, only staff and who nominated them see it.
    """

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="nominations")
    state = models.CharField(max_length=6, choices=[(s.value, s.value) for s in NominationState])
    named = models.CharField(max_length=120)
    thing = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    nominated_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    nominated_at = models.DateTimeField(default=now)
    asked_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    full_name = models.BooleanField(default=False)
    is_honoured = models.BooleanField(default=False)
    struck_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "person"], name="nomination_person_once"),
            models.CheckConstraint(
                condition=Q(state="named", person__isnull=True, asked_at__isnull=True)
                | (~Q(state="named") & Q(person__isnull=False)),
                name="nomination_asked_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", agreed_at__isnull=False)
                | (~Q(state="agreed") & Q(agreed_at__isnull=True, recorded_by__isnull=True)),
                name="nomination_agreed_when",
            ),
            models.CheckConstraint(
                condition=Q(is_honoured=False) | Q(state="agreed"), name="nomination_honoured_agreed"
            ),
            models.CheckConstraint(
                condition=Q(struck_reason="") | Q(is_honoured=False), name="nomination_struck_not_honoured"
            ),
        ]


class NominationPhoto(Row):
    """A photo sent with a nomination; it goes when the nomination goes."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="photos")
    file = models.ForeignKey("documents.StoredFile", models.CASCADE, related_name="+")


class Declined(models.Model):
    """Somebody who does not want to be put forward in this appraisal. Forgotten when it is over."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="declined")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "person"], name="declined_once")]


class Points(Row):
    """What a juror gave one of those nominated for one criterion."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="points")
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="points")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "nomination", "criterion"], name="points_given_once"),
            models.CheckConstraint(condition=Q(points__lte=10), name="points_ten_at_most"),
        ]


class Chooser(models.Model):
    """That somebody has chosen: never whom, never when. Forgotten when the result is posted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="choosers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "person"], name="chooser_once")]


class Voice(models.Model):
    """One resident's choice of one of those nominated. Its key is random; two of one resident do not know
    each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="voices")


class HonourDoubt(Row):
    """An objection while a result is posted, and its answer by somebody who did not nominate them."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="doubts")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=now)
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "author"], name="doubt_once"),
            models.CheckConstraint(
                condition=Q(
                    upheld__isnull=True, answer="", answered_by__isnull=True, answered_at__isnull=True
                )
                | Q(upheld__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer=""),
                name="doubt_answered_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("author")), name="doubt_answered_by_another"),
        ]
