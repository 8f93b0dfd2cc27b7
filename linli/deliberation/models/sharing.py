"""Who pays what for something built at an entrance, and who is compensated: rounds of figures, home by home.

What a home says to a round is kept to talk with it; no page for neighbours tells it.
"""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.kernel.clock import now


class Sharing(Row):
    """What is talked over: the shares of one undertaking. `asked_of` is the matter whose step talks about it;
    `closed_on` when it was over, agreed or not."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="sharings")
    asked_of = models.OneToOneField("matters.Matter", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=60)
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["place", "-opened_at"], name="sharing_of_place")]


class SharingRound(Row):
    """One proposal, in fen. What is paid is what it costs and what is compensated, less what is given."""

    sharing = models.ForeignKey(Sharing, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    cost = models.PositiveBigIntegerField()
    subsidy = models.PositiveBigIntegerField()
    compensation = models.PositiveBigIntegerField()
    paid = models.PositiveBigIntegerField()
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "number"], name="sharing_round_number_once"),
            models.CheckConstraint(
                condition=Q(paid=F("cost") + F("compensation") - F("subsidy")), name="sharing_round_adds_up"
            ),
        ]


class SharingLine(Row):
    """What one home pays or gets in a round, in fen."""

    round = models.ForeignKey(SharingRound, models.CASCADE, related_name="lines")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    floor = models.SmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    pays = models.PositiveBigIntegerField()
    gets = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "home"], name="sharing_line_home_once"),
            models.CheckConstraint(condition=Q(pays=0) | Q(gets=0), name="sharing_line_pays_or_gets"),
        ]


class SharingAnswer(Row):
    """What a home says to a round: an owner of it, themselves or to whoever came to the door."""

    line = models.OneToOneField(SharingLine, models.CASCADE, related_name="answer")
    agrees = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    heard_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="sharing_answer_objects_with_reason"
            )
        ]
