"""Votes, sheets of paper, and the log of visits at the door."""

import uuid

from django.db import models
from django.db.models import F, Q

from linli.ballots.kinds import Channel, SheetState, VisitOutcome
from linli.ballots.models.ballot import Ballot
from linli.ballots.models.roll import Proxy, RollEntry
from linli.frame.models import Row
from linli.kernel.clock import now


class Vote(models.Model):
    """What was voted: answers by the number of the question.

    Its key is random, not timed: with a secret vote nothing here says who gave it, by which way, or when, nor
    in which order votes came. A named vote knows its entry on the roll; several may stand beside each other,
    of which one counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    receipt = models.CharField(max_length=19)
    answers = models.JSONField()
    is_secret = models.BooleanField()
    counts = models.BooleanField(default=True)
    entry = models.ForeignKey(RollEntry, models.PROTECT, null=True, related_name="votes")
    channel = models.CharField(max_length=8, blank=True, choices=[(c.value, c.value) for c in Channel])
    given_at = models.DateTimeField(null=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    by_proxy = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "receipt"], name="vote_receipt_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(counts=True), name="vote_one_counts_for_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(
                    is_secret=True,
                    counts=True,
                    entry__isnull=True,
                    channel="",
                    given_at__isnull=True,
                    by__isnull=True,
                    by_proxy=False,
                )
                | (Q(is_secret=False, entry__isnull=False, given_at__isnull=False) & ~Q(channel="")),
                name="vote_secret_or_named",
            ),
        ]


class Sheet(Row):
    """One sheet of paper with its code. On a named ballot it belongs to an entry; on a secret one to nobody.

    What is on it is entered by one person and confirmed by another before it becomes a vote. `proxy`: by what
    somebody else signed it than the one it belongs to.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="sheets")
    entry = models.ForeignKey(RollEntry, models.PROTECT, null=True, related_name="sheets")
    code = models.CharField(max_length=19)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in SheetState])
    channel = models.CharField(max_length=8, blank=True, choices=[(c.value, c.value) for c in Channel])
    answers = models.JSONField(default=dict)
    signed_on = models.DateField(null=True)
    photo = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    no_photo = models.CharField(max_length=200, blank=True)  # why there is none of an owner's sheet
    entered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    rejected_reason = models.CharField(max_length=200, blank=True)
    proxy = models.ForeignKey(Proxy, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "code"], name="sheet_code_once"),
            models.CheckConstraint(
                condition=Q(proxy__isnull=True) | (Q(entry__isnull=False) & ~Q(state="printed")),
                name="sheet_by_proxy_for_somebody_once_entered",
            ),
            models.CheckConstraint(
                condition=Q(state="printed", entered_by__isnull=True, entered_at__isnull=True)
                | (~Q(state="printed") & Q(entered_by__isnull=False, entered_at__isnull=False)),
                name="sheet_entered_who_and_when",
            ),
            models.CheckConstraint(
                condition=(~Q(state="confirmed") & Q(confirmed_by__isnull=True, confirmed_at__isnull=True))
                | Q(state="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="sheet_confirmed_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="sheet_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["ballot", "state"], name="sheet_waiting")]


class Visit(Row):
    """That somebody went to a door: what it came to, and the photo or signature that shows it."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="visits")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in VisitOutcome])
    note = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["ballot", "home", "-at"], name="visit_latest")]
