"""How good answers are: accuracy, and precision, recall and F1 of each label. Plain counting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PerLabel:
    """One label: of what was called it how much was it, of what was it how much was called it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Quality:
    """`macro_f1` is the mean of the labels' F1, so a rare label weighs as much as a common one."""

    accuracy: float
    macro_f1: float
    per_label: dict[str, PerLabel]

    def as_json(self) -> dict[str, Any]:
        """What `linli triage evaluate` prints."""
        return asdict(self)


def quality(true: Sequence[str], said: Sequence[str]) -> Quality:
    """The figures of answers against what is right. A label that only was said counts too, as missed."""
    if not true:
        return Quality(0.0, 0.0, {})
    right = Counter(label for label, answer in zip(true, said, strict=True) if label == answer)
    are, called = Counter(true), Counter(said)
    per_label = {label: _per_label(right[label], called[label], are[label]) for label in sorted(are | called)}
    mean = sum(one.f1 for one in per_label.values()) / len(per_label)
    return Quality(round(sum(right.values()) / len(true), 6), round(mean, 6), per_label)


def _per_label(right: int, called: int, are: int) -> PerLabel:
    precision = right / called if called else 0.0
    recall = right / are if are else 0.0
    f1 = 2 * right / (called + are)
    return PerLabel(round(precision, 6), round(recall, 6), round(f1, 6), are)
