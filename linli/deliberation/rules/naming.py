"""Naming contests (院落征名): what a name may be, which go before the vote, what the vote leaves.

No law sets these figures; how long a name may be is this house's own. Whether the office of place names
has to agree to a name is for staff to ask before they give it to the place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from linli.deliberation.kinds import NameState
from linli.kernel.clock import local
from linli.kernel.text import is_han, normalise
from linli.places.kinds import PlaceKind

SHORTEST_NAME: Final = 2
LONGEST_NAME: Final = 6
LONGEST_WHY: Final = 200
MOST_EACH: Final = 3  # names of one person, where staff allow more than one
FEWEST_TO_CHOOSE: Final = 2
ROLL_DAYS: Final = timedelta(days=6)  # the roll is out for objection for five, and the vote opens after that

# What residents may name: a community's or a grid's name is not theirs to give.
NAMEABLE: Final = (PlaceKind.COURTYARD, PlaceKind.BUILDING)

Key = TypeVar("Key")


def name_of(text: str) -> str:
    """A name as it is compared and kept: without spaces."""
    return normalise(text).replace(" ", "")


def fault_of_name(name: str) -> str:
    """What is wrong with a name, as a msgid; empty when nothing is."""
    if not name:
        return "Write a name for it."
    if not is_han(name) or not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return "A name has two to six Chinese characters and nothing else."
    return ""


def fault_of_shortlist(names: Collection[Key], left_out: Mapping[Key, str]) -> str:
    """What is wrong with a choice among the names that came in, as a msgid; empty when nothing is.

    `left_out` gives for each name that does not go before the vote the reason everybody reads.
    """
    if not set(left_out) <= set(names):
        return "The names have changed. Look at them again."
    if not all(left_out.values()):
        return "Give a reason for each name that is left out; everybody reads it."
    if len(names) - len(left_out) < FEWEST_TO_CHOOSE:
        return "Keep at least two names to choose from."
    return ""


def fault_of_voting(opens_at: datetime, closes_at: datetime, today: date) -> str:
    """What is wrong with the hours of the vote, as a msgid; empty when nothing is."""
    if closes_at <= opens_at:
        return "Voting ends after it begins."
    if local(opens_at).date() < today + ROLL_DAYS:
        return "The roll is out for five days first: voting begins six days from now at the earliest."
    return ""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a vote on names came to: votes for each, the one that won, or those tied for it."""

    votes: Mapping[str, int]
    won: str = ""
    tied: frozenset[str] = frozenset()


def states_after(vote: Vote) -> dict[str, NameState]:
    """What each name is after the vote. Those tied are voted on again, the others are not."""
    again = vote.tied if vote.tied and not vote.won else frozenset(vote.votes)
    return {name: NameState.SHORTLISTED if name in again else NameState.OUTVOTED for name in vote.votes}
