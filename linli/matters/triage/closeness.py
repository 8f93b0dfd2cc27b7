"""How close two messages are: whether they name the same place, the words they share, what they mean.

The rule, in words: two messages about the same thing name the same place and speak of similar trouble; where
neither names a place they must say nearly the same; where each names a place of its own they are not the
same, unless one is a copy of the other. The figures are argued in docs/adr/0019.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from linli.kernel.text import HAN, normalise
from linli.matters.triage.demo import SHIPPED_MATTERS
from linli.matters.triage.naming import areas, details, names, without_names

READ: Final = 160  # characters of a text that are read: what a matter is about is said early
TITLE: Final = 2  # what a title adds to the weight of its words
ALONE: Final = 4.0  # what shared words count where there is no meaning beside them


class Relation(StrEnum):
    """What the names of two messages say."""

    SAME = "same"
    UNNAMED = "unnamed"
    APART = "apart"


# The closeness from which two messages are the same, by what their names say; with meaning and without it.
NEEDED: Final = {Relation.SAME: 0.44, Relation.UNNAMED: 0.95, Relation.APART: 1.6}
NEEDED_WORDS: Final = {Relation.SAME: 0.08, Relation.UNNAMED: 1.0, Relation.APART: 3.2}
A_YEAR: Final = 0.02  # a year between two messages asks this much more, three years at most
_SAID: Final = re.compile(r"^  - title: (.+)\n    text: (.+)$", re.MULTILINE)
_RUN: Final = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
YEARS: Final = 3.0
FAR: Final = -0.35  # no pair counts for less: what is far apart is not farther than far apart
SURE: Final = 0.35  # nor for more, so that one copy does not carry a stranger


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody sent in. `at` may be unknown."""

    id: str
    title: str
    text: str
    at: datetime | None = None

    @property
    def parts(self) -> tuple[str, str]:
        """Title and text as they are read: on one line each, the text as far as `READ`."""
        return normalise(self.title[:READ]), normalise(self.text[: 2 * READ])[:READ]

    @property
    def said(self) -> str:
        """The part whose meaning is compared: names left out, so that one place is not one meaning."""
        return without_names("。".join(self.parts))


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a message: names of its own, the shared ones among them, its weighted words."""

    named: frozenset[str]
    shared: frozenset[str]
    details: frozenset[str]
    areas: frozenset[str]
    words: dict[str, float]


def features(messages: Sequence[Message]) -> list[Features]:
    """The features of each message among the others: a name counts where another message says it too."""
    parts = [message.parts for message in messages]
    texts = ["。".join(pair) for pair in parts]
    own = [frozenset(names(text)) for text in texts]
    shared = _shared(texts, own)
    counted = [_counted(pair, found) for pair, found in zip(parts, shared, strict=True)]
    weights = _weights(counted)
    return [
        Features(named | found, found, details(text), areas(text), _unit(words, weights))
        for named, found, text, words in zip(own, shared, texts, counted, strict=True)
    ]


def _shared(texts: Sequence[str], own: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The names of any message that at least two texts hold, by text."""
    wanted = {name for found in own for name in found} - background()[1]
    lengths = sorted({len(name) for name in wanted})
    held: list[set[str]] = []
    for text in texts:
        pieces = {
            text[at : at + length]
            for length in lengths
            for at in range(len(text) - length + 1)
            if text[at : at + length] in wanted and not (at and text[at - 1 : at + 1].isdigit())
        }
        held.append(pieces)
    times = Counter(name for found in held for name in found)
    return [frozenset(name for name in found if times[name] > 1) for found in held]


def _counted(parts: tuple[str, str], shared: Iterable[str]) -> Counter[str]:
    """The pairs of characters of a message without the shared names: what it says of the place."""
    title, text = parts
    for name in sorted(shared, key=lambda each: (-len(each), each)):
        title, text = title.replace(name, " "), text.replace(name, " ")
    counted: Counter[str] = Counter(_pieces(text))
    for piece in _pieces(title):
        counted[piece] += TITLE
    return counted


def _pieces(text: str) -> set[str]:
    """What `bigrams` gives for a text that is normalised already, each once."""
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        found.update((run,) if run.isascii() or len(run) < 2 else map("".join, pairwise(run)))
    return found


def _weights(counted: Sequence[Counter[str]]) -> dict[str, float]:
    """How telling each pair is: rare in this sheet and in what residents commonly say."""
    usual, _ = background()
    times: Counter[str] = Counter()
    for words in counted:
        times.update(words.keys())
    whole = len(counted) + usual.total_texts
    return {piece: math.log(whole / (count + usual[piece])) for piece, count in times.items()}


def _unit(words: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    weighted = {piece: math.sqrt(count) * weights[piece] for piece, count in words.items()}
    length = math.sqrt(sum(each * each for each in weighted.values())) or 1.0
    return {piece: each / length for piece, each in weighted.items()}


class Usual(Counter[str]):
    """In how many of the common texts each pair of characters stands."""

    total_texts: int = 0


@lru_cache(maxsize=1)
def background() -> tuple[Usual, frozenset[str]]:
    """What residents commonly say, from the demo's made-up matters; and the names that are common words."""
    # Read by line: checking the whole file against its schema takes a second, and a request waits for this.
    said = SHIPPED_MATTERS.read_text(encoding="utf-8")
    texts = ["。".join(pair) for pair in _SAID.findall(said)]
    usual = Usual()
    for text in texts:
        usual.update(_pieces(normalise(text)))
    usual.total_texts = len(texts)
    return usual, frozenset(name for text in texts for name in names(normalise(text)))


def relation(one: Features, other: Features) -> Relation:
    """What the names of two messages say. A building's number tells only where no name of a place does."""
    if _elsewhere(one.areas, other.areas):
        return Relation.APART
    if one.shared & other.shared:
        return Relation.SAME
    if one.named and other.named:
        return Relation.APART
    if one.details and other.details:
        return Relation.SAME if one.details & other.details else Relation.APART
    return Relation.UNNAMED


def _elsewhere(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both speak of cities or districts and none of one lies in one of the other (A5 lies in A)."""
    if not one or not other:
        return False
    return not any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def shared_words(one: Features, other: Features) -> float:
    """How much of their words two messages share, from 0 to 1, names left out."""
    short, long = sorted((one.words, other.words), key=len)
    return sum(weight * long.get(piece, 0.0) for piece, weight in short.items())


def margin(
    how: Relation, words: float, meaning: float | None, one: datetime | None, other: datetime | None
) -> float:
    """By how much two messages are closer than the same thing needs; below 0 they are not the same.

    `meaning` is the cosine of their vectors, None where there are none.
    """
    apart = abs((one - other).days) / 365 if one and other else 0.0
    more = A_YEAR * min(apart, YEARS)
    if meaning is None:
        found = ALONE * words - NEEDED_WORDS[how] - more
    else:
        found = meaning + words - NEEDED[how] - more
    return max(FAR, min(SURE, found))
