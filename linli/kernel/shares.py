"""Shares of a whole, compared in whole numbers so that no rounding can flip a result.

民法典 1259: 以上 (at least) includes the number, 超过 (more than) excludes it; 过半数 is more than one half.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

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

    @property
    def fraction(self) -> str:
        """The bare fraction, `2/3`."""
        return f"{self.numerator}/{self.denominator}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `>1/2` or `>=2/3`; raises ValueError that quotes what could not be read."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a share: {text!r}; write it like '>1/2' or '>=2/3'")
        return cls(int(match[2]), int(match[3]), strict=match[1] == ">")

    def __str__(self) -> str:
        """The form `parse` reads."""
        return f"{'>' if self.strict else '>='}{self.fraction}"

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
ONE_TENTH: Final = Share(1, 10)
ONE_FIFTH: Final = Share(1, 5)
ONE_THIRD: Final = Share(1, 3)
TWO_THIRDS: Final = Share(2, 3)
MORE_THAN_TWO_THIRDS: Final = Share(2, 3, strict=True)
THREE_QUARTERS: Final = Share(3, 4)
WHOLE: Final = Share(1, 1)
