"""Sorting what came in: confirming a triage, and handing on what is not ours without starting again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.actions.learning import keep_judgement
from linli.matters.actions.moving import move
from linli.matters.actions.orders import Ask, issue
from linli.matters.kinds import Event, Level, State, Urgency
from linli.matters.models import Matter
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.matters.rules.sorting import DELIBERATES, Then, level_meant, way
from linli.places import read as places

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Triage:
    """What a person decided about a new matter, with the unit to ask at once where one is clear.

    `then` says where it goes; `note` is written beside the moves.
    """

    category: str
    level: Level
    urgency: Urgency
    unit_id: UUID | None = None
    task: str = ""
    then: Then = Then.KEEP
    note: str = ""


@transaction.atomic
def triage(*, by: Actor, matter_id: UUID, decision: Triage) -> Matter:
    """Confirm category, level and urgency; set the promise anew; move on and dispatch where decided."""
    matter = engine.locked(matter_id)
    require(policies.may_triage(by, matter))
    times = settings.times_at(matter.place_path)
    promised = clocks.promised_at(matter.raised_at, decision.urgency, times)
    if decision.level in DELIBERATES:
        ahead = [step.limit for step in settings.procedure_of(matter).stations()]
        promised = clocks.promise_for_deliberation(promised, matter.raised_at, ahead, times)
    matter.category, matter.level = decision.category, decision.level.value
    matter.urgency, matter.promised_at = decision.urgency.value, promised
    matter.triaged_at = clock.now()
    matter.save(update_fields=["category", "level", "urgency", "promised_at", "triaged_at"])
    _recut_step(matter)
    audit.record(
        Event.TRIAGED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        fields=["category", "level", "urgency", "promised_at"],
        data={
            "category": decision.category,
            "level": decision.level.value,
            "urgency": decision.urgency.value,
        },
    )
    _go_on(matter, decision, by)
    if decision.unit_id is not None and decision.then in (Then.KEEP, Then.DISPATCH):
        moment = clock.now()
        due = promised if promised > moment else clocks.promised_at(moment, decision.urgency, times)
        issue(by=by, matter_id=matter.id, asks=[Ask(decision.unit_id, decision.task or matter.title, due)])
    # Last: what was decided goes before what the moves on the way say of it.
    keep_judgement(
        matter,
        by=by,
        decided=decision.category,
        level=level_meant(decision.level, decision.then).value,
        urgency=decision.urgency.value,
    )
    return engine.locked(matter.id)


@transaction.atomic
def sort_again(*, by: Actor, matter_id: UUID, category: str, level: Level) -> Matter:
    """改分类: it is another kind of matter than was said. Step, promise and orders stay as they are: more
    time is for others to decide on."""
    matter = engine.locked(matter_id)
    require(policies.may_sort_again(by, matter))
    matter.category, matter.level = category, level.value
    matter.save(update_fields=["category", "level"])
    keep_judgement(matter, by=by, decided=category, level=level.value)
    audit.record(
        Event.SORTED_AGAIN,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        fields=["category", "level"],
        data={"category": category, "level": level.value},
    )
    return matter


def _go_on(matter: Matter, decision: Triage, by: Actor) -> None:
    """Move along what was decided as far as it is the actor's to move; from there on the next holder does."""
    steps = way(settings.procedure_of(matter), matter.step_key, decision.then) or ()
    for each in steps:
        here = engine.locked(matter.id)
        if here.state != State.OPEN or not policies.may_move(by, here):
            break
        move(
            by=by,
            matter_id=here.id,
            from_step=here.step_key,
            target=each.target,
            verb=each.verb.value,
            note=decision.note,
        )


def _recut_step(matter: Matter) -> None:
    """The present step's limit is cut anew to the new promise."""
    step = read.current_step(matter)
    if step is None:
        return
    limit = settings.procedure_of(matter).step(step.key).limit
    step.due_at = clocks.step_due(
        step.entered_at, limit, matter.promised_at, settings.times_at(matter.place_path)
    )
    step.save(update_fields=["due_at"])
    matter.step_due_at = step.due_at
    matter.save(update_fields=["step_due_at"])


@transaction.atomic
def relocate(*, by: Actor, matter_id: UUID, place_id: UUID) -> Matter:
    """改地点: the matter is somewhere else in its community than was said.

    Number, step and clocks stay; where another post holds the step there, the matter goes to that post.
    """
    matter = engine.locked(matter_id)
    require(policies.may_triage(by, matter))
    target = places.place(place_id)
    if target is None or target.closed_on is not None or not target.path.startswith(matter.community.path):
        raise Refused("There is no such place in this community. Please choose again.", status=422)
    if target.id == matter.place_id:
        return matter
    before = matter.place
    engine.note(matter, f"{places.address(before)} → {places.address(target)}", by=by)
    _put(matter, target)
    engine.reseat(matter, by=by)
    audit.record(
        Event.RELOCATED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        fields=["place"],
        data={"from": str(before.id), "to": str(target.id)},
    )
    return matter


def _put(matter: Matter, place: "Place") -> None:
    """Let a matter be at a place, and be found by it. The spot on the map stays what the raiser showed."""
    written = places.written(places.chain(place))
    matter.place, matter.place_path = place, place.path
    matter.search = engine.found_by(matter.number, matter.title, matter.text, matter.where, written)
    matter.save(update_fields=["place", "place_path", "search"])


@transaction.atomic
def hand_over(*, by: Actor, matter_id: UUID, to_place_id: UUID, reason: str) -> Matter:
    """Not our duty: the matter goes to another community as it is, with its number, story and promise.

    It enters its procedure's first step there; the promise given to the raiser stays.
    """
    matter = engine.locked(matter_id)
    require(policies.may_hand_over(by, matter))
    target = places.place(to_place_id)
    community = places.community_of(target.path) if target else None
    if target is None or community is None or target.closed_on is not None:
        raise Refused("There is no such place. Please choose again.", status=422)
    if community.id == matter.community_id:
        raise Refused("The matter is already in this community.", status=422)
    step = read.current_step(matter)
    starts = settings.procedure_of(matter).starts
    if step is not None:
        engine.leave(step, by=by, verb="hand_over", target=starts, note=reason)
    origin = matter.community_id
    matter.community = community
    matter.save(update_fields=["community"])
    _put(matter, target)
    engine.note(matter, reason, by=by, step_key=starts)
    engine.enter(matter, starts, by=by)
    audit.record(
        Event.HANDED_OVER,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        fields=["place"],
        data={"from": str(origin), "to": str(community.id)},
    )
    return matter
