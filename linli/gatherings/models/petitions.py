"""Those who ask for a meeting of a body: who signed, and the sheets they signed on paper."""

from django.db import models
from django.db.models import Q

from linli.frame.models import Row
from linli.gatherings.kinds import CalledBy
from linli.gatherings.models.bodies import Body
from linli.kernel.clock import now


class Petition(Row):
    """That people ask for a meeting of a body: as whom they ask (`asked_by`), and what for."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="petitions")
    asked_by = models.CharField(max_length=14, choices=[(c.value, c.value) for c in CalledBy])
    about = models.CharField(max_length=200)
    begun_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=CalledBy.ITSELF.value), name="petition_of_others_than_the_body"
            ),
        ]


class Signatory(Row):
    """Somebody who asks for a meeting, by name. Staff see the list; nobody else does."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="signatories")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    listed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    listed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "person"], name="signatory_once"),
        ]


class SignedSheet(Row):
    """A sheet signed on paper: of which building, how many signed, and a photo or scan of it."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="sheets")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField()
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+")
    counted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="signed_sheet_of_somebody"),
        ]
