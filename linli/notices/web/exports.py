"""台账 as XLSX: the desk's announcements, and whom to call or hand a slip; persons stay masked."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.audit.books import taken_out
from linli.frame.doors import actor_of, door
from linli.frame.exports import Column, cut
from linli.kernel.names import mask_name, mask_phone
from linli.notices import read
from linli.notices.kinds import AnnouncementState, Channel, Event
from linli.notices.templatetags.notices import state_label
from linli.notices.web.carrying import CARRIERS
from linli.notices.web.desk import ANNOUNCERS, state_asked
from linli.places import read as places

AT_ONCE = 60  # announcements whose readers are counted in one query


@door(ANNOUNCERS)
def announcements_xlsx(request: HttpRequest) -> HttpResponse:
    """The announcements of one state, or all, over the places whose lists the actor may export."""
    actor, state = actor_of(request), state_asked(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Place"), 20), Column(_("State"), 14)]
    columns += [Column(_("Written at"), 18), Column(_("Published at"), 18), Column(_("Shown until"), 14)]
    columns += [Column(_("Readers"), 10), Column(_("People it is for"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="announcements",
        title=_("Announcements"),
        columns=columns,
        found=cut(read.announcements_at_desk(actor, state, place.path)),
        lines=_announcements,
        filters={"state": state_label(state) if state else ""},
    )


def _announcements(rows: list[Any]) -> Iterator[list[object]]:
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        readers = read.readerships([row for row in part if row.state == AnnouncementState.PUBLISHED])
        for row in part:
            counted = readers.get(row.pk)
            yield [
                row.title,
                row.place.name,
                state_label(row.state),
                row.written_at,
                row.approved_at,
                row.until,
                counted.read if counted else None,
                counted.audience if counted else None,
            ]


@door(CARRIERS)
def calls_xlsx(request: HttpRequest) -> HttpResponse:
    """The calls and slips that wait, or one of the two. What is to be told is left to the desk's page."""
    actor, asked = actor_of(request), request.GET.get("channel", "")
    labels = {Channel.CALL: _("To call"), Channel.SLIP: _("To print")}
    chosen = [channel for channel in labels if channel == asked] or list(labels)
    place = places.place_to_export(actor)
    columns = [Column(_("Kind"), 16), Column(_("Name"), 14), Column(_("Phone"), 18)]
    columns += [Column(_("Where they live"), 34), Column(_("Waiting since"), 18)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="calls",
        title=_("Calls and slips waiting"),
        columns=columns,
        found=cut(read.waiting_deliveries(actor, *chosen, path=place.path)),
        lines=lambda rows: _waiting(rows, labels),
        filters={"channel": "、".join(labels[channel] for channel in chosen)},
    )


def _waiting(rows: list[Any], labels: dict[Channel, str]) -> Iterator[list[object]]:
    addresses = read.addresses(row.notice.person_id for row in rows)
    for row in rows:
        person = row.notice.person
        yield [
            labels[Channel(row.channel)],
            mask_name(person.name),
            mask_phone(person.phone) if person.phone else "",
            addresses.get(person.pk, ""),
            row.at,
        ]
