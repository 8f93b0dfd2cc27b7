"""The stages of setting up a community, and the events of this app."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class Stage(StrEnum):
    """In the order in which they are gone through; each can be come back to."""

    COMMUNITY = "community"
    BUILDINGS = "buildings"
    PRACTICE = "practice"
    POSTS = "posts"
    UNITS = "units"
    SLIPS = "slips"
    DONE = "done"


class Event(EventKind):
    FOUNDED = "founding.founded"
    LAID_OUT = "founding.laid_out"
    PRACTICE_CHOSEN = "founding.practice_chosen"
    POSTS_FILLED = "founding.posts_filled"
    UNITS_ADDED = "founding.units_added"
    PRACTICES_STORED = "founding.practices_stored"
