"""How the buildings somebody named stand in grids and estates, and every place that follows from them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from linli.founding.rules.ranges import Block, GridLine, Problem, Reference
from linli.kernel.decision import Denied
from linli.places.kinds import PlaceKind

MOST_HOMES: Final = 30_000  # about three of the largest communities; more is a slip in a number
MOST_GRIDS: Final = 99  # two digits of a grid's code (CJ/T 349-2010)
ROOT: Final = ""


@dataclass(frozen=True, slots=True)
class Building:
    """One building as it will be made; `estate` and `grid` are empty where it stands in none."""

    estate: str
    number: int
    name: str
    entrances: int
    floors: int
    homes: int
    grid: str = ""

    @property
    def all_homes(self) -> int:
        """Homes of the whole building."""
        return self.entrances * self.floors * self.homes


@dataclass(frozen=True, slots=True)
class Node:
    """One place to be made: `key` is its path below the community, `parent` that of what it hangs on."""

    key: str
    parent: str
    kind: PlaceKind
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that will be made, in order; nothing when there are problems."""

    buildings: tuple[Building, ...] = ()
    grids: tuple[str, ...] = ()
    estates: tuple[str, ...] = ()
    nested: dict[str, str] = field(default_factory=dict)  # estate → the grid it lies in
    holding: dict[str, str] = field(default_factory=dict)  # grid → the estate it lies in
    problems: tuple[Problem, ...] = ()

    @property
    def homes(self) -> int:
        """Homes of all buildings."""
        return sum(building.all_homes for building in self.buildings)

    @property
    def entrances(self) -> int:
        """Entrances of all buildings."""
        return sum(building.entrances for building in self.buildings)


def lay_out(blocks: Sequence[Block], grids: Sequence[GridLine]) -> Layout:
    """Put the buildings into their grids and estates, or say why they do not fit."""
    problems = [*_overlaps(blocks)]
    homes = sum((b.last - b.first + 1) * b.entrances * b.floors * b.homes for b in blocks)
    if not blocks:
        problems.append(Problem(0, Denied("Write at least one line of buildings.")))
    if homes > MOST_HOMES:
        reason = "These are %(homes)s homes; a community has at most %(most)s. Is a number wrong?"
        problems.append(Problem(0, Denied(reason, {"homes": homes, "most": MOST_HOMES})))
    if len(grids) > MOST_GRIDS:
        problems.append(Problem(0, Denied("At most %(most)s grids.", {"most": MOST_GRIDS})))
    if problems:
        return Layout(problems=tuple(problems))
    placed, wrong = _in_grids(blocks, grids)
    if wrong:
        return Layout(problems=tuple(wrong))
    return _nest(placed, grids)


def _overlaps(blocks: Sequence[Block]) -> Iterator[Problem]:
    """A building's number stands once in its estate."""
    for at, block in enumerate(blocks):
        for other in blocks[:at]:
            first, last = max(block.first, other.first), min(block.last, other.last)
            if block.estate == other.estate and first <= last:
                reason = "Building %(number)s is named in line %(line)s already."
                yield Problem(block.line, Denied(reason, {"number": first, "line": other.line}))
                break


def _in_grids(blocks: Sequence[Block], grids: Sequence[GridLine]) -> tuple[list[Building], list[Problem]]:
    """Every building with the grid that names it."""
    grid_of: dict[tuple[str, int], str] = {}
    known = [(block.estate, number) for block in blocks for number in range(block.first, block.last + 1)]
    problems = []
    for grid in grids:
        for reference in grid.references:
            meant = [key for key in known if _means(reference, key)]
            wrong = _wrong_reference(grid, reference, meant, grid_of)
            if wrong is not None:
                problems.append(Problem(grid.line, wrong))
                continue
            grid_of |= dict.fromkeys(meant, grid.name)
    placed = [
        Building(
            block.estate, number, f"{number}{block.unit}", block.entrances, block.floors, block.homes,
            grid_of.get((block.estate, number), ""),
        )
        for block in blocks
        for number in range(block.first, block.last + 1)
    ]  # fmt: skip
    return placed, problems


def _means(reference: Reference, key: tuple[str, int]) -> bool:
    estate, number = key
    if reference.estate and reference.estate != estate:
        return False
    if reference.first is None or reference.last is None:
        return bool(reference.estate)
    return reference.first <= number <= reference.last


