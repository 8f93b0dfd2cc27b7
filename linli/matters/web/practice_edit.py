"""Changing a community's own procedure: a form beside its live drawing, kept with every press, published."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, holds, id_sent, once
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions import drafts
from linli.matters.forms.practice import UNIT_LABELS, read_outline
from linli.matters.kinds import Power, Use
from linli.matters.procedures import editing
from linli.matters.procedures.drawing import describe, draw
from linli.matters.procedures.kinds import CLOSED, Outcome, Verb
from linli.matters.procedures.nodes import parse
from linli.matters.procedures.outline import NEED_ORDER, Outline, of_values, values_of
from linli.matters.procedures.schema import VERB_TITLES, Procedure
from linli.matters.procedures.wording import NEEDS, OUTCOMES
from linli.matters.procedures.writing import as_yaml
from linli.matters.read import practices, settings
from linli.matters.rules.difference import difference
from linli.matters.web import practice_words as words
from linli.matters.wording import KIND_LABELS, in_words

CHANGERS = holds(Power.ADOPT)
NOT_ENDINGS = (Outcome.WITHDRAWN, Outcome.MERGED)  # only the common net ends a matter so


@door(CHANGERS, methods=("POST",))
def begin(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Begin a copy of a version, for the community chosen."""
    community_id = community_posted(request)

    def act() -> str:
        draft = drafts.begin_draft(by=actor_of(request), community_id=community_id, version_id=version_id)
        return reverse("desk:draft", args=[draft.id])

    return HttpResponseRedirect(once(request, act))


def community_posted(request: HttpRequest) -> UUID:
    """The community a form names."""
    otherwise = Refused("There is no such place. Please choose again.", status=UNPROCESSABLE)
    return id_sent(request, "community", otherwise)


def draft_of(request: HttpRequest, draft_id: UUID) -> Any:
    """The draft, for who may change procedures in its community."""
    draft = practices.draft(draft_id)
    require(policies.may_change_procedures(actor_of(request), draft.community.path))
    return draft


@door(CHANGERS, methods=("GET", "POST"))
def edit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The form; every button of it keeps what is typed first."""
    draft = draft_of(request, draft_id)
    if request.method == "POST":
        return _save(request, draft)
    return render(request, "matters/desk/draft.html", _page(request, draft))


def _save(request: HttpRequest, draft: Any) -> HttpResponse:
    held = outline_of(draft.text)
    outline = read_outline(request.POST, held.procedure, held.version)
    order = request.POST.get("do", "save")
    editing.apply(outline, order)
    text = as_yaml(values_of(outline))
    seen = request.POST.get("revision", "")

    def act() -> str:
        saved = drafts.save_draft(
            by=actor_of(request),
            draft_id=draft.id,
            revision=int(seen) if seen.isascii() and seen.isdigit() else 0,
            text=text,
        )
        if saved.late_for is not None:
            return reverse("desk:draft_late", args=[saved.draft.id])
        return _next(saved.draft.id, order)

    url = once(request, act)
    led = resolve(url.partition("?")[0].partition("#")[0])
    if led.url_name == "draft_late":
        return _late_page(request, practices.draft(led.kwargs["draft_id"]))
    return HttpResponseRedirect(url)


def _next(draft_id: UUID, order: str) -> str:
    """Where a button leads: on to publishing or trying, or back to the step it changed."""
    if order in ("publish", "try"):
        return reverse("desk:draft_publish" if order == "publish" else "desk:draft_try", args=[draft_id])
    url = reverse("desk:draft", args=[draft_id])
    name, _sep, rest = order.partition(":")
    at = rest.split(":")[0]
    if name not in editing.CHANGES or not at.isdigit():
        return url
    shown = {"insert": int(at) + 1, "down": int(at) + 1, "up": int(at) - 1, "remove": int(at) - 1}
    index = max(shown.get(name, int(at)), 0)
    return f"{url}?{urlencode({'open': index})}#step-{index}"


@door(CHANGERS)
def late(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Somebody was quicker: both texts are kept, with what differs."""
    return _late_page(request, draft_of(request, draft_id))


def _late_page(request: HttpRequest, mine: Any) -> HttpResponse:
    theirs = mine.beside
    changes: list[words.ChangeLine] = []
    if theirs is not None:
        pair = [practices.examined(one.text, mine.community).procedure for one in (theirs, mine)]
        if pair[0] is not None and pair[1] is not None:
            changes = words.changes_in_words(difference(pair[0], pair[1]), pair[0], pair[1])
    context = {"mine": mine, "theirs": theirs, "changes": changes}
    return render(request, "matters/desk/draft_late.html", context, status=CONFLICT)


