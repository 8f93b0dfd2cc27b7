"""What would have happened: a past matter walked along another procedure.

The past gives what people did and how long each stay took; the procedure tried gives the steps, the holders
and the limits. Nothing is guessed: where the past does not say what somebody would have done, the
walk stops.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from linli.matters.procedures.kinds import CLOSED, Outcome, Verb
from linli.matters.procedures.schema import Move, Procedure
from linli.matters.rules.clocks import Times

MOST_STEPS: Final = 100
# Ways out of any step that belong to every procedure's net: they end the walk as they ended the matter.
NET_ENDS: Final = {"withdraw": Outcome.WITHDRAWN, "merge": Outcome.MERGED}


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of the past matter: at which step, from when to when (None: still there), how it was left.

    `paused` is how long its clock stood still.
    """

    key: str
    entered_at: datetime
    left_at: datetime | None = None
    verb: str = ""
    target: str = ""
    paused: timedelta = timedelta(0)


class Kept(StrEnum):
    """How a limit would have fared; `unknown` where the past knows no such step."""

    KEPT = "kept"
    MISSED = "missed"
    RUNNING = "running"
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """Where the walk came to: an end, where the matter still is, or a step with no way for what was done."""

    CLOSED = "closed"
    RUNNING = "running"
    STUCK = "stuck"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of the walk: when it was entered and left, its limit's end, and which stay gave the time."""

    key: str
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime
    kept: Kept
    stay: str = ""
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """The whole walk. `verb` is what was done where no way fits; `outcome` how it would have ended."""

    steps: tuple[Walked, ...]
    ending: Ending
    verb: str = ""
    outcome: Outcome | None = None

    @property
    def missed(self) -> int:
        """How many limits would have been missed."""
        return sum(step.kept is Kept.MISSED for step in self.steps)


def replay(past: Sequence[Stay], procedure: Procedure, times: Times, now: datetime) -> Walk:
    """Walk the past along a procedure, up to its first end.

    At the same step the same move is made. A step the past does not know is passed at once where a move leads
    to the next one it does know. Anywhere else what was done is looked for among the moves by its verb.
    Limits are the steps' own: a matter's promise is its community's, not the procedure's.
    """
    keys = {step.key for step in procedure.steps}
    known = {stay.key for stay in past}
    here, walked, rest = procedure.starts, list[Walked](), list(past)
    while rest and len(walked) < MOST_STEPS:
        stay = rest[0]
        new = here not in known and procedure.move(here, stay.key) if stay.key in keys else None
        if new:
            walked.append(_passed(here, stay.entered_at, new, procedure, times))
            here = stay.key
            continue
        rest.pop(0)
        if stay.verb == "hand_over":
            walked.append(_stayed(here, stay, None, procedure, times, now))
            here = procedure.starts
            continue
        move = _same(procedure, here, stay) if stay.left_at and stay.verb not in NET_ENDS else None
        walked.append(_stayed(here, stay, move, procedure, times, now))
        if stay.left_at is None:
            return Walk(tuple(walked), Ending.RUNNING)
        if stay.verb in NET_ENDS:
            return Walk(tuple(walked), Ending.CLOSED, stay.verb, NET_ENDS[stay.verb])
        if move is None:
            return Walk(tuple(walked), Ending.STUCK, stay.verb)
        if move.target == CLOSED:
            return Walk(tuple(walked), Ending.CLOSED, stay.verb, move.outcome)
        here = move.target
    return Walk(tuple(walked), Ending.UNFINISHED)


def _same(procedure: Procedure, here: str, stay: Stay) -> Move | None:
    """The move that does what was done: to the same step for the same reason, to the same step, or the first
    one with the same reason."""
    moves = procedure.moves_from(here)
    if here == stay.key:
        for move in moves:
            if (move.target, move.verb) == (stay.target, stay.verb):
                return move
    alike = [move for move in moves if move.verb == stay.verb]
    ends = [move for move in alike if move.is_final == (stay.target == CLOSED)]
    same = [move for move in moves if move.target == stay.target and here == stay.key]
    return next(iter([*same, *ends, *alike]), None)


def _stayed(
    key: str, stay: Stay, move: Move | None, procedure: Procedure, times: Times, now: datetime
) -> Walked:
    """A stay whose time the past gives."""
    due = times.due(stay.entered_at, procedure.step(key).limit) + stay.paused
    if stay.left_at is None:
        kept = Kept.MISSED if now > due else Kept.RUNNING
    else:
        kept = Kept.MISSED if stay.left_at > due else Kept.KEPT
    return Walked(key, stay.entered_at, stay.left_at, due, kept, stay.key, move)


def _passed(key: str, at: datetime, move: Move, procedure: Procedure, times: Times) -> Walked:
    """A step the past does not know: how long it would have taken nobody can say."""
    return Walked(key, at, None, times.due(at, procedure.step(key).limit), Kept.UNKNOWN, "", move)


def verb_of(text: str) -> Verb | None:
    """The verb of a procedure, or None for one of the net (hand over, withdraw, merge)."""
    return Verb(text) if text in {verb.value for verb in Verb} else None
