"""A desk's list taken out of the house as a book 台账: whether it may leave, the line on record, the file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.http import HttpResponse

from linli.audit import actions
from linli.audit.actions import Subject
from linli.audit.kinds import EventKind
from linli.frame.exports import Column, Cut, book_response
from linli.kernel.actor import Actor


class Where(Subject, Protocol):
    """The place a list is of."""

    path: str
    name: str


def taken_out(
    event: EventKind,
    *,
    by: Actor,
    place: Where,
    listing: str,
    title: str,
    columns: Sequence[Column],
    found: Cut,
    lines: Callable[[list[Any]], Iterable[Sequence[object]]],
    filters: Mapping[str, str] | None = None,
    subject: Subject | None = None,
) -> HttpResponse:
    """The rows that were found as a book, once it stands on record that they left. Refused without `export`.

    `filters` says in words what each filter is set to, "" for one not in use: the words stand below the
    title, only the names go on record. `lines` makes the cells of all rows at once, so that what belongs to
    them is asked for once. `subject` is what the list belongs to where that is something of the place.
    """
    named = filters or {}
    actions.record_export(
        event,
        by=by,
        subject=subject or place,
        place_path=place.path,
        listing=listing,
        filters=named,
        rows=len(found.rows),
    )
    return book_response(
        title=title,
        filters=[place.name, *named.values()],
        columns=columns,
        rows=lines(found.rows),
        has_more=found.has_more,
    )
