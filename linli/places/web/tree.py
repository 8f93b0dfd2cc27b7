"""The desk's pages of places."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.exports import Column, book_response, cut
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.places import actions, policies, read, rules
from linli.places.forms.tree import (
    KIND_LABELS,
    SCHEME_LABELS,
    CloseForm,
    CodeForm,
    DayForm,
    OpenForm,
    RenameForm,
)
from linli.places.kinds import CodeScheme, Event, PlaceKind, Power
from linli.places.policies import STAFF

CHILDREN_A_PAGE = 60
WIDE = {PlaceKind.DIVISION, PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.COURTYARD}
KEEPERS = holds(Power.EDIT)


@door(STAFF)
def tree(request: HttpRequest) -> HttpResponse:
    """Where to begin: the communities the reader's posts are over, or in."""
    actor = actor_of(request)
    found = read.communities_over(actor.paths(), today())
    if not found:
        chains = read.chains_of_paths(actor.paths())
        own = {row.id: row for line in chains.values() for row in line if row.kind == PlaceKind.COMMUNITY}
        found = list(own.values())
    if len(found) == 1:
        return HttpResponseRedirect(reverse("places:place", args=[found[0].id]))
    return render(request, "places/tree.html", {"communities": found})


@door(STAFF)
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place: what it is, what is in it, its codes and what it used to be; `?on=` looks back."""
    row = visible(request, place_id)
    day_form, on = _day(request)
    is_past, past = on != today(), read.as_of(row, on)
    line = read.chain(row)
    around = next((each for each in reversed(line) if each.kind in WIDE), row)
    context = {
        "place": row,
        "kind": KIND_LABELS[PlaceKind(row.kind)],
        "on": on,
        "is_past": is_past,
        "day_form": day_form,
        "crumbs": crumbs(line),
        "page": page_of(request, read.children(row, on, but=PlaceKind.BAY), CHILDREN_A_PAGE),
        "past": past,
        "history": past.history,
        "map_of": around,
        "has_map": not is_past and read.outlined(around.path, today()).exists(),
        "codes": _codes(past.codes if is_past else past.every_code),
        "predecessors": read.predecessors(row),
        "may_edit": not is_past
        and row.closed_on is None
        and bool(policies.may_edit_place(actor_of(request), row.path)),
        "may_export": bool(may_export(actor_of(request), row.path)),
        "may_have_bays": rules.may_stand_under(PlaceKind.BAY, PlaceKind(row.kind)),
    }
    return render(request, "places/place.html", context)


def _day(request: HttpRequest) -> tuple[DayForm, date]:
    """The day looked back to; today where none is asked for."""
    form = DayForm(request.GET or None)
    return form, (form.is_valid() and form.cleaned_data["on"]) or today()


@door(STAFF)
def place_xlsx(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """What hangs directly on a place, as a book; `?on=` looks back."""
    row, actor = visible(request, place_id), actor_of(request)
    require(may_export(actor, row.path))
    _form, on = _day(request)
    found = cut(read.children(row, on))
    codes = read.codes_on((each.id for each in found.rows), on)
    audit.record_export(
        Event.EXPORTED,
        by=actor,
        subject=row,
        place_path=row.path,
        listing="places",
        filters={"place": row.id, "on": on if on != today() else None},
        rows=len(found.rows),
    )
    columns = [Column(_("Name"), 26), Column(_("Kind"), 14), Column(_("Codes"), 30)]
    columns += [Column(_("Known since"), 14), Column(_("Closed on"), 14)]
    return book_response(
        title=_("Places in %(place)s") % {"place": row.name},
        filters=[
            " · ".join(each.name for each in read.chain(row)),
            _("As it was on %(day)s.") % {"day": f"{on:%Y-%m-%d}"},
        ],
        columns=columns,
        rows=(
            [
                each.name,
                KIND_LABELS[PlaceKind(each.kind)],
                _(", ").join(codes.get(each.id, [])),
                each.opened_on,
                each.closed_on,
            ]
            for each in found.rows
        ),
        has_more=found.has_more,
    )


@door(KEEPERS, methods=("GET", "POST"))
def open_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Add a place under this one."""
    parent = visible(request, place_id)

    def act(data: dict[str, Any]) -> UUID:
        return actions.open_place(by=actor_of(request), parent_id=parent.id, opened_on=today(), **data).id

    form = OpenForm(request.POST or None, parent=parent)
    return _form_page(request, parent, form, act, _("Add a place"), _("Added."))


@door(KEEPERS, methods=("GET", "POST"))
def rename(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Give a place another name."""
    row = visible(request, place_id)

    def act(data: dict[str, Any]) -> UUID:
        return actions.rename_place(by=actor_of(request), place_id=row.id, **data).id

    return _form_page(request, row, RenameForm(request.POST or None), act, _("Another name"), _("Renamed."))


@door(KEEPERS, methods=("GET", "POST"))
def give_code(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Note a code of a place."""
    row = visible(request, place_id)

    def act(data: dict[str, Any]) -> UUID:
        return actions.give_code(by=actor_of(request), place_id=row.id, **data).place_id

    return _form_page(request, row, CodeForm(request.POST or None), act, _("Note a code"), _("Noted."))


@door(KEEPERS, methods=("GET", "POST"))
def close(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Close a place with what is in it."""
    row = visible(request, place_id)

    def act(data: dict[str, Any]) -> UUID:
        return actions.close_place(by=actor_of(request), place_id=row.id, on=data["on"]).id

    return _form_page(request, row, CloseForm(request.POST or None), act, _("Close this place"), _("Closed."))


def _form_page(
    request: HttpRequest,
    row: Any,
    form: forms.Form,
    act: Callable[[dict[str, Any]], UUID],
    title: str,
    said: str,
) -> HttpResponse:
    """Show a form, or do what it says and go to the place."""
    require(policies.may_edit_place(actor_of(request), row.path))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return done(request, lambda: act(data), said, to=lambda key: reverse("places:place", args=[key]))
    return render(
        request, "places/form.html", {"place": row, "form": form, "title": title}, status=status_of(form)
    )


def visible(request: HttpRequest, place_id: UUID) -> Any:
    """The place an address names, if the reader may see it; refused as not known or not theirs otherwise."""
    row = read.place(place_id)
    if row is None:
        raise Refused("This place is not known.", status=MISSING)
    require(policies.may_see_place(actor_of(request), row.path))
    return row


def crumbs(line: list[Any]) -> list[dict[str, Any]]:
    """The way down to a place, for the top of its pages."""
    above = [{"label": each.name, "url": reverse("places:place", args=[each.id])} for each in line[:-1]]
    return [*above, {"label": line[-1].name}]


def _codes(found: Iterable[Any]) -> list[list[str]]:
    def until(ends: date | None) -> str:
        return ends.isoformat() if ends else _("still")

    return [
        [each.code, str(SCHEME_LABELS[CodeScheme(each.scheme)]), each.starts.isoformat(), until(each.ends)]
        for each in found
    ]
