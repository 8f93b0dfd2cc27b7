"""What all that residents are asked about begins with: a title, words beforehand, the days it stays open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LONGEST_TITLE: Final = 60  # characters, as the tables hold
LONGEST_ABOUT: Final = 1000
LONGEST_WORDS: Final = 500  # a reason, a note, what somebody says to it


@dataclass(frozen=True, slots=True)
class Run:
    """How long something stays open at most, and what is said of longer, as a msgid."""

    longest: timedelta
    too_long: str


def fault_of_days(starts: date, ends: date, today: date, run: Run) -> str:
    """What is wrong with a first and a last day, as a msgid; empty when nothing is."""
    if ends < starts:
        return "The last day comes before the first."
    if ends < today:
        return "The last day has already passed."
    return run.too_long if ends - starts > run.longest else ""


def fault_of_last_day(ends: date, today: date, run: Run) -> str:
    """What is wrong with the last day of what opens today, as a msgid; empty when nothing is."""
    if ends <= today:
        return "Give people time: the last day comes after today."
    return run.too_long if ends - today > run.longest else ""
