"""The desk's pages of parking bays: which there are, who may own one and who may not, and why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import Refused, require
from linli.places import actions, policies, read
from linli.places.forms.bays import BayForm, BaysForm
from linli.places.policies import STAFF
from linli.places.web.tree import KEEPERS, crumbs, visible


@door(STAFF)
def bays(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The parking bays of a place, each with whether it counts among the owners."""
    row = visible(request, place_id)
    page = page_of(request, read.bays(row.path, today()))
    known, addresses = read.areas_of(each.id for each in page.rows), read.address_map(page.rows)
    context = {
        "place": row,
        "crumbs": crumbs(read.chain(row)),
        "page": page,
        "rows": [
            {
                "bay": each,
                "address": addresses[each.id],
                "lacks": read.standing_of(each).lacks,
                "area": next(iter(known.get(each.id, {}).values()), None),
            }
            for each in page.rows
        ],
        "may_edit": bool(policies.may_edit_place(actor_of(request), row.path)) and row.closed_on is None,
    }
    return render(request, "places/bays.html", context)


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
