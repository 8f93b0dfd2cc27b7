"""Works on a place laid open: options, parts, materials, papers, what is doubted and answered, the homes that
accept, and the warranty.

Who doubts, shares a doubt or speaks for a home is kept to answer them and to count a home once. No page
tells it.
"""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.kinds import Majority, PaperKind, Turnout, WarrantyKind, WorksStage
from linli.frame.models import Row
from linli.kernel.clock import now

_STAGES = [(s.value, s.value) for s in WorksStage]
_STARTED = Q(stage__in=["building", "accepting", "accepted"])


class Works(Row):
    """A file of works. `asked_of` is the matter whose steps wait for it; `round` counts how often the homes
    were asked to accept."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="works")
    asked_of = models.OneToOneField("matters.Matter", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    builder = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=9, choices=_STAGES, default=WorksStage.DRAFT.value)
    answer_workdays = models.PositiveSmallIntegerField(default=3)
    turnout = models.CharField(max_length=5, choices=[(t.value, t.value) for t in Turnout])
    majority = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Majority])
    ballot = models.ForeignKey("ballots.Ballot", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decision = models.CharField(max_length=500, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    speak_until = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    stopped_why = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in WorksStage]), name="works_stage_known"
            ),
            models.CheckConstraint(
                condition=~_STARTED | Q(decided_on__isnull=False) & ~Q(decision=""),
                name="works_begin_once_decided",
            ),
            models.CheckConstraint(
                condition=~Q(stage="accepting") | Q(speak_until__isnull=False, round__gte=1),
                name="works_accepted_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stage="accepted", accepted_on__isnull=False)
                | ~Q(stage="accepted") & Q(accepted_on__isnull=True),
                name="works_accepted_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stage="stopped") & ~Q(stopped_why="") | ~Q(stage="stopped") & Q(stopped_why=""),
                name="works_stopped_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["place", "stage"], name="works_of_place")]


class WorksOption(Row):
    """One way to do it, and who pays what, in fen. What it costs is the four together."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    about = models.CharField(max_length=500, blank=True)
    from_owners = models.BigIntegerField(default=0)
    from_fund = models.BigIntegerField(default=0)
    from_public = models.BigIntegerField(default=0)
    from_others = models.BigIntegerField(default=0)
    others_are = models.CharField(max_length=60, blank=True)
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["works", "number"], name="works_option_number_once"),
            models.UniqueConstraint(
                fields=["works"], condition=Q(chosen=True), name="works_option_chosen_once"
            ),
            models.CheckConstraint(
                condition=Q(from_owners__gte=0, from_fund__gte=0, from_public__gte=0, from_others__gte=0),
                name="works_option_costs",
            ),
            models.CheckConstraint(
                condition=Q(from_others=0) | ~Q(others_are=""), name="works_option_others_named"
            ),
        ]


class WorksPart(Row):
    """One part of the works with the days planned and the days it took."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    plan_from = models.DateField()
    plan_to = models.DateField()
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["works", "number"], name="works_part_number_once"),
            models.CheckConstraint(condition=Q(plan_to__gte=F("plan_from")), name="works_part_planned"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(began_on__isnull=False, ended_on__gte=F("began_on")),
                name="works_part_took",
            ),
        ]


class WorksMaterial(Row):
    """A material that is used: what for, whose make, which grade and batch."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="materials")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    used_for = models.CharField(max_length=60)
    maker = models.CharField(max_length=60)
    grade = models.CharField(max_length=60, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    arrived_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["works", "number"], name="works_material_number_once")]


class MaterialCheck(Row):
    """Somebody looked whether a material is what its papers say. `done_by` says who without naming people."""

    material = models.ForeignKey(WorksMaterial, models.CASCADE, related_name="checks")
    done_on = models.DateField()
    done_by = models.CharField(max_length=60)
    found = models.CharField(max_length=500)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(found="") & ~Q(done_by=""), name="works_check_says_something")
        ]


class Defect(Row):
    """Something not done as agreed, noted before acceptance, and how it was mended."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="defects")
    text = models.CharField(max_length=500)
    noted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)
    mended_on = models.DateField(null=True)
    mending = models.CharField(max_length=500, blank=True)
    mended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True, mended_by__isnull=True, mending="")
                | Q(mended_on__isnull=False, mended_by__isnull=False) & ~Q(mending=""),
                name="works_defect_mended_how_and_when",
            )
        ]


class WorksPaper(Row):
    """A photo or document laid open with the works, or with one part, material, check or defect of them."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="papers")
    part = models.ForeignKey(WorksPart, models.CASCADE, null=True, related_name="papers")
    material = models.ForeignKey(WorksMaterial, models.CASCADE, null=True, related_name="papers")
    check_of = models.ForeignKey(MaterialCheck, models.CASCADE, null=True, related_name="papers")
    defect = models.ForeignKey(Defect, models.CASCADE, null=True, related_name="papers")
    kind = models.CharField(max_length=11, choices=[(k.value, k.value) for k in PaperKind])
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(material__isnull=True, check_of__isnull=True, defect__isnull=True)
                    | Q(part__isnull=True, check_of__isnull=True, defect__isnull=True)
                    | Q(part__isnull=True, material__isnull=True, defect__isnull=True)
                    | Q(part__isnull=True, material__isnull=True, check_of__isnull=True)
                ),
                name="works_paper_of_one_thing",
            )
        ]


class Warranty(Row):
    """What is under warranty and for how long; the last day follows from acceptance."""

    works = models.ForeignKey(Works, models.CASCADE, related_name="warranties")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=[(k.value, k.value) for k in WarrantyKind])
    title = models.CharField(max_length=60)
    months = models.PositiveSmallIntegerField(null=True)
    season_first = models.CharField(max_length=5, blank=True)
    season_last = models.CharField(max_length=5, blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["works", "number"], name="works_warranty_number_once"),
            models.CheckConstraint(
                condition=Q(kind="heating", months__isnull=True) & ~Q(season_first="") & ~Q(season_last="")
                | ~Q(kind="heating") & Q(months__gte=1, season_first="", season_last=""),
                name="works_warranty_lasts",
            ),
            models.CheckConstraint(
                condition=~Q(kind="waterproofing") | Q(months__gte=60), name="works_warranty_keeps_water_out"
            ),
            models.CheckConstraint(
                condition=~Q(kind="fittings") | Q(months__gte=24), name="works_warranty_of_fittings"
            ),
        ]


class WarrantyClaim(Row):
    """A matter somebody raised because of what is under warranty."""

    warranty = models.ForeignKey(Warranty, models.PROTECT, related_name="claims")
    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(default=now)
