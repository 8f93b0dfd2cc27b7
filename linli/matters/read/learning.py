"""What is learnt from and with: decisions, versions, and the suggestion for a matter."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from linli.matters.kinds import Guess, ModelState, State
from linli.matters.models import Judged, Matter, Refinement, TriageModel
from linli.matters.rules import learning as rules
from linli.matters.triage import modelfile
from linli.matters.triage.model import Model, answer, readable
from linli.matters.triage.sheets import Example
from linli.matters.triage.words import Learnt, Suggestion, suggest
from linli.matters.wording import taxonomy

REFINED_AT_ONCE = 64  # matters a run of the job reads
REFINED_PAGE = 500  # of the newest unsorted ones


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with what made its category, and with which version."""

    suggestion: Suggestion
    guess: Guess
    model_id: UUID | None


def suggested(matter: Matter) -> Suggested:
    """What to suggest for a matter: meaning where a job has looked, else learnt words, else the list.

    At most two queries, and no encoder.
    """
    learnt, model_id, guess = _learnt(matter)
    found = suggest(matter.text, matter.title, taxonomy(), learnt)
    if learnt is None or found.category != learnt.code or not found.learnt:
        return Suggested(found, Guess.WORDS if found.category else Guess.NONE, None)
    return Suggested(found, guess, model_id)


def _learnt(matter: Matter) -> tuple[Learnt | None, UUID | None, Guess]:
    version = active_id(matter.community_id)
    if version is None or not readable():
        return None, None, Guess.WORDS
    model = _unpacked(version)
    if model is None:
        return None, None, Guess.WORDS
    counts = dict(zip(model.labels, model.counts, strict=True))
    refined = Refinement.objects.filter(matter=matter, model_id=version).first()
    if refined is not None:
        code, share, words = refined.category, refined.share, tuple(refined.words.split())
    else:
        found = answer(model, matter.title, matter.text)
        (code, share), words = found.shares[0], found.why
    if code not in taxonomy().leaves or not rules.leads(share):
        return None, None, Guess.WORDS
    guess = Guess.LEARNT if refined is None else Guess.MEANING
    return Learnt(code, share, words, counts[code]), version, guess


def active_id(community_id: UUID) -> UUID | None:
    """The version that answers for a community: its own, else the one of all."""
    rows = TriageModel.objects.filter(state=ModelState.ACTIVE)
    rows = rows.filter(Q(place_id=community_id) | Q(place__isnull=True)).order_by("place_id")
    return rows.values_list("id", flat=True).first()


@lru_cache(maxsize=32)
def _unpacked(model_id: UUID) -> Model | None:
    """A version ready to be asked; None where it cannot be read any more. Versions never change."""
    try:
        return modelfile.unpack(bytes(TriageModel.objects.values_list("content", flat=True).get(id=model_id)))
    except (modelfile.NotAModel, TriageModel.DoesNotExist):
        return None


def unpacked(model_id: UUID) -> Model | None:
    """The same, for jobs."""
    return _unpacked(model_id)


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions to learn from, and which community made each."""

    examples: list[Example]
    communities: list[UUID]

    def weights(self, community_id: UUID | None) -> list[float]:
        """How much each counts for a community: its own more."""
        return [rules.OWN_WEIGHT if made_by == community_id else 1.0 for made_by in self.communities]


def decided() -> Decided:
    """The latest decisions of all communities. Confidential matters teach nothing.

    Read when learning, kept nowhere.
    """
    rows = Judged.objects.filter(matter__confidential=False).order_by("-at", "id")
    fields = "matter__title", "matter__text", "decided", "community_id"
    found = [(Example(*said), made_by) for *said, made_by in rows.values_list(*fields)[: rules.MOST]]
    known = rules.learnable(one.label for one, _ in found) & set(taxonomy().leaves)
    taught = [(one, made_by) for one, made_by in found if one.label in known]
    return Decided([one for one, _ in taught], [made_by for _, made_by in taught])


def own_decisions(community_id: UUID | None) -> int:
    """How many decisions a community made, or all of them."""
    rows = Judged.objects.filter(matter__confidential=False)
    return rows.filter(community_id=community_id).count() if community_id else rows.count()


def communities_that_decided() -> list[UUID]:
    """Communities with enough decisions of their own for a version of their own."""
    ids = Judged.objects.order_by().values_list("community_id", flat=True).distinct()
    return [one for one in ids if own_decisions(one) >= rules.ENOUGH]


def active(place_id: UUID | None) -> TriageModel | None:
    """The version in use for a community, or for all."""
    return _of(place_id).filter(state=ModelState.ACTIVE).defer("content").first()


def versions(community_id: UUID | None, limit: int = 12) -> list[TriageModel]:
    """Versions of a community and of what all share, newest first, in one query. `choices` of each are who
    went back to it or let it go, when (as text) and why."""
    said = JSONObject(
        at="steerings__at", by="steerings__by__name", back="steerings__back", why="steerings__why"
    )
    rows = TriageModel.objects.filter(Q(place__isnull=True) | Q(place_id=community_id)).defer("content")
    rows = rows.annotate(choices=JSONBAgg(said, filter=Q(steerings__isnull=False)))
    return list(rows.order_by("-trained_at", "-version")[: 2 * limit])


def version(model_id: UUID) -> TriageModel | None:
    """One version by its id."""
    return TriageModel.objects.defer("content").select_related("place").filter(id=model_id).first()


def _of(place_id: UUID | None) -> QuerySet[TriageModel]:
    if place_id is None:
        return TriageModel.objects.filter(place__isnull=True)
    return TriageModel.objects.filter(place_id=place_id)


def decisions(community_id: UUID, since: datetime) -> list[tuple[str, str, str]]:
    """(guess, suggested, decided) of what a community sorted since."""
    rows = Judged.objects.filter(community_id=community_id, at__gte=since)
    return list(rows.values_list("guess", "suggested", "decided"))


def to_refine() -> list[tuple[UUID, Matter]]:
    """Unsorted open matters no job has looked at with the version in use, newest first, with its id."""
    rows = (
        Matter.objects.filter(triaged_at__isnull=True)
        .exclude(state=State.CLOSED)
        .select_related("refinement")
        .order_by("-raised_at")[:REFINED_PAGE]
    )
    answering: dict[UUID, UUID | None] = {}
    found: list[tuple[UUID, Matter]] = []
    for row in rows:
        if row.community_id not in answering:
            answering[row.community_id] = active_id(row.community_id)
        model_id = answering[row.community_id]
        refined = getattr(row, "refinement", None)
        if model_id is not None and (refined is None or refined.model_id != model_id):
            found.append((model_id, row))
    return found[:REFINED_AT_ONCE]