def _wrong_reference(
    grid: GridLine, reference: Reference, meant: list[tuple[str, int]], taken: dict[tuple[str, int], str]
) -> Denied | None:
    wanted = 1 if reference.first is None or reference.last is None else reference.last - reference.first + 1
    if len(meant) < wanted:
        there = {number for _estate, number in meant}
        named = range(reference.first or 0, (reference.last or 0) + 1)
        missing = next((number for number in named if number not in there), 0)
        name = f"{reference.estate} {missing or ''}".strip()
        return Denied("Grid %(grid)s names %(building)s, which is not among the buildings.",
                      {"grid": grid.name, "building": name})  # fmt: skip
    doubles = [number for number, times in Counter(number for _e, number in meant).items() if times > 1]
    if doubles and not reference.estate:
        reason = "Several estates have a building %(number)s: write the estate's name before it."
        return Denied(reason, {"number": doubles[0]})
    for key in meant:
        if key in taken:
            reason = "Building %(number)s lies in grid %(grid)s already."
            return Denied(reason, {"number": key[1], "grid": taken[key]})
    return None


def _nest(placed: list[Building], grids: Sequence[GridLine]) -> Layout:
    """Which estate lies in which grid, or which grid in which estate: the tree has one parent for each."""
    estates = tuple(dict.fromkeys(building.estate for building in placed if building.estate))
    nested: dict[str, str] = {}
    holding: dict[str, str] = {}
    problems = []
    for estate in estates:
        touching = {building.grid for building in placed if building.estate == estate}
        if touching == {""}:
            continue
        if len(touching) == 1:
            nested[estate] = touching.pop()
            continue
        for grid in sorted(touching - {""}):
            if {building.estate for building in placed if building.grid == grid} == {estate}:
                holding[grid] = estate
            else:
                reason = "Grid %(grid)s has a part of %(estate)s and others: one must hold the other whole."
                line = next(each.line for each in grids if each.name == grid)
                problems.append(Problem(line, Denied(reason, {"grid": grid, "estate": estate})))
    if problems:
        return Layout(problems=tuple(problems))
    names = tuple(grid.name for grid in grids)
    return Layout(tuple(placed), names, estates, nested, holding)


def nodes(layout: Layout) -> Iterator[Node]:
    """Every place of the layout, parents before children, under keys that become their paths."""
    keys = _keys(layout)
    for grid in layout.grids:
        if grid not in layout.holding:
            yield Node(keys["grid", grid], ROOT, PlaceKind.GRID, grid)
    for estate in layout.estates:
        above = keys["grid", layout.nested[estate]] if estate in layout.nested else ROOT
        yield Node(keys["estate", estate], above, PlaceKind.COURTYARD, estate)
    for grid, estate in layout.holding.items():
        yield Node(keys["grid", grid], keys["estate", estate], PlaceKind.GRID, grid)
    for building in layout.buildings:
        yield from _building(building, _stands_on(layout, building, keys))


def _keys(layout: Layout) -> dict[tuple[str, str], str]:
    """The key of each grid and estate: g01, y01, and one below the other where they are nested."""
    label = {("grid", grid): f"g{number:02d}/" for number, grid in enumerate(layout.grids, start=1)}
    label |= {("estate", estate): f"y{number:02d}/" for number, estate in enumerate(layout.estates, start=1)}
    full = dict(label)
    for estate, grid in layout.nested.items():
        full["estate", estate] = label["grid", grid] + label["estate", estate]
    for grid, estate in layout.holding.items():
        full["grid", grid] = full["estate", estate] + label["grid", grid]
    return full


def _stands_on(layout: Layout, building: Building, keys: dict[tuple[str, str], str]) -> str:
    if building.grid and building.grid in layout.holding:
        return keys["grid", building.grid]
    if building.estate:
        return keys["estate", building.estate]
    return keys["grid", building.grid] if building.grid else ROOT


def _building(building: Building, parent: str) -> Iterator[Node]:
    """A building, its entrances, and its homes: floor and door, as 1204室."""
    key = f"{parent}b{building.number:02d}/"
    yield Node(key, parent, PlaceKind.BUILDING, building.name)
    for entrance in range(1, building.entrances + 1):
        above = f"{key}u{entrance}/"
        yield Node(above, key, PlaceKind.ENTRANCE, f"{entrance}单元")
        for floor in range(1, building.floors + 1):
            for door in range(1, building.homes + 1):
                yield Node(f"{above}{floor:02d}{door:02d}/", above, PlaceKind.HOME, f"{floor}{door:02d}室")


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last home of a building, as addresses inside it and as codes."""

    first: str
    last: str
    first_code: str
    last_code: str


def ends_of(building: Building) -> Ends:
    """Where a building's homes begin and end."""
    homes = [(1, 1, 1), (building.entrances, building.floors, building.homes)]
    written = [f"{entrance}单元 {floor}{door:02d}室" for entrance, floor, door in homes]
    codes = [f"b{building.number:02d}-u{entrance}-{floor:02d}{door:02d}" for entrance, floor, door in homes]
    return Ends(written[0], written[1], codes[0], codes[1])
