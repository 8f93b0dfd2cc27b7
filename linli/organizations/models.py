"""Organizations, their posts, and who holds them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row, once_at_a_time
from linli.organizations.kinds import Level, OrganizationKind


class Organization(Row):
    """A committee, branch, company, department or group. What it serves is told by its service areas."""

    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in OrganizationKind])
    name = models.CharField(max_length=80)
    credit_code = models.CharField(max_length=18, null=True, blank=True, unique=True)
    phone = models.CharField(max_length=20, blank=True)
    has_computer = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="organization_kind_name")]

    def __str__(self) -> str:
        return self.name


class ServiceArea(Row):
    """That an organization answers for one kind of duty over a place (`property_company`, `police`…)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="areas")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="service_areas")
    duty = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [once_at_a_time("service_area_once_at_a_time", "organization", "place", "duty")]
        indexes = [models.Index(fields=["duty", "place"], name="service_area_duty")]


class PostKind(models.Model):
    """A kind of post a practice brings: its titles and the powers whoever holds it has over its place."""

    code = models.CharField(primary_key=True, max_length=40)
    title_zh = models.CharField(max_length=40)
    title_en = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    powers = ArrayField(models.CharField(max_length=40))


class Post(Row):
    """A seat in an organization over a place. A vacancy falls to the post `above`."""

    kind = models.ForeignKey(PostKind, models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="posts")
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    closed_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization", "place"],
                condition=models.Q(closed_on__isnull=True),
                name="post_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(above=F("id")) | models.Q(above__isnull=True),
                name="post_not_above_itself",
            ),
        ]


class Appointment(Row):
    """That a person holds a post, for the days it holds (end excluded)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="appointments")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [once_at_a_time("appointment_once_at_a_time", "post", "person")]


class StandIn(Row):
    """Somebody acting for the holder of an appointment, from one day up to and including another."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="stand_ins")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="stand_ins")
    starts = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=F("starts")), name="stand_in_ends_after_start"
            )
        ]


class ApiKey(Row):
    """That another system may act for a post: which of its powers, over which place, until which day.

    The secret itself is nowhere: `secret_index` is its keyed digest, so that a copy of the table opens
    nothing. `ends` is the first day the key no longer works.
    """

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8, unique=True)
    secret_index = models.CharField(max_length=64)
    post = models.ForeignKey(Post, models.PROTECT, related_name="keys")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    powers = ArrayField(models.CharField(max_length=40))
    starts = models.DateField()
    ends = models.DateField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="api_key_ends_after_start"),
            models.CheckConstraint(condition=Q(powers__len__gt=0), name="api_key_for_something"),
            # Revoked at a terminal, no person is on record here; the audit entry says that it was the system.
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="api_key_revoked_when",
            ),
        ]
        indexes = [models.Index(fields=["post"], name="api_key_post")]


class Administrator(Row):
    """That a person runs the installation, for the days it holds (end excluded): sets up communities, invites
    their first staff. It opens nobody's matters and nobody's record."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="administrations")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends__isnull=True), name="administrator_once"
            )
        ]


class Invitation(Row):
    """A slip with a code by which one person sets their password, once, until it expires.

    Only the code's blind index is kept: nobody can print the same slip again, and the table gives none away.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="invitations")
    code_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_ends_once"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_later"),
        ]
