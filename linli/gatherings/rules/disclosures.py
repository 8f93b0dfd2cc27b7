"""居务公开: what a community has to lay open, and how often.

Source: 城市居民委员会组织法 34 names seven classes and 15 days. The list a community begins with gives them
in short words of ours, which it may put in its own; none of the seven can be struck. 五民主三公开 is a
place's own list.
"""

from dataclasses import dataclass
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied

QUARTERLY: Final = 3  # months: what a class begins with; a community sets its own
LONGEST_EVERY: Final = 12
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Starting:
    """A class a community begins with; whether the law names it. `wording.CLASS_LABELS` says what it is."""

    code: str
    by_law: bool


STATUTORY: Final = tuple(
    Starting(code, True)
    for code in ("decisions", "rules", "money", "grants", "assisting", "welfare", "concerns")
)
# 五民主 (elections, consultation, decisions, management, supervision) and 三公开 (party, committee, finance).
LOCAL: Final = tuple(
    Starting(code, False)
    for code in (
        "elections",
        "consultation",
        "decision_making",
        "management",
        "supervision",
        "party_open",
        "committee_open",
        "finance_open",
    )
)
STARTING: Final = STATUTORY + LOCAL


def may_end_class(*, by_law: bool) -> Decision:
    """Whether a class can be struck from a community's list."""
    if by_law:
        return Denied("The law names this class: it can be worded anew, not struck.")
    return ALLOWED


def is_sound(title: str, every_months: int, *, has_words: bool = False) -> Decision:
    """Whether a class is worded (or has its starting words) and comes often enough."""
    if len(title) > LONGEST_NAME or not (title or has_words):
        return Denied("Give it a name of at most %(most)s characters.", {"most": LONGEST_NAME})
    if not 1 <= every_months <= LONGEST_EVERY:
        return Denied("It is laid open every 1 to %(most)s months.", {"most": LONGEST_EVERY})
    return ALLOWED
