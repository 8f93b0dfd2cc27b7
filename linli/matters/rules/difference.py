"""What two versions of a procedure say differently: steps by their key, each field by its meaning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from linli.matters.procedures.schema import Move, Procedure, Step


class What(StrEnum):
    """What changed."""

    TITLE = "title"
    SUMMARY = "summary"
    KINDS = "kinds"
    STARTS = "starts"
    STATIONS = "stations"
    ORDER = "order"
    ADDED = "added"
    REMOVED = "removed"
    SHORT = "short"
    SAYS = "says"
    HOLDER = "holder"
    WITHIN = "within"
    OPENS = "opens"
    NEEDS = "needs"
    PARTIES = "parties"
    MOVE_ADDED = "move_added"
    MOVE_REMOVED = "move_removed"
    MOVE_CHANGED = "move_changed"
    REMIND = "remind"
    URGE = "urge"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `step` is its key, "" for the procedure itself; `before` and `after` are parts of the
    schema (words, durations, keys, moves) for the door to put in words, None where there is none."""

    what: What
    step: str = ""
    before: Any = None
    after: Any = None


PROCEDURE: Final[tuple[tuple[What, Callable[[Procedure], Any]], ...]] = (
    (What.TITLE, lambda one: one.title),
    (What.SUMMARY, lambda one: one.summary),
    (What.KINDS, lambda one: one.kinds),
    (What.STARTS, lambda one: one.starts),
    (What.STATIONS, lambda one: tuple(step.key for step in one.stations())),
)
STEP: Final[tuple[tuple[What, Callable[[Step], Any]], ...]] = (
    (What.TITLE, lambda one: one.title),
    (What.SHORT, lambda one: one.short),
    (What.SAYS, lambda one: one.says),
    (What.HOLDER, lambda one: one.holder),
    (What.WITHIN, lambda one: one.limit),
    (What.OPENS, lambda one: frozenset(one.opens)),
    (What.NEEDS, lambda one: frozenset(one.needs)),
    (What.PARTIES, lambda one: one.parties),
    (What.REMIND, lambda one: one.late.remind_before),
    (What.URGE, lambda one: one.late.urge_after),
    (What.ESCALATE, lambda one: one.late.escalate),
)


def difference(old: Procedure, new: Procedure) -> list[Change]:
    """Every difference, the procedure's own first, then step by step; name and version are none."""
    before = {step.key: step for step in old.steps}
    after = {step.key: step for step in new.steps}
    stays = [key for key in before if key in after]
    changes = []
    for what, field in PROCEDURE:
        # Which steps came and went is told with the steps; stations only where those that stay changed.
        if what is What.STATIONS:
            was, now = ([key for key in field(one) if key in stays] for one in (old, new))
            changed = set(was) != set(now)
        else:
            was, now = field(old), field(new)
            changed = was != now
        if changed:
            changes.append(Change(what, "", was, now))
    if [key for key in after if key in before] != stays:
        changes.append(Change(What.ORDER, "", tuple(before), tuple(after)))
    changes += [Change(What.REMOVED, key, step.title) for key, step in before.items() if key not in after]
    for key, step in after.items():
        if key not in before:
            changes.append(Change(What.ADDED, key, None, step.title))
        else:
            changes += _of_step(before[key], step)
    return changes


def _of_step(old: Step, new: Step) -> Iterator[Change]:
    for what, field in STEP:
        if field(old) != field(new):
            yield Change(what, new.key, field(old), field(new))
    before = {(move.target, move.verb): move for move in old.moves}
    after = {(move.target, move.verb): move for move in new.moves}
    for way, move in before.items():
        if way not in after:
            yield Change(What.MOVE_REMOVED, new.key, move)
        elif _said(move) != _said(after[way]):
            yield Change(What.MOVE_CHANGED, new.key, move, after[way])
    for way, move in after.items():
        if way not in before:
            yield Change(What.MOVE_ADDED, new.key, None, move)


def _said(move: Move) -> tuple[Any, Any]:
    """What a move says and does beside where it leads and why."""
    return move.title, move.outcome
