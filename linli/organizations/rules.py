"""Rules of posts: who acts for one, what it is called, and which chains of posts are allowed."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.organizations.kinds import Power
from linli.people.kinds import Power as PeoplePower
from linli.places.kinds import Power as PlacePower

NAME_LENGTH: Final = 80
DUTY: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST_CHAIN: Final = 12  # posts from a building head to the city; a longer chain is a mistake
LONGEST_KEY: Final = 366  # days: another system's key is renewed by a person at least once a year

# Organizations whose posts are known by the place they are for; the others' by the organization's name.
NAMED_BY_PLACE: Final = frozenset({"residents_committee", "party_branch", "street_office", "district"})

INVITATION_HOLDS: Final = timedelta(days=14)  # a slip that lies in a drawer must not open a door next year

# What running the installation takes, and no more: places, posts and practices; nobody's matters, and of
# people only to write down who holds a post. `procedure.adopt` and `audit.read` are named on other floors.
ADMINISTRATOR: Final = (
    Power.SET_UP.value,
    Power.APPOINT.value,
    PlacePower.EDIT.value,
    PlacePower.IMPORT.value,
    PeoplePower.EDIT.value,
    "procedure.adopt",
    "audit.read",
)


@dataclass(frozen=True, slots=True)
class Term:
    """The days something holds: `ends` is the first day it no longer does; None leaves it open."""

    starts: date
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is within the term."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    def meets(self, other: "Term") -> bool:
        """Whether the two terms share a day."""
        return (self.ends is None or other.starts < self.ends) and (
            other.ends is None or self.starts < other.ends
        )

    @property
    def last_day(self) -> date | None:
        """The last day within the term, as a grant states it."""
        return None if self.ends is None else self.ends - timedelta(days=1)


def title_of(title: str, *, organization_kind: str, organization: str, place: str) -> str:
    """A post's full name: its kind's title and what it is for, such as 网格员 · 第3网格."""
    return f"{title} · {place if organization_kind in NAMED_BY_PLACE else organization}"


def acting(holders: Iterable[object], absent: Mapping[object, object]) -> list[object]:
    """Those who act for a post: each holder, or the stand-in named for the one who is away; no one twice."""
    return list(dict.fromkeys(absent.get(holder, holder) for holder in holders))


def chain_is_sound(post: object, above: Sequence[object]) -> bool:
    """Whether a post may stand below the chain `above` (nearest first): no circle, and not endless."""
    return post not in above and len(set(above)) == len(above) and len(above) < LONGEST_CHAIN


def key_is_sound(
    powers: Collection[str], held: Collection[str], *, place: str, post_place: str, term: Term, today: date
) -> Decision:
    """Whether a key may be made: some powers, all of them the post's; a place within the post's; an end.

    A key never does what its post cannot: another system is given less than a person, not more.
    """
    if not powers:
        return Denied("Name at least one power the key is for.")
    beyond = sorted(set(powers) - set(held))
    if beyond:
        return Denied("The post itself does not have: %(powers)s", {"powers": ", ".join(beyond)})
    if not place.startswith(post_place):
        return Denied("A key is for the place of its post, or a place within it.")
    if term.ends is None or term.ends <= today or term.ends - today > timedelta(days=LONGEST_KEY):
        return Denied("A key ends on a coming day, at most %(days)s days ahead.", {"days": LONGEST_KEY})
    return ALLOWED


def key_grants(
    powers: Collection[str], held: Collection[str], *, place: str, post_place: str
) -> tuple[str, ...]:
    """What a key can do: of its powers those the post still has; nothing where the post is not.

    Asked at every request, so that a power taken from a post is gone from its keys at once.
    """
    if not place.startswith(post_place):
        return ()
    return tuple(sorted(set(powers) & set(held)))


def invitation_expires(made_at: datetime) -> datetime:
    """The moment from which an invitation opens nothing any more."""
    return made_at + INVITATION_HOLDS
