"""The desk's pages of people, and everybody's own settings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.frame.doors import SIGNED_IN, actor_of, done, door, holds, told_in
from linli.frame.exports import Column, book_response, cut
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.people import actions, policies, read, rules
from linli.people.forms import (
    FIELD_LABELS,
    REACH_LABELS,
    RESIDENCE_LABELS,
    SEX_LABELS,
    EndForm,
    MoveForm,
    PersonForm,
    PreferencesForm,
    PurposeForm,
)
from linli.people.kinds import Event, OpenedField, Power, Purpose, Reach, ResidenceKind, Sex
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.rules import written

READERS = holds(Power.READ)
KEEPERS = holds(Power.EDIT)
COOKIE_YEAR = 365 * 24 * 3600
HOMES_SHOWN = 40


@door(READERS)
def people_list(request: HttpRequest) -> HttpResponse:
    """The masked list of a place, narrowed by name, phone, building or grid."""
    path = _scope_path(request)
    words = request.GET.get("q", "").strip()[:60]
    page = page_of(request, read.listed(path, today(), words=words))
    homes = (each.place.path for row in page.rows for each in row.current_residences)
    lines = places.chains_of_paths([path, *homes])
    if not lines[path]:
        raise Refused("This place is not known.", status=MISSING)
    context = {
        "page": page,
        "rows": [_listed(row, path, lines) for row in page.rows],
        "words": words,
        "scope": lines[path][-1],
        "place_name": _community_name(lines[path]),
        "crumbs": [each.name for each in lines[path]],
        "may_register": bool(policies.may_register_person(actor_of(request), path)),
        "may_export": bool(may_export(actor_of(request), path)),
    }
    return render(request, "people/list.html", context)


@door(READERS)
def list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a book, as masked as on the page."""
    scope, actor = _scope(request), actor_of(request)
    require(may_export(actor, scope.path))
    words = request.GET.get("q", "").strip()[:60]
    found = cut(read.listed(scope.path, today(), words=words))
    homes = (each.place.path for row in found.rows for each in row.current_residences)
    lines = places.chains_of_paths([scope.path, *homes])
    listed = [_listed(row, scope.path, lines) for row in found.rows]
    audit.record_export(
        Event.EXPORTED,
        by=actor,
        subject=scope,
        place_path=scope.path,
        listing="people",
        filters={"place": request.GET.get("place"), "q": words},
        rows=len(listed),
    )
    columns = [Column(_("Name"), 14), Column(_("Phone"), 18), Column(_("Where they live"), 34)]
    columns += [Column(_("Residence"), 22), Column(_("How to reach them"), 22)]
    return book_response(
        title=_("Residents"),
        filters=[
            " · ".join(each.name for each in lines[scope.path]),
            f"“{rules.masked_words(words)}”" if words else "",
        ],
        columns=columns,
        rows=(
            [row["masked"].name, row["masked"].phone, row["address"], " · ".join(row["kinds"]), row["reach"]]
            for row in listed
        ),
        has_more=found.has_more,
    )


def _community_name(line: list[Any]) -> str:
    """What the page's head calls the place: its community, or itself where it is wider."""
    return next((each.name for each in line if each.kind == PlaceKind.COMMUNITY), line[-1].name)


def _scope_path(request: HttpRequest) -> str:
    """The path of the place asked for, else of the widest the reader may list."""
    asked = request.GET.get("place", "")
    actor = actor_of(request)
    if not asked:
        return next(iter(actor.paths(Power.READ)), "/")
    found = places.place(_uuid(asked))
    if found is None:
        raise Refused("This place is not known.", status=MISSING)
    require(policies.may_list_people(actor, found.path))
    return found.path


def _scope(request: HttpRequest) -> Any:
    """The place itself."""
    scope = places.place_by_path(_scope_path(request))
    if scope is None:
        raise Refused("This place is not known.", status=MISSING)
    return scope


def _listed(row: Any, path: str, lines: dict[str, list[Any]]) -> dict[str, Any]:
    inside = [each for each in row.current_residences if each.place.path.startswith(path)]
    shown = min(inside, key=lambda each: each.kind != ResidenceKind.USUAL, default=None)
    return {
        "person": row,
        "masked": read.masked(row),
        "address": written(lines[shown.place.path]) if shown else "",
        "kinds": [str(RESIDENCE_LABELS[ResidenceKind(each.kind)]) for each in inside],
        "reach": REACH_LABELS[Reach(row.reach)],
    }


