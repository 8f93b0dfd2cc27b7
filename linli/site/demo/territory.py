"""The tree of places of one community, from its grids down to its homes."""

from dataclasses import dataclass, field
from uuid import UUID

from linli.places.actions import PlaceRow
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.places.rules import path_under
from linli.site.demo.ids import Ids
from linli.site.demo.outlines import Rectangle, around
from linli.site.demo.plans import Area, Block, Community

METRES_A_HOME = 260.0  # ground a home takes with its yards and roads, only to size the drawing


@dataclass(slots=True)
class Building:
    """A building with its homes, and the grid and courtyard it stands in."""

    row: PlaceRow
    grid: PlaceRow
    courtyard: PlaceRow | None
    homes: list[PlaceRow] = field(default_factory=list)


@dataclass(slots=True)
class Territory:
    """Everything inside one community, in the order it is imported."""

    plan: Community
    community: Place
    rows: list[PlaceRow] = field(default_factory=list)
    grids: list[PlaceRow] = field(default_factory=list)
    courtyards: list[PlaceRow] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)

    @property
    def homes(self) -> list[PlaceRow]:
        """Every home, building by building."""
        return [home for building in self.buildings for home in building.homes]


class Surveyor:
    """Lays a community out by its plan."""

    def __init__(self, plan: Community, community: Place, ids: Ids) -> None:
        self.territory = Territory(plan, community)
        self._ids = ids
        self._numbers: dict[UUID | None, int] = {}

    def lay_out(self) -> Territory:
        """All the rows, parents before children."""
        plan, community = self.territory.plan, self.territory.community
        self._cut(plan.areas, community.id, community.path, ground_of(plan), [])
        return self.territory

    def _cut(
        self,
        areas: tuple[Area, ...],
        parent_id: UUID,
        parent_path: str,
        ground: Rectangle,
        above: list[PlaceRow],
    ) -> None:
        for area, part in zip(areas, ground.cut(len(areas), 0.03), strict=True):
            row = self._row(area.kind, area.name, parent_id, parent_path, area.label, part)
            kept = self.territory.grids if area.kind is PlaceKind.GRID else self.territory.courtyards
            kept.append(row)
            line = [*above, row]
            if area.parts:
                self._cut(area.parts, row.id, row.path, part, line)
            if area.block is not None:
                self._build(area.block, row, part, line)

    def _build(self, block: Block, parent: PlaceRow, ground: Rectangle, line: list[PlaceRow]) -> None:
        """Put up buildings until the block's homes are all there."""
        by_building = block.entrances * block.floors * block.per_floor
        count = -(-block.homes // by_building)
        grid = next(row for row in line if row.kind is PlaceKind.GRID)
        courtyard = next((row for row in line if row.kind is PlaceKind.COURTYARD), None)
        counted_in = None if self.territory.plan.numbered_through else (courtyard or grid).id
        left = block.homes
        for part in ground.cut(count, 0.18):
            number = self._numbers[counted_in] = self._numbers.get(counted_in, 0) + 1
            row = self._row(PlaceKind.BUILDING, f"{number}栋", parent.id, parent.path, f"b{number}", part)
            building = Building(row, grid, courtyard)
            self.territory.buildings.append(building)
            self._fill(building, block, min(by_building, left))
            left -= by_building

    def _fill(self, building: Building, block: Block, homes: int) -> None:
        """Entrances, floors and doors, entrance by entrance, until the building's homes are all there."""
        for number in range(1, block.entrances + 1):
            if homes <= 0:
                return
            path = building.row.path
            entrance = self._row(PlaceKind.ENTRANCE, f"{number}单元", building.row.id, path, f"u{number}")
            for floor in range(1, block.floors + 1):
                for door in range(1, block.per_floor + 1):
                    if homes <= 0:
                        return
                    homes -= 1
                    building.homes.append(
                        self._row(
                            PlaceKind.HOME,
                            f"{floor}{door:02d}室",
                            entrance.id,
                            entrance.path,
                            f"{floor:02d}{door:02d}",
                        )
                    )

    def _row(
        self,
        kind: PlaceKind,
        name: str,
        parent_id: UUID,
        parent_path: str,
        label: str,
        ground: Rectangle | None = None,
    ) -> PlaceRow:
        row = PlaceRow(
            id=self._ids.next(),
            kind=kind,
            name=name,
            parent_id=parent_id,
            path=path_under(parent_path, label),
            opened_on=self.territory.plan.opened_on,
            outline=ground.polygon() if ground else None,
            outline_illustrative=ground is not None,
            is_demo=True,
        )
        self.territory.rows.append(row)
        return row


def ground_of(plan: Community) -> Rectangle:
    """The community's rectangle, larger where more people live."""
    metres = (plan.usual / 2.6 * METRES_A_HOME) ** 0.5 * 1.15
    return around(plan.longitude, plan.latitude, metres)
