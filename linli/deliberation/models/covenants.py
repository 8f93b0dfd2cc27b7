"""Covenants: their numbered paragraphs, the changes proposed to them, the meeting that adopted one, and the
households that signed.

A signature is a row only as long as it stands: who withdraws is not kept among those who once signed.
"""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.kinds import AmendmentState, Body, CovenantKind, CovenantStage, ReviewOutcome
from linli.frame.models import Row
from linli.kernel.clock import now

_IN_FORCE = Q(stage__in=[CovenantStage.PUBLISHED.value, CovenantStage.REPLACED.value])


class Covenant(Row):
    """What the people of a place promise each other. A revised text is a covenant of its own that replaces
    the former when it is published."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="covenants")
    kind = models.CharField(max_length=11, choices=[(k.value, k.value) for k in CovenantKind])
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    stage = models.CharField(
        max_length=9, choices=[(s.value, s.value) for s in CovenantStage], default=CovenantStage.DRAFT.value
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    drafted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=now)
    consult_ends = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    review_due = models.DateField(null=True)
    review_told = models.DateField(null=True)  # the due day its staff were told of
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in CovenantStage]), name="covenant_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(stage=CovenantStage.DRAFT.value) | Q(consult_ends__isnull=False),
                name="covenant_consulted_until_a_day",
            ),
            models.CheckConstraint(
                condition=(
                    _IN_FORCE & Q(published_by__isnull=False, published_at__isnull=False)
                    | ~_IN_FORCE & Q(published_by__isnull=True, published_at__isnull=True)
                ),
                name="covenant_published_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(stage=CovenantStage.PUBLISHED.value, review_due__isnull=False)
                | ~Q(stage=CovenantStage.PUBLISHED.value) & Q(review_due__isnull=True),
                name="covenant_in_force_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(stage=CovenantStage.ADOPTED.value) | _IN_FORCE,
                name="covenant_filed_once_adopted",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="covenant_replaces_another"),
        ]
        indexes = [models.Index(fields=["place", "stage"], name="covenant_of_place")]


class Paragraph(Row):
    """One numbered paragraph as it reads now; what it read before is in its amendments."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "number"], name="paragraph_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(text=""), name="paragraph_says_something"),
        ]


class Amendment(Row):
    """Other words somebody proposes for a paragraph, and what was decided about them with the reason."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="amendments")
    before = models.CharField(max_length=500)
    after = models.CharField(max_length=500)
    why = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    state = models.CharField(
        max_length=7, choices=[(s.value, s.value) for s in AmendmentState], default=AmendmentState.OPEN.value
    )
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="amendment_changes_something"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True, reason="")
                | ~Q(state="open") & ~Q(reason="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="amendment_decided_with_reason",
            ),
        ]


class Remark(Row):
    """What somebody says to a paragraph: for, against, or an idea. One taken out of sight keeps its words
    and the reason."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="remarks")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    stance = models.CharField(max_length=7)
    text = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(default=now)
    hidden_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "author"],
                condition=Q(stance__in=["for", "against"]),
                name="remark_one_side_each",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["for", "against"]) | Q(stance="idea") & ~Q(text=""),
                name="remark_stance",
            ),
            models.CheckConstraint(
                condition=Q(hidden_by__isnull=True, hidden_at__isnull=True, reason="")
                | Q(hidden_by__isnull=False, hidden_at__isnull=False) & ~Q(reason=""),
                name="remark_hidden_with_reason",
            ),
        ]


class Decision(Row):
    """A meeting's decision on a covenant; those that did not adopt it stay on file. Its figures are those of
    a ballot's question or of a resolution, or were typed for what was decided elsewhere. Representatives
    decide by a mandate of the assembly: a resolution recorded here, or its words and day."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="decisions")
    body = models.CharField(max_length=9, choices=[(b.value, b.value) for b in Body])
    met_on = models.DateField()
    mandated_on = models.DateField(null=True)
    mandate = models.ForeignKey("gatherings.Resolution", models.PROTECT, null=True, related_name="+")
    mandate_words = models.CharField(max_length=500, blank=True)
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    in_favour = models.PositiveIntegerField()
    adopted = models.BooleanField()
    question = models.ForeignKey("ballots.Question", models.PROTECT, null=True, related_name="+")
    resolution = models.ForeignKey("gatherings.Resolution", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["covenant"], condition=Q(adopted=True), name="decision_adopts_once"
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=True) | Q(resolution__isnull=True), name="decision_of_one_source"
            ),
            models.CheckConstraint(
                condition=Q(in_favour__lte=F("present"), present__lte=F("entitled"), entitled__gte=1),
                name="decision_figures_fit",
            ),
            models.CheckConstraint(
                condition=Q(adopted=False) | Q(present__lt=2 * F("in_favour")),
                name="decision_adopted_by_more_than_half",
            ),
            models.CheckConstraint(
                condition=Q(adopted=False)
                | Q(body=Body.ASSEMBLY.value, entitled__lt=2 * F("present"))
                | Q(body=Body.DELEGATES.value, present__gte=2 * F("entitled") - 2 * F("present")),
                name="decision_adopted_by_enough",
            ),
            models.CheckConstraint(
                condition=Q(
                    body=Body.ASSEMBLY.value,
                    mandated_on__isnull=True,
                    mandate__isnull=True,
                    mandate_words="",
                )
                | Q(body=Body.DELEGATES.value, mandated_on__isnull=False, mandated_on__lte=F("met_on"))
                & (Q(mandate__isnull=False) | ~Q(mandate_words="")),
                name="decision_of_delegates_with_mandate",
            ),
        ]


class Signature(Row):
    """That a household keeps to a covenant: once, given by one of its adults, shown where they agreed to it.

    A home whose households nobody told apart is one household.
    """

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="signatures")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=now)
    shown = models.BooleanField(default=False)
    entered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "household"], name="signature_once_a_household"),
            models.UniqueConstraint(
                fields=["covenant", "home"], condition=Q(household__isnull=True), name="signature_once_a_home"
            ),
        ]


class Review(Row):
    """The yearly look at a covenant."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    outcome = models.CharField(max_length=6, choices=[(o.value, o.value) for o in ReviewOutcome])
    note = models.CharField(max_length=500)
    reviewed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "reviewed_on"], name="review_once_a_day"),
            models.CheckConstraint(condition=~Q(note=""), name="review_with_a_note"),
        ]
