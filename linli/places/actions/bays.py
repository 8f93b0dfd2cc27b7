"""Writers of parking bays: many at once with what they share, and one changed."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.bulk import copy_in
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.ids import uuid7
from linli.kernel.text import one_line
from linli.places import policies, read, rules
from linli.places.actions.outlines import locked
from linli.places.kinds import AreaSource, Event, PlaceKind
from linli.places.models import Bay, OwnedArea, Place
from linli.places.rules import bays as bay_rules
from linli.places.rules.bays import Listed, Standing

_PLACE: Final = (
    "id", "kind", "name", "short_code", "parent", "path", "order_key", "opened_on", "outline_illustrative",
    "is_demo",
)  # fmt: skip
_BAY: Final = ("place", "independent", "exclusive", "registrable", "register_number", "note")


@transaction.atomic
def add_bays(
    *,
    by: Actor,
    under_id: UUID,
    bays: Sequence[Listed],
    standing: Standing,
    source: AreaSource,
    opened_on: date,
    note: str = "",
) -> list[UUID]:
    """Add the parking bays of a place by COPY, all of one standing; the ids of their places.

    Refused whole when a name or a register number is taken, or when bays that nobody can own have numbers in
    the property register.
    """
    under = locked(under_id)
    require(policies.may_edit_place(by, under.path))
    if not rules.may_stand_under(PlaceKind.BAY, PlaceKind(under.kind)):
        raise Refused("A place of this kind cannot be put there.", status=UNPROCESSABLE)
    if under.closed_on is not None:
        raise Refused("%(place)s is closed.", {"place": under.name}, status=CONFLICT)
    _check_numbers([bay.number for bay in bays if bay.number], standing)
    twice = bay_rules.registered_twice(bays)
    if twice:
        raise Refused("The number %(number)s is noted of another bay.", {"number": twice}, status=CONFLICT)
    taken = read.names_under(under, PlaceKind.BAY, [bay.name for bay in bays])
    if taken:
        raise Refused("%(name)s is there already.", {"name": taken[0]}, status=CONFLICT)
    first = read.count_under(under, PlaceKind.BAY) + 1
    ids = [uuid7() for _bay in bays]
    copy_in(Place, _PLACE, (
        (key, PlaceKind.BAY.value, bay.name, "", under.id, rules.path_under(under.path, f"p{number:05d}"),
         rules.order_key(bay.name), opened_on, False, under.is_demo)
        for number, (key, bay) in enumerate(zip(ids, bays, strict=True), first)
    ))  # fmt: skip
    held, words = (standing.independent, standing.exclusive, standing.registrable), _note(note)
    copy_in(Bay, _BAY, ((key, *held, bay.number, words) for key, bay in zip(ids, bays, strict=True)))
    OwnedArea.objects.bulk_create(
        OwnedArea(place_id=key, source=source.value, area=bay.area)
        for key, bay in zip(ids, bays, strict=True)
        if bay.area
    )
    data = {"count": len(bays), "lacks": [lack.value for lack in standing.lacks]}
    audit.record(Event.BAYS_ADDED, by=by, subject=under, place_path=under.path, data=data)
    return ids


@transaction.atomic
def change_bay(*, by: Actor, place_id: UUID, standing: Standing, number: str = "", note: str = "") -> Bay:
    """Note anew what is known of one bay: what the law asks for, its register number, and why."""
    place = locked(place_id)
    require(policies.may_edit_place(by, place.path))
    if place.kind != PlaceKind.BAY:
        raise Refused("This is not a parking bay.", status=UNPROCESSABLE)
    called = one_line(number)[: bay_rules.LONGEST_NUMBER]
    _check_numbers([called] if called else [], standing, but=place.id)
    row, _made = Bay.objects.update_or_create(
        place=place,
        defaults={
            "independent": standing.independent,
            "exclusive": standing.exclusive,
            "registrable": standing.registrable,
            "register_number": called,
            "note": _note(note),
        },
    )
    data = {"lacks": [lack.value for lack in standing.lacks]}
    audit.record(Event.BAY_CHANGED, by=by, subject=place, place_path=place.path, data=data)
    return row


def _check_numbers(numbers: Sequence[str], standing: Standing, but: UUID | None = None) -> None:
    if numbers and not standing.is_owned_part:
        raise Refused(
            "A bay in the property register is an owned part: all three have to hold.", status=UNPROCESSABLE
        )
    taken = read.register_number_taken(numbers, but)
    if taken:
        raise Refused("The number %(number)s is noted of another bay.", {"number": taken}, status=CONFLICT)


def _note(words: str) -> str:
    return one_line(words)[: bay_rules.LONGEST_NOTE]
