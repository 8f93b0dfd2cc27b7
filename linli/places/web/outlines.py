"""The desk's pages of outlines: drawing one, putting an earlier one back, files of many in and out."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.frame.doors import actor_of, done, door, explain, holds, once, told_in
from linli.kernel.clock import local, today
from linli.kernel.decision import UNPROCESSABLE, Denied, Refused, require
from linli.places import actions, policies, read
from linli.places.actions import BadFeatures
from linli.places.forms.outlines import OutlineForm, OutlinesForm
from linli.places.forms.tree import KIND_LABELS
from linli.places.kinds import Event, PlaceKind, Power
from linli.places.policies import STAFF
from linli.places.rules import features, outlines
from linli.places.rules.outlines import InvalidOutline
from linli.places.web.tree import crumbs, visible

KEEPERS = holds(Power.EDIT)


@door(KEEPERS, methods=("GET", "POST"))
def draw(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place's outline: on the map, or as text where there is no map to draw on."""
    row = visible(request, place_id)
    require(policies.may_edit_place(actor_of(request), row.path))
    if request.method != "POST":
        text = outlines.written_out(row.outline) if row.outline else ""
        return _page(request, row, OutlineForm({"outline": text, "frame": "wgs84"} | _as_it_is(row)), 200)
    form = OutlineForm(request.POST)
    if form.is_valid():
        try:
            return done(request, lambda: _drawn(request, row, form.cleaned_data), _("The outline is kept."))
        except InvalidOutline as bad:
            form.add_error("outline", explain(Denied(bad.reason, bad.params)))
        except Refused as refusal:
            told_in(form, refusal, field="outline")
    return _page(request, row, form, UNPROCESSABLE)


def _as_it_is(row: Any) -> dict[str, Any]:
    return {"illustrative": "on"} if row.outline_illustrative else {}


def _drawn(request: HttpRequest, row: Any, said: dict[str, Any]) -> str:
    geometry = outlines.parsed(said["outline"]) if said["outline"].strip() else None
    actions.outline(
        by=actor_of(request),
        place_id=row.id,
        outline=geometry,
        illustrative=said["illustrative"],
        frame=said["frame"],
    )
    return reverse("places:outline", args=[row.id])


def _page(request: HttpRequest, row: Any, form: forms.Form, status: int) -> HttpResponse:
    line = read.chain(row)
    drawn = read.standing([row.path])
    around = next((each for each in reversed(line[:-1]) if each.path in drawn), line[0])
    context = {
        "place": row,
        "form": form,
        "crumbs": crumbs(line),
        "around": around,
        "formers": [
            {"row": each, "at": local(each.replaced_at), "corners": _corners(each.outline)}
            for each in read.formers(row)
        ],
    }
    return render(request, "places/outline.html", context, status=status)


def _corners(outline: dict[str, Any]) -> int:
    parts = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return sum(len(ring) - 1 for part in parts for ring in part)


@door(KEEPERS, methods=("POST",))
def restore(request: HttpRequest, place_id: UUID, former_id: UUID) -> HttpResponse:
    """Put an earlier outline back."""
    row = visible(request, place_id)
    return done(
        request,
        lambda: actions.restore_outline(by=actor_of(request), place_id=row.id, former_id=former_id),
        _("The earlier outline is back."),
        to=reverse("places:outline", args=[row.id]),
    )


@door(STAFF)
def shapes(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The outlines of a subtree for a map to draw, with their names and pages."""
    row = visible(request, place_id)
    rows = [
        {
            "outline": each.outline,
            "id": str(each.id),
            "name": each.name,
            "kind": each.kind,
            "illustrative": each.outline_illustrative,
            "url": reverse("places:place", args=[each.id]),
        }
        for each in read.outlined(row.path, today())
    ]
    return JsonResponse(features.collection(rows), content_type="application/geo+json")


@door(STAFF)
def download(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The outlines of a subtree as a GeoJSON file, in WGS-84, with the codes by which they come back."""
    row, actor = visible(request, place_id), actor_of(request)
    require(may_export(actor, row.path))
    found = list(read.outlined(row.path, today()))
    audit.record_export(
        Event.EXPORTED,
        by=actor,
        subject=row,
        place_path=row.path,
        listing="outlines",
        filters={"place": row.id},
        rows=len(found),
    )
    rows = [
        {
            "outline": each.outline,
            "code": each.path,
            "name": each.name,
            "kind": str(KIND_LABELS[PlaceKind(each.kind)]),
            "illustrative": each.outline_illustrative,
        }
        for each in found
    ]
    response = JsonResponse(
        features.collection(rows),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Content-Disposition"] = f'attachment; filename="outlines-{today():%Y%m%d}.geojson"'
    return response


@door(KEEPERS, methods=("GET", "POST"))
def upload(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Bring in a file of outlines: all of it, or nothing with what is wrong with each."""
    row = visible(request, place_id)
    require(policies.may_edit_place(actor_of(request), row.path))
    form = OutlinesForm(request.POST or None, request.FILES or None)
    faults: list[features.Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = features.features(form.content())
            address = once(request, lambda: _brought_in(request, row, found, form.cleaned_data))
            return HttpResponseRedirect(address)
        except InvalidOutline as bad:
            form.add_error("file", explain(Denied(bad.reason, bad.params)))
        except BadFeatures as bad:
            faults = bad.faults
            form.add_error("file", explain(bad))
    context = {
        "place": row,
        "form": form,
        "crumbs": crumbs(read.chain(row)),
        "faults": [[each.number, each.code, explain(Denied(each.reason, each.params))] for each in faults],
    }
    return render(request, "places/outlines.html", context, status=UNPROCESSABLE if form.errors else 200)


def _brought_in(request: HttpRequest, row: Any, found: list[features.Feature], said: dict[str, Any]) -> str:
    count = actions.import_outlines(
        by=actor_of(request),
        under_id=row.id,
        found=found,
        frame=said["frame"],
        illustrative=said["illustrative"],
    )
    told = ngettext("%(n)s outline is drawn.", "%(n)s outlines are drawn.", count)
    messages.success(request, told % {"n": count})
    return reverse("places:place", args=[row.id])