@door(CHANGERS, methods=("POST",))
def look(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The drawing and the faults of what is typed at the moment; nothing is kept by this."""
    draft = draft_of(request, draft_id)
    held = outline_of(draft.text)
    outline = read_outline(request.POST, held.procedure, held.version)
    context = {"draft": draft, **_seen(as_yaml(values_of(outline)), draft, outline), "swap": True}
    return render(request, "matters/desk/_draft_look.html", context)


@door(CHANGERS, methods=("GET", "POST"))
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What is different, what is still wrong, and the press that makes it a version."""
    draft = draft_of(request, draft_id)
    if request.method == "POST":
        return _publish(request, draft)
    outline = outline_of(draft.text)
    seen = _seen(draft.text, draft, outline)
    base = settings.procedure(draft.based_on) if draft.based_on else None
    new = seen["procedure"]
    names = [outline.procedure, base.procedure if base else ""]
    running = practices.followed(draft.community_id, names)
    context = {
        "draft": draft,
        **seen,
        "base": in_words(base.title) if base else "",
        "changes": words.changes_in_words(difference(base, new), base, new) if base and new else [],
        "posts": words.posts_in_words(new, seen["here"], seen["known"]) if new else [],
        "uses": words.USE_LABELS.items(),
        "use": use_of(running),
    }
    return render(request, "matters/desk/draft_publish.html", context)


def use_of(running: list[Any]) -> Use:
    """How what is to be replaced is followed today; besides others where nothing is."""
    if any(one.is_default for one in running):
        return Use.DEFAULT
    return Use.CHOICE if any(one.by_choice for one in running) else Use.BESIDES


def _publish(request: HttpRequest, draft: Any) -> HttpResponse:
    seen, chosen = request.POST.get("revision", ""), request.POST.get("use", "")

    def act() -> str:
        version = drafts.publish_draft(
            by=actor_of(request),
            draft_id=draft.id,
            revision=int(seen) if seen.isascii() and seen.isdigit() else 0,
            use=Use(chosen) if chosen in {use.value for use in Use} else None,
        )
        return f"{reverse('desk:procedure', args=[version.id])}?community={draft.community_id}"

    url = once(request, act)
    said = _("Published. New matters follow it from today; those that run keep their version.")
    messages.success(request, said if chosen else _("Published. Adopt it when it is to be followed."))
    return HttpResponseRedirect(url)


@door(CHANGERS, methods=("POST",))
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    draft = draft_of(request, draft_id)
    return done(
        request,
        lambda: drafts.drop_draft(by=actor_of(request), draft_id=draft.id),
        _("The draft is gone."),
        to=f"{reverse('desk:procedures')}?community={draft.community_id}",
    )


def outline_of(text: str) -> Outline:
    """The outline of a draft's text. Drafts are written here, so their parts are where they belong."""
    return of_values(parse(text)[1])


def _seen(text: str, draft: Any, outline: Outline) -> dict[str, Any]:
    """The drawing, if it can be drawn, and what is wrong."""
    found, known = practices.examined(text, draft.community), practices.known_names()
    new = found.procedure
    drawn = draw(new, words.language()) if new and can_be_drawn(new) else ""
    drawing = mark_safe(drawn)  # every word is escaped where it is drawn
    return {
        "procedure": new,
        "drawing": drawing,
        "told": describe(new, words.language()) if drawing and new else [],
        "faults": words.faults_in_words(found.faults, words.titles_of(outline), known),
        "here": found.here,
        "known": known,
    }


def can_be_drawn(procedure: Procedure) -> bool:
    """Whether every way of it leads somewhere and its stations are steps."""
    keys = {step.key for step in procedure.steps}
    targets = {move.target for step in procedure.steps for move in step.moves}
    stations = set(procedure.station_keys or keys)
    whole = len(keys) == len(procedure.steps) and targets <= keys | {CLOSED} and stations <= keys
    return whole and procedure.starts in keys and procedure.station_keys != ()


def _page(request: HttpRequest, draft: Any) -> dict[str, Any]:
    outline = outline_of(draft.text)
    seen = _seen(draft.text, draft, outline)
    known = seen["known"]
    opened = request.GET.get("open", "")
    faulty = {fault.step for fault in seen["faults"]}
    titles = words.titles_of(outline)
    return {
        "draft": draft,
        "outline": outline,
        **seen,
        "open": faulty | ({int(opened)} if opened.isascii() and opened.isdigit() else set()),
        "kinds": list(KIND_LABELS.items()),
        "posts": [(code, in_words(title)) for code, title in known.posts.items()],
        "openings": words.openings_offered(known),
        "needs": [(need.value, in_words(NEEDS[need])) for need in NEED_ORDER],
        "verbs": [(verb.value, in_words(VERB_TITLES[verb])) for verb in Verb],
        "outcomes": [(one.value, in_words(OUTCOMES[one])) for one in Outcome if one not in NOT_ENDINGS],
        "targets": [*titles.items(), (CLOSED, _("the end"))],
        "units": list(UNIT_LABELS.items()),
    }
