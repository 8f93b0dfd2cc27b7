"""What triage learnt, and how its suggestions compare with what people decided."""

from django.db import models
from django.db.models import Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.kinds import Guess, ModelState
from linli.matters.models.matter import Matter


class TriageModel(Row):
    """One version of what was learnt for a community, or for all of them (`place` empty).

    `content` holds what tells categories, empty where too little was decided for that; `accuracy` and
    `macro_f1` are its figures on matters held out while learning. `habits` holds what staff usually choose
    (`rules/habits.py`), `checked` how often that was right of every decision by those before it. A pinned
    version is kept until somebody lets it go: nothing newer takes its place. `seconds` is what learning took.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    trained_at = models.DateTimeField(default=now)
    examples = models.PositiveIntegerField()
    own_examples = models.PositiveIntegerField()
    categories = models.PositiveIntegerField()
    accuracy = models.FloatField(null=True)
    macro_f1 = models.FloatField(null=True)
    seconds = models.FloatField(null=True)
    content = models.BinaryField()
    habits = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ModelState])
    pinned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "version"], name="triage_model_version_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(state="active"),
                name="triage_model_one_active",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(pinned=False) | Q(state="active"), name="triage_model_pinned_is_active"
            ),
        ]


class Steering(Row):
    """Somebody went back to a version, or let it go again (`back` false): who, when and why."""

    model = models.ForeignKey(TriageModel, models.CASCADE, related_name="steerings")
    back = models.BooleanField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="steering_says_why")]
        indexes = [models.Index(fields=["model", "-at"], name="steering_model")]


class Refinement(Row):
    """What meaning says of a matter nobody has sorted, made by a job after it came in."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="refinement")
    model = models.ForeignKey(TriageModel, models.CASCADE, related_name="refinements")
    category = models.CharField(max_length=40)
    share = models.FloatField()
    words = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=now)


class Judged(Row):
    """What was suggested for a matter beside what persons decided: one lesson a matter, the latest.

    Empty is what nobody decided. `suggested` and `decided` are categories. A unit is its id, or `own` where
    the community does it itself; `duty` is what the unit answers for there. `signal` is what the list of
    words had to say of the level besides the category.
    """

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="judged")
    community = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    guess = models.CharField(max_length=8, choices=[(g.value, g.value) for g in Guess])
    model = models.ForeignKey(TriageModel, models.SET_NULL, null=True, related_name="+")
    suggested = models.CharField(max_length=40, blank=True)
    decided = models.CharField(max_length=40, blank=True)
    signal = models.CharField(max_length=12, blank=True)
    suggested_level = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    suggested_urgency = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    suggested_unit = models.CharField(max_length=36, blank=True)
    unit = models.CharField(max_length=36, blank=True)
    duty = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["community", "-at"], name="judged_community")]
