"""Who named a candidate of an election."""

from django.db import models

from linli.ballots.models.ballot import Option
from linli.frame.models import Row
from linli.kernel.clock import now


class Nomination(Row):
    """That a candidate was named: by a party organisation, or by voters together (`NominationVoter`)."""

    option = models.OneToOneField(Option, models.CASCADE, related_name="nomination")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    noted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)


class NominationVoter(models.Model):
    """Somebody behind a number of the roll that named a candidate: a person, or each adult of a household."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="voters")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "person"], name="nomination_voter_once")]
