"""Sheets of messages a city already has: CSV from any program, in UTF-8 with or without a mark, GB 18030."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from linli.kernel.clock import SHANGHAI
from linli.matters.triage.closeness import Message

_MOMENT: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?"
)


class SheetError(ValueError):
    """A sheet that cannot be read, with what is wrong in words."""


def rows(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a sheet by column name, in lower case and without spaces around; extra columns stay.

    Raises `SheetError` where a needed column is missing or the file is no text.
    """
    reader = csv.reader(io.StringIO(_decoded(path.read_bytes()), newline=""))
    csv.field_size_limit(1 << 20)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in needed if name not in head]
        if missing:
            raise SheetError(f"{path.name}: column {missing[0]!r} is missing; needed are {', '.join(needed)}")
        return [
            dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=False))
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as fault:
        raise SheetError(f"{path.name}: line {reader.line_num}: {fault}") from fault


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def messages(path: Path) -> list[Message]:
    """The messages of a sheet with the columns id, title, text, and time where there is one."""
    found = rows(path, ("id", "title", "text"))
    return [
        Message(row["id"].strip(), row["title"], row["text"], moment(row.get("time", "")))
        for row in found
        if row["id"].strip()
    ]


def moment(text: str) -> datetime | None:
    """A moment as sheets write it, as 2019/8/1 16:20:02 or 2019年8月1日 in Shanghai; None if unreadable."""
    found = _MOMENT.search(text)
    if found is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in found.groups(default="0"))
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return None
