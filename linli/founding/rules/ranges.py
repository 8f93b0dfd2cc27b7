"""Reading what somebody types about buildings: “1–12栋 3单元 6层 2户”, “1–12, 3 entrances, 6 floors, 2
homes”.

A line without such numbers is the name of an estate (courtyard): the buildings below it stand in it.
"""

import re
from dataclasses import dataclass
from typing import Final

from linli.kernel.decision import Denied
from linli.kernel.text import normalise

UNIT: Final = r"(?:栋|幢|号楼|座|楼|号|#)"
RANGE: Final = re.compile(
    rf"(?P<first>\d{{1,6}})\s*(?P<unit>{UNIT})?\s*(?:(?:-|–|—|−|~|至|到|to)\s*(?P<last>\d{{1,6}})\s*(?P<last_unit>{UNIT})?)?"
)
NUMBER: Final = re.compile(r"(\d{1,6})\s*([^\d\s,;，；、×*]*)")
MEANINGS: Final = (
    ("entrances", ("单元", "门", "梯", "entrance", "unit", "stair")),
    ("floors", ("层", "楼层", "floor", "storey", "level")),
    ("homes", ("户", "家", "套", "home", "flat", "door", "per")),
)
USUAL_UNIT: Final = "栋"
NAME_LENGTH: Final = 60  # of an estate or grid, as the table of places holds

# Beyond these a number is a slip of the finger: no residential building here has so many.
MOST_ENTRANCES: Final = 30
MOST_FLOORS: Final = 99
MOST_HOMES_A_FLOOR: Final = 60
HIGHEST_NUMBER: Final = 9999
MOST_BUILDINGS: Final = 2000
MOST_LINES: Final = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, counted from 1; line 0 is the whole."""

    line: int
    why: Denied


@dataclass(frozen=True, slots=True)
class Block:
    """Buildings that are alike: their numbers, and in each so many entrances, floors and homes a floor."""

    line: int
    estate: str
    first: int
    last: int
    unit: str
    entrances: int
    floors: int
    homes: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Buildings a grid is made of: an estate, or numbers, or numbers in an estate."""

    estate: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class GridLine:
    """One grid and what it is made of."""

    line: int
    name: str
    references: tuple[Reference, ...]


def read_buildings(text: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of a text, and what could not be read."""
    blocks: list[Block] = []
    wrong: list[Problem] = []
    estate = ""
    for number, line in _lines(text, wrong):
        found = RANGE.match(line)
        rest = line[found.end() :] if found else line
        if not found or (rest and not re.search(r"\d", rest)):
            estate = line.strip(":")[:NAME_LENGTH].strip()
            continue
        made = _block(number, estate, found, rest)
        if isinstance(made, Denied):
            wrong.append(Problem(number, made))
        else:
            blocks.append(made)
    return blocks, wrong


def _lines(text: str, wrong: list[Problem]) -> list[tuple[int, str]]:
    lines = [(number, normalise(line)) for number, line in enumerate(text.splitlines(), start=1)]
    filled = [(number, line) for number, line in lines if line]
    if len(filled) > MOST_LINES:
        wrong.append(Problem(0, Denied("At most %(most)s lines.", {"most": MOST_LINES})))
    return filled[:MOST_LINES]


def _block(number: int, estate: str, found: re.Match[str], rest: str) -> Block | Denied:
    first = int(found["first"])
    last = int(found["last"] or first)
    wrong = _check_range(first, last)
    if wrong is not None:
        return wrong
    counts = _counts(rest)
    if counts is None:
        return Denied("Say how many entrances, floors and homes: 1–12, 3 entrances, 6 floors, 2 homes")
    wrong = _check_counts(counts)
    if wrong is not None:
        return wrong
    unit = found["last_unit"] or found["unit"] or USUAL_UNIT
    return Block(number, estate, first, last, "号楼" if unit in ("#", "号") else unit, **counts)


def _check_counts(counts: dict[str, int]) -> Denied | None:
    entrances, floors, homes = counts["entrances"], counts["floors"], counts["homes"]
    if not 1 <= entrances <= MOST_ENTRANCES:
        return Denied(
            "A building has 1 to %(most)s entrances, not %(number)s.",
            {"most": MOST_ENTRANCES, "number": entrances},
        )
    if not 1 <= floors <= MOST_FLOORS:
        return Denied(
            "A building has 1 to %(most)s floors, not %(number)s.", {"most": MOST_FLOORS, "number": floors}
        )
    if not 1 <= homes <= MOST_HOMES_A_FLOOR:
        return Denied(
            "A floor has 1 to %(most)s homes by each entrance, not %(number)s.",
            {"most": MOST_HOMES_A_FLOOR, "number": homes},
        )
    return None


def _check_range(first: int, last: int) -> Denied | None:
    if first > last:
        return Denied(
            "%(first)s–%(last)s runs backwards: write the smaller number first.",
            {"first": first, "last": last},
        )
    if first < 1 or last > HIGHEST_NUMBER:
        return Denied("A building's number is between 1 and %(most)s.", {"most": HIGHEST_NUMBER})
    if last - first >= MOST_BUILDINGS:
        return Denied("At most %(most)s buildings.", {"most": MOST_BUILDINGS})
    return None


def _counts(rest: str) -> dict[str, int] | None:
    """The three numbers of a line by what stands behind them; bare ones in the usual order."""
    found: dict[str, int] = {}
    bare: list[int] = []
    for digits, word in NUMBER.findall(rest.lower()):
        meaning = next((name for name, words in MEANINGS if word.startswith(words)), None)
        if meaning is None:
            bare.append(int(digits))
        elif meaning in found:
            return None
        else:
            found[meaning] = int(digits)
    missing = [name for name, _words in MEANINGS if name not in found]
    if len(bare) != len(missing):
        return None
    return found | dict(zip(missing, bare, strict=True))


def read_grids(text: str) -> tuple[list[GridLine], list[Problem]]:
    """The grids of a text: “1网格: 1–6栋, 9栋”, “2网格: 康馨家园”, “3网格: 东苑 1–4栋”."""
    grids: list[GridLine] = []
    wrong: list[Problem] = []
    for number, line in _lines(text, wrong):
        name, colon, rest = line.partition(":")
        name = name.strip()
        if not colon or not name or not rest.strip():
            example = Denied("Write a grid as its name, a colon, and its buildings: Grid 1: 1–6, 9")
            wrong.append(Problem(number, example))
            continue
        if len(name) > NAME_LENGTH or any(name == known.name for known in grids):
            double = Denied("There is already a grid called %(name)s.", {"name": name[:20]})
            wrong.append(Problem(number, double))
            continue
        references = [_reference(part.strip()) for part in re.split(r"[,;、]", rest) if part.strip()]
        backwards = next((each for each in references if isinstance(each, Denied)), None)
        if backwards is not None:
            wrong.append(Problem(number, backwards))
            continue
        sound = tuple(each for each in references if isinstance(each, Reference))
        grids.append(GridLine(number, name, sound))
    return grids, wrong


def _reference(part: str) -> Reference | Denied:
    found = re.search(rf"{RANGE.pattern}$", part)
    if found is None:
        return Reference(part, None, None)
    first = int(found["first"])
    last = int(found["last"] or first)
    wrong = _check_range(first, last)
    return wrong if wrong is not None else Reference(part[: found.start()].strip(), first, last)
