"""Works on a place laid open: their way, what they cost, when those who live there accepted them, how long
the warranty lasts.

Law: 建设工程质量管理条例 (State Council, 2000) 40 sets the shortest warranties, from acceptance on: roofs,
and rooms and outer walls that must keep water out, 5 years; heating and cooling 2 seasons; wires, pipes,
equipment and decoration 2 years; foundations and load-bearing structure as long as the design says; the rest
is agreed. A period in months ends on the day of the same number, or the month's last (民法典 202).

House rule (no law asks for it): those who live there are asked before works count as accepted, one voice a
home. The share of homes that has to speak and the share of those that has to accept are written down when
the file is opened and stay; noted defects are mended first. Residents are asked after the acceptance the law
wants from builder and designer, so counting the warranty from their day never makes it shorter.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from linli.deliberation.kinds import Majority, Turnout, WarrantyKind, WorksStage
from linli.deliberation.rules.opening import Run
from linli.kernel.shares import MORE_THAN_HALF, ONE_THIRD, TWO_THIRDS, WHOLE, Share

MOST_LINES: Final = 30  # options, parts, materials or warranties of one file
MOST_PAPERS: Final = 200
MOST_PHOTOS: Final = 3  # with one doubt, one defect, one mending
MOST_WAITING: Final = 5  # doubts of one person that wait for an answer
MOST_FEN: Final = 10**13
ANSWER_WORKDAYS: Final = range(1, 16)  # of a doubt: what may be promised
ASKING: Final = Run(timedelta(days=61), "Two months to say so are enough.")
FEWEST_TOLD: Final = 5  # a smaller number could tell who said what

TURNOUTS: Final = {Turnout.ANY: None, Turnout.THIRD: ONE_THIRD, Turnout.HALF: MORE_THAN_HALF}
MAJORITIES: Final = {Majority.HALF: MORE_THAN_HALF, Majority.TWO_THIRDS: TWO_THIRDS, Majority.ALL: WHOLE}
LEAST_MONTHS: Final = {WarrantyKind.WATERPROOFING: 60, WarrantyKind.FITTINGS: 24}
LONGEST_MONTHS: Final = 1200
SEASONS: Final = 2  # of heating or cooling

WAYS: Final = {
    WorksStage.DRAFT: frozenset({WorksStage.PLANNED}),
    WorksStage.PLANNED: frozenset({WorksStage.BUILDING, WorksStage.STOPPED}),
    WorksStage.BUILDING: frozenset({WorksStage.ACCEPTING, WorksStage.STOPPED}),
    WorksStage.ACCEPTING: frozenset({WorksStage.ACCEPTING, WorksStage.ACCEPTED, WorksStage.BUILDING}),
    WorksStage.ACCEPTED: frozenset(),
    WorksStage.STOPPED: frozenset(),
}
_DAY_OF_YEAR: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")


def may_follow(stage: WorksStage, wanted: WorksStage) -> bool:
    """Whether works go from one stage straight to another; asking residents again is a step too."""
    return wanted in WAYS[stage]


def fault_of_money(amounts: Iterable[int], others_are: str, others: int) -> str:
    """What is wrong with what an option costs (fen), as a msgid; empty when nothing is."""
    if any(not 0 <= each <= MOST_FEN for each in amounts):
        return "An amount is not below nothing, and not beyond all measure."
    if others and not others_are:
        return "Say who else pays."
    return ""


def fault_of_plan(plan_from: date, plan_to: date) -> str:
    """What is wrong with the days a part of the works is planned for, as a msgid; empty when nothing is."""
    return "A part ends after it has begun." if plan_to < plan_from else ""


def fault_of_days(began_on: date | None, ended_on: date | None, today: date) -> str:
    """What is wrong with the days a part really took, as a msgid; empty when nothing is."""
    if ended_on is not None and began_on is None:
        return "Say when it began."
    if began_on is not None and ended_on is not None and ended_on < began_on:
        return "A part ends after it has begun."
    if max(began_on or today, ended_on or today) > today:
        return "This day is still to come."
    return ""


def is_overdue(due_at: datetime, answered_at: datetime | None, moment: datetime) -> bool:
    """Whether a doubt was, or is, not answered in time. The due moment itself is in time."""
    return (answered_at or moment) > due_at


def told(count: int) -> int | None:
    """A number of neighbours as everybody may read it; None where so small that it points at somebody."""
    return count if count >= FEWEST_TOLD else None


@dataclass(frozen=True, slots=True)
class Heard:
    """The homes somebody lives in, those that spoke, those that accept; and what has to be reached."""

    homes: int
    spoke: int
    accepting: int
    turnout: Turnout
    majority: Majority

    @property
    def enough_spoke(self) -> bool:
        """Whether the share of homes that has to speak did; somebody always has to."""
        share: Share | None = TURNOUTS[self.turnout]
        return self.spoke > 0 and (share is None or share.holds(self.spoke, self.homes))

    @property
    def accepts(self) -> bool:
        """Whether enough of the homes that spoke accept, where enough spoke."""
        return self.enough_spoke and MAJORITIES[self.majority].holds(self.accepting, self.spoke)

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left to be waited for."""
        return 0 < self.homes <= self.spoke

    @property
    def least_to_speak(self) -> int:
        """How many homes have to speak."""
        share = TURNOUTS[self.turnout]
        return 1 if share is None else share.least(self.homes)


@dataclass(frozen=True, slots=True)
class Seasons:
    """The first and last day of a heating or cooling season, as MM-DD."""

    first: str
    last: str


def fault_of_warranty(kind: WarrantyKind, months: int | None, seasons: Seasons | None) -> str:
    """What is wrong with a warranty, as a msgid; empty when nothing is (建设工程质量管理条例 40)."""
    if kind is WarrantyKind.HEATING:
        if seasons is None or not all(map(_DAY_OF_YEAR.fullmatch, (seasons.first, seasons.last))):
            return "Write the first and the last day of a season as month and day, like 10-15."
        return "A season has a first and a last day." if seasons.first == seasons.last else ""
    if months is None or not 1 <= months <= LONGEST_MONTHS:
        return "Write how many months the warranty lasts."
    if months < LEAST_MONTHS.get(kind, 1):
        if kind is WarrantyKind.WATERPROOFING:
            return "The law asks for at least 60 months where water has to be kept out."
        return "The law asks for at least 24 months for wires, pipes, equipment and decoration."
    return ""


def months_later(day: date, months: int) -> date:
    """The day of the same number, or the month's last where it has none (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def warranty_ends(kind: WarrantyKind, accepted_on: date, months: int | None, seasons: Seasons | None) -> date:
    """The last day of a warranty. A season counts whole: one that runs already is not the first."""
    if kind is WarrantyKind.HEATING and seasons is not None:
        first = _next(seasons.first, accepted_on)
        return _next(seasons.last, first.replace(year=first.year + SEASONS - 1))
    return months_later(accepted_on, months or 0)


def _next(day_of_year: str, since: date) -> date:
    """The next such day from a day on, that day included."""
    month, day = map(int, day_of_year.split("-"))
    this_year = date(since.year, month, day)
    return this_year if this_year >= since else date(since.year + 1, month, day)
