"""The desk's pages of parking bays: which there are, who may own one and who may not, and why."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit.books import taken_out
from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.frame.exports import Column, cut
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import Refused, require
from linli.places import actions, policies, read
from linli.places.forms.bays import BayForm, BaysForm
from linli.places.kinds import Event
from linli.places.policies import STAFF
from linli.places.templatetags.places import lacking, square_metres
from linli.places.web.tree import KEEPERS, crumbs, visible


@door(STAFF)
def bays(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The parking bays of a place, each with whether it counts among the owners."""
    row = visible(request, place_id)
    page = page_of(request, read.bays(row.path, today()))
    context = {
        "place": row,
        "crumbs": crumbs(read.chain(row)),
        "page": page,
        "rows": _seen(page.rows),
        "may_edit": bool(policies.may_edit_place(actor_of(request), row.path)) and row.closed_on is None,
    }
    return render(request, "places/bays.html", context)


def _seen(rows: list[Any]) -> list[dict[str, Any]]:
    """Each bay with its address, its area and what it lacks to be somebody's own."""
    known, addresses = read.areas_of(each.id for each in rows), read.address_map(rows)
    return [
        {
            "bay": each,
            "address": addresses[each.id],
            "lacks": read.standing_of(each).lacks,
            "area": next(iter(known.get(each.id, {}).values()), None),
        }
        for each in rows
    ]


@door(STAFF)
def bays_xlsx(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The same as a book."""
    row = visible(request, place_id)
    columns = [Column(_("Bay"), 30), Column(_("Area"), 12), Column(_("Number in the property register"), 26)]
    columns += [Column(_("Counts among the owners"), 14), Column(_("Why not"), 40), Column(_("Note"), 30)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row,
        listing="bays",
        title=_("Parking bays"),
        columns=columns,
        found=cut(read.bays(row.path, today())),
        lines=_lines,
    )


def _lines(rows: list[Any]) -> Iterator[list[object]]:
    for each in _seen(rows):
        bay, area = each["bay"].bay, each["area"]
        lacks = each["lacks"]
        yield [
            each["address"],
            square_metres(area) if area else "",
            bay.register_number,
            not lacks,
            lacking(lacks) if lacks else "",
            bay.note,
        ]


@door(KEEPERS, methods=("GET", "POST"))
def add(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Add bays of one standing, many at once."""
    row, actor = visible(request, place_id), actor_of(request)
    require(policies.may_edit_place(actor, row.path))
    form = BaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.add_bays(by=actor, under_id=row.id, opened_on=today(), **form.said()),
                _("Added."),
                to=reverse("places:bays", args=[row.id]),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"place": row, "form": form, "title": _("Add parking bays")}
    return render(request, "places/form.html", context, status=status_of(form))


@door(KEEPERS, methods=("GET", "POST"))
def change(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Note anew what is known of one bay."""
    row, actor = visible(request, place_id), actor_of(request)
    require(policies.may_edit_place(actor, row.path))
    form = BayForm(request.POST or None, initial=read.bay_facts(row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return done(
                request,
                lambda: actions.change_bay(
                    by=actor,
                    place_id=row.id,
                    standing=form.standing(),
                    number=said["number"],
                    note=said["note"],
                ),
                _("Saved."),
                to=reverse("places:bays", args=[row.parent_id]),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"place": row, "form": form, "title": _("Parking bay")}
    return render(request, "places/form.html", context, status=status_of(form))
