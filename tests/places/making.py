"""A small territory for tests of places, people and posts."""

from datetime import date

from linli.kernel.actor import Actor, Grant
from linli.kernel.ids import uuid7
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.places.rules import order_key

OPENED = date(2010, 1, 1)
DISTRICT, STREET, COMMUNITY = "/620201/", "/620201/002/", "/620201/002/006/"
GRID, BUILDING = f"{COMMUNITY}g03/", f"{COMMUNITY}g03/b12/"
HOME = f"{BUILDING}u1/0602/"

NAMES = {
    DISTRICT: (PlaceKind.DIVISION, "嘉峪关市"),
    STREET: (PlaceKind.STREET, "钢城街道"),
    COMMUNITY: (PlaceKind.COMMUNITY, "建设社区"),
    GRID: (PlaceKind.GRID, "第3网格"),
    BUILDING: (PlaceKind.BUILDING, "12栋"),
    f"{BUILDING}u1/": (PlaceKind.ENTRANCE, "1单元"),
    HOME: (PlaceKind.HOME, "602室"),
}


def place(path: str, kind: PlaceKind, name: str, *, closed_on: date | None = None) -> Place:
    """A place; the one above it is looked up by its path."""
    above = "/".join(path.rstrip("/").split("/")[:-1]) + "/"
    parent = Place.objects.filter(path=above).first()
    return Place.objects.create(
        kind=kind.value,
        name=name,
        path=path,
        parent=parent,
        order_key=order_key(name),
        opened_on=OPENED,
        closed_on=closed_on,
    )


def territory() -> dict[str, Place]:
    """From the division to one home, by path."""
    return {path: place(path, kind, name) for path, (kind, name) in NAMES.items()}


def staff(*powers: str, path: str = COMMUNITY) -> Actor:
    """Somebody with powers over a place."""
    return Actor(uuid7(), tuple(Grant(str(power), path) for power in powers))


def resident() -> Actor:
    """Somebody signed in without a post."""
    return Actor(uuid7())
