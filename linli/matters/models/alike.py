"""What helps to tell that two matters are the same, and photos kept while somebody looks at that."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.kernel.clock import now
from linli.matters.models.matter import Matter


class MatterVector(Row):
    """What a matter's words mean, names left out, as numbers: float32, little endian, of length 1.

    `digest` tells which words: where the words have changed it is computed anew. Never exported.
    """

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="vector")
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    numbers = models.BinaryField()


class Compared(Row):
    """Two matters staff called the same (`same`), or told apart: then neither is suggested for the other.

    `closeness` is by how much they were closer than the same thing needs, `suggested` whether that was shown.
    """

    one = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    other = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    community = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    same = models.BooleanField()
    suggested = models.BooleanField()
    closeness = models.FloatField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="compared_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="compared_in_order"),
        ]
        indexes = [models.Index(fields=["community", "-at"], name="compared_community")]


class KeptPhoto(Row):
    """A photo sent with words that were not raised yet: its sender was shown matters like theirs first.

    Nothing of the sender is kept. What is not taken into a matter is forgotten after a day.
    """

    file = models.OneToOneField("documents.StoredFile", models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="kept_photo_age")]
