"""What each group holds more than others, what everybody holds, and which statement to ask about next.

The formulas and thresholds are those of Polis's server. A vote counts as one trial; one success and one
failure are always added, so that few votes say little.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from linli.deliberation.opinions.votes import AGREE, DISAGREE, Floats, Id

SURE: Final = 1.2816  # z of 90 %, one-sided
DIGITS: Final = 16  # of a fraction turned into a number
MOST: Final = 5  # statements named for a group, and for everybody on each side
NEWNESS: Final = 8  # how much a statement without votes counts more than one with very many
ABOUT_TALKING: Final = 7  # what a statement about the conversation itself counts as

Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tally:
    """For each statement: how many agreed, disagreed, and voted at all (passing included)."""

    agree: Counts
    disagree: Counts
    seen: Counts

    @property
    def passed(self) -> Counts:
        """How many passed."""
        return self.seen - self.agree - self.disagree

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.agree + other.agree, self.disagree + other.disagree, self.seen + other.seen)


def tally(votes: Floats) -> Tally:
    """The votes of these people, column by column."""
    return Tally(
        (votes == AGREE).sum(axis=0), (votes == DISAGREE).sum(axis=0), (~np.isnan(votes)).sum(axis=0)
    )


def together(tallies: Sequence[Tally], statements: int) -> Tally:
    """All of them added up."""
    nothing = np.zeros(statements, dtype=np.int64)
    return sum(tallies, start=Tally(nothing, nothing, nothing))


# ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────


def quotient(tops: Counts, bottoms: Counts) -> Floats:
    """Fractions as the server turns them into numbers: exactly divided, then cut to sixteen digits.

    Without this the last digit differs, and ties between statements fall otherwise than there.
    """
    with localcontext(prec=DIGITS):
        pairs = zip(tops.tolist(), bottoms.tolist(), strict=True)
        return np.array([float(Decimal(top) / bottom) for top, bottom in pairs], dtype=np.float64)


def share(successes: Counts, trials: Counts) -> Floats:
    """The likely share of successes."""
    return quotient(successes + 1, trials + 2)


def share_test(successes: Counts, trials: Counts) -> Floats:
    """How surely the share lies above one half (z)."""
    return 2 * np.sqrt(trials + 1) * (quotient(successes + 1, trials + 1) - 0.5)


def times(inside: Counts, outside: Counts, trials_in: Counts, trials_out: Counts) -> Floats:
    """How many times as large the likely share is inside as outside."""
    return quotient((inside + 1) * (trials_out + 2), (trials_in + 2) * (outside + 1))


def difference_test(inside: Counts, outside: Counts, trials_in: Counts, trials_out: Counts) -> Floats:
    """How surely the share inside lies above that outside (z); 0 where everybody succeeded."""
    one, other, of_one, of_other = inside + 1, outside + 1, trials_in + 1, trials_out + 1
    both, of_both = one + other, of_one + of_other
    spread = quotient(both * (of_both - both), of_both * of_one * of_other)
    apart = quotient(one * of_other - other * of_one, of_one * of_other)
    return np.divide(apart, np.sqrt(spread), out=np.zeros(len(apart)), where=both < of_both)


# ── what a group holds ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Side:
    """One group's agreement, or disagreement, with each statement, also as against the other groups."""

    name: str
    successes: Counts
    trials: Counts
    p: Floats
    p_test: Floats
    ratio: Floats
    ratio_test: Floats

    def entry(self, at: int, statement: Id) -> dict[str, Any]:
        """One statement under the server's names."""
        return {
            "tid": statement,
            "n-success": int(self.successes[at]),
            "n-trials": int(self.trials[at]),
            "p-success": float(self.p[at]),
            "p-test": float(self.p_test[at]),
            "repness": float(self.ratio[at]),
            "repness-test": short(self.ratio_test[at]),
            "repful-for": self.name,
        }


def short(value: float) -> float:
    """A number as the server writes this one: in single precision."""
    return float(str(np.float32(value)))


def sides(group: Tally, rest: Tally) -> tuple[Side, Side]:
    """Agreement and disagreement of a group, as against the rest of the groups."""

    def side(name: str, successes: Counts, others: Counts) -> Side:
        return Side(
            name,
            successes,
            group.seen,
            share(successes, group.seen),
            share_test(successes, group.seen),
            times(successes, others, group.seen, rest.seen),
            difference_test(successes, others, group.seen, rest.seen),
        )

    return side("agree", group.agree, rest.agree), side("disagree", group.disagree, rest.disagree)


