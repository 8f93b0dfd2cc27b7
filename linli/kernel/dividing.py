"""A whole number divided by weights, so that the parts make the whole again."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def divided(whole: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """`whole` by weights, in whole numbers: what is left over goes, one each, to the largest rests, of equal
    ones to the first. The parts always make the whole; who has no weight pays nothing.

    Raises `ValueError` where there is something to divide and nobody has a weight.
    """
    total = sum(weights.values())
    if whole < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("nothing below zero is divided")
    if total == 0:
        if whole:
            raise ValueError("nobody has a weight")
        return dict.fromkeys(weights, 0)
    parts = {key: whole * weight // total for key, weight in weights.items()}
    rests = sorted(weights, key=lambda key: -(whole * weights[key] % total))
    for key in rests[: whole - sum(parts.values())]:
        parts[key] += 1
    return parts
