"""The matter itself, the steps it has been at, and who raised it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.kinds import Channel, MatterKind, Outcome, State, Urgency
from linli.matters.models.procedures import ProcedureVersion


class LocalRule(Row):
    """A dated setting of a place (promised time by urgency, closing hour…), overriding the default."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    starts = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key", "starts"], name="local_rule_once")]


class Matter(Row):
    """Everything people raise. Private to its raiser and staff until staff publish a title and summary."""

    number = models.CharField(max_length=24, unique=True)
    tracking_index = models.CharField(max_length=64, null=True, unique=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="matters")
    place_path = models.CharField(max_length=160)
    community = models.ForeignKey("places.Place", models.PROTECT, related_name="community_matters")
    where = models.CharField(max_length=60, blank=True)
    longitude = models.FloatField(null=True)  # the point the raiser showed, WGS-84; for them and staff only
    latitude = models.FloatField(null=True)
    raised_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="matters")
    anonymous = models.BooleanField(default=False)  # somebody raised it and holds its code
    entered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Channel])
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MatterKind])
    category = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=[(u.value, u.value) for u in Urgency])
    level = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    confidential = models.BooleanField(default=False)
    forbids_publication = models.BooleanField(default=False)
    public_title = models.CharField(max_length=80, blank=True)
    public_summary = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="matters")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in State], default=State.OPEN.value
    )
    step_key = models.CharField(max_length=40, blank=True)
    holder = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="held_matters")
    claimed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    triaged_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(default=now)
    promised_at = models.DateTimeField()
    step_due_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=14, blank=True, choices=[(o.value, o.value) for o in Outcome])
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    reopened = models.PositiveSmallIntegerField(default=0)
    search = SearchVectorField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(anonymous=False, tracking_index__isnull=True)
                | Q(anonymous=True, raised_by__isnull=True, tracking_index__isnull=False),
                name="matter_anonymous_keeps_nobody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="closed", closed_at__isnull=False) & ~Q(outcome="") & Q(step_due_at__isnull=True)
                )
                | (~Q(state="closed") & Q(closed_at__isnull=True, outcome="") & ~Q(step_key="")),
                name="matter_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="merged", merged_into__isnull=False)
                | (~Q(outcome="merged") & Q(merged_into__isnull=True)),
                name="matter_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="matter_point_on_the_globe",
            ),
            models.CheckConstraint(condition=Q(promised_at__gt=F("raised_at")), name="matter_promise_later"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (~Q(public_title="") & Q(forbids_publication=False)),
                name="matter_published_only_if_allowed",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "step_due_at"], name="matter_on_me", condition=~Q(state="closed")),
            models.Index(fields=["community", "-raised_at"], name="matter_community"),
            models.Index(fields=["place_path", "-raised_at"], name="matter_place"),
            models.Index(fields=["-raised_at", "-id"], name="matter_newest"),
            models.Index(
                fields=["place_path", "step_due_at"],
                name="matter_fresh",
                condition=Q(triaged_at__isnull=True) & ~Q(state="closed"),
            ),
            models.Index(fields=["raised_by", "-raised_at"], name="matter_raiser"),
            models.Index(
                fields=["community", "-published_at"],
                name="matter_published",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(fields=["step_due_at"], name="matter_due", condition=Q(state="open")),
            GinIndex(fields=["search"], name="matter_search"),
        ]

    def __str__(self) -> str:
        return self.number


class Raiser(Row):
    """Somebody who stands behind a matter: the first raiser, or one who joined."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="raisers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=now)
    is_first = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="raiser_once")]


class Step(Row):
    """One stay of a matter at one step, and how it left."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    holder = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=20, blank=True)
    moved_to = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(left_at__isnull=True), name="step_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, verb="") | (Q(left_at__isnull=False) & ~Q(verb="")),
                name="step_left_with_a_verb",
            ),
        ]
        indexes = [models.Index(fields=["matter", "entered_at"], name="step_story")]


class Attachment(Row):
    """A stored file shown with a matter; `internal` ones are for staff."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    internal = models.BooleanField(default=False)
    order = models.ForeignKey("matters.Order", models.CASCADE, null=True, related_name="attachments")
    added_at = models.DateTimeField(default=now)
