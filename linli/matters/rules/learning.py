"""When triage may learn from decisions, when a learnt answer leads, and how its suggestions are counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied

AT_LEAST: Final = 3  # matters a word stands in before a model keeps it: nobody's own words survive
PER_CATEGORY: Final = 5  # decisions of a category before it is learnt: fewer teach chance
ENOUGH: Final = 40  # decisions in all
OWN_WEIGHT: Final = 3.0  # a community's own decision counts as three of others
MOST: Final = 5000  # decisions learnt from, the latest: what is older was decided by other rules
MOST_PAIRS: Final = 60  # of a community, the latest it called the same or told apart
LEADS_FROM: Final = 0.5  # share of certainty from which a learnt category stands before the words' own
LONGEST_WHY: Final = 200  # characters
EVERYWHERE: Final = "/"  # the place of what all communities share
WORSE_BY: Final = 0.05  # macro-F1 a new version may fall behind the active one: chance of the deal


def learnable(labels: Iterable[str]) -> frozenset[str]:
    """The categories decided often enough to be learnt."""
    return frozenset(label for label, count in Counter(labels).items() if count >= PER_CATEGORY)


def may_be_learnt(counts: Mapping[str, int]) -> Decision:
    """Whether these decisions, by category, teach anything."""
    if len(counts) < 2:
        return Denied("Fewer than two categories have %(least)s decisions each.", {"least": PER_CATEGORY})
    if sum(counts.values()) < ENOUGH:
        return Denied("Fewer than %(least)s decisions to learn from.", {"least": ENOUGH})
    return ALLOWED


def says_why(why: str) -> Decision:
    """A version is chosen for a reason others can read later."""
    if not why.strip() or len(why.strip()) > LONGEST_WHY:
        return Denied("Please say why, in at most %(most)s characters.", {"most": LONGEST_WHY})
    return ALLOWED


def takes_over(new: float | None, active: float | None, *, pinned: bool) -> bool:
    """Whether a new version becomes the active one, by macro-F1 held out (None: it tells no categories). A
    pinned one is never replaced, nor one that tells categories by one that does not."""
    if pinned or active is None:
        return not pinned
    return new is not None and new >= active - WORSE_BY


def leads(share: float) -> bool:
    """Whether a learnt category stands first; below that the list of words keeps its place."""
    return share >= LEADS_FROM


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many decisions in `total` so many were as suggested; `silent` had no suggestion."""

    total: int
    right: int
    silent: int

    @property
    def changed(self) -> int:
        """Decided otherwise than suggested."""
        return self.total - self.right - self.silent

    @property
    def accuracy(self) -> float | None:
        """Of the decisions that had a suggestion; None where none had."""
        suggested = self.total - self.silent
        return self.right / suggested if suggested else None


def tally(pairs: Iterable[tuple[str, str]]) -> Tally:
    """Count (suggested, decided) pairs; an empty suggestion was silent."""
    listed = list(pairs)
    right = sum(1 for suggested, decided in listed if suggested and suggested == decided)
    return Tally(len(listed), right, sum(1 for suggested, _ in listed if not suggested))


def by_category(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Tally]]:
    """The same for each decided category, the most frequent first."""
    listed = list(pairs)
    counts = Counter(decided for _, decided in listed)
    order = sorted(counts, key=lambda code: (-counts[code], code))
    return [(code, tally(pair for pair in listed if pair[1] == code)) for code in order]
