"""A meeting's way: which state follows which, notice in time, who is counted, and whether enough are here.

Source: 城市居民委员会组织法 26–29, 物业管理条例 13–14, 民法典 201 (the first day is not counted) and 278.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from linli.gatherings.kinds import Asks, BodyKind, Manner, Presence, State, Verb
from linli.gatherings.rules.bodies import STANDINGS, counts_hands, least
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.durations import count_back

LONGEST_TITLE: Final = 80  # characters, as the tables hold
LONGEST_POINT: Final = 500
LONGEST_RESOLUTION: Final = 1000
LONGEST_MINUTES: Final = 20_000
MOST_ITEMS: Final = 40
LENGTHS: Final = (15, 480)  # minutes: the shortest and the longest meeting that can be planned

TRANSITIONS: Final[Mapping[Verb, tuple[frozenset[State], State]]] = {
    Verb.NOTIFY: (frozenset({State.PLANNED}), State.NOTICED),
    Verb.OPEN: (frozenset({State.PLANNED, State.NOTICED}), State.OPEN),
    Verb.CLOSE: (frozenset({State.OPEN}), State.CLOSED),
    Verb.PUBLISH: (frozenset({State.CLOSED}), State.PUBLISHED),
    Verb.CANCEL: (frozenset({State.PLANNED, State.NOTICED}), State.CANCELLED),
}
AHEAD: Final = frozenset({State.PLANNED, State.NOTICED})
OVER: Final = frozenset({State.CLOSED, State.PUBLISHED})


def may_go(state: State, verb: Verb) -> Decision:
    """Whether a meeting in this state can take that step."""
    if state in TRANSITIONS[verb][0]:
        return ALLOWED
    return Denied("The meeting has moved on. Open its page again.")


def may_hand_on(state: State | None, *, is_handed_on: bool, is_resolved: bool, is_approved: bool) -> Decision:
    """Whether an item can go to another body: while it waits (`state` None) or stands on an agenda ahead, and
    after it was talked over, as long as nothing was resolved on it and the minutes do not stand yet."""
    if is_handed_on:
        return Denied("This item has been handed to another body.")
    if state is State.CANCELLED:
        return Denied("The agenda is closed.")
    if is_resolved:
        return Denied("Something was resolved on it here. Bring it before the other body anew.")
    if is_approved or state is State.PUBLISHED:
        return Denied("The minutes stand. Bring it before the other body anew.")
    return ALLOWED


def last_day_to_notify(day: date, notice_days: int) -> date:
    """The last day on which notice of a meeting on `day` is still in time."""
    return count_back(day, notice_days)


def earliest_day(today: date, notice_days: int) -> date:
    """The first day a meeting can be on when its notice goes out today."""
    return today + timedelta(days=notice_days)


def notice_in_time(day: date, today: date, notice_days: int) -> Decision:
    """Whether notice sent today is in time: 10 days to residents (组织法 26), 15 to owners (条例 14)."""
    last = last_day_to_notify(day, notice_days)
    if today <= last and today <= day:
        return ALLOWED
    return Denied(
        "Notice had to go out by %(last)s, %(days)s days before. Choose %(earliest)s or a later day.",
        {
            "last": last.isoformat(),
            "days": notice_days,
            "earliest": earliest_day(today, notice_days).isoformat(),
        },
    )


def may_be_urgent(kind: BodyKind | None) -> Decision:
    """Only the residents' assembly may meet at once when it is urgent (组织法 26)."""
    if kind is not None and STANDINGS[kind].law.may_be_urgent:
        return ALLOWED
    return Denied("Only a residents’ assembly may be called at once, when it is urgent.")


def may_open(state: State, day: date, today: date, notice_days: int, *, is_urgent: bool) -> Decision:
    """Whether a planned meeting can begin: on its day, and with its notice given where one is due."""
    moved = may_go(state, Verb.OPEN)
    if not moved:
        return moved
    if today != day:
        return Denied("This meeting is on %(day)s, not today.", {"day": day.isoformat()})
    if state is State.PLANNED and notice_days and not is_urgent:
        return Denied(
            "Notice has to go out %(days)s days before. Choose a later day and send it.",
            {"days": notice_days},
        )
    return ALLOWED


