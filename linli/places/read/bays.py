"""Parking bays: which there are in a place, and which of them somebody owns."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from linli.places.kinds import PlaceKind
from linli.places.models import Bay, Place
from linli.places.read.tree import open_on, subtree
from linli.places.rules.bays import NOTHING_NOTED, Standing


def bays(path: str, on: date) -> QuerySet[Place]:
    """The parking bays of a subtree with what is known of each, in the order people count."""
    rows = subtree(path).filter(open_on(on), kind=PlaceKind.BAY.value)
    return rows.select_related("bay", "parent").order_by("parent__path", "order_key", "path")


def standing_of(row: Place) -> Standing:
    """What is known of one bay; of a bay nobody noted anything of, nothing."""
    known = getattr(row, "bay", None)
    return Standing(known.independent, known.exclusive, known.registrable) if known else NOTHING_NOTED


def owned_parts(path: str, on: date) -> tuple[list[Place], list[Place]]:
    """What is owned in a subtree on a day, homes first, then bays; and the bays that are nobody's own."""
    homes = subtree(path).filter(open_on(on), kind=PlaceKind.HOME.value).order_by("path")
    known = list(bays(path, on))
    owned = [row for row in known if standing_of(row).is_owned_part]
    return [*homes, *owned], [row for row in known if not standing_of(row).is_owned_part]


def can_be_owned(row: Place) -> bool:
    """Whether a place is something a person may own: a home, or a bay that is an owned part."""
    return row.kind == PlaceKind.HOME or (row.kind == PlaceKind.BAY and standing_of(row).is_owned_part)


def names_under(row: Place, kind: PlaceKind, names: Iterable[str]) -> list[str]:
    """Which of some names places of a kind directly under one have already."""
    here = Place.objects.filter(parent=row, kind=kind.value, closed_on__isnull=True, name__in=list(names))
    return list(here.order_by("order_key").values_list("name", flat=True))


def count_under(row: Place, kind: PlaceKind) -> int:
    """How many places of a kind there are and were directly under one."""
    return Place.objects.filter(parent=row, kind=kind.value).count()


def register_number_taken(numbers: Iterable[str], but: UUID | None = None) -> str:
    """One of some numbers of the property register that another bay has; "" where none does."""
    rows = Bay.objects.filter(register_number__in=list(numbers)).exclude(place=but)
    return rows.values_list("register_number", flat=True).first() or ""


def bay_facts(row: Place) -> dict[str, object]:
    """What is noted of one bay, as its form shows it; nothing where nothing is."""
    known = Bay.objects.filter(place=row).first()
    if known is None:
        return {}
    return {
        "independent": known.independent,
        "exclusive": known.exclusive,
        "registrable": known.registrable,
        "number": known.register_number,
        "note": known.note,
    }
