"""台账 as XLSX: matters and orders with their filters named; nothing of who raised them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds
from linli.frame.exports import Column, workbook, xlsx_response
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused
from linli.matters.actions.files import record_export
from linli.matters.kinds import Power
from linli.matters.read import lists
from linli.matters.web.orders import order_filters
from linli.matters.web.registers import communities_of, filters_named, filters_of, rows_of
from linli.matters.wording import (
    ORDER_KIND_LABELS,
    ORDER_STATE_LABELS,
    level_title,
)
from linli.places import read as places

EXPORTERS = holds(Power.EXPORT)
TAKERS = holds(Power.EXPORT, Power.ORDER_HANDLE)  # a unit takes out its own orders
MOST_ROWS = 20_000


@door(EXPORTERS)
def matters_xlsx(request: HttpRequest) -> HttpResponse:
    """The matters the filters find."""
    actor = actor_of(request)
    filters = filters_of(request, actor)
    place = place_exported(actor, filters.place)
    narrowed = replace(filters, place=filters.place or place.path)
    found = list(lists.matters(actor, narrowed)[:MOST_ROWS])
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    record_export(by=actor, place_id=place.id, listing="matters", filters=asked, rows=len(found))
    columns = [
        Column(_("Number"), 18),
        Column(_("Title"), 36),
        Column(_("Community"), 14),
        Column(_("Where"), 22),
        Column(_("Category"), 16),
        Column(_("How to settle it"), 14),
        Column(_("Channel"), 16),
        Column(_("State"), 12),
        Column(_("Step"), 16),
        Column(_("Raised at"), 18),
        Column(_("First contact"), 18),
        Column(_("Promised by"), 18),
        Column(_("Closed at"), 18),
    ]
    title = _("Register of matters")
    book = workbook(
        title=title,
        filters="，".join(filters_named(narrowed, communities_of(actor))),
        columns=columns,
        rows=_matters(found),
    )
    return xlsx_response(book, f"{title} {clock.today():%Y-%m-%d}")


def _matters(found: list[Any]) -> Iterator[list[object]]:
    for row in rows_of(found, places.address_map(row.place for row in found)):
        m = row["m"]
        yield [
            m.number,
            m.title,
            m.community.name,
            row["address"],
            row["category"],
            level_title(m.level),
            row["channel"],
            row["state"],
            row["step"],
            m.raised_at,
            m.contacted_at,
            m.promised_at,
            m.closed_at,
        ]


@door(TAKERS)
def orders_xlsx(request: HttpRequest) -> HttpResponse:
    """The orders the filters find, over the places whose lists the actor may export; a unit's are its own."""
    actor = actor_of(request)
    state, kind, words = order_filters(request)
    own = not actor.paths(Power.EXPORT)
    place = place_exported(actor, "", Power.ORDER_HANDLE if own else Power.EXPORT)
    rows = lists.orders(actor, kind=kind, state=state, words=words, own=own)
    if not own:
        rows = rows.filter(matter__place_path__startswith=place.path)
    found = list(rows[:MOST_ROWS])
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    record_export(by=actor, place_id=place.id, listing="orders", filters=asked, rows=len(found), own=own)
    columns = [
        Column(_("Number"), 22),
        Column(_("Kind"), 10),
        Column(_("Matter"), 34),
        Column(_("Where"), 22),
        Column(_("Unit"), 22),
        Column(_("Task"), 40),
        Column(_("State"), 16),
        Column(_("Issued at"), 18),
        Column(_("Due"), 18),
        Column(_("Suspended until"), 18),
        Column(_("Reported in"), 18),
        Column(_("Reported at"), 18),
        Column(_("On paper"), 10),
        Column(_("Result"), 40),
    ]
    named = [
        _("orders of my unit") if own else place.name,
        str(ORDER_KIND_LABELS[kind]) if kind else "",
        _state_words(state),
        f"“{words}”" if words else "",
    ]
    title = _("Register of orders")
    book = workbook(
        title=title, filters="，".join(part for part in named if part), columns=columns, rows=_orders(found)
    )
    return xlsx_response(book, f"{title} {clock.today():%Y-%m-%d}")


def _state_words(state: str) -> str:
    special = {"": "", "running": _("Running"), "late": _("Late"), "suspended": _("Suspended")}
    return special[state] if state in special else str(ORDER_STATE_LABELS[state])


def _orders(found: list[Any]) -> Iterator[list[object]]:
    addresses = places.address_map({row.matter.place_id: row.matter.place for row in found}.values())
    for row in found:
        yield [
            row.number,
            ORDER_KIND_LABELS[row.kind],
            row.matter.title,
            addresses.get(row.matter.place_id, ""),
            row.unit.name,
            row.task,
            ORDER_STATE_LABELS[row.state],
            row.issued_at,
            row.due_at,
            row.suspended_until,
            row.reported_in_at,
            row.reported_at,
            row.on_paper,
            row.report,
        ]


def place_exported(actor: Actor, asked: str, power: Power = Power.EXPORT) -> Any:
    """The place whose list is taken out: the one asked for, else the widest the actor may export."""
    paths = actor.paths(power)
    wanted = asked if asked and any(asked.startswith(path) for path in paths) else (paths[0] if paths else "")
    place = places.place_by_path(wanted)
    if place is None or (asked and wanted != asked):
        raise Refused("Your post does not include exporting lists of this place.")
    return place
