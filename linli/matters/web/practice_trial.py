"""Trying a procedure on a past matter: what would have happened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.frame.doors import actor_of, door
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters import policies
from linli.matters.procedures.schema import VERB_TITLES, Procedure
from linli.matters.procedures.wording import OUTCOMES, duration
from linli.matters.read import practices, settings
from linli.matters.rules.holders import FALLBACKS
from linli.matters.rules.replay import Ending, Kept, Stay, Walk, Walked, replay, verb_of
from linli.matters.web import practice_words as words
from linli.matters.web.practice_edit import CHANGERS, draft_of
from linli.matters.wording import in_words, moment
from linli.organizations import read as organizations
from linli.places import read as places

KEPT_LABELS = {
    Kept.KEPT: gettext_lazy("kept"),
    Kept.MISSED: gettext_lazy("missed"),
    Kept.RUNNING: gettext_lazy("still running"),
    Kept.UNKNOWN: gettext_lazy("nobody can say"),
}
KEPT_TONES = {Kept.KEPT: "go", Kept.MISSED: "late", Kept.RUNNING: "plain", Kept.UNKNOWN: "plain"}
NET_LABELS = {
    "hand_over": gettext_lazy("handed over"),
    "withdraw": gettext_lazy("withdrawn"),
    "merge": gettext_lazy("joined with another"),
}


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One step of the walk as a row: its time is the past's, its holder and limit are the procedure's."""

    title: str
    holder: str
    time: str
    limit: str
    due: str
    kept: str
    tone: str
    then: str


@door(CHANGERS)
def try_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Try a draft; one that cannot be walked yet says so."""
    draft = draft_of(request, draft_id)
    found = practices.examined(draft.text, draft.community)
    tried = found.procedure if not found.faults else None
    back = reverse("desk:draft", args=[draft.id])
    return _page(request, tried, draft.community, back=back)


@door(CHANGERS)
def try_version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Try a stored version on the matters of a community."""
    version = practices.version(version_id)
    mine = _communities(actor_of(request))
    asked = request.GET.get("community", "")
    community = next((row for row in mine if str(row.id) == asked), mine[0] if mine else None)
    back = reverse("desk:procedure", args=[version.id])
    back = f"{back}?community={community.id}" if community else back
    return _page(request, settings.procedure(version), community, back=back)


def _communities(actor: Actor) -> list[Any]:
    paths = [path for path in actor.paths() if policies.may_change_procedures(actor, path)]
    return places.communities_over(paths, clock.today())


def _page(request: HttpRequest, tried: Procedure | None, community: Any, *, back: str) -> HttpResponse:
    actor = actor_of(request)
    found = practices.past_matters(community.id) if community else []
    past = [row for row in found if policies.is_staff(actor, row)]
    asked = request.GET.get("matter", "")
    matter = next((row for row in past if str(row.id) == asked), None)
    context: dict[str, Any] = {
        "tried": tried,
        "title": in_words(tried.title) if tried else "",
        "community": community,
        "past": past,
        "matter": matter,
        "back": back,
    }
    if matter is not None and tried is not None:
        context |= _walked(matter, tried)
    return render(request, "matters/desk/procedure_try.html", context)


def _walked(matter: Any, tried: Procedure) -> dict[str, Any]:
    stays, times, now = practices.stays_of(matter), settings.times_at(matter.place_path), clock.now()
    old = settings.procedure_of(matter)
    walk, then = replay(stays, tried, times, now), replay(stays, old, times, now)
    holders = _holders([step.holder for step in tried.steps], matter.place_path)
    was = words.titles_of(old)
    return {
        "walk": walk,
        "lines": [_line(step, tried, holders, was) for step in walk.steps],
        "said": _said(walk, tried, stays),
        "stuck": walk.ending is Ending.STUCK,
        "then_missed": then.missed,
        "then_title": in_words(old.title),
        "reopened": any(stay.target == "closed" for stay in stays[:-1]),
    }


def _holders(codes: list[str], path: str) -> dict[str, str]:
    """Who would hold each step at the matter's place today: its nearest post, else where it falls."""
    today = clock.today()
    over = organizations.posts_over(path, today)
    nearest: dict[str, Any] = {}
    for post in over:
        nearest.setdefault(post.kind_id, post)
    chosen = {
        code: next((nearest[one] for one in (code, *FALLBACKS) if one in nearest), None)
        for code in dict.fromkeys(codes)
    }
    labels = organizations.label_with_holder(
        [post.id for post in chosen.values() if post is not None], words.language(), today
    )
    return {code: labels.get(post.id, "") if post is not None else "" for code, post in chosen.items()}


def _line(step: Walked, tried: Procedure, holders: dict[str, str], was: dict[str, str]) -> TrialLine:
    plan = tried.step(step.key)
    left = moment(step.left_at) if step.left_at else "—"
    return TrialLine(
        title=in_words(plan.title),
        holder=holders[plan.holder],
        time=f"{moment(step.entered_at)} → {left}" if step.kept is not Kept.UNKNOWN else "—",
        limit=duration(plan.limit, words.language()),
        due=moment(step.due_at),
        kept=str(KEPT_LABELS[step.kept]),
        tone=KEPT_TONES[step.kept],
        then=was.get(step.stay, ""),
    )


def _said(walk: Walk, tried: Procedure, stays: list[Stay]) -> str:
    """How the walk ended, in a sentence."""
    titles = words.titles_of(tried)
    if walk.ending is Ending.CLOSED and walk.outcome is not None:
        return _("It would have ended: %(outcome)s.") % {"outcome": in_words(OUTCOMES[walk.outcome])}
    if walk.ending is Ending.STUCK and walk.steps:
        said = {"step": titles[walk.steps[-1].key], "verb": _verb(walk.verb)}
        return _("No way fits: at “%(step)s” people did “%(verb)s”, which is none of its buttons.") % said
    last = titles[walk.steps[-1].key] if walk.steps else ""
    if walk.ending is Ending.UNFINISHED:
        return _("When it ended then, it would still have been on its way behind “%(step)s”.") % {
            "step": last
        }
    return _("It would still be at “%(step)s”.") % {"step": last}


def _verb(text: str) -> str:
    verb = verb_of(text)
    return in_words(VERB_TITLES[verb]) if verb else str(NET_LABELS.get(text, text))
