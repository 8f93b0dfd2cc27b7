"""Shares of a whole, compared in whole numbers so that no rounding can flip a result.

民法典 1259: 以上 (at least) includes the number, 超过 (more than) excludes it; 过半数 is more than one half.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

MOST: Final = 10**15  # of anything counted; every product of two stays exact in Python anyway
_WRITTEN: Final = re.compile(r"\s*(>=|>|≥)\s*(\d{1,6})\s*/\s*(\d{1,6})\s*")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that has to be reached (`>=2/3`) or exceeded (`>1/2`)."""

    numerator: int
    denominator: int
    strict: bool = False

    def __post_init__(self) -> None:
        """A share is more than nothing and at most the whole."""
        if not 1 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator}/{self.denominator} is no share of a whole")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `>1/2` or `>=2/3`; raises ValueError that quotes what could not be read."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a share: {text!r}; write it like '>1/2' or '>=2/3'")
        return cls(int(match[2]), int(match[3]), strict=match[1] == ">")

    def __str__(self) -> str:
        """The form `parse` reads."""
        return f"{'>' if self.strict else '>='}{self.numerator}/{self.denominator}"

    def holds(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough. Of nothing, nothing is enough."""
        if whole <= 0:
            return False
        left, right = self.denominator * part, self.numerator * whole
        return left > right if self.strict else left >= right

    def least(self, whole: int) -> int:
        """The smallest part of a whole that is enough; above the whole where none is."""
        needed = self.numerator * whole
        if self.strict:
            return needed // self.denominator + 1
        return max(1, -(-needed // self.denominator))


MORE_THAN_HALF: Final = Share(1, 2, strict=True)
ONE_THIRD: Final = Share(1, 3)
TWO_THIRDS: Final = Share(2, 3)
MORE_THAN_TWO_THIRDS: Final = Share(2, 3, strict=True)
THREE_QUARTERS: Final = Share(3, 4)
WHOLE: Final = Share(1, 1)


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
