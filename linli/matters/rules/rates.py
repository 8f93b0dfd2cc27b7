"""三率: response, resolution, satisfaction. No formula stands in law (rules.md §4): every rate shows
its numerator and denominator, and what was left out of it is approved and listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

SATISFIED_FROM = 3  # 基本满意 and better; 1 and 2 are 差评 (GB/T 39734)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share as its two counts."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """The exact share, or None where nothing counts yet."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> str:
        """The share in percent with one decimal, halves rounded up; a dash where nothing counts yet."""
        if not self.denominator:
            return "—"
        tenths = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class CountedMatter:
    """What the response rate needs to know of one matter."""

    contact_due: datetime
    contacted_at: datetime | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class CountedCallback:
    """One valid callback: a raiser who was reached, joiners included, the last one of each."""

    solved: bool
    score: int
    excluded: bool


@dataclass(frozen=True, slots=True)
class ThreeRates:
    response: Rate
    resolution: Rate
    satisfaction: Rate
    excluded: int


def three_rates(
    matters: Iterable[CountedMatter], callbacks: Iterable[CountedCallback], now: datetime
) -> ThreeRates:
    """Response = contacted in time ÷ due by now; resolution and satisfaction = yes ÷ valid callbacks."""
    listed = list(matters)
    due = [one for one in listed if not one.excluded and (one.contacted_at or one.contact_due <= now)]
    in_time = [one for one in due if one.contacted_at and one.contacted_at <= one.contact_due]
    valid = [one for one in callbacks if not one.excluded]
    return ThreeRates(
        response=Rate(len(in_time), len(due)),
        resolution=Rate(sum(one.solved for one in valid), len(valid)),
        satisfaction=Rate(sum(one.score >= SATISFIED_FROM for one in valid), len(valid)),
        excluded=sum(one.excluded for one in listed),
    )