def may_stand_in(held: int, most: int, *, is_present: bool, is_for_self: bool) -> Decision:
    """Whether somebody may stand in for one more: present themselves, and not for more than `most` others."""
    if is_for_self:
        return Denied("A person cannot be their own proxy.")
    if most == 0:
        return Denied("At this kind of meeting nobody can be stood in for.")
    if not is_present:
        return Denied("Whoever stands in has to be here: sign them in first.")
    if held >= most:
        return Denied("One person may stand in for at most %(most)s others.", {"most": most})
    return ALLOWED


@dataclass(frozen=True, slots=True)
class About:
    """What policies ask of a meeting: where, in which state, open to all, a sitting, and who opened it."""

    path: str
    state: State
    is_public: bool
    is_sitting: bool
    planned_by: UUID | None


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of those entitled are present, proxies included. Owners are counted in area too (0.01 m²,
    民法典 278), and both have to reach the share; None where area plays no part."""

    share: Presence
    present: int
    entitled: int
    area_present: int | None = None
    area_entitled: int | None = None

    @property
    def needed(self) -> int:
        """The smallest number of heads that is enough."""
        return least(self.share, self.entitled)

    @property
    def met(self) -> bool:
        """Whether enough are here; without a share to reach always."""
        if self.present < self.needed:
            return False
        if self.area_entitled is None or self.share is Presence.NONE:
            return True
        return (self.area_present or 0) >= least(self.share, self.area_entitled)


@dataclass(frozen=True, slots=True)
class Hands:
    """A count of hands."""

    yes: int
    no: int
    abstained: int


def passes(hands: Hands, present: int) -> bool:
    """More than half of those present (组织法 27, 29): who abstains or does not raise a hand is no yes."""
    return 2 * hands.yes > present


def may_resolve(
    kind: BodyKind | None, state: State, manner: Manner, quorum: Quorum, hands: Hands | None
) -> Decision:
    """Whether a meeting can pass a resolution now: while it sits or right after, with its quorum, and with
    a count that fits those present; without a count only where the law asks for none (组织法 27, 29)."""
    if kind is not None and STANDINGS[kind].decides_by_ballot:
        return Denied("Owners decide by ballot, counted in area and heads. Open a ballot for it.")
    if state not in (State.OPEN, State.CLOSED):
        return Denied("A resolution is passed while the meeting sits or when it has just ended.")
    if not quorum.met:
        return Denied(
            "%(present)s of %(entitled)s are here, %(needed)s are needed: the meeting can talk, not resolve.",
            {"present": quorum.present, "entitled": quorum.entitled, "needed": quorum.needed},
        )
    if manner is Manner.CONSENSUS and counts_hands(kind):
        return Denied(
            "Here more than half of those present decide. Count who is for it, against it, abstains."
        )
    if (manner is Manner.HANDS) != (hands is not None):
        return Denied("Say how many were for it, against it and abstained.")
    if hands is not None and hands.yes + hands.no + hands.abstained > quorum.present:
        return Denied("More hands were counted than people are here.")
    return ALLOWED


def may_ask(asks: Asks, due_on: date | None, today: date, *, has_unit: bool) -> Decision:
    """Whether what is to be resolved can be followed: something to do has its unit and a day ahead, and what
    has neither says that nobody has to do anything."""
    if asks is not Asks.TASK:
        if has_unit or due_on is not None:
            return Denied(
                "Nobody has to do anything here. Leave unit and day out, or say that a unit does it."
            )
        return ALLOWED
    if not has_unit or due_on is None:
        return Denied(
            "Name the unit that carries it out and the day it is due. If nobody has to do anything, say so."
        )
    if due_on <= today:
        return Denied("The day it is due has to be a coming one.")
    return ALLOWED
