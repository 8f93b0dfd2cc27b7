"""Covenants: their way from draft to yearly review, who adopts one, who signs.

Adoption follows the residents' committee law in force since 2026-01-01: the residents' assembly adopts a
covenant or charges others with it, and it is filed with the street (articles 30–31). How many have to come
and to agree (27, 29) stands with the other majorities in `linli/ballots/rules/majorities.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from linli.ballots.kinds import RuleName
from linli.ballots.rules.majorities import NAMED
from linli.deliberation.kinds import Body, CovenantKind, CovenantStage
from linli.deliberation.rules.opening import Run
from linli.kernel.text import clean

LONGEST_PARAGRAPH: Final = 500
MOST_PARAGRAPHS: Final = 60
CONSULTATION: Final = Run(timedelta(days=92), "A consultation takes three months at most.")
REVIEW_AHEAD: Final = timedelta(days=14)  # before a yearly review is due its staff hear of it
MOST_REMARKS: Final = 5  # of one person on one paragraph
MOST_AMENDMENTS: Final = 10  # of one person that wait for a decision

STATUTORY: Final = frozenset({CovenantKind.RESIDENTS, CovenantKind.CHARTER})
DECIDES: Final = {
    Body.ASSEMBLY: NAMED[RuleName.RESIDENTS_ASSEMBLY],
    Body.DELEGATES: NAMED[RuleName.REP_ASSEMBLY],
}

_NUMBERED: Final = re.compile(r"^\(?[0-9]{1,2}[.)、．）]\s*")

WAYS: Final = {
    CovenantStage.DRAFT: frozenset({CovenantStage.CONSULT}),
    CovenantStage.CONSULT: frozenset({CovenantStage.DECIDING}),
    CovenantStage.DECIDING: frozenset({CovenantStage.ADOPTED, CovenantStage.CONSULT}),
    CovenantStage.ADOPTED: frozenset({CovenantStage.PUBLISHED}),
    CovenantStage.PUBLISHED: frozenset({CovenantStage.REPLACED}),
    CovenantStage.REPLACED: frozenset(),
}


def may_follow(stage: CovenantStage, wanted: CovenantStage) -> bool:
    """Whether a covenant goes from one stage straight to another."""
    return wanted in WAYS[stage]


def paragraphs_of(text: str) -> list[str]:
    """A text cut into its paragraphs, one to a line; numbers written before them go, they are given anew."""
    lines = [_NUMBERED.sub("", line.strip()).strip() for line in clean(text).split("\n")]
    return [line for line in lines if line]


def fault_of_paragraphs(paragraphs: Sequence[str]) -> str:
    """What is wrong with a text, as a msgid; empty when nothing is."""
    if not paragraphs:
        return "Write the text, one paragraph to a line."
    if len(paragraphs) > MOST_PARAGRAPHS:
        return "A covenant people keep is short: 60 paragraphs at most."
    if any(len(each) > LONGEST_PARAGRAPH for each in paragraphs):
        return "A paragraph has at most 500 characters. Cut the long one in two."
    return ""


def fault_of_amendment(before: str, after: str) -> str:
    """What is wrong with new words for a paragraph, as a msgid; empty when nothing is."""
    if not after:
        return "Write how the paragraph should read."
    if len(after) > LONGEST_PARAGRAPH:
        return "A paragraph has at most 500 characters. Cut the long one in two."
    if after == before:
        return "This is what the paragraph says already."
    return ""


def is_statutory(kind: CovenantKind) -> bool:
    """Whether it is one of the two the law names (30, 31)."""
    return kind in STATUTORY


def fault_of_place(kind: CovenantKind, *, is_community: bool) -> str:
    """What is wrong with the place a text is drafted for, as a msgid; empty when nothing is. A charter is
    that of a residents' committee, and so of its community; a courtyard has covenants."""
    if kind is CovenantKind.CHARTER and not is_community:
        return "A charter of self-government is the whole community’s. Choose the community."
    return ""


def points(kind: CovenantKind, adopted_on: date | None, filed_on: date | None) -> list[tuple[str, str]]:
    """What the law asks of a text, each with what is not met, as msgids (30, 31); it names no day by which
    it is filed. Nothing for texts the law does not know."""
    if not is_statutory(kind):
        return []
    adopts = "The residents’ assembly adopts it, or representatives it charged with it by a resolution."
    files = "It is put on file with the street."
    return [
        (adopts, "" if adopted_on else "No meeting has adopted it yet."),
        (files, "" if filed_on else "Not on file yet." if adopted_on else "That comes after it is adopted."),
    ]


@dataclass(frozen=True, slots=True)
class Mandate:
    """That the assembly charged its representatives with a covenant: on what day, and by which resolution;
    one that is not recorded here in the words of its minutes."""

    on: date
    words: str = ""
    resolution_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that decided on a covenant, and how.

    `entitled` counts adults, or one from each household, or for the delegates their whole membership.
    `mandate` is by what the assembly charged the delegates with it.
    """

    body: Body
    met_on: date
    entitled: int
    present: int
    in_favour: int
    mandate: Mandate | None = None


def with_mandate(meeting: Meeting, mandate: Mandate | None) -> Meeting:
    """The same meeting with its mandate, which counts only where representatives decided."""
    return replace(meeting, mandate=mandate if meeting.body is Body.DELEGATES else None)


def is_quorate(meeting: Meeting) -> bool:
    """Enough came, by the rule of the assembly (27) or of the representatives (29)."""
    quorum = DECIDES[meeting.body].quorum
    return quorum is None or quorum.holds(meeting.present, meeting.entitled)


def adopts(meeting: Meeting) -> bool:
    """A quorate meeting adopts by the share that rule asks of those present; who abstains is present."""
    passing = DECIDES[meeting.body].passing
    return is_quorate(meeting) and (passing is None or passing.holds(meeting.in_favour, meeting.present))


def fault_of_meeting(meeting: Meeting, *, consulted_until: date, today: date) -> str:
    """What is wrong with the figures or days of a meeting, as a msgid; empty when nothing is."""
    if not 0 <= meeting.in_favour <= meeting.present <= meeting.entitled or meeting.entitled < 1:
        return "In favour are at most those present, present at most those entitled."
    if meeting.met_on > today:
        return "The meeting has not been held yet."
    if meeting.met_on < consulted_until:
        return "A meeting decides after the consultation has ended."
    if meeting.body is Body.DELEGATES and meeting.mandate is None:
        return "Say on what day the residents’ assembly charged its representatives with this."
    return fault_of_mandate(meeting.mandate, meeting.met_on) if meeting.mandate is not None else ""


def fault_of_mandate(mandate: Mandate, met_on: date) -> str:
    """What is wrong with a mandate, as a msgid: it comes before the meeting, by a resolution (30)."""
    if mandate.on > met_on:
        return "The mandate comes before the meeting."
    if mandate.resolution_id is None and not mandate.words:
        return "Write what the assembly resolved that day, or choose the resolution recorded here."
    return ""


def next_review(day: date) -> date:
    """A year later, the same day; from 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def is_told(review_due: date, told: date | None, today: date) -> bool:
    """Whether the staff hear of a review now: from two weeks before it is due, once for each year."""
    return told != review_due and today >= review_due - REVIEW_AHEAD


def is_overdue(review_due: date | None, today: date) -> bool:
    """Whether the yearly review was missed. The due day itself is still in time."""
    return review_due is not None and today > review_due


@dataclass(frozen=True, slots=True)
class Signer:
    """What decides whether somebody signs: the home they live in, its household, whether they are adult."""

    home_id: UUID | None
    household_id: UUID | None
    is_adult: bool
