"""A written ballot reaches every owner, or is posted for those it could not be handed to.

建房〔2009〕274号 art 22: sheets are delivered to every owner; where one cannot be, it is posted publicly.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from linli.ballots.kinds import VisitOutcome

HANDED: Final = frozenset({VisitOutcome.DELIVERED, VisitOutcome.AGREED})


class Door(NamedTuple):
    """A home behind the roll: whose entry it is of, and whether that entry has voted."""

    home: UUID
    entry: UUID
    voted: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """Homes by how far their sheet came, each in the order they were given."""

    reached: tuple[UUID, ...]
    missed: tuple[UUID, ...]
    untried: tuple[UUID, ...]


def delivery(doors: Iterable[Door], visits: Mapping[UUID, AbstractSet[str]]) -> Delivery:
    """How far the sheets came; `visits` holds what was found at each home.

    An owner has one sheet, so handed over at one of their homes it has reached all of them; who has voted
    already needs none. A home is missed where somebody went and could hand over nothing, whatever the reason.
    """
    listed = list(doors)
    handed = {each.entry for each in listed if each.voted or HANDED & visits.get(each.home, frozenset())}
    reached = [each.home for each in listed if each.entry in handed]
    left = [each.home for each in listed if each.entry not in handed]
    return Delivery(
        reached=tuple(reached),
        missed=tuple(home for home in left if visits.get(home)),
        untried=tuple(home for home in left if not visits.get(home)),
    )
