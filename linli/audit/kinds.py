"""What an event kind is. Each app names its own events in its `kinds.py`."""

from enum import StrEnum
from typing import Final, Self


class EventKind(StrEnum):
    """Something that happened, named `app.past_participle`; `reacts` marks those carried upward."""

    reacts: bool

    def __new__(cls, value: str, reacts: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.reacts = reacts
        return member


class Power(StrEnum):
    READ = "audit.read"


class Event(EventKind):
    EXPORTED = "audit.exported"


# The power to take lists out as XLSX: one of the powers of matters, asked for on every floor with a list.
EXPORT: Final = "export"
