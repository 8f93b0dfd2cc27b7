"""Who stands in the election of a residents' committee: named by the party organisation or by enough voters.

Source: 城市居民委员会组织法 (in force 2026-01-01) 18. Voters are counted against the frozen roll, each once;
a roll that is written anew counts them anew.
"""

from collections.abc import Collection, Sequence
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied

LEAST_VOTERS: Final = 10


def may_be_named(numbers: Sequence[int], known: Collection[int]) -> Decision:
    """Whether voters, by their numbers on the roll, are enough to name a candidate together."""
    unknown = [number for number in numbers if number not in known]
    if unknown:
        return Denied(
            "Number %(number)s is not on the roll. Look it up there, or leave it out.", {"number": unknown[0]}
        )
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        return Denied("Number %(number)s is written twice: each voter counts once.", {"number": twice})
    return are_enough(len(numbers))


def are_enough(voters: int) -> Decision:
    """Whether so many voters of the roll name a candidate."""
    if voters >= LEAST_VOTERS:
        return ALLOWED
    return Denied(
        "%(voters)s voters of the roll are not enough: %(least)s name a candidate together, or the party "
        "organisation does.",
        {"voters": voters, "least": LEAST_VOTERS},
    )


def may_stand(title: str, *, by_party: bool, voters: int | None) -> Decision:
    """Whether a candidate may be voted for; `voters` of the roll named them, None where nobody did."""
    if by_party or (voters is not None and are_enough(voters)):
        return ALLOWED
    if voters is None:
        return Denied(
            "Nobody has named %(candidate)s yet. Note who did: the party organisation, or %(least)s voters.",
            {"candidate": title, "least": LEAST_VOTERS},
        )
    return Denied(
        "Of the voters who named %(candidate)s, %(voters)s are on the roll; %(least)s are needed.",
        {"candidate": title, "voters": voters, "least": LEAST_VOTERS},
    )
