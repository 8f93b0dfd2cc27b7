"""Where a sorted matter goes: the way through its procedure that a decision means."""

from collections import deque
from enum import StrEnum
from typing import Final

from linli.matters.procedures.kinds import CLOSED, OpeningKind, Verb
from linli.matters.procedures.schema import Move, Procedure, Step


class Then(StrEnum):
    """What is to happen once category, level and urgency are confirmed."""

    KEEP = "keep"
    DISPATCH = "dispatch"
    SETTLE = "settle"
    COUNCIL = "council"
    STREET = "street"
    NOT_OURS = "not_ours"


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
