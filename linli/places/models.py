"""One tree of places, with its codes and its history."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row, once_at_a_time
from linli.kernel.clock import now
from linli.places.kinds import AreaSource, CodeScheme, PlaceKind


class Place(Row):
    """A division, street, community, grid, courtyard, building, entrance or home.

    `path` is the labels from the root joined by slashes: a subtree is one indexed prefix comparison.
    """

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PlaceKind])
    name = models.CharField(max_length=60)
    short_code = models.CharField(max_length=6, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=160)
    order_key = models.CharField(max_length=80)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    outline = models.JSONField(null=True)
    outline_illustrative = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path"], name="place_path_once"),
            models.CheckConstraint(
                condition=Q(path__startswith="/", path__endswith="/"), name="place_path_slashed"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="place_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(outline__isnull=False) | Q(outline_illustrative=False),
                name="place_only_an_outline_is_illustrative",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False),
                name="place_successor_only_when_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "order_key"], name="place_children"),
            models.Index(fields=["path"], name="place_outlined", condition=Q(outline__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceCode(Row):
    """A code issued to a place, for the days it was valid."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CodeScheme])
    code = models.CharField(max_length=32)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [once_at_a_time("place_code_one_place_at_a_time", "scheme", "code")]


class PlaceVersion(Row):
    """What a place was called and where it stood in the tree, for the days that held (end excluded)."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=60)
    path = models.CharField(max_length=160)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [once_at_a_time("place_version_one_at_a_time", "place")]


class FormerOutline(Row):
    """An outline a place had before it was drawn anew; it can be put back."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="former_outlines")
    outline = models.JSONField()
    illustrative = models.BooleanField()
    replaced_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["place", "-replaced_at"], name="former_outline_latest")]


class OwnedArea(Row):
    """The area of a home or another owned part, in 0.01 m², as one source states it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="areas")
    source = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AreaSource])
    area = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "source"], name="owned_area_once_a_source"),
            models.CheckConstraint(condition=Q(area__gt=0), name="owned_area_above_nothing"),
        ]


class Bay(models.Model):
    """What is known of a parking bay: the three things the law asks for before somebody owns it, its number
    in the property register, and why it is as it is (人防, 规划共有)."""

    place = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="bay")
    independent = models.BooleanField()
    exclusive = models.BooleanField()
    registrable = models.BooleanField()
    register_number = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(register_number="") | Q(independent=True, exclusive=True, registrable=True),
                name="bay_registered_only_if_owned",
            ),
            models.UniqueConstraint(
                fields=["register_number"],
                condition=~Q(register_number=""),
                name="bay_register_number_once",
            ),
        ]


class OutlineMark(models.Model):
    """One row, another token after every change of outlines: so a process knows that its index is old."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="outline_mark_is_one_row")]


class CalendarDay(models.Model):
    """A day whose being a working day was imported, overriding the published table."""

    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
