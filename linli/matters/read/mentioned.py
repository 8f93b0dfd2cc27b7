"""The places of one community that a text speaks of. Proposed only: a person's press takes one."""

from collections.abc import Iterable
from dataclasses import dataclass

from linli.kernel import clock
from linli.kernel.text import normalise
from linli.matters.triage.mentions import Mention, building_key, entrance_key, mentions
from linli.matters.triage.naming import names
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

MOST = 4
READ = 400  # characters of a text that are read
WIDE = (PlaceKind.COURTYARD.value, PlaceKind.GRID.value)


@dataclass(frozen=True, slots=True)
class Named:
    """A place a text may speak of, written out, and the words that say so."""

    place: Place
    address: str
    said: str


def named_places(text: str, community: Place, home: Place | None = None) -> list[Named]:
    """The buildings, entrances and courtyards of a community a text speaks of; several where it is not clear.

    Of buildings with one number the reader's own courtyard comes first; an entrance alone is the reader's own
    building's. At most `MOST`, in three queries.
    """
    read = normalise(text)[:READ]
    spots = mentions(read)
    wide = _wide(read, community)
    found: dict[str, tuple[Place, str]] = {}
    if spots:
        for spot, row in _spots(spots, community, [row for row, _ in wide], home):
            found.setdefault(row.path, (row, spot.said))
    else:
        for row, said in wide:
            found.setdefault(row.path, (row, said))
    chosen = list(found.values())[:MOST]
    written = places.address_map(row for row, _ in chosen)
    return [Named(row, written[row.id], said) for row, said in chosen]


def _wide(read: str, community: Place) -> list[tuple[Place, str]]:
    """Courtyards and grids named in the text, whole or by the street in their name."""
    said = names(read)
    found = []
    for row in _under(community.path, WIDE):
        name = normalise(row.name)
        words = name if name in read else next((each for each in said if each in name), "")
        if words:
            found.append((row, words))
    return found


def _under(path: str, kinds: Iterable[str]) -> list[Place]:
    rows = places.subtree(path).filter(places.open_on(clock.today()), kind__in=list(kinds))
    return list(rows.order_by("parent__order_key", "order_key", "path"))


def _spots(
    spots: Iterable[Mention], community: Place, wide: list[Place], home: Place | None
) -> list[tuple[Mention, Place]]:
    spots = list(spots)
    numbered: dict[str, list[Place]] = {}
    for row in _under(community.path, [PlaceKind.BUILDING.value]):
        numbered.setdefault(building_key(row.name), []).append(row)
    found: list[tuple[Mention, Place]] = []
    for spot in spots:
        if spot.building:
            rows = _likeliest(numbered.get(spot.building, []), wide, home)
        else:
            rows = [
                row for group in numbered.values() for row in group if home and home.path.startswith(row.path)
            ]
        found += [(spot, row) for row in rows]
    if not any(spot.entrance for spot, _ in found):
        return found
    return [(spot, inside) for spot, row in found for inside in _inside(spot, row)]


def _likeliest(rows: list[Place], wide: list[Place], home: Place | None) -> list[Place]:
    """Those in a courtyard the text names; the reader's own courtyard first."""
    named = [row for row in rows if any(row.path.startswith(each.path) for each in wide)]
    own = home.path if home else ""
    return sorted(named or rows, key=lambda row: -_together(row.path, own))


def _together(one: str, other: str) -> int:
    """How many labels two paths share from the root."""
    pairs = zip(one.strip("/").split("/"), other.strip("/").split("/"), strict=False)
    shared = 0
    for a, b in pairs:
        if a != b:
            break
        shared += 1
    return shared


def _inside(spot: Mention, building: Place) -> list[Place]:
    """The entrance spoken of; the building where none is, and nothing where it has no such entrance."""
    if not spot.entrance:
        return [building]
    rows = places.children(building, clock.today()).filter(kind=PlaceKind.ENTRANCE.value)
    wanted = [row for row in rows if entrance_key(row.name) == spot.entrance]
    return wanted or ([building] if spot.building else [])
