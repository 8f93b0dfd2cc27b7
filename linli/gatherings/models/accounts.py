"""Accounts of the owners' money, and what of common income is each home's."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.gatherings.kinds import Division
from linli.gatherings.models.postings import Disclosure


class OwnersAccount(Row):
    """An account that was laid open: of a place, from one day to another, both included; amounts in fen.

    `ballot_id` names the ballot by which owners agreed on another division, without a key: this app does not
    know it; `agreement` says what they agreed.
    """

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="account")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    opening = models.PositiveBigIntegerField()
    paid_out = models.PositiveBigIntegerField(default=0)
    closing = models.PositiveBigIntegerField()
    net = models.PositiveBigIntegerField()
    division = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Division])
    agreement = models.CharField(max_length=200, blank=True)
    ballot_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="owners_account_days"),
            models.UniqueConstraint(fields=["place", "kind", "first"], name="owners_account_once"),
            models.CheckConstraint(
                condition=(Q(division="agreed", ballot_id__isnull=False) & ~Q(agreement=""))
                | (~Q(division="agreed") & Q(ballot_id__isnull=True, agreement="")),
                name="owners_account_agreed_by_a_ballot",
            ),
            models.CheckConstraint(
                condition=Q(division="none") | Q(kind="owners_income", net__gt=0),
                name="owners_account_only_income_is_divided",
            ),
        ]


class AccountLine(Row):
    """One line of an account: income or cost, what for, how much."""

    account = models.ForeignKey(OwnersAccount, models.PROTECT, related_name="lines")
    is_income = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=60)
    amount = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["-is_income", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="account_line_above_nothing"),
        ]


class HomeShare(models.Model):
    """What of divided income is a home's or an owned bay's. Its owners alone see it."""

    account = models.ForeignKey(OwnersAccount, models.PROTECT, related_name="shares")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    area = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "home"], name="home_share_once")]
