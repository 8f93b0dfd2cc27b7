"""The roll: everybody entitled, frozen on one day, published for objection."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.ballots.kinds import Channel, Ruling
from linli.ballots.models.ballot import Ballot
from linli.frame.models import Row
from linli.kernel.clock import now
from linli.places.kinds import AreaSource, Lack


class RollEntry(Row):
    """One head on the roll: a person, a household, or the owners of a home together.

    `voted` is all that is kept here of the vote: that it was given, or a secret sheet taken, and how; and
    `by_proxy` whether somebody entrusted gave it.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    area = models.PositiveBigIntegerField(default=0)
    consent_needed = models.BooleanField(default=False)
    is_developer = models.BooleanField(default=False)
    voted = models.CharField(max_length=8, blank=True, choices=[(c.value, c.value) for c in Channel])
    by_proxy = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="roll_number_once"),
            models.CheckConstraint(
                condition=Q(by_proxy=False) | ~Q(voted=""), name="roll_by_proxy_only_once_voted"
            ),
            models.CheckConstraint(
                condition=Q(is_developer=False) | Q(label=""), name="roll_developer_is_not_a_home"
            ),
        ]


class RollPerson(models.Model):
    """Somebody who may vote for an entry: each owner of a home, each adult of a household; nobody twice."""

    entry = models.ForeignKey(RollEntry, models.CASCADE, related_name="persons")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="roll_person_once")]


class RollUnit(models.Model):
    """A home behind an entry: its area in 0.01 m², where that was taken from, its part of the place."""

    entry = models.ForeignKey(RollEntry, models.CASCADE, related_name="units")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    area = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=10, blank=True, choices=[(s.value, s.value) for s in AreaSource])
    part = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "home"], name="roll_unit_once")]


class RollBay(models.Model):
    """A parking bay of the place that is not on the roll, and what it lacks to be somebody's own."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="bays_left_out")
    bay = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    lacks = ArrayField(models.CharField(max_length=12, choices=[(each.value, each.value) for each in Lack]))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "bay"], name="roll_bay_once"),
            models.CheckConstraint(condition=Q(lacks__len__gt=0), name="roll_bay_says_why"),
        ]


class Proxy(Row):
    """That somebody entrusts another with their vote in one ballot, in writing: they say so themselves,
    signed in, or staff keep a photo of the paper. It holds for all entries of theirs, until withdrawn."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    holder = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=now)
    noted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    photo = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "giver"], condition=Q(withdrawn_at=None), name="proxy_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="proxy_is_another"),
            models.CheckConstraint(
                condition=Q(noted_by=F("giver")) | Q(photo__isnull=False), name="proxy_in_writing"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "ballot"], condition=Q(withdrawn_at=None), name="proxy_held")
        ]


class Objection(Row):
    """Somebody says the roll is wrong; staff rule on it with a reason. `noted_by` wrote it down for them."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="objections")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500)
    raised_at = models.DateTimeField(default=now)
    ruling = models.CharField(max_length=10, blank=True, choices=[(r.value, r.value) for r in Ruling])
    ruling_words = models.CharField(max_length=200, blank=True)
    ruled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ruling="", ruled_by__isnull=True, ruled_at__isnull=True)
                | (~Q(ruling="") & Q(ruled_by__isnull=False, ruled_at__isnull=False)),
                name="objection_ruled_who_and_when",
            )
        ]
