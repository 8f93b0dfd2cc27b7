"""Topics and their proposals: until when people speak, who supports what, when a reply is owed.

No law sets the figures: how many supporters oblige the community to reply, and within how many working days,
is what its staff promise when they open a topic. Once owed a reply stays owed, whoever withdraws afterwards.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from linli.deliberation.kinds import ProposalState, TopicKind, TopicStage, Verdict
from linli.deliberation.rules.opening import Run
from linli.kernel.durations import add_workdays
from linli.kernel.text import clean
from linli.kernel.workdays import WorkdayCalendar

LONGEST_SECTION: Final = 20
LONGEST_PROPOSAL_TITLE: Final = 40
LONGEST_PROPOSAL: Final = 1000
LONGEST_REPLY: Final = 2000
MOST_SECTIONS: Final = 8
MOST_PROPOSALS: Final = 5  # of one person that wait for a reply, so that reading them stays possible
MOST_COMMENTS: Final = 10  # of one person on one proposal
RUN: Final = Run(timedelta(days=366), "A topic stays open for a year at most.")
FEWEST_SUPPORTERS: Final = 2  # one supporter is the raiser's neighbour at table
MOST_WORKDAYS: Final = 30

WAYS: Final = {
    ProposalState.OPEN: frozenset({ProposalState.TAKEN, ProposalState.DECLINED, ProposalState.MERGED}),
    ProposalState.DECLINED: frozenset({ProposalState.TAKEN}),  # who declined may come to see it otherwise
    ProposalState.MERGED: frozenset({ProposalState.OPEN}),
    ProposalState.TAKEN: frozenset(),
}

Key = TypeVar("Key")


def stage(
    kind: TopicKind,
    *,
    starts: date,
    ends: date,
    closed_at: datetime | None,
    shortlisted_at: datetime | None,
    decided_at: datetime | None,
    day: date,
) -> TopicStage:
    """Where a topic stands on a day; its first and last day are both included."""
    if kind is TopicKind.NAMING and decided_at is not None:
        return TopicStage.DECIDED
    if kind is TopicKind.NAMING and shortlisted_at is not None:
        return TopicStage.CHOOSING
    if closed_at is not None or day > ends:
        return TopicStage.ENDED
    return TopicStage.RUNNING if day >= starts else TopicStage.COMING


def most_supporters(residents: int) -> int:
    """The highest threshold that can be reached: everybody who lives there but the raiser."""
    return max(FEWEST_SUPPORTERS, residents - 1)


def fault_of_promise(threshold: int, workdays: int, residents: int) -> str:
    """What is wrong with the promise to reply, as a msgid; empty when nothing is."""
    if threshold < FEWEST_SUPPORTERS:
        return "At least two supporters."
    if threshold > most_supporters(residents):
        return "So many people do not live there; nobody could ever reach it."
    if not 1 <= workdays <= MOST_WORKDAYS:
        return "Promise a reply within 1 to 30 working days."
    return ""


def sections_of(text: str) -> list[str]:
    """The sections of a topic, one to a line."""
    return [" ".join(line.split()) for line in clean(text).split("\n") if line.strip()]


def fault_of_sections(names: Sequence[str]) -> str:
    """What is wrong with a topic's sections, as a msgid; empty when nothing is. None at all is fine."""
    if len(names) > MOST_SECTIONS:
        return "Eight sections at most, or nobody finds the right one."
    if any(len(each) > LONGEST_SECTION for each in names):
        return "A section’s name has at most 20 characters."
    if len({each.casefold() for each in names}) < len(names):
        return "Two sections have the same name."
    return ""


def may_become(state: ProposalState, wanted: ProposalState) -> bool:
    """Whether a proposal goes from one state straight to another."""
    return wanted in WAYS[state]


def state_after(state: ProposalState, verdict: Verdict) -> ProposalState:
    """What a proposal is after an official reply: words alone leave it as it is."""
    return state if verdict is Verdict.WORD else ProposalState(verdict.value)


def owed_since(supporters: int, threshold: int) -> bool:
    """Whether so many supporters oblige the community to reply."""
    return supporters >= threshold


def reply_due(day: date, workdays: int, calendar: WorkdayCalendar) -> date:
    """The last day for a reply owed since `day`, that day not counted (民法典 201)."""
    return add_workdays(day, workdays, calendar)


def is_overdue(due_on: date | None, replied_at: datetime | None, today: date) -> bool:
    """Whether a promised reply was missed. The due day itself is still in time."""
    return due_on is not None and replied_at is None and today > due_on


def united(
    supporters: AbstractSet[Key], joining: AbstractSet[Key], *, raiser: Key, joining_raiser: Key
) -> frozenset[Key]:
    """Who supports a proposal once another is merged into it: everybody once.

    Whoever raised the other supports what it has become; nobody supports what they raised themselves.
    """
    return frozenset((supporters | joining | {joining_raiser}) - {raiser})


def due_together(days: Iterable[date | None]) -> date | None:
    """Of replies owed to proposals that are one now, the earliest is kept."""
    return min((day for day in days if day is not None), default=None)
