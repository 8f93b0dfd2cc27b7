"""How long a night's learning takes: decisions written beside filled matters, then the job itself.

The filled matters say a hundred sentences over and over, and a sentence met before is not encoded again. So
each gets a word more in every clause: as many different sentences as residents would write.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from time import perf_counter

from django.db import transaction

from bench.grouping import reworded
from linli.kernel import clock
from linli.matters import jobs
from linli.matters.kinds import Guess, Level, State
from linli.matters.models import Judged, Matter, TriageModel
from linli.matters.triage import learning

BATCH = 2_000


@dataclass(frozen=True)
class Night:
    """Seconds of a night's job: the first one, and one with the sentences still at hand in the worker."""

    decisions: int
    versions: int
    examples: int
    first: float
    again: float


def measure(decisions: int) -> Night | None:
    """Decide on so many matters (or on all there are) and learn twice. None without the packages."""
    if not learning.available():
        return None
    decided = decide(decisions)
    began = perf_counter()
    versions = jobs.learn_from_decisions()
    first, began = perf_counter() - began, perf_counter()
    jobs.learn_from_decisions()
    again = perf_counter() - began
    examples = TriageModel.objects.filter(place=None).values_list("examples", flat=True).first() or 0
    return Night(decided, versions, examples, first, again)


@transaction.atomic
def decide(decisions: int) -> int:
    """A decision beside each of the latest closed matters, as suggested; how many there were."""
    rng, now = Random(1), clock.now()
    rows = list(
        Matter.objects.filter(state=State.CLOSED, judged=None)
        .exclude(category="")
        .only("id", "text", "category", "level", "urgency", "community_id")
        .order_by("-raised_at")[:decisions]
    )
    for row in rows:
        row.text = reworded(row.text, rng)
    Matter.objects.bulk_update(rows, ["text"], batch_size=BATCH)
    judged = [
        Judged(
            matter=row,
            community_id=row.community_id,
            guess=Guess.WORDS.value,
            suggested=row.category,
            decided=row.category,
            level=row.level or Level.SETTLE_AT_ONCE.value,
            urgency=row.urgency,
            at=now - timedelta(minutes=number),
        )
        for number, row in enumerate(rows)
    ]
    Judged.objects.bulk_create(judged, batch_size=BATCH)
    return len(judged)
