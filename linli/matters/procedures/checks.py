"""What makes a well-formed procedure a sound one: it ends, every step can be reached, someone holds each.

Pure: a check yields where it looked (a path into the file), a msgid and its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linli.kernel.durations import Duration, Unit
from linli.matters.procedures.kinds import CLOSED, DECIDING_OPENINGS, Need, OpeningKind
from linli.matters.procedures.schema import Procedure, Step, Words

Path = tuple[str | int, ...]
Problem = tuple[Path, str, dict[str, object]]

MINUTES_OF_UNIT: Mapping[Unit, int] = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WORKDAY: 1440}

# What a need is given by. A need that is not here can be met at any step: an answer, a contact, a callback.
GIVEN_BY: Mapping[Need, tuple[frozenset[OpeningKind], str]] = {
    Need.MINUTES: (
        frozenset({OpeningKind.MEETING}),
        "step “%(step)s” needs minutes but opens no meeting",
    ),
    Need.ORDER_VERIFIED: (
        frozenset({OpeningKind.ORDERS, OpeningKind.WHISTLE}),
        "step “%(step)s” needs a verified order but opens neither orders nor a whistle",
    ),
    Need.POSTED: (
        frozenset({OpeningKind.POSTING}),
        "step “%(step)s” waits for a posting but opens none",
    ),
    Need.PASSED: (
        frozenset({OpeningKind.BALLOT}),
        "step “%(step)s” goes on only when a vote passed but opens no ballot",
    ),
    Need.OUTCOME: (
        DECIDING_OPENINGS,
        "step “%(step)s” needs an outcome but opens no meeting, no ballot, no works and no opinion map",
    ),
}


@dataclass(frozen=True)
class Known:
    """The names a practice gives: its posts, the bodies that meet, the rules ballots follow."""

    posts: Mapping[str, Words] = field(default_factory=dict)
    bodies: Mapping[str, Words] = field(default_factory=dict)
    ballots: Mapping[str, Words] = field(default_factory=dict)

    def used_by(self, procedure: Procedure) -> dict[str, Words]:
        """The titles of every post, body and ballot rule the procedure mentions."""
        codes = {step.holder for step in procedure.steps}
        codes |= {step.late.escalate for step in procedure.steps if step.late.escalate}
        codes |= {opening.code for step in procedure.steps for opening in step.opens if opening.code}
        everything = {**self.ballots, **self.bodies, **self.posts}
        return {code: everything[code] for code in sorted(codes) if code in everything}


def problems(procedure: Procedure, known: Known | None) -> Iterator[Problem]:
    """Everything wrong with a procedure; names are checked only where the practice is known."""
    yield from _doubles(procedure)
    yield from _way(procedure)
    for index, step in enumerate(procedure.steps):
        yield from _reminder(index, step)
        yield from _needs(index, step)
        yield from _parties(index, step)
        if known is not None:
            yield from _names(index, step, known)


def _doubles(procedure: Procedure) -> Iterator[Problem]:
    """A step or a button written twice."""
    seen: set[str] = set()
    for index, step in enumerate(procedure.steps):
        if step.key in seen:
            yield ("steps", index), "the step “%(step)s” is written twice", {"step": step.key}
        if step.key == CLOSED:
            yield ("steps", index), "“closed” is the end and cannot be a step", {}
        seen.add(step.key)
        buttons: set[tuple[str, str]] = set()
        for number, move in enumerate(step.moves):
            if (move.target, move.verb) in buttons:
                reason = "step “%(step)s” has the move “%(verb)s” to “%(target)s” twice"
                params: dict[str, object] = {"step": step.key, "verb": move.verb.value, "target": move.target}
                yield ("steps", index, "moves", number), reason, params
            buttons.add((move.target, move.verb))


def _way(procedure: Procedure) -> Iterator[Problem]:
    """From the start every step is reached, and from every step the end is."""
    keys = {step.key for step in procedure.steps}
    if procedure.starts not in keys:
        yield ("starts",), "the first step “%(step)s” does not exist", {"step": procedure.starts}
        return
    if procedure.station_keys == ():
        yield ("stations",), "no step is on the line of stations", {}
    for number, key in enumerate(procedure.station_keys or ()):
        if key not in keys:
            yield ("stations", number), "the station “%(step)s” is not a step", {"step": key}
    leads = {step.key: {move.target for move in step.moves} for step in procedure.steps}
    reached = _spread({procedure.starts}, leads)
    backwards: dict[str, set[str]] = {}
    for key, targets in leads.items():
        for target in targets:
            backwards.setdefault(target, set()).add(key)
    ends = _spread({CLOSED}, backwards)
    for index, step in enumerate(procedure.steps):
        for number, move in enumerate(step.moves):
            if move.target not in keys | {CLOSED}:
                reason = "step “%(step)s” moves to “%(target)s”, which does not exist"
                yield ("steps", index, "moves", number), reason, {"step": step.key, "target": move.target}
        if step.key not in reached:
            reason = "step “%(step)s” cannot be reached from “%(start)s”"
            yield ("steps", index), reason, {"step": step.key, "start": procedure.starts}
        elif step.key not in ends:
            yield ("steps", index), "from step “%(step)s” a matter can never end", {"step": step.key}


def _spread(start: set[str], leads: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for target in leads.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _reminder(index: int, step: Step) -> Iterator[Problem]:
    """A reminder that would come before the step begins reminds nobody."""
    before = step.late.remind_before
    if before is not None and rough_minutes(before) >= rough_minutes(step.limit):
        reason = "the reminder (%(remind)s) must be shorter than the limit (%(limit)s)"
        yield ("steps", index, "late", "remind"), reason, {"remind": str(before), "limit": step.within}


def rough_minutes(duration: Duration) -> int:
    """A length in minutes, a workday counting as a day: enough to compare two lengths of one step."""
    return duration.amount * MINUTES_OF_UNIT[duration.unit]


def _needs(index: int, step: Step) -> Iterator[Problem]:
    """A step that waits for what nothing can give would never be left."""
    for number, need in enumerate(step.needs):
        if need in GIVEN_BY:
            givers, reason = GIVEN_BY[need]
            if not step.opens_kind(*givers):
                yield ("steps", index, "needs", number), reason, {"step": step.key}


def _parties(index: int, step: Step) -> Iterator[Problem]:
    """Nobody is offered twice: by their Chinese wording they are told apart."""
    seen: set[str] = set()
    for number, words in enumerate(step.parties):
        if words.zh in seen:
            reason = "step “%(step)s” names “%(party)s” twice among those who take part"
            yield ("steps", index, "parties", number), reason, {"step": step.key, "party": words.zh}
        seen.add(words.zh)


def _names(index: int, step: Step, known: Known) -> Iterator[Problem]:
    """Every post, body and ballot rule is one the practice has."""
    if step.holder not in known.posts:
        reason = "the holder “%(post)s” of step “%(step)s” is not a post of this practice"
        yield ("steps", index, "holder"), reason, {"post": step.holder, "step": step.key}
    escalate = step.late.escalate
    if escalate is not None and escalate not in known.posts:
        reason = "step “%(step)s” escalates to “%(post)s”, which is not a post of this practice"
        yield ("steps", index, "late", "escalate"), reason, {"post": escalate, "step": step.key}
    for number, opening in enumerate(step.opens):
        names = known.bodies if opening.kind is OpeningKind.MEETING else known.ballots
        if opening.code is not None and opening.code not in names:
            reason = "step “%(step)s” opens “%(code)s”, which this practice does not name"
            yield ("steps", index, "opens", number), reason, {"step": step.key, "code": opening.code}