@door(SIGNED_IN)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person, masked; their own record whole."""
    row, paths = readable(request, person_id)
    actor = actor_of(request)
    residences, holdings = read.residences_of(person_id), read.holdings_of(person_id)
    addresses = places.full_address_map([*(r.place for r in residences), *(h.home for h in holdings)])
    context = {
        "person": row,
        "masked": read.masked(row),
        "is_self": actor.person_id == person_id,
        "layout": "base/desk.html" if actor.grants else "base/resident.html",
        "back": reverse("people:list") if actor.grants else reverse("people:preferences"),
        "facts": _facts(row),
        "residences": [
            (each, addresses[each.place_id], RESIDENCE_LABELS[ResidenceKind(each.kind)])
            for each in residences
        ],
        "holdings": [(each, addresses[each.home_id]) for each in holdings],
        "may_edit": bool(policies.may_edit_person(actor, paths)),
        "may_open": bool(policies.may_open_field(actor, person_id, paths, Purpose.VERIFY)),
        "today": today(),
    }
    return render(request, "people/person.html", context)


def _facts(row: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("Sex"), "value": SEX_LABELS[Sex(row.sex)]},
        {"label": _("Year of birth"), "value": row.born_year or _("Not noted")},
        {"label": _("How to reach them"), "value": REACH_LABELS[Reach(row.reach)]},
    ]


@door(SIGNED_IN, methods=("GET", "POST"))
def open_field(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask what a number is needed for, then show it once. The answer is never kept by the browser."""
    row, paths = readable(request, person_id)
    actor = actor_of(request)
    require(policies.may_open_field(actor, person_id, paths, Purpose.VERIFY))
    given = request.GET.dict() if request.method == "GET" else None
    form = PurposeForm(request.POST or None, initial=given)
    if given is not None and given.get("field") not in set(OpenedField):
        form.initial["field"] = OpenedField.PHONE.value
    value, shown_field = "", form.initial.get("field", OpenedField.PHONE.value)
    if request.method == "POST" and form.is_valid():
        shown_field = form.cleaned_data["field"].value
        value = actions.open_field(by=actor, person_id=person_id, **form.cleaned_data)
    context = {
        "person": row,
        "masked": read.masked(row),
        "form": form,
        "field_label": FIELD_LABELS[OpenedField(shown_field)] if shown_field in set(OpenedField) else "",
        "opened": request.method == "POST" and form.is_valid(),
        "value": value,
    }
    response = render(request, "people/open_field.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@door(KEEPERS, methods=("GET", "POST"))
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change a person's record."""
    row, paths = readable(request, person_id)
    require(policies.may_edit_person(actor_of(request), paths))
    form = PersonForm(request.POST or None, person=row)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.edit_person(
                    by=actor_of(request), person_id=person_id, details=form.details()
                ),
                _("Saved."),
                to=address(person_id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    back = address(person_id)
    return formed(request, form, _("Change the record"), read.masked(row).name, back)


@door(KEEPERS, methods=("GET", "POST"))
def register(request: HttpRequest) -> HttpResponse:
    """Add somebody to the register of the place `?place=` names."""
    scope = _scope(request)
    require(policies.may_register_person(actor_of(request), scope.path))
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.register_person(by=actor_of(request), at=scope, details=form.details()),
                _("Registered. Now say where they live."),
                to=lambda made: reverse("people:move_in", args=[made.id]),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    return formed(request, form, _("Register a person"), scope.name, reverse("people:list"))


@door(KEEPERS, methods=("GET", "POST"))
def move_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note where somebody lives: first the building is looked for, then the home chosen in it."""
    row, paths = readable(request, person_id)
    require(policies.may_edit_person(actor_of(request), paths))
    words = request.GET.get("q", "").strip()[:60]
    scope = keeping_path(request)
    found = places.find_homes(words, scope, today(), HOMES_SHOWN) if words else []
    addresses = places.address_map(found)
    form = MoveForm(request.POST or None, homes=[(each.id, addresses[each.id]) for each in found])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return done(
                request,
                lambda: actions.move_in(
                    by=actor_of(request),
                    person_id=person_id,
                    place_id=said["place"],
                    kind=said["kind"],
                    starts=said["starts"],
                ),
                _("Noted."),
                to=address(person_id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"person": row, "masked": read.masked(row), "form": form, "words": words, "found": found}
    return render(request, "people/move_in.html", context, status=422 if form.errors else 200)


@door(KEEPERS, methods=("GET", "POST"))
def move_out(request: HttpRequest, residence_id: UUID) -> HttpResponse:
    """End a residence."""
    residence = read.residence(residence_id)
    if residence is None:
        raise Refused("This residence is not known.", status=MISSING)
    row, paths = readable(request, residence.person_id)
    require(policies.may_edit_person(actor_of(request), paths))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.move_out(
                    by=actor_of(request), residence_id=residence_id, ends=form.cleaned_data["ends"]
                ),
                _("Noted."),
                to=address(row.id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    back = address(row.id)
    return formed(request, form, _("They moved out"), read.masked(row).name, back)


@door(SIGNED_IN, methods=("GET", "POST"))
def preferences(request: HttpRequest) -> HttpResponse:
    """Everybody's own settings; the language is put in the cookie as well, so it holds when signed out."""
    actor = actor_of(request)
    if actor.person_id is None:
        raise Refused("This person has no account.", status=MISSING)
    account = read.account_of(actor.person_id)
    form = PreferencesForm(request.POST or None, account=account, at_desk=bool(actor.grants))
    if request.method == "POST" and form.is_valid():
        chosen = form.preferences()
        actions.set_preferences(by=actor, person_id=actor.person_id, preferences=chosen)
        messages.success(request, _("Saved."))
        response = HttpResponseRedirect(reverse("people:preferences"))
        if chosen.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen.language, max_age=COOKIE_YEAR, samesite="Lax"
            )
        return response
    status = 422 if form.errors else 200
    return render(request, "people/preferences.html", {"form": form, "account": account}, status=status)


def readable(request: HttpRequest, person_id: UUID) -> tuple[Any, list[str]]:
    """The person an address names, if the reader may see them, with the paths they belong to."""
    row = read.person(person_id)
    if row is None:
        raise Refused("This person is not known.", status=MISSING)
    paths = read.paths_of(person_id, today())
    require(policies.may_read_person(actor_of(request), person_id, paths))
    return row, paths


def keeping_path(request: HttpRequest) -> str:
    """Where homes are looked for: the widest place whose register the reader keeps."""
    return actor_of(request).paths(Power.EDIT)[0]


def address(person_id: UUID) -> str:
    """The page of a person."""
    return reverse("people:person", args=[person_id])


def formed(request: HttpRequest, form: Any, title: str, sub: str, back: str) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "title": title, "sub": sub, "back": back}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("This place is not known.", status=UNPROCESSABLE) from wrong
