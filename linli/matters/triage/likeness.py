"""Cosines of the meaning of messages, computed in batches; vectors may be kept in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, Final

from linli.matters.triage import meaning
from linli.matters.triage.closeness import Message
from linli.matters.triage.grouping import Pair

try:
    import numpy as np
except ImportError:  # the extra `learning` is not installed
    np = None  # type: ignore[assignment]

STEP: Final = 64  # texts between two words on how far it is


class Meanings:
    """Asks the encoder once for every text; `kept` names a file that vectors are read from and written to."""

    def __init__(self, kept: Path | None = None, tell: Callable[[str], None] | None = None) -> None:
        self.kept = kept
        self.tell = tell
        self.known: dict[str, Any] = self._read() if kept else {}

    def __call__(self, messages: Sequence[Message], pairs: Sequence[Pair]) -> Mapping[Pair, float]:
        """The cosine of each pair of messages."""
        wanted = sorted({number for pair in pairs for number in pair})
        keys = {number: _key(messages[number].said) for number in wanted}
        texts = {keys[number]: messages[number].said for number in wanted}
        self._learn({key: text for key, text in texts.items() if key not in self.known})
        rows = {number: at for at, number in enumerate(wanted)}
        whole = np.stack([self.known[keys[number]] for number in wanted])
        first = whole[[rows[one] for one, _ in pairs]]
        second = whole[[rows[other] for _, other in pairs]]
        return dict(zip(pairs, np.einsum("ij,ij->i", first, second).tolist(), strict=True))

    def _learn(self, texts: Mapping[str, str]) -> None:
        # Texts of like length in one batch: a batch costs as much as its longest text does for each.
        waiting = sorted(texts.items(), key=lambda item: (len(item[1]), item[0]))
        began = monotonic()
        for start in range(0, len(waiting), STEP):
            part = waiting[start : start + STEP]
            found = meaning.vectors([text for _, text in part])
            self.known.update(zip([key for key, _ in part], found, strict=True))
            done = start + len(part)
            if self.tell:
                self.tell(f"Meaning: {done} of {len(waiting)} texts, {monotonic() - began:.0f} s")
        if waiting and self.kept:
            keys = sorted(self.known)
            with self.kept.open("wb") as file:
                np.savez(file, keys=np.array(keys), vectors=np.stack([self.known[key] for key in keys]))

    def _read(self) -> dict[str, Any]:
        if self.kept is None or not self.kept.exists():
            return {}
        with np.load(self.kept, allow_pickle=False) as file:
            return dict(zip(file["keys"].tolist(), file["vectors"], strict=True))


def _key(text: str) -> str:
    """What a text's vector is kept under: another version of the encoder finds nothing."""
    return hashlib.sha256(f"{meaning.VERSION}\n{text}".encode()).hexdigest()[:32]
