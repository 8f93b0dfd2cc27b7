"""Every decision teaches: keeping what was suggested beside it, learning, refining, going back."""

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import Refused, person_of, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import Event, ModelState, OrderKind, OrderState, Thing
from linli.matters.models import Judged, Matter, Refinement, Steering, TriageModel
from linli.matters.read import learning as read
from linli.matters.read.suggesting import suggested
from linli.matters.rules import habits
from linli.matters.rules import learning as rules
from linli.matters.rules.habits import Habits, Lesson
from linli.matters.rules.nearness import LENIENT
from linli.matters.triage import learning, modelfile
from linli.matters.triage.measuring import Quality
from linli.matters.triage.model import Answer
from linli.matters.wording import taxonomy
from linli.organizations import read as organizations
from linli.places import read as places


def keep_judgement(matter: Matter, *, by: Actor, **decided: str) -> None:
    """Part of every act that decides what a matter is: what was decided last stands beside what was suggested
    first. What the installation does by itself teaches nothing."""
    if by.kind is ActorKind.SYSTEM:
        return
    kept = Judged.objects.filter(matter=matter).first() or _suggested(matter)
    for name, value in decided.items():
        setattr(kept, name, value)
    kept.community_id, kept.at = matter.community_id, clock.now()
    kept.save()
    if kept.decided:
        Refinement.objects.filter(matter=matter).delete()  # it has done its work


def keep_unit(matter: Matter, *, by: Actor) -> None:
    """The same of the unit a matter is with: the first one asked that did not give it back."""
    if by.kind is ActorKind.SYSTEM:
        return
    rows = matter.orders.filter(kind=OrderKind.ORDER).exclude(state=OrderState.WITHDRAWN)
    unit_id = rows.order_by("issued_at", "id").values_list("unit_id", flat=True).first()
    over = organizations.units_over(matter.place_path, clock.today()) if unit_id else []
    duties = [one.duty for one in over if one.organization.id == unit_id]
    usual = taxonomy().leaves.get(matter.category)
    duty = usual.unit if usual and usual.unit in duties else next(iter(duties), "")
    keep_judgement(matter, by=by, unit=str(unit_id or ""), duty=duty)


def _suggested(matter: Matter) -> Judged:
    shown = suggested(matter)
    return Judged(
        matter=matter,
        guess=shown.guess.value,
        model_id=shown.model_id,
        suggested=shown.suggestion.category or "",
        signal=habits.signal(shown.suggestion),
        suggested_level=shown.suggestion.level.value,
        suggested_urgency=shown.suggestion.urgency.value,
        suggested_unit=shown.unit_code,
    )


@dataclass(frozen=True, slots=True)
class Night:
    """What a night found for a place: what tells categories where there was enough for it, what is usual, and
    how often that was right."""

    learnt: learning.Learnt | None
    habits: Habits
    checked: Mapping[str, tuple[int, int]]
    seconds: float

    @property
    def figures(self) -> Quality | None:
        """Of categories, on matters held out."""
        return (self.learnt.with_meaning or self.learnt.by_words) if self.learnt else None


def learn(*, by: Actor, place_ids: Sequence[UUID | None]) -> list[TriageModel]:
    """Learn anew for each of these communities; None is what all share. Gives the new versions, none where
    there is too little.

    A version that is clearly worse on matters held out is kept but not used; a pinned one stays in use.
    """
    require(policies.may_learn(by))
    decided, lessons = read.decided(), read.lessons()
    enough = rules.may_be_learnt(Counter(one.label for one in decided.examples))
    lesson = None
    if enough and learning.available():
        lesson = learning.Lesson(decided.examples, at_least=rules.AT_LEAST)
    made = []
    for place_id in place_ids:
        began = time.monotonic()
        learnt = lesson.learn(decided.weights(place_id)) if lesson else None
        usual = _usual(lessons, place_id)
        if learnt or usual:
            checked = {one.value: habits.checked(lessons[one], place_id, one) for one in habits.LEARNT}
            night = Night(learnt, usual, checked, time.monotonic() - began)
            made.append(_kept(night, decided, by=by, place_id=place_id))
    return made


def _usual(lessons: Mapping[Thing, Sequence[Lesson]], place_id: UUID | None) -> Habits:
    by_thing = {one: habits.habits_of(lessons[one], place_id, one) for one in habits.LEARNT}
    return Habits(by_thing, read.lenience_of(place_id) if place_id else LENIENT)


@transaction.atomic
def _kept(night: Night, decided: read.Decided, *, by: Actor, place_id: UUID | None) -> TriageModel:
    """A transaction of its own: learning takes too long to hold rows meanwhile."""
    place = places.place(place_id) if place_id else None
    of_place = Q(place=place) if place else Q(place__isnull=True)
    held = TriageModel.objects.select_for_update().filter(of_place)
    present = held.filter(state=ModelState.ACTIVE).defer("content").first()
    figures = night.figures
    content = modelfile.pack(night.learnt.model) if night.learnt else b""
    over = rules.takes_over(
        figures.macro_f1 if figures else None,
        present.macro_f1 if present else None,
        pinned=bool(present and present.pinned),
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
        categories=len(night.learnt.model.labels) if night.learnt else 0,
        accuracy=figures.accuracy if figures else None,
        macro_f1=figures.macro_f1 if figures else None,
        seconds=night.seconds,
        content=content,
        habits=habits.packed(night.habits),
        checked=night.checked,
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
