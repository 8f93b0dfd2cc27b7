"""工作法: which procedures a community follows, how each is drawn, and adopting another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds, once
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.matters import policies
from linli.matters.actions.procedures import adopt
from linli.matters.kinds import Power
from linli.matters.procedures.drawing import describe, draw
from linli.matters.read import settings
from linli.matters.wording import KIND_LABELS, in_words
from linli.places import read as places

SEEING = holds(Power.READ, Power.ADOPT)


def communities_of(actor: Actor) -> list[Any]:
    """The communities whose ways of working the actor sees."""
    paths = [grant.path for grant in actor.grants if grant.power in (Power.READ, Power.ADOPT)]
    found = places.communities_over(paths, clock.today())
    if found:
        return found
    within = {community.id: community for path in paths if (community := places.community_of(path))}
    return list(within.values())


@door(SEEING)
def procedure_list(request: HttpRequest) -> HttpResponse:
    """Adopted ones first, then those a community could adopt."""
    actor = actor_of(request)
    communities = communities_of(actor)
    chosen = community_asked(communities, request.GET.get("community", ""))
    adopted = settings.adopted_procedures(chosen.id) if chosen else []
    followed = {row.procedure_id for row in adopted}
    stored = settings.stored_procedures()
    newest: dict[str, Any] = {}
    for version in stored:
        newest.setdefault(version.name, version)
    context = {
        "communities": communities,
        "chosen": chosen,
        "adopted": [
            {"row": row, "version": row.procedure, **words_of(row.procedure), "default": row.is_default}
            for row in adopted
        ],
        "others": [
            {"version": version, **words_of(version)}
            for version in newest.values()
            if version.id not in followed
        ],
        "may_adopt": bool(chosen and policies.may_adopt(actor, chosen.path)),
    }
    return render(request, "matters/desk/procedures.html", context)


def community_asked(communities: list[Any], text: str) -> Any:
    """The community named in the address, else the first; None where there is none."""
    return next((row for row in communities if str(row.id) == text), communities[0] if communities else None)


def words_of(version: Any) -> dict[str, Any]:
    """Title, summary and what it is for, in the reader's language."""
    parsed = settings.procedure(version)
    return {
        "title": in_words(parsed.title),
        "summary": in_words(parsed.summary),
        "kinds": [str(KIND_LABELS[kind]) for kind in parsed.kinds],
        "stations": [in_words(step.short) for step in parsed.stations()],
    }


@door(SEEING)
def procedure(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One procedure: drawn, and told in words for whoever cannot see the drawing."""
    version = next((row for row in settings.stored_procedures() if row.id == version_id), None)
    if version is None:
        raise Refused("There is no such procedure.", status=MISSING)
    language = get_language() or "zh-hans"
    parsed = settings.procedure(version)
    actor = actor_of(request)
    communities = [row for row in communities_of(actor) if policies.may_adopt(actor, row.path)]
    context = {
        "version": version,
        **words_of(version),
        "drawing": mark_safe(draw(parsed, language)),  # drawn here, every word escaped
        "told": describe(parsed, language),
        "communities": communities,
        "chosen": community_asked(communities, request.GET.get("community", "")),
    }
    return render(request, "matters/desk/procedure.html", context)


@door(holds(Power.ADOPT), methods=("POST",))
def procedure_adopt(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """From today new matters of a community follow it; what runs ends on the version it began."""
    try:
        community_id = UUID(request.POST.get("community", ""))
    except ValueError as unknown:
        raise Refused("There is no such place. Please choose again.", status=422) from unknown

    def act() -> str:
        as_default = request.POST.get("default") == "on"
        adopt(by=actor_of(request), community_id=community_id, version_id=version_id, is_default=as_default)
        messages.success(request, _("Adopted. New matters follow it from today."))
        return f"{reverse('desk:procedures')}?community={community_id}"

    return HttpResponseRedirect(once(request, act))
