"""What was counted by hand in an election of the residents' committee."""

from django.db import models
from django.db.models import F, Q

from linli.ballots.models.ballot import Ballot
from linli.frame.models import Row


class HandCount(Row):
    """The figures of a public count by hand, entered by one person and compared with the paper by another.

    `counts` holds for each question by its number: valid, invalid, blank, and the votes of each candidate.
    """

    ballot = models.OneToOneField(Ballot, models.CASCADE, related_name="hand_count")
    handed_out = models.PositiveIntegerField()
    collected = models.PositiveIntegerField()
    counts = models.JSONField()
    photo = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(collected__lte=F("handed_out")), name="hand_count_no_more_back_than_out"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="hand_count_confirmed_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="hand_count_confirmed_by_another",
            ),
        ]
