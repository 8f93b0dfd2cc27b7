"""Which vote counts when somebody votes more than once.

Whoever votes themselves goes before whoever votes for them, entrusted: their own vote takes that back.
Else one sheet in the hand outweighs another way: at the meeting, on paper, at the doorstep, online.
By the same way the later one counts, so that a named vote online can be changed until the ballot closes. What
counts does not depend on which was entered first. A secret vote cannot be found again, so there the first
one counts and a second is refused (`policies.may_cast`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from linli.ballots.kinds import Channel

RANKS: Final[Mapping[Channel, int]] = {
    Channel.ONLINE: 1,
    Channel.DOORSTEP: 2,
    Channel.PAPER: 3,
    Channel.MEETING: 4,
}


@dataclass(frozen=True, slots=True)
class Given:
    """A vote as it came in: by which way, when it was given, a mark that settles what is equal so far, and
    whether somebody entrusted gave it."""

    channel: Channel
    at: datetime
    mark: str
    by_proxy: bool = False


Key = TypeVar("Key")


def strength(given: Given) -> tuple[bool, int, datetime, str]:
    """What a vote is compared by: the highest one counts."""
    return not given.by_proxy, RANKS[given.channel], given.at, given.mark


def counting(votes: Mapping[Key, Given]) -> Key | None:
    """Which of one voter's votes counts; None without a vote."""
    return max(votes, key=lambda each: strength(votes[each]), default=None)
