"""The few large changes of a form: a step put in, taken out, moved; a button added or taken away.

Each leaves the ways whole where it can: a step put in lies on the way to the next one, a step taken out is
skipped. What cannot be known is left for the checks to say.
"""

from __future__ import annotations

from collections.abc import Callable

from linli.matters.procedures.kinds import CLOSED, Verb
from linli.matters.procedures.outline import MoveRow, Outline, Span, StepRow, Text

MOST_STEPS = 30
MOST_MOVES = 12


def apply(outline: Outline, order: str) -> bool:
    """Do what a button says: `insert:2`, `remove:2`, `up:2`, `down:2`, `add_move:2`, `remove_move:2:1`.

    Numbers count from 0. False where the button is none of these, or its step is not there.
    """
    name, _, rest = order.partition(":")
    numbers = [int(part) for part in rest.split(":") if part.isascii() and part.isdigit()]
    change = CHANGES.get(name)
    if change is None or not numbers or numbers[0] >= len(outline.steps):
        return False
    return change(outline, *numbers[:2])


def insert(outline: Outline, after: int, _move: int = 0) -> bool:
    """A new step behind another: the way to the next one leads through it."""
    if len(outline.steps) >= MOST_STEPS:
        return False
    before = outline.steps[after]
    following = outline.steps[after + 1].key if after + 1 < len(outline.steps) else ""
    new = StepRow(
        key=_new_key(outline),
        title=Text("新的一步", "New step"),
        short=Text("新步", "New step"),
        says=Text("正在办这一步。", "This step is being done."),
        holder=before.holder,
        within=Span("3", "workday"),
    )
    onward = next((move for move in before.moves if move.target == following), None)
    if onward is not None:
        onward.target = new.key
        new.moves = [MoveRow(following, Verb.ACCEPT.value)]
    else:
        before.moves.append(MoveRow(new.key, Verb.REFER.value))
        target = following or CLOSED
        new.moves = [MoveRow(target, Verb.ACCEPT.value if following else Verb.FINISH.value)]
    outline.steps.insert(after + 1, new)
    return True


def remove(outline: Outline, at: int, _move: int = 0) -> bool:
    """A step taken out: what led to it leads to where it led first, unless that was the end."""
    if len(outline.steps) == 1:
        return False
    gone = outline.steps.pop(at)
    ahead = next((move.target for move in gone.moves if move.target not in (CLOSED, gone.key)), "")
    for step in outline.steps:
        kept: list[MoveRow] = []
        for move in step.moves:
            if move.target == gone.key:
                move.target = ahead
            taken = {(one.target, one.verb) for one in kept}
            if move.target and move.target != step.key and (move.target, move.verb) not in taken:
                kept.append(move)
        step.moves = kept
    if outline.starts == gone.key:
        outline.starts = outline.steps[0].key
    return True


def up(outline: Outline, at: int, _move: int = 0) -> bool:
    """One place earlier."""
    if at == 0:
        return False
    steps = outline.steps
    steps[at - 1], steps[at] = steps[at], steps[at - 1]
    return True


def down(outline: Outline, at: int, _move: int = 0) -> bool:
    """One place later."""
    return at + 1 < len(outline.steps) and up(outline, at + 1)


def add_move(outline: Outline, at: int, _move: int = 0) -> bool:
    """One more button, to the next step or the end."""
    step = outline.steps[at]
    if len(step.moves) >= MOST_MOVES:
        return False
    following = outline.steps[at + 1].key if at + 1 < len(outline.steps) else CLOSED
    taken = {move.verb for move in step.moves if move.target == following}
    final = following == CLOSED
    verbs = (Verb.FINISH, Verb.RESOLVE, Verb.ANSWER) if final else (Verb.ACCEPT, Verb.REFER, Verb.AGREE)
    verb = next((one for one in verbs if one.value not in taken), verbs[0])
    step.moves.append(MoveRow(following, verb.value))
    return True


def remove_move(outline: Outline, at: int, move: int = 0) -> bool:
    """One button fewer."""
    if move >= len(outline.steps[at].moves):
        return False
    del outline.steps[at].moves[move]
    return True


def _new_key(outline: Outline) -> str:
    taken = {step.key for step in outline.steps}
    return next(key for number in range(1, MOST_STEPS + 2) if (key := f"step-{number}") not in taken)


CHANGES: dict[str, Callable[..., bool]] = {
    "insert": insert,
    "remove": remove,
    "up": up,
    "down": down,
    "add_move": add_move,
    "remove_move": remove_move,
}