def representative(
    group: Tally, rest: Tally, statements: Sequence[Id], left_out: Collection[Id]
) -> list[dict[str, Any]]:
    """At most five statements that stand for a group: what it holds clearly, and more clearly than the rest.

    Its best agreement comes first; where nothing is clear, the best there is. Agreements stand first.
    """
    agree, disagree = sides(group, rest)
    clear: list[int] = []
    best: int | None = None
    best_test = -np.inf
    best_agree: int | None = None
    for at, statement in enumerate(statements):
        if statement in left_out:
            continue
        if any(each.ratio_test[at] > SURE and each.p_test[at] > SURE for each in (agree, disagree)):
            clear.append(at)
        test = max(agree.ratio_test[at], disagree.ratio_test[at])
        if not clear and (best is None or test > best_test):
            best, best_test = at, float(np.float32(test))
        if _better_agreement(agree, at, best_agree) and group.agree[at] + group.disagree[at] > 0:
            best_agree = at

    def entry(at: int) -> dict[str, Any]:
        stronger = agree if agree.ratio_test[at] > disagree.ratio_test[at] else disagree
        return stronger.entry(at, statements[at])

    head: list[dict[str, Any]] = []
    if best_agree is not None:
        head = [entry(best_agree) | {"n-agree": int(group.agree[best_agree]), "best-agree": True}]
    if not clear:
        return head or ([entry(best)] if best is not None else [])
    others = sorted((entry(at) for at in clear if at != best_agree), key=_weight, reverse=True)
    chosen = (head + others)[:MOST]
    return sorted(chosen, key=lambda each: each["repful-for"] != "agree")


def _better_agreement(side: Side, at: int, best: int | None) -> bool:
    """Whether a statement is a better agreement of the group than the best so far."""
    if best is None:
        return bool(side.p_test[at] > SURE or (side.ratio[at] > 1 and side.p[at] > 0.5))
    if side.ratio[best] > 1:
        product = side.ratio * side.ratio_test * side.p * side.p_test
    else:
        product = side.p * side.p_test
    return bool(product[at] > product[best])


def _weight(entry: Mapping[str, Any]) -> float:
    return float(entry["repness"] * entry["repness-test"] * entry["p-success"] * entry["p-test"])


# ── what everybody holds, and what to ask next ──────────────────────────────────────────────────────────────


def consensus(
    everybody: Tally, statements: Sequence[Id], left_out: Collection[Id]
) -> dict[str, list[dict[str, Any]]]:
    """At most five statements most agree with, and five most disagree with, the clearest first."""

    def top(successes: Counts) -> list[dict[str, Any]]:
        p, test = share(successes, everybody.seen), share_test(successes, everybody.seen)
        held = [
            at
            for at, statement in enumerate(statements)
            if statement not in left_out and p[at] > 0.5 and test[at] > SURE
        ]
        held.sort(key=lambda at: p[at] * test[at], reverse=True)
        return [
            {
                "tid": statements[at],
                "n-success": int(successes[at]),
                "n-trials": int(everybody.seen[at]),
                "p-success": float(p[at]),
                "p-test": float(test[at]),
            }
            for at in held[:MOST]
        ]

    return {"agree": top(everybody.agree), "disagree": top(everybody.disagree)}


def group_aware_consensus(groups: Sequence[Tally]) -> Floats:
    """How far every group agrees with a statement: the product of their likely shares of agreement."""
    product: Floats = np.prod([share(each.agree, each.seen) for each in groups], axis=0)
    return product


def priorities(groups: Tally, extremity: Floats, about_talking: NDArray[np.bool_]) -> Floats:
    """How soon a statement should be asked about: agreed with, telling, seldom passed on, or new."""
    importance = (1 - share(groups.passed, groups.seen)) * (extremity + 1) * share(groups.agree, groups.seen)
    newness = 1 + NEWNESS * 2.0 ** (groups.seen / -5)
    return np.where(about_talking, float(ABOUT_TALKING), importance * newness) ** 2
