"""What to suggest for a matter, by the version that answers for its community."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from linli.kernel import clock
from linli.matters.kinds import Guess, ModelState, Thing
from linli.matters.models import Matter, Refinement, TriageModel
from linli.matters.rules import habits as rules
from linli.matters.rules.habits import Habit, Habits
from linli.matters.rules.learning import leads
from linli.matters.triage import modelfile
from linli.matters.triage.model import Model, answer, readable
from linli.matters.triage.taxonomy import Level
from linli.matters.triage.words import Learnt, Suggestion, suggest
from linli.matters.wording import taxonomy
from linli.organizations import read as organizations

if TYPE_CHECKING:
    from linli.organizations.models import Organization

# Kinds of unit that are the community itself.
OWN_KINDS = frozenset({"community", "volunteers", "mediation_committee"})


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with what made its category, with which version, and the habits it follows.

    `unit` is empty where none is to be asked: `itself` says that the community does it, else the list of
    duties names nobody. `candidates` answer for the duty there.
    """

    suggestion: Suggestion
    guess: Guess
    model_id: UUID | None
    habits: Mapping[Thing, Habit]
    lenient: float
    unit: "Organization | None"
    itself: bool
    candidates: "tuple[Organization, ...]"

    @property
    def unit_code(self) -> str:
        """The unit as it is kept beside what is decided; "" where nothing was suggested."""
        if self.suggestion.level is Level.OUT_OF_SCOPE:
            return ""
        return rules.OWN if self.itself else str(self.unit.id) if self.unit else ""


def suggested(matter: Matter) -> Suggested:
    """What to suggest for a matter: meaning where a job has looked, else learnt words, else the list; then
    what is usual there. At most five queries, and no encoder."""
    version = active_id(matter.community_id)
    model, habits = _version(version) if version else (None, rules.NO_HABITS)
    learnt, guess = _learnt(matter, model, version)
    found = suggest(matter.text, matter.title, taxonomy(), learnt)
    if learnt is None or not found.learnt:
        guess, version = (Guess.WORDS if found.category else Guess.NONE), None
    found, why = rules.followed(found, habits)
    return _with_unit(matter, found, guess, version, habits, why)


def _with_unit(
    matter: Matter,
    found: Suggestion,
    guess: Guess,
    version: UUID | None,
    habits: Habits,
    why: dict[Thing, Habit],
) -> Suggested:
    """With the unit usually asked here if it still serves the place, else by the duty usual everywhere, else
    by the list of words."""
    today, category = clock.today(), found.category or ""
    usual, kind = habits.of(Thing.UNIT, category), found.unit_kind
    unit: Organization | None = None
    if usual is not None and usual.choice != rules.OWN:
        unit = organizations.unit_serving(UUID(usual.choice), matter.place_path, today)
    itself = usual is not None and usual.choice == rules.OWN
    if usual is not None and (unit or itself):
        why[Thing.UNIT] = usual
    elif (duty := habits.of(Thing.DUTY, category)) is not None and duty.choice in _duties():
        itself = duty.choice == rules.OWN
        kind = kind if itself else duty.choice
        why[Thing.DUTY] = duty
    else:
        itself = kind in OWN_KINDS
    candidates = tuple(organizations.unit_candidates(kind, matter.place_path, today))
    if found.level is Level.OUT_OF_SCOPE:
        unit, itself = None, True
    elif unit is None and not itself:
        unit = candidates[0] if candidates else None
    return Suggested(found, guess, version, why, habits.lenient, unit, itself, candidates)


def _duties() -> frozenset[str]:
    """What a unit can be asked by: the kinds of unit the list of words knows, and the community itself."""
    return frozenset({*taxonomy().units, rules.OWN})


def _learnt(matter: Matter, model: Model | None, version: UUID | None) -> tuple[Learnt | None, Guess]:
    if model is None:
        return None, Guess.WORDS
    counts = dict(zip(model.labels, model.counts, strict=True))
    refined = Refinement.objects.filter(matter=matter, model_id=version).first()
    if refined is not None:
        code, share, words = refined.category, refined.share, tuple(refined.words.split())
    else:
        found = answer(model, matter.title, matter.text)
        (code, share), words = found.shares[0], found.why
    if code not in taxonomy().leaves or not leads(share):
        return None, Guess.WORDS
    return Learnt(code, share, words, counts[code]), Guess.LEARNT if refined is None else Guess.MEANING


def active_id(community_id: UUID) -> UUID | None:
    """The version that answers for a community: its own, else the one of all."""
    rows = TriageModel.objects.filter(state=ModelState.ACTIVE)
    rows = rows.filter(Q(place_id=community_id) | Q(place__isnull=True)).order_by("place_id")
    return rows.values_list("id", flat=True).first()


@lru_cache(maxsize=32)
def _version(version_id: UUID) -> tuple[Model | None, Habits]:
    """A version ready to be asked; no model where it has none or none can be read. Versions never change."""
    row = TriageModel.objects.filter(id=version_id).values_list("content", "habits").first()
    if row is None:
        return None, rules.NO_HABITS
    content, raw = bytes(row[0]), rules.unpacked(row[1])
    try:
        return (modelfile.unpack(content) if content and readable() else None), raw
    except modelfile.NotAModel:
        return None, raw


def unpacked(version_id: UUID) -> Model | None:
    """The model of a version, for jobs."""
    return _version(version_id)[0]


def lenience(matter: Matter) -> float:
    """How lenient likely duplicates of a matter are chosen, by the version that answers for its community."""
    version = active_id(matter.community_id)
    return _version(version)[1].lenient if version else rules.NO_HABITS.lenient
