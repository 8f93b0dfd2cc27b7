"""A message in pieces a model can count: words, runs of characters, sentences. Names of places in code go.

What is counted must hold elsewhere: house numbers, sums and lettered place names ("A市", "K3县") say nothing
of what a message is about, so every number becomes 0 and every lettered name 某.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import rjieba

from linli.kernel.text import normalise

READ: Final = 3000  # characters of a text that are counted; nobody's message gains by more
SENTENCE: Final = 60  # characters; longer ones are cut at a comma, for the encoder averages what it is given
SENTENCES: Final = 30  # what a message is about is said in its first thirty sentences
SHORT: Final = 4  # characters; "谢谢" is not a sentence that says what a message is about
RUNS: Final = (1, 3)  # characters in a run, from and to

_LETTERED: Final = re.compile(
    r"[A-Za-z]\d*(?=市|区|县|镇|乡|村|街|路|州|省|小区)|(?<![A-Za-z])[A-Za-z]\d+(?![A-Za-z])"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_STOP: Final = re.compile(r"[。！？!?；;\n]+")
_SPOKEN: Final = re.compile(r"\w")


def masked(text: str) -> str:
    """One line of plain text with lettered places as 某 and numbers as 0."""
    return _NUMBER.sub("0", _LETTERED.sub("某", normalise(text[:READ]))).lower()


def words(plain: str) -> list[str]:
    """The words of a masked text, without punctuation."""
    return [word for word in rjieba.cut(plain) if _SPOKEN.search(word)]


def word_counts(plain: str) -> Mapping[str, int]:
    """How often each word is said."""
    return Counter(words(plain))


def run_counts(plain: str) -> Mapping[str, int]:
    """How often each run of one to three characters stands in the text."""
    spaced = f" {plain} "
    shortest, longest = RUNS
    return Counter(
        spaced[start : start + length]
        for length in range(shortest, longest + 1)
        for start in range(len(spaced) - length + 1)
        if not spaced[start : start + length].isspace()
    )


def sentences(plain: str) -> list[str]:
    """The first sentences of a masked text; never empty, so that every message has a meaning."""
    found = [piece for part in _STOP.split(plain) for piece in _cut(part.strip()) if len(piece) >= SHORT]
    return found[:SENTENCES] or [plain[:SENTENCE] or " "]


def _cut(part: str) -> Iterator[str]:
    """A long sentence in pieces, each ended by its last comma."""
    while len(part) > SENTENCE:
        comma = max(part.rfind(mark, SENTENCE // 3, SENTENCE) for mark in "，,")
        end = comma if comma > 0 else SENTENCE
        yield part[:end]
        part = part[end:].lstrip("，,")
    yield part
