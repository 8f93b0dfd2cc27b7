"""工作法: which procedures a community follows, how each is drawn, and adopting another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds, once
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.matters import policies
from linli.matters.actions.procedures import adopt
from linli.matters.kinds import Power, Use
from linli.matters.procedures.drawing import describe, draw
from linli.matters.read import practices, settings
from linli.matters.rules.difference import difference
from linli.matters.web import practice_words as words
from linli.matters.web.practice_edit import community_posted, outline_of, use_of
from linli.matters.wording import KIND_LABELS, in_words
from linli.places import read as places

SEEING = holds(Power.READ, Power.ADOPT)


def communities_of(actor: Actor) -> list[Any]:
    """The communities whose ways of working the actor sees."""
    paths = actor.paths(Power.READ, Power.ADOPT)
    found = places.communities_over(paths, clock.today())
    if found:
        return found
    within = {community.id: community for path in paths if (community := places.community_of(path))}
    return list(within.values())


@door(SEEING)
def procedure_list(request: HttpRequest) -> HttpResponse:
    """Adopted ones first, then drafts, then those a community could adopt."""
    actor = actor_of(request)
    communities = communities_of(actor)
    chosen = community_asked(communities, request.GET.get("community", ""))
    adopted = settings.adopted_procedures(chosen.id) if chosen else []
    followed = {row.procedure_id for row in adopted}
    may_change = bool(chosen and policies.may_change_procedures(actor, chosen.path))
    context = {
        "communities": communities,
        "chosen": chosen,
        "adopted": [
            {"row": row, "version": row.procedure, **words_of(row.procedure), "default": row.is_default}
            for row in adopted
        ],
        "others": [
            {"version": version, **words_of(version)}
            for version in practices.open_to(chosen.id if chosen else None)
            if version.id not in followed
        ],
        "drafts": _drafts(chosen.id) if chosen and may_change else [],
        "may_adopt": bool(chosen and policies.may_adopt(actor, chosen.path)),
        "may_change": may_change,
    }
    return render(request, "matters/desk/procedures.html", context)


def _drafts(community_id: UUID) -> list[dict[str, Any]]:
    """The drafts of a community, each by the title typed into it."""
    rows = []
    for draft in practices.drafts_of(community_id):
        title = outline_of(draft.text).title
        english = words.language().startswith("en")
        shown = (title.en if english else "") or title.zh or title.en or _("Without a title")
        rows.append({"row": draft, "title": shown})
    return rows


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
    """One procedure: drawn, told in words, and what adopting it here would need."""
    version = practices.version(version_id)
    language = words.language()
    parsed = settings.procedure(version)
    actor = actor_of(request)
    mine = communities_of(actor)
    communities = [row for row in mine if policies.may_adopt(actor, row.path)]
    chosen = community_asked(communities or mine, request.GET.get("community", ""))
    here = practices.posts_here(parsed, chosen, clock.today()) if chosen else {}
    own = bool(chosen and policies.may_adopt_version(version.community_id, chosen.id))
    running = practices.followed(chosen.id, [version.name]) if chosen else []
    context = {
        "version": version,
        **words_of(version),
        "drawing": mark_safe(draw(parsed, language)),  # drawn here, every word escaped
        "told": describe(parsed, language),
        "communities": communities,
        "chosen": chosen,
        "may_adopt": bool(communities) and own,
        "posts": words.posts_in_words(parsed, here, practices.known_names()) if here else [],
        "uses": words.USE_LABELS.items(),
        "use": use_of(running) if running else Use.DEFAULT,
        "others": _versions_beside(version),
        "practice": _practice(version),
    }
    return render(request, "matters/desk/procedure.html", context)


def _practice(version: Any) -> dict[str, Any] | None:
    """Where a shipped procedure comes from and what that place does; nothing for a community's own."""
    shipped = practices.shipped().get(version.practice)
    if shipped is None or version.community_id is not None:
        return None
    return {
        "place": in_words(shipped.practice.place),
        "does": [in_words(said) for said in shipped.practice.does],
    }


def _versions_beside(version: Any) -> list[dict[str, Any]]:
    """What a version can be compared with: what it was made from, and the others under its name."""
    rows = [row for row in practices.versions_of(version.name) if row.id != version.id]
    if version.based_on is not None and version.based_on.name != version.name:
        rows.append(version.based_on)
    return [{"version": row, **words_of(row)} for row in rows]


@door(SEEING)
def procedure_difference(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What a version says differently from another (`?from=`)."""
    version = practices.version(version_id)
    try:
        other = practices.version(UUID(request.GET.get("from", "")))
    except ValueError as unknown:
        raise Refused("There is no such procedure.", status=MISSING) from unknown
    old, new = settings.procedure(other), settings.procedure(version)
    context = {
        "version": version,
        "other": other,
        "title": words_of(version)["title"],
        "other_title": words_of(other)["title"],
        "changes": words.changes_in_words(difference(old, new), old, new),
        "community": request.GET.get("community", ""),
    }
    return render(request, "matters/desk/procedure_difference.html", context)


@door(holds(Power.ADOPT), methods=("POST",))
def procedure_adopt(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """From today new matters of a community follow it; what runs ends on the version it began."""
    community_id = community_posted(request)
    chosen = request.POST.get("use", "")

    def act() -> str:
        adopt(
            by=actor_of(request),
            community_id=community_id,
            version_id=version_id,
            is_default=chosen == Use.DEFAULT,
            by_choice=chosen == Use.CHOICE,
        )
        messages.success(request, _("Adopted. New matters follow it from today."))
        return f"{reverse('desk:procedures')}?community={community_id}"

    return HttpResponseRedirect(once(request, act))
