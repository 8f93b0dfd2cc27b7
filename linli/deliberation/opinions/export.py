"""Reading what Polis exports: votes, statements, and the groups people were put into.

In these files agreement is 1 and disagreement −1, the other way round than on the server.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from linli.deliberation.opinions.votes import AGREE, DISAGREE, PASS, Id, VoteRows
from linli.kernel.sheets import SheetError, opened

VOTES: Final = {"1": AGREE, "0": PASS, "-1": DISAGREE}
OUT: Final = -1  # of `moderated`: taken out; 1: let in; 0: not looked at

# A column by its name in today's export and in older ones.
STATEMENT: Final = ("comment-id", "tid")
VOTER: Final = ("voter-id", "voter", "participant", "pid")
GROUP: Final = ("group-id", "group")
MOMENT: Final = ("timestamp", "created", "modified")


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of the statements' file. `agrees` and `disagrees` count every vote, also those taken back."""

    id: Id
    moderated: int
    about_talking: bool
    agrees: int | None
    disagrees: int | None

    @property
    def is_out(self) -> bool:
        """Whether it counts for nothing: taken out, or about the conversation itself."""
        return self.moderated == OUT or self.about_talking


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's columns by name. A file without lines has no columns."""

    path: Path
    columns: Mapping[str, list[str]]
    lines: int

    def column(self, names: Iterable[str]) -> list[str] | None:
        """The first of these columns there is."""
        return next((self.columns[name] for name in names if name in self.columns), None)

    def needed(self, names: tuple[str, ...]) -> list[str]:
        """The first of these columns; SheetError if there is none. An empty file needs none."""
        found = self.column(names)
        if found is None and self.columns:
            heads = ", ".join(self.columns)
            raise SheetError(f"{self.path}: the column “{names[0]}” is missing; the first line has: {heads}")
        return found or []


def read_votes(path: Path) -> VoteRows:
    """Every vote of the file, in its order; lines without a voter, a statement or a vote are left out."""
    table = read_table(path)
    people, statements = table.needed(VOTER), table.needed(STATEMENT)
    values, moments = table.needed(("vote",)), table.column(MOMENT) or ["0"] * table.lines
    names: dict[str, Id] = {text: identity(text) for text in {*people, *statements}}
    signs = {text: _vote(text, table) for text in set(values)}
    kept = [
        at
        for at, (person, statement, value) in enumerate(zip(people, statements, values, strict=True))
        if person and statement and value
    ]
    return VoteRows(
        [names[people[at]] for at in kept],
        [names[statements[at]] for at in kept],
        np.array([signs[values[at]] for at in kept], dtype=np.float64),
        np.array([_moment(moments[at], table) for at in kept], dtype=np.int64),
    )


def read_statements(path: Path) -> list[Statement]:
    """The statements of the file. Without the column `moderated`, none was taken out."""
    table = read_table(path)
    ids = table.needed(STATEMENT)
    blank = [""] * table.lines
    moderated = table.column(("moderated", "mod")) or blank
    about = table.column(("is-meta",)) or blank
    agrees, disagrees = table.column(("agrees",)) or blank, table.column(("disagrees",)) or blank
    return [
        Statement(
            identity(ids[at]),
            _whole(moderated[at]) or 0,
            about[at].lower() in ("true", "t", "1"),
            _whole(agrees[at]),
            _whole(disagrees[at]),
        )
        for at in range(table.lines)
        if ids[at]
    ]


def read_groups(path: Path) -> dict[Id, Id]:
    """The group of each person who has one."""
    table = read_table(path)
    people, groups = table.needed(("participant", *VOTER)), table.needed(GROUP)
    pairs = zip(people, groups, strict=True)
    return {identity(person): identity(group) for person, group in pairs if person and group}


def read_table(path: Path) -> Table:
    """A CSV file by columns; names of columns in small letters, with hyphens between words."""
    reader = csv.reader(opened(path))
    try:
        rows = [row for row in reader if any(row)]
    except csv.Error as fault:
        raise SheetError(f"{path}, line {reader.line_num}: not a CSV file ({fault}).") from fault
    if not rows:
        return Table(path, {}, 0)
    heads = [head.strip().lower().replace("_", "-").replace(" ", "-") for head in rows[0]]
    body = [row if len(row) >= len(heads) else row + [""] * (len(heads) - len(row)) for row in rows[1:]]
    columns = {head: [row[at].strip() for row in body] for at, head in enumerate(heads) if head}
    return Table(path, columns, len(body))


def identity(text: str) -> Id:
    """A number where it is one, also where a spreadsheet made 3.0 of it; otherwise the word itself."""
    plain = text.removesuffix(".0")
    return int(plain) if plain.isdecimal() and plain.isascii() else text


def _vote(text: str, table: Table) -> float:
    if not text:
        return PASS  # the line is left out
    try:
        return VOTES[text.removesuffix(".0").removeprefix("+")]
    except KeyError:
        raise SheetError(f"{table.path}: a vote is 1, 0 or -1, not “{text}”.") from None


def _moment(text: str, table: Table) -> int:
    try:
        return int(text) if text.isdecimal() else int(float(text or "0"))
    except ValueError:
        raise SheetError(f"{table.path}: a timestamp is a number, not “{text}”.") from None


def _whole(text: str) -> int | None:
    try:
        return int(float(text)) if text else None
    except ValueError:
        return None
