"""Writers of the tree of places, of their codes and their history, and of the working calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.frame.bulk import copy_in
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import uuid7
from linli.kernel.text import normalise
from linli.places import policies, read, rules
from linli.places.actions.outlines import locked, mark_outlines
from linli.places.kinds import CodeScheme, Event, PlaceKind
from linli.places.models import CalendarDay, Place, PlaceCode, PlaceVersion

LONG_AGO: Final = date(1949, 10, 1)  # the start of a first version when nobody knows it


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of an import. Parents come before their children."""

    id: UUID
    kind: PlaceKind
    name: str
    parent_id: UUID | None
    path: str
    short_code: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    successor_id: UUID | None = None
    outline: Mapping[str, Any] | None = None
    outline_illustrative: bool = False
    is_demo: bool = False


def open_place(
    *,
    by: Actor,
    kind: PlaceKind,
    name: str,
    label: str,
    parent_id: UUID | None = None,
    opened_on: date | None = None,
    short_code: str = "",
    is_demo: bool = False,
) -> Place:
    """Add a place under another. The label becomes the end of its path and never changes."""
    with transaction.atomic():
        parent = locked(parent_id) if parent_id else None
        require(policies.may_edit_place(by, parent.path if parent else "/"))
        if not rules.may_stand_under(kind, PlaceKind(parent.kind) if parent else None):
            raise Refused("A place of this kind cannot be put there.", status=UNPROCESSABLE)
        if parent is not None and parent.closed_on is not None:
            raise Refused("%(place)s is closed.", {"place": parent.name}, status=CONFLICT)
        path = _path(parent.path if parent else "", label)
        called = _named(name)
        place = Place(
            kind=kind.value,
            name=called,
            parent=parent,
            path=path,
            order_key=rules.order_key(called),
            opened_on=opened_on,
            short_code=_short_code(short_code),
            is_demo=is_demo,
        )
        _add(place, "There is already a place with this label here.")
        PlaceVersion.objects.create(place=place, name=called, path=path, starts=opened_on or today())
        read.wide.changed()
        audit.record(Event.OPENED, by=by, subject=place, place_path=path, data={"kind": kind.value})
    return place


def rename_place(*, by: Actor, place_id: UUID, name: str, since: date) -> Place:
    """Give a place another name from a day on (not a coming one); its former name stays in its history."""
    with transaction.atomic():
        place = locked(place_id)
        require(policies.may_edit_place(by, place.path))
        called = _named(name)
        if since > today():
            raise Refused("A new name counts from today or an earlier day.", status=UNPROCESSABLE)
        last = PlaceVersion.objects.filter(place=place, ends__isnull=True).first()
        if last is None:
            starts = min(place.opened_on or LONG_AGO, since)
            last = PlaceVersion(place=place, name=place.name, path=place.path, starts=starts)
        if since <= last.starts:
            raise Refused(
                "The present name counts from %(day)s; the new one must begin later.",
                {"day": last.starts.isoformat()},
                status=CONFLICT,
            )
        last.ends = since
        last.save()
        PlaceVersion.objects.create(place=place, name=called, path=place.path, starts=since)
        place.name, place.order_key = called, rules.order_key(called)
        place.save(update_fields=["name", "order_key"])
        read.wide.changed()
        audit.record(Event.RENAMED, by=by, subject=place, place_path=place.path, fields=["name"])
    return place


def close_place(*, by: Actor, place_id: UUID, on: date, successor_id: UUID | None = None) -> Place:
    """Close a place and everything still open in it, from `on` (the first day it is no more).

    It stays, with its history and what happened there; a successor says where its affairs went.
    """
    with transaction.atomic():
        place = locked(place_id)
        require(policies.may_edit_place(by, place.path))
        if place.closed_on is not None:
            raise Refused("%(place)s is already closed.", {"place": place.name}, status=CONFLICT)
        if not rules.may_close(place.opened_on, on):
            raise Refused("A place cannot close before it opened.", status=UNPROCESSABLE)
        successor = _successor(place, successor_id)
        inside = read.subtree(place.path).filter(closed_on__isnull=True)
        closed = list(inside.values_list("id", flat=True))
        inside.update(closed_on=on)
        PlaceVersion.objects.filter(place_id__in=closed, ends__isnull=True, starts__lt=on).update(ends=on)
        PlaceCode.objects.filter(place_id__in=closed, ends__isnull=True, starts__lt=on).update(ends=on)
        mark_outlines()
        place.closed_on, place.successor = on, successor
        place.save(update_fields=["closed_on", "successor"])
        data = {"count": len(closed), "successor": str(successor_id) if successor_id else None}
        audit.record(Event.CLOSED, by=by, subject=place, place_path=place.path, data=data)
    return place


