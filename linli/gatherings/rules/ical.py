"""A calendar others can subscribe to: RFC 5545, times in UTC, lines folded at 75 bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

LONGEST_LINE: Final = 75  # bytes, without the line break (RFC 5545 §3.1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting as a calendar shows it."""

    id: UUID
    title: str
    starts: datetime
    minutes: int
    where: str
    url: str
    changed: datetime
    is_cancelled: bool


def escaped(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and line break escaped (RFC 5545 §3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text.replace("\r", "")


def folded(line: str) -> str:
    """A long line over several, each continued with a space; a character is never cut."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        bytes_ = character.encode()
        room = LONGEST_LINE if not parts else LONGEST_LINE - 1
        if len(part) + len(bytes_) > room:
            parts.append(part)
            part = b""
        part += bytes_
    return b"\r\n ".join([*parts, part]).decode()


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _lines(name: str, occasions: Iterable[Occasion]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Meetings//ZH", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{escaped(name)}"
    for each in occasions:
        yield "BEGIN:VEVENT"
        yield f"UID:{each.id}@linli"
        yield f"DTSTAMP:{_stamp(each.changed)}"
        yield f"DTSTART:{_stamp(each.starts)}"
        yield f"DTEND:{_stamp(each.starts + timedelta(minutes=each.minutes))}"
        yield f"SUMMARY:{escaped(each.title)}"
        yield f"LOCATION:{escaped(each.where)}"
        yield f"URL:{each.url}"
        yield f"STATUS:{'CANCELLED' if each.is_cancelled else 'CONFIRMED'}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def calendar(name: str, occasions: Iterable[Occasion]) -> str:
    """The whole calendar as text."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(name, occasions))
