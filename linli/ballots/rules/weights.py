"""What votes weigh: area and heads, added up in whole numbers."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 10**15  # of anything counted; every product of two stays exact in Python anyway


@dataclass(frozen=True, slots=True)
class Weight:
    """What somebody's vote weighs: area in 0.01 m², and heads."""

    area: int = 0
    heads: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        """Both added."""
        return Weight(self.area + other.area, self.heads + other.heads)

    def fits_in(self, other: "Weight") -> bool:
        """Whether neither measure is more than the other's."""
        return self.area <= other.area and self.heads <= other.heads


NOTHING: Final = Weight()


def total(weights: "list[Weight]") -> Weight:
    """All of them added."""
    return Weight(sum(each.area for each in weights), sum(each.heads for each in weights))