def give_code(
    *, by: Actor, place_id: UUID, scheme: CodeScheme, code: str, starts: date, ends: date | None = None
) -> PlaceCode:
    """Note that a code belongs to a place from one day until another (end excluded; None: still)."""
    with transaction.atomic():
        place = locked(place_id)
        require(policies.may_edit_place(by, place.path))
        try:
            checked = rules.checked_code(scheme, code)
        except InvalidCode as bad:
            raise Refused(bad.reason, bad.params, status=UNPROCESSABLE) from bad
        if ends is not None and ends <= starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        row = PlaceCode(place=place, scheme=scheme.value, code=checked, starts=starts, ends=ends)
        _add(row, "This code already belongs to a place on some of these days.")
        audit.record(Event.CODED, by=by, subject=place, place_path=place.path, data={"scheme": scheme.value})
    return row


def import_places(*, by: Actor, under: Place, rows: Sequence[PlaceRow]) -> int:
    """Add many places inside `under` by one COPY with one audit entry; how many were added.

    Refused whole when a row lies elsewhere. A path that is taken breaks the table's constraint and nothing
    is added.
    """
    with transaction.atomic():
        require(policies.may_import_places(by, under.path))
        if any(not row.path.startswith(under.path) for row in rows):
            raise Refused("Some rows do not lie in %(place)s.", {"place": under.name}, status=UNPROCESSABLE)
        try:
            with transaction.atomic():
                count = copy_in(Place, _IMPORTED, map(_values, rows))
        except IntegrityError as taken:
            raise Refused("Some of these places are already there.", status=CONFLICT) from taken
        if any(row.outline is not None for row in rows):
            mark_outlines()
        read.wide.changed()
        audit.record(Event.IMPORTED, by=by, subject=under, place_path=under.path, data={"count": count})
    return count


_IMPORTED: Final = (
    "id", "kind", "name", "parent", "path", "order_key", "short_code", "opened_on", "closed_on", "successor",
    "outline", "outline_illustrative", "is_demo",
)  # fmt: skip


def _values(row: PlaceRow) -> tuple[object, ...]:
    return (
        row.id, row.kind.value, row.name, row.parent_id, row.path, rules.order_key(row.name), row.short_code,
        row.opened_on, row.closed_on, row.successor_id, row.outline, row.outline_illustrative, row.is_demo,
    )  # fmt: skip


@dataclass(slots=True)
class CalendarImport:
    """What the entry of a calendar import is about: the batch itself."""

    id: UUID


def import_calendar(*, by: Actor, days: Mapping[date, bool]) -> int:
    """Set whether each day is a workday, over what was published or imported before; how many were set."""
    with transaction.atomic():
        require(policies.may_import_calendar(by))
        if not days:
            raise Refused("The table holds no days.", status=UNPROCESSABLE)
        CalendarDay.objects.bulk_create(
            [CalendarDay(day=day, is_workday=works) for day, works in sorted(days.items())],
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["is_workday"],
        )
        data = {"count": len(days), "first": min(days).isoformat(), "last": max(days).isoformat()}
        audit.record(Event.CALENDAR_IMPORTED, by=by, subject=CalendarImport(uuid7()), data=data)
        read.calendar.changed()
    return len(days)


def _successor(place: Place, successor_id: UUID | None) -> Place | None:
    if successor_id is None:
        return None
    successor = Place.objects.filter(id=successor_id).first()
    if successor is None:
        raise Refused("This place is not known.", status=MISSING)
    if successor.path.startswith(place.path) or successor.closed_on is not None:
        raise Refused("The successor must be another place that is open.", status=UNPROCESSABLE)
    return successor


def _add(row: Place | PlaceCode, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(taken, status=CONFLICT) from clash


def _path(parent: str, label: str) -> str:
    try:
        return rules.path_under(parent, label)
    except ValueError as bad:
        raise Refused(
            "A label has at most 12 small letters, digits and hyphens.", status=UNPROCESSABLE
        ) from bad


def _named(name: str) -> str:
    called = normalise(name)
    if not called or len(called) > rules.NAME_LENGTH:
        raise Refused(
            "A name has 1 to %(length)s characters.", {"length": rules.NAME_LENGTH}, status=UNPROCESSABLE
        )
    return called


def _short_code(code: str) -> str:
    if code and rules.SHORT_CODE.fullmatch(code) is None:
        raise Refused("A short code has 2 to 6 capital letters.", status=UNPROCESSABLE)
    return code
