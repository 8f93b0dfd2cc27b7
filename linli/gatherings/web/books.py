"""台账 as XLSX: bodies, meetings, what units still have to do, the board, and affairs laid open."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.audit.books import taken_out
from linli.frame.doors import actor_of, door
from linli.frame.exports import Column, cut
from linli.gatherings import wording
from linli.gatherings.kinds import Event
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.read import postings as read_postings
from linli.gatherings.web.asking import DISCLOSERS, HOLDERS, POSTERS
from linli.gatherings.web.disclosing import community
from linli.kernel.clock import today
from linli.places import read as places


@door(HOLDERS)
def bodies_xlsx(request: HttpRequest) -> HttpResponse:
    """Every body: when it met last, by when it is due, what waits for it."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    rows = [row for row in read_bodies.open_bodies(actor) if row.place.path.startswith(place.path)]
    columns = [Column(_("Body"), 30), Column(_("Kind"), 26), Column(_("Place"), 20)]
    columns += [Column(_("Met last"), 14), Column(_("Due by"), 14), Column(_("Missed"), 10)]
    columns += [Column(_("Next meeting"), 18), Column(_("Waiting"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="bodies",
        title=_("Bodies and when they are due"),
        columns=columns,
        found=cut(read_bodies.dues(rows)),
        lines=_bodies,
    )


def _bodies(rows: list[Any]) -> Iterator[list[object]]:
    for each in rows:
        yield [
            each.body.name,
            wording.BODY_LABELS[each.body.kind],
            each.body.place.name,
            each.last_held,
            each.due,
            each.missed,
            each.coming.starts_at if each.coming else None,
            each.waiting,
        ]


@door(HOLDERS)
def meetings_xlsx(request: HttpRequest) -> HttpResponse:
    """The meetings ahead, or those that are over (`?over=1`)."""
    actor, over = actor_of(request), request.GET.get("over") == "1"
    place = places.place_to_export(actor)
    rows = read.at_desk(actor, over=over).filter(place__path__startswith=place.path)
    columns = [Column(_("Title"), 36), Column(_("Kind"), 26), Column(_("Place"), 20)]
    columns += [Column(_("Where"), 24), Column(_("When"), 18), Column(_("State"), 14)]
    columns += [Column(_("Entitled"), 10), Column(_("Present"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="meetings",
        title=_("Meetings"),
        columns=columns,
        found=cut(rows),
        lines=_meetings,
        filters={"when": pgettext("a meeting", "Over") if over else _("Ahead")},
    )


def _meetings(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            wording.kind_label(row),
            row.place.name,
            row.room,
            row.starts_at,
            wording.STATE_LABELS[row.state][1],
            row.entitled,
            row.present,
        ]


@door(HOLDERS)
def pending_xlsx(request: HttpRequest) -> HttpResponse:
    """What units still have to carry out."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    rows = read.pending_resolutions(actor).filter(gathering__place__path__startswith=place.path)
    columns = [Column(_("What was resolved"), 44), Column(_("Unit"), 24), Column(_("Meeting"), 30)]
    columns += [
        Column(_("Held on"), 18),
        Column(_("Place"), 20),
        Column(_("Due by"), 14),
        Column(_("Late"), 8),
    ]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="resolutions",
        title=_("Resolved, to be carried out"),
        columns=columns,
        found=cut(rows),
        lines=_pending,
    )


def _pending(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.text,
            row.organization.name,
            row.gathering.title,
            row.gathering.starts_at,
            row.gathering.place.name,
            row.due_on,
            row.due_on < today(),
        ]


@door(POSTERS)
def postings_xlsx(request: HttpRequest) -> HttpResponse:
    """Everything posted, with the objections that wait; nothing of who objects."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    rows = read_postings.posted_at_desk(actor).filter(place__path__startswith=place.path)
    columns = [
        Column(_("Title"), 36),
        Column(_("Kind"), 20),
        Column(_("Place"), 20),
        Column(_("First day"), 14),
    ]
    columns += [
        Column(_("Last day"), 14),
        Column(_("State"), 16),
        Column(_("Objections without an answer"), 18),
    ]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="board",
        title=_("The board"),
        columns=columns,
        found=cut(rows),
        lines=_postings,
    )


def _postings(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            wording.POSTING_LABELS[row.kind],
            row.place.name,
            row.starts,
            row.ends,
            wording.standing(row),
            row.waiting,
        ]


@door(DISCLOSERS)
def affairs_xlsx(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """公开清单: each class of affairs, when it was laid open last and by when again."""
    actor = actor_of(request)
    place = community(actor, place_id)
    columns = [Column(_("Class"), 44), Column(_("By law"), 10), Column(_("Every how many months"), 14)]
    columns += [Column(_("Last"), 14), Column(_("Due by"), 14), Column(_("Missed"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="affairs",
        title=_("Affairs laid open"),
        columns=columns,
        found=cut(read_postings.openness(place.pk)),
        lines=lambda rows: (
            [
                wording.class_title(each.row),
                each.row.by_law,
                each.row.every_months,
                each.last,
                each.due,
                each.missed,
            ]
            for each in rows
        ),
    )


@door(DISCLOSERS)
def archive_xlsx(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Everything a community has laid open."""
    actor = actor_of(request)
    place = community(actor, place_id)
    columns = [Column(_("Title"), 40), Column(_("Class"), 44), Column(_("Laid open on"), 14)]
    columns += [Column(_("On the board until"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="archive",
        title=_("Archive of affairs laid open"),
        columns=columns,
        found=cut(read_postings.archive(place.pk)),
        lines=lambda rows: (
            [
                row.title,
                wording.class_title(row.disclosure_class),
                row.disclosed_on,
                row.posting.ends,
            ]
            for row in rows
        ),
    )
