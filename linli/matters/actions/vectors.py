"""What matters mean, stored as numbers for comparing them: computed in batches, by a job."""

from django.db import transaction

from linli.kernel.actor import Actor
from linli.matters.models import MatterVector
from linli.matters.read import alike as read
from linli.matters.triage import meaning
from linli.matters.triage.closeness import Message

BATCH = 32  # of one transaction: some ten seconds of work


@transaction.atomic
def keep_vectors(*, by: Actor, limit: int = BATCH) -> int:
    """Compute and store the vectors of open matters that have none for their present words. Gives how many.

    0 where the optional packages are absent: then words must do.
    """
    if not meaning.available():
        return 0
    rows = read.without_vector(limit)
    found = meaning.vectors([Message(str(row.id), row.title, row.text).said for row in rows])
    for row, vector in zip(rows, found, strict=True):
        MatterVector.objects.update_or_create(
            matter=row,
            defaults={
                "version": meaning.VERSION,
                "digest": row.said_digest,  # type: ignore[attr-defined]
                "numbers": meaning.to_bytes(vector),
            },
        )
    return len(rows)
