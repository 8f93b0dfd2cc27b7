"""What an amendment changes, made visible: Chinese by the character, other words whole."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from linli.kernel.text import HAN

# A Chinese character, a run of other letters or digits, a run of spaces, or one sign.
_PIECE: Final = re.compile(rf"[{HAN}]|[^\W_{HAN}]+|\s+|.", re.DOTALL)
_SHORTEST_SAME: Final = 2  # a lone sign kept between two changes only breaks up what is read


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays, goes or comes."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The way from one text to the other, what goes before what comes in its place.

    Joining what is not `IN` gives `before`, joining what is not `OUT` gives `after`.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Piece] = []
    for verb, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = verb == "equal"
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        inside = i1 > 0 and i2 < len(old) and bool(found)
        if same and not (inside and i2 - i1 < _SHORTEST_SAME):
            found.append(Piece(Change.SAME, gone))
        else:
            _add(found, gone, come)
    return found


def _add(found: list[Piece], gone: str, come: str) -> None:
    """Let neighbouring changes be one: first all that goes, then all that comes."""
    while found and found[-1].change is not Change.SAME:
        last = found.pop()
        if last.change is Change.IN:
            come = last.text + come
        else:
            gone = last.text + gone
    if gone:
        found.append(Piece(Change.OUT, gone))
    if come:
        found.append(Piece(Change.IN, come))
