"""Sheets of messages a city already has, sorted or not: CSV from any program, in UTF-8, GBK or UTF-16."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from linli.kernel.clock import SHANGHAI
from linli.kernel.sheets import SheetError, opened
from linli.matters.triage.closeness import Message

COLUMNS: Final = ("title", "text", "label")

_MOMENT: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?"
)


@dataclass(frozen=True, slots=True)
class Example:
    """One message and what a person said it was."""

    title: str
    text: str
    label: str


def read_sheet(path: Path, columns: Sequence[str] = COLUMNS) -> list[dict[str, str]]:
    """The rows of a CSV file, at least with these columns; others are kept. SheetError says what is wrong."""
    reader = csv.DictReader(opened(path))
    try:
        heads = [(head or "").strip().lower() for head in reader.fieldnames or ()]
        reader.fieldnames = heads
        missing = [column for column in columns if column not in heads]
        if heads and missing:
            found = ", ".join(heads)
            raise SheetError(f"{path}: the column “{missing[0]}” is missing; the first line has: {found}")
        rows = [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]
    except csv.Error as fault:
        raise SheetError(f"{path}, line {reader.line_num}: not a CSV file ({fault}).") from fault
    if not rows:
        raise SheetError(f"{path}: the sheet is empty. It needs a first line {','.join(columns)} and rows.")
    return [{key: value.strip() for key, value in row.items() if key} for row in rows]


def read_examples(path: Path) -> list[Example]:
    """The labelled messages of a sheet, in its order; rows without any words are left out."""
    examples = []
    for number, row in enumerate(read_sheet(path), start=1):
        if not row["title"] and not row["text"]:
            continue
        if not row["label"]:
            raise SheetError(f"{path}: message {number} has no label.")
        examples.append(Example(row["title"], row["text"], row["label"]))
    if not examples:
        raise SheetError(f"{path}: no row has a title or a text.")
    return examples


def messages(path: Path) -> list[Message]:
    """The messages of a sheet with the columns id, title, text, and time where there is one."""
    return [
        Message(row["id"], row["title"], row["text"], moment(row.get("time", "")))
        for row in read_sheet(path, ("id", "title", "text"))
        if row["id"]
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
