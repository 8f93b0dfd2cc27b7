"""The words two texts have in common, as a reader would quote them: the reason why they seem alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final

from linli.kernel.text import HAN

LONGEST: Final = 8
MOST: Final = 2
_EDGE: Final = "的了在是和与也都又还就把被让给到着过很太没不有这那我你他她它们个上里去来说要会能想"
_HAN_RUN: Final = re.compile(rf"[{HAN}A-Za-z0-9]{{2,}}")


def shared_phrases(one: str, other: str, weight: Mapping[str, float]) -> tuple[str, ...]:
    """At most two stretches of two characters and more that both texts hold, the most telling first.

    `weight` says how telling a pair of characters is; particles at the ends are left away.
    """
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    found: dict[str, float] = {}
    for block in blocks:
        for run in _HAN_RUN.findall(one[block.a : block.a + block.size]):
            words = run.strip(_EDGE)[:LONGEST]
            if len(words) >= 2:
                found[words] = sum(weight.get(words[at : at + 2], 0.0) for at in range(len(words) - 1))
    ranked = sorted(found, key=lambda words: (-found[words], words))
    kept: list[str] = []
    for words in ranked:
        if not any(words in other_words for other_words in kept):
            kept.append(words)
    return tuple(kept[:MOST])
