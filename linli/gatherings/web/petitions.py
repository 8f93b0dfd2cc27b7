"""Those who ask for a meeting, at the desk: begun, ticked from the register, counted from signed sheets."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.documents.web import serve
from linli.frame.doors import actor_of, done, door, id_in, status_of, told_in
from linli.gatherings import actions, policies
from linli.gatherings.forms.petitions import PetitionForm, SheetForm
from linli.gatherings.kinds import BodyKind, CalledBy
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import petitions as read
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.web.asking import HOLDERS
from linli.gatherings.web.desk import listed
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require


def _address(petition_id: UUID, part: str = "") -> str:
    return reverse("gatherings_desk:petition", args=[petition_id]) + part


def _kept(request: HttpRequest, petition_id: UUID) -> tuple[Actor, read.Petition]:
    """A petition this actor keeps; others are not there for them."""
    actor, row = actor_of(request), read.petition(petition_id)
    require(policies.may_list_callers(actor, row.body.place.path), status=MISSING)
    return actor, row


@door(HOLDERS, methods=("GET", "POST"))
def new(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Begin the list of those who ask for a meeting of a body."""
    actor, row = actor_of(request), read_bodies.body(body_id)
    require(policies.may_list_callers(actor, row.place.path), status=MISSING)
    kind = BodyKind(row.kind)
    if not STANDINGS[kind].law.calls:
        raise Refused("A meeting of this body is not called this way.", status=UNPROCESSABLE)
    form = PetitionForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = actions.begin_petition(
                by=actor, body_id=row.pk, asked_by=CalledBy(said["asked_by"]), about=said["about"]
            )
            return _address(made.pk)

        try:
            return done(request, act, _("The list is begun. Tick who asks, or count their sheets."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "b": row, **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/petition_new.html", context, status=status_of(form))


@door(HOLDERS)
def petition(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """How many ask, how many it takes, who is on the list, and which sheets are counted."""
    actor, row = _kept(request, petition_id)
    return _page(request, actor, row)


@door(HOLDERS, methods=("POST",))
def sign(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Put those who are ticked on the list, and take off it who was shown and is not."""
    actor, row = _kept(request, petition_id)
    ticked, shown = _ids(request, "person"), _ids(request, "shown")

    def act() -> str:
        actions.sign(by=actor, petition_id=row.pk, person_ids=ticked, off=shown - ticked)
        return _address(row.pk, "#names")

    return done(request, act, _("The list is kept."))


def _ids(request: HttpRequest, name: str) -> set[UUID]:
    found = (id_in(each) for each in request.POST.getlist(name))
    return {each for each in found if each is not None}


@door(HOLDERS, methods=("POST",))
def count(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Count a signed sheet."""
    actor, row = _kept(request, petition_id)
    form = SheetForm(request.POST, request.FILES, places=_offered(read.buildings(row)))
    if form.is_valid():
        said, (content, name) = form.cleaned_data, form.content()

        def act() -> str:
            actions.count_sheet(
                by=actor,
                petition_id=row.pk,
                place_id=said["place"],
                count=said["count"],
                content=content,
                name=name,
            )
            return _address(row.pk, "#sheets")

        try:
            return done(request, act, _("Counted."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    return _page(request, actor, row, form)


@door(HOLDERS, methods=("POST",))
def drop_sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Take a sheet out again."""
    found = read.sheet(sheet_id)
    actor, row = _kept(request, found.petition_id)

    def act() -> str:
        actions.drop_sheet(by=actor, sheet_id=sheet_id)
        return _address(row.pk, "#sheets")

    return done(request, act, _("Taken out."))


@door(HOLDERS)
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A signed sheet as it was handed in, for whoever keeps the list."""
    found = read.sheet(sheet_id)
    _kept(request, found.petition_id)
    return serve(found.file, thumbnail=request.GET.get("thumbnail") == "1")


@door(HOLDERS, methods=("POST",))
def drop(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Give the list up."""
    actor, row = _kept(request, petition_id)

    def act() -> str:
        actions.drop_petition(by=actor, petition_id=row.pk)
        return reverse("gatherings_desk:body", args=[row.body_id])

    return done(request, act, _("Given up. Its names and sheets are deleted."))


def _offered(buildings: list[tuple[Any, str]]) -> list[tuple[UUID, str]]:
    return [(place.pk, written) for place, written in buildings]


def _page(
    request: HttpRequest, actor: Actor, row: read.Petition, bound: SheetForm | None = None
) -> HttpResponse:
    """`bound` is a sheet that came back."""
    day, asked = today(), request.GET
    words = asked.get("q", "").strip()[:40]
    buildings = read.buildings(row)
    form = bound or SheetForm(places=_offered(buildings))
    wanted = id_in(asked.get("building", ""))
    chosen = next((place for place, _written in buildings if place.pk == wanted), None)
    context = {
        "p": row,
        "b": row.body,
        "form": form,
        "standing": read.standing([row], day)[0],
        "planned": read.is_planned(row.pk),
        "by_reps": row.asked_by == CalledBy.REPS,
        "buildings": buildings,
        "chosen": chosen,
        "q": words,
        "found": read.to_tick(row, day, building=chosen, words=words),
        "names": read.by_building(row, buildings, day),
        "sheets": read.sheets(row.pk),
        **listed(request, actor, over=False),
    }
    return render(request, "gatherings/desk/petition.html", context, status=status_of(form))
