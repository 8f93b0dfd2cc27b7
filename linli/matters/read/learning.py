"""What is learnt from and with: decisions, versions, and what became of what was suggested."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from linli.matters.kinds import ModelState, State, Thing
from linli.matters.models import Compared, Judged, Matter, TriageModel
from linli.matters.read.suggesting import active_id
from linli.matters.rules import habits as usual
from linli.matters.rules import learning as rules
from linli.matters.rules.habits import Lesson
from linli.matters.rules.nearness import lenience
from linli.matters.triage.sheets import Example
from linli.matters.wording import taxonomy

# Each thing's column of what was suggested, and of what was decided.
BESIDE = (
    (Thing.CATEGORY, "suggested", "decided"),
    (Thing.LEVEL, "suggested_level", "level"),
    (Thing.URGENCY, "suggested_urgency", "urgency"),
    (Thing.UNIT, "suggested_unit", "unit"),
)
REFINED_AT_ONCE = 64  # matters a run of the job reads
REFINED_PAGE = 500  # of the newest unsorted ones


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
    rows = _teaching().exclude(decided="").order_by("-at", "id")
    fields = "matter__title", "matter__text", "decided", "community_id"
    found = [(Example(*said), made_by) for *said, made_by in rows.values_list(*fields)[: rules.MOST]]
    known = rules.learnable(one.label for one, _ in found) & set(taxonomy().leaves)
    taught = [(one, made_by) for one, made_by in found if one.label in known]
    return Decided([one for one, _ in taught], [made_by for _, made_by in taught])


def _teaching() -> QuerySet[Judged]:
    return Judged.objects.filter(matter__confidential=False)


def lessons() -> dict[Thing, list[Lesson]]:
    """What staff chose for the latest matters, newest first, of each thing. An unsorted matter is of the kind
    that was suggested."""
    rows = (
        _teaching()
        .order_by("-at", "id")
        .values_list("community_id", "decided", "suggested", "signal", "level", "urgency", "unit", "duty")
    )
    found: dict[Thing, list[Lesson]] = {thing: [] for thing in usual.LEARNT}
    for community, decided_as, guessed, signal, level, urgency, unit, duty in rows[: rules.MOST]:
        category = decided_as or guessed
        filed = usual.filed_under(category, signal)
        for thing, key, choice in (
            (Thing.LEVEL, filed, level),
            (Thing.URGENCY, category, urgency),
            (Thing.UNIT, category, unit),
            (Thing.DUTY, category, duty),
        ):
            if key and choice:
                found[thing].append(Lesson(community, key, choice))
    return found


def lenience_of(community_id: UUID) -> float:
    """How lenient likely duplicates are chosen there, by the pairs it called the same or told apart."""
    rows = Compared.objects.filter(community_id=community_id).order_by("-at", "id")
    said = rows.values_list("closeness", "same")[: rules.MOST_PAIRS]
    return lenience([(close, same) for close, same in said if close is not None])


def own_decisions(community_id: UUID | None) -> int:
    """How many decisions a community made, or all of them."""
    rows = _teaching()
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


def decisions(community_id: UUID, since: datetime) -> list[tuple[str, str, str, str]]:
    """(thing, guess, suggested, decided) of what a community decided since, in one query. Of two matters:
    "same" or "apart"; what was told apart without a suggestion says nothing of suggestions."""
    here = {"community_id": community_id, "at__gte": since}
    asked = [
        Judged.objects.filter(**here)
        .exclude(**{decided: ""})
        .values_list(Value(thing.value), "guess", suggested, decided)
        for thing, suggested, decided in BESIDE
    ]
    compared = Compared.objects.filter(Q(suggested=True) | Q(same=True), **here).values_list(
        Value(Thing.SAME.value),
        Value(""),
        Case(When(suggested=True, then=Value("same")), default=Value("")),
        Case(When(same=True, then=Value("same")), default=Value("apart")),
    )
    return list(asked[0].union(*asked[1:], compared, all=True))


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
    # A version may hold what is usual and tell no categories: nothing to ask it.
    telling = TriageModel.objects.exclude(content=b"").filter(id__in={model_id for model_id, _ in found})
    able = set(telling.values_list("id", flat=True))
    return [one for one in found if one[0] in able][:REFINED_AT_ONCE]
