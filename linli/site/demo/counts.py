"""What the loaded demo really holds, to lay beside the published figures."""

from dataclasses import dataclass
from datetime import date

from linli.kernel import clock
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.site.demo.plans import COMMUNITIES

COUNTED = (PlaceKind.GRID, PlaceKind.COURTYARD, PlaceKind.BUILDING, PlaceKind.HOME)


@dataclass(frozen=True, slots=True)
class Line:
    """One community's figures."""

    name: str
    registered: int
    usual: int
    households: int
    places: dict[str, int]


def counted(on: date) -> list[Line]:
    """The figures of each community on a day."""
    lines = []
    for plan in COMMUNITIES:
        heads = people.counts(plan.path, on)
        kinds = places.counts_by_kind(plan.path, on)
        figures = {kind.value: kinds.get(kind.value, 0) for kind in COUNTED}
        lines.append(Line(plan.name, heads.registered, heads.usual, heads.households, figures))
    return lines


def told() -> str:
    """The figures as a table, for a terminal."""
    rows = [f"registered\tusual\thouseholds\t{chr(9).join(kind.value for kind in COUNTED)}\tcommunity"]
    for line in counted(clock.today()):
        figures = (line.registered, line.usual, line.households, *line.places.values())
        rows.append("\t".join([*(f"{figure:,}" for figure in figures), line.name]))
    return "\n".join(rows)
