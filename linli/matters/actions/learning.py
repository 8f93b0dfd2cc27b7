"""Every decision teaches: keeping what was suggested beside it, learning, refining, going back."""

import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, person_of, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import Event, ModelState
from linli.matters.models import Judged, Matter, Refinement, Steering, TriageModel
from linli.matters.read import learning as read
from linli.matters.rules import learning as rules
from linli.matters.triage import learning, modelfile
from linli.matters.triage.model import Answer
from linli.places import read as places


def keep_judgement(matter: Matter, shown: read.Suggested, decided: str) -> None:
    """Part of sorting: what was suggested stands beside what was decided; a refinement has done its work."""
    Judged.objects.update_or_create(
        matter=matter,
        defaults={
            "community_id": matter.community_id,
            "guess": shown.guess.value,
            "model_id": shown.model_id,
            "suggested": shown.suggestion.category or "",
            "decided": decided,
            "at": clock.now(),
        },
    )
    Refinement.objects.filter(matter=matter).delete()


def learn(*, by: Actor, place_ids: Sequence[UUID | None]) -> list[TriageModel]:
    """Learn anew for each of these communities; None is what all share. Gives the new versions, none where
    there is too little.

    A version that is clearly worse on matters held out is kept but not used; a pinned one stays in use.
    """
    require(policies.may_learn(by))
    decided = read.decided()
    if not rules.may_be_learnt(Counter(one.label for one in decided.examples)):
        return []
    lesson = learning.Lesson(decided.examples, at_least=rules.AT_LEAST)
    made = []
    for place_id in place_ids:
        began = time.monotonic()
        learnt = lesson.learn(decided.weights(place_id))
        made.append(_kept(learnt, decided, time.monotonic() - began, by=by, place_id=place_id))
    return made


@transaction.atomic
def _kept(
    learnt: learning.Learnt, decided: read.Decided, seconds: float, *, by: Actor, place_id: UUID | None
) -> TriageModel:
    """A transaction of its own: learning takes too long to hold rows meanwhile."""
    place = places.place(place_id) if place_id else None
    of_place = Q(place=place) if place else Q(place__isnull=True)
    held = TriageModel.objects.select_for_update().filter(of_place)
    present = held.filter(state=ModelState.ACTIVE).defer("content").first()
    figures = learnt.with_meaning or learnt.by_words
    content = modelfile.pack(learnt.model)
    over = rules.takes_over(
        figures.macro_f1, present.macro_f1 if present else None, pinned=bool(present and present.pinned)
    )
    if over:
        held.filter(state=ModelState.ACTIVE).update(state=ModelState.RETIRED.value)
    last = held.order_by("-version").values_list("version", flat=True).first() or 0
    made = TriageModel.objects.create(
        place=place,
        version=last + 1,
        trained_at=clock.now(),
        examples=len(decided.examples),
        own_examples=decided.communities.count(place_id) if place_id else len(decided.examples),
        categories=len(learnt.model.labels),
        accuracy=figures.accuracy,
        macro_f1=figures.macro_f1,
        seconds=seconds,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        state=(ModelState.ACTIVE if over else ModelState.RETIRED).value,
    )
    audit.record(
        Event.TRIAGE_LEARNT,
        by=by,
        subject=made,
        place_path=place.path if place else "",
        data={"version": made.version, "examples": made.examples, "used": over},
    )
    return made


@transaction.atomic
def go_back(*, by: Actor, model_id: UUID, why: str) -> TriageModel:
    """Use a version again, of a community or of all, and keep to it until somebody lets it go."""
    chosen = _steered(by, model_id, why)
    held = TriageModel.objects.select_for_update().filter(place=chosen.place)
    held.exclude(id=chosen.id).filter(state=ModelState.ACTIVE).update(
        state=ModelState.RETIRED.value, pinned=False
    )
    held.filter(id=chosen.id).update(state=ModelState.ACTIVE.value, pinned=True)
    _note_steering(Event.TRIAGE_WENT_BACK, chosen, by=by, why=why)
    return chosen


@transaction.atomic
def learn_on(*, by: Actor, model_id: UUID, why: str) -> TriageModel:
    """Let a pinned version go: from the next night on the newest may take its place."""
    chosen = _steered(by, model_id, why)
    TriageModel.objects.filter(id=chosen.id).update(pinned=False)
    _note_steering(Event.TRIAGE_LEARNS_ON, chosen, by=by, why=why)
    return chosen


def _steered(by: Actor, model_id: UUID, why: str) -> TriageModel:
    """The version, once whoever chooses may and says why."""
    chosen = read.version(model_id)
    if chosen is None:
        raise Refused("There is no such version.", status=404)
    require(policies.may_steer_learning(by, chosen.place.path if chosen.place else rules.EVERYWHERE))
    require(rules.says_why(why), status=422)
    return chosen


def _note_steering(event: Event, chosen: TriageModel, *, by: Actor, why: str) -> None:
    """The reason stands beside the version; the record names who and which, and holds no free text."""
    back = event is Event.TRIAGE_WENT_BACK
    Steering.objects.create(model=chosen, back=back, why=why.strip(), by_id=person_of(by), at=clock.now())
    path = chosen.place.path if chosen.place else ""
    data = {"version": chosen.version, "of_all": chosen.place is None}
    audit.record(event, by=by, subject=chosen, place_path=path, data=data)


@transaction.atomic
def refine(*, by: Actor, matter_id: UUID, model_id: UUID, found: Answer) -> Refinement | None:
    """Keep what meaning says of a matter, unless a person has decided in the meantime."""
    require(policies.may_learn(by))
    matter = engine.locked(matter_id)
    if matter.triaged_at is not None:
        return None
    code, share = found.shares[0]
    refinement, _ = Refinement.objects.update_or_create(
        matter=matter,
        defaults={
            "model_id": model_id,
            "category": code,
            "share": share,
            "words": " ".join(found.why)[:60],
            "at": clock.now(),
        },
    )
    audit.record(
        Event.TRIAGE_REFINED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"category": code, "model": str(model_id)},
    )
    return refinement
