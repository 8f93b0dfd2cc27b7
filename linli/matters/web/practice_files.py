"""A procedure's file, out and in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from linli.frame.doors import actor_of, door, holds, once
from linli.kernel import clock
from linli.kernel.decision import UNPROCESSABLE, require
from linli.matters import policies
from linli.matters.actions import drafts
from linli.matters.forms.practice import UploadForm
from linli.matters.kinds import Power
from linli.matters.procedures.nodes import Refusal, parse
from linli.matters.procedures.writing import to_yaml
from linli.matters.read import practices, settings
from linli.matters.web import practice_words as words
from linli.matters.web.practice_edit import CHANGERS, community_posted, draft_of
from linli.places import read as places

SEEING = holds(Power.READ, Power.ADOPT)


@door(SEEING)
def version_file(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A stored version as its file."""
    version = practices.version(version_id)
    return _file(to_yaml(settings.procedure(version)), f"{version.name}-{version.version}")


@door(CHANGERS)
def draft_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft as its file, right or wrong."""
    draft = draft_of(request, draft_id)
    return _file(draft.text, f"draft-{clock.local(draft.saved_at):%m%d-%H%M}")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@door(CHANGERS, methods=("GET", "POST"))
def bring_in(request: HttpRequest) -> HttpResponse:
    """A file becomes a draft; what is wrong with it is listed with its lines, and nothing typed is lost."""
    communities = places.communities_over(actor_of(request).paths(Power.ADOPT), clock.today())
    form = UploadForm(request.POST or None, request.FILES or None)
    asked = request.POST.get("community") or request.GET.get("community", "")
    context: dict[str, Any] = {"form": form, "communities": communities, "asked": asked, "faults": []}
    if request.method != "POST":
        return render(request, "matters/desk/procedure_in.html", context)
    if form.is_valid():
        text, community_id = form.cleaned_data["text"], community_posted(request)
        community = places.place(community_id)
        if community is not None:
            require(policies.may_change_procedures(actor_of(request), community.path))
            found = practices.examined(text, community)
            if found.procedure is not None:
                return HttpResponseRedirect(once(request, lambda: _take_in(request, community_id, text)))
            titles = _titles(text)
            context["faults"] = words.faults_in_words(found.faults, titles, practices.known_names())
            context["form"] = UploadForm(initial={"text": text})
    return render(request, "matters/desk/procedure_in.html", context, status=UNPROCESSABLE)


def _take_in(request: HttpRequest, community_id: UUID, text: str) -> str:
    draft = drafts.take_in(by=actor_of(request), community_id=community_id, text=text)
    return reverse("desk:draft", args=[draft.id])


def _titles(text: str) -> dict[str, str]:
    """The Chinese titles of the steps, as far as a faulty file has them."""
    try:
        steps = parse(text)[1].get("steps")
    except Refusal:
        return {}
    found = {}
    for key, step in steps.items() if isinstance(steps, dict) else ():
        title = step.get("title") if isinstance(step, dict) else None
        if isinstance(title, dict) and isinstance(title.get("zh"), str):
            found[key] = title["zh"]
    return found
