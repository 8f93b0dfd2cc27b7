"""Where a sorted matter goes: the way through its procedure that a decision means."""

from collections import deque
from enum import StrEnum
from typing import Final

from linli.matters.procedures.kinds import CLOSED, OpeningKind, Verb
from linli.matters.procedures.schema import Move, Procedure, Step
from linli.matters.triage.taxonomy import Level


class Then(StrEnum):
    """What is to happen once category, level and urgency are confirmed."""

    KEEP = "keep"
    DISPATCH = "dispatch"
    SETTLE = "settle"
    COUNCIL = "council"
    STREET = "street"
    NOT_OURS = "not_ours"


# Levels at which neighbours or bodies deliberate: the promise then follows the procedure's own limits.
DELIBERATES: Final = frozenset({Level.COUNCIL, Level.PARTY_COMMITTEE, Level.JOINT_CONFERENCE})
_WITHOUT_MEETING: Final = frozenset({Level.SETTLE_AT_ONCE, Level.MEDIATION, Level.VOLUNTEERS})

# Verbs a way may use, the best first. Going back, giving up and ending are never on the way to somewhere.
_FORWARD: Final = (Verb.DISPATCH, Verb.WHISTLE, Verb.REFER, Verb.ACCEPT, Verb.AGREE)


def _is_goal(step: Step, then: Then) -> bool:
    match then:
        case Then.DISPATCH:
            return step.opens_kind(OpeningKind.ORDERS)
        case Then.COUNCIL:
            return step.opens_kind(OpeningKind.MEETING)
        case Then.STREET:
            return step.opens_kind(OpeningKind.WHISTLE) or step.holder.startswith("street_")
    return False


def way(procedure: Procedure, key: str, then: Then) -> tuple[Move, ...] | None:
    """The moves from a step to what was decided: none where it is there already, None where no way leads.

    Settling at once and ending what is not ours are single moves; the others take the shortest way forward.
    """
    if then is Then.KEEP:
        return ()
    if then in (Then.SETTLE, Then.NOT_OURS):
        wanted = Verb.SETTLE_AT_ONCE if then is Then.SETTLE else Verb.OUT_OF_SCOPE
        found = next((move for move in procedure.moves_from(key) if move.verb is wanted), None)
        return None if found is None else (found,)
    if _is_goal(procedure.step(key), then):
        return ()
    return _shortest(procedure, key, then)


def _shortest(procedure: Procedure, key: str, then: Then) -> tuple[Move, ...] | None:
    waiting: deque[tuple[str, tuple[Move, ...]]] = deque([(key, ())])
    seen = {key}
    while waiting:
        here, walked = waiting.popleft()
        moves = [move for move in procedure.moves_from(here) if move.verb in _FORWARD]
        for move in sorted(moves, key=lambda one: _FORWARD.index(one.verb)):
            if move.target == CLOSED or move.target in seen:
                continue
            if _is_goal(procedure.step(move.target), then):
                return (*walked, move)
            seen.add(move.target)
            waiting.append((move.target, (*walked, move)))
    return None


def level_meant(level: Level, then: Then) -> Level:
    """How a sorted matter is settled in the end: the button pressed goes before the level beside it."""
    if then is Then.NOT_OURS:
        return Level.OUT_OF_SCOPE
    if then is Then.COUNCIL and level not in DELIBERATES:
        return Level.COUNCIL
    return level


def level_shown(verb: Verb, target: Step | None, level: str) -> Level | None:
    """What a move made by hand says of how a matter is settled; None where it says nothing new.

    `target` is the step it leads to, None at the end; `level` what it was sorted as, if it was.
    """
    if verb is Verb.OUT_OF_SCOPE:
        return Level.OUT_OF_SCOPE
    if verb is Verb.SETTLE_AT_ONCE:
        return None if level in _WITHOUT_MEETING else Level.SETTLE_AT_ONCE
    if target is not None and target.opens_kind(OpeningKind.MEETING) and level not in DELIBERATES:
        return Level.COUNCIL
    return None
