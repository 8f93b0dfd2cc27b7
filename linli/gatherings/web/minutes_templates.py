"""Templates of minutes at the desk: the list, copying one and changing it, and how it would read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.gatherings import actions, policies, wording
from linli.gatherings.forms.minutes_templates import TemplateForm
from linli.gatherings.kinds import Shipped
from linli.gatherings.read import minutes_templates as read
from linli.gatherings.rules import minutes
from linli.gatherings.rules.minutes import Section
from linli.gatherings.web.asking import HOLDERS, maybe_id
from linli.gatherings.web.minutes import values
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused, require

HOME = "gatherings_desk:templates"


@door(HOLDERS)
def templates(request: HttpRequest) -> HttpResponse:
    """What minutes can begin with: as shipped, and what the communities keep."""
    actor = actor_of(request)
    rows = [
        {
            "row": row,
            "bodies": read.bodies_of(row.pk),
            "can": bool(policies.may_keep_templates(actor, row.place.path)),
        }
        for row in read.at_desk(actor)
    ]
    context = {"shipped": wording.SHIPPED_LABELS.items(), "rows": rows, "can": bool(read.communities(actor))}
    return render(request, "gatherings/desk/templates.html", context)


@door(HOLDERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Copy a template, shipped or kept, and change the copy."""
    actor = actor_of(request)
    name, sections = _copied(actor, request.GET.get("of", ""))
    communities = read.communities(actor)
    if not communities:
        raise Refused("Templates are kept by a community. Ask its own staff to word one.")
    places = [(place.pk, place.name) for place in communities]
    start = {"name": name, "place": communities[0].pk}
    form = TemplateForm(request.POST or None, sections=sections, places=places, initial=start)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        said = form.cleaned_data

        def act() -> str:
            actions.keep_template(
                by=actor, place_id=said["place"], name=said["name"], sections=form.sections()
            )
            return reverse(HOME)

        try:
            return done(request, act, _("Kept. Choose it in the house rules of a body."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    return _page(request, form, communities[0].path, sections, {"title": _("Copy and change")})


@door(HOLDERS, methods=("GET", "POST"))
def change(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Word a kept template anew."""
    actor = actor_of(request)
    row = _kept(actor, template_id)
    sections = read.sections_of(row)
    form = TemplateForm(request.POST or None, sections=sections, places=[], initial={"name": row.name})
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:

        def act() -> str:
            actions.change_template(
                by=actor, template_id=row.pk, name=form.cleaned_data["name"], sections=form.sections()
            )
            return reverse(HOME)

        try:
            return done(request, act, _("Saved. Minutes already begun keep their words."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    return _page(request, form, row.place.path, sections, {"title": row.name, "t": row})


@door(HOLDERS, methods=("POST",))
def look(request: HttpRequest) -> HttpResponse:
    """How what is being typed would read; asked while somebody types."""
    actor = actor_of(request)
    template_id = maybe_id(request, "template")
    if template_id is not None:
        path = _kept(actor, template_id).place.path
    else:
        path = next((each.path for each in read.communities(actor)), "")
    require(policies.may_keep_templates(actor, path), status=MISSING)
    form = TemplateForm(request.POST, sections=[], places=[])
    form.is_valid()
    return render(request, "gatherings/desk/_template_look.html", _look(path, form.sections()))


@door(HOLDERS, methods=("POST",))
def end(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Give a template up."""
    actor = actor_of(request)

    def act() -> str:
        actions.end_template(by=actor, template_id=template_id)
        return reverse(HOME)

    return done(request, act, _("It is not offered any more."))


def _kept(actor: Actor, template_id: UUID) -> Any:
    row = read.template(template_id)
    require(policies.may_keep_templates(actor, row.place.path), status=MISSING)
    return row


def _copied(actor: Actor, of: str) -> tuple[str, list[Section]]:
    """The name and the sections of what is copied; the shipped one for meetings where nothing is named."""
    if of in set(Shipped) or not of:
        code = Shipped(of or Shipped.MEETING)
        return str(wording.SHIPPED_LABELS[code]), wording.shipped_sections(code)
    row = next((each for each in read.at_desk(actor) if str(each.pk) == of), None)
    if row is None:
        raise Refused("This template is not kept any more.", status=MISSING)
    return row.name, read.sections_of(row)


def _look(path: str, sections: Sequence[Section]) -> dict[str, Any]:
    """A template tried on the latest meeting of its place; where nobody met yet blanks keep their names."""
    unknown = [found for each in sections for found in minutes.unknown_in(each.words)]
    if unknown:
        return {"unknown": unknown, "blanks": wording.BLANK_LABELS.values()}
    held = read.last_held(path)
    named = {code: f"【{label}】" for code, label in wording.blank_names().items()}
    return {"held": held, "text": minutes.fill(sections, values(held) if held else named)}


def _page(
    request: HttpRequest, form: TemplateForm, path: str, sections: Sequence[Section], more: dict[str, Any]
) -> HttpResponse:
    typed = form.sections() if form.is_bound and hasattr(form, "cleaned_data") else sections
    status = 200 if "preview" in request.POST and not form.errors else status_of(form)
    context = {"form": form, **more, **_look(path, typed)}
    return render(request, "gatherings/desk/template.html", context, status=status)
