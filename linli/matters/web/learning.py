"""建议准不准: how often people kept what was suggested, which version suggests, and going back to another."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds, once
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import learning as acts
from linli.matters.forms.handling import SteerForm
from linli.matters.kinds import Guess, ModelState, Power, Thing
from linli.matters.read import learning as read
from linli.matters.rules import learning as rules
from linli.matters.web.desk_items import with_query
from linli.matters.web.procedures import community_asked
from linli.matters.wording import GUESS_LABELS, THING_LABELS, category_title, moment
from linli.places import read as places

READERS = holds(Power.TRIAGE, Power.ADOPT)
LOOK_BACK = timedelta(days=90)


def communities_of(actor: Actor) -> list[Any]:
    """The communities whose suggestions the actor may look at."""
    paths = actor.paths(Power.TRIAGE, Power.ADOPT)
    found = places.communities_over(paths, clock.today())
    within = found or [place for path in paths if (place := places.community_of(path))]
    kept = {place.id: place for place in within if policies.may_read_learning(actor, place.path)}
    return list(kept.values())


@door(READERS)
def learning(request: HttpRequest) -> HttpResponse:
    """The last ninety days of one community, the versions kept for it, and those all communities share."""
    actor = actor_of(request)
    communities = communities_of(actor)
    chosen = community_asked(communities, request.GET.get("community", ""))
    steers_all = bool(policies.may_steer_learning(actor, rules.EVERYWHERE))
    if chosen is None and not steers_all:
        raise Refused("Your post does not include these figures.")
    kept = read.versions(chosen.id if chosen else None)
    context = {
        "communities": communities,
        "chosen": chosen,
        "days": LOOK_BACK.days,
        "enough": rules.ENOUGH,
        "shared": _kept(kept, None, may_steer=steers_all),
        **(_of_community(actor, chosen, kept) if chosen else {}),
    }
    return render(request, "matters/desk/learning.html", context)


def _of_community(actor: Actor, chosen: Any, kept: list[Any]) -> dict[str, Any]:
    """What people decided there beside what was suggested, and the community's own versions."""
    require(policies.may_read_learning(actor, chosen.path))
    rows = read.decisions(chosen.id, clock.now() - LOOK_BACK)
    by_thing = {thing: [(said, done) for each, _, said, done in rows if each == thing] for thing in Thing}
    decided = [said for thing, *said in rows if thing == Thing.CATEGORY]
    pairs = [(suggested, code) for _guess, suggested, code in decided]
    own = _kept(kept, chosen.id, may_steer=bool(policies.may_steer_learning(actor, chosen.path)))
    return {
        "whole": _shown(rules.tally(pairs)),
        "things": [
            {"title": THING_LABELS[thing], **_shown(rules.tally(said))}
            for thing, said in by_thing.items()
            if said
        ],
        "guesses": [
            {"title": GUESS_LABELS[guess], **_shown(rules.tally(p for g, *p in decided if g == guess))}  # type: ignore[misc]
            for guess in Guess
            if any(found[0] == guess for found in decided)
        ],
        "categories": [
            {"title": category_title(code), **_shown(tally)} for code, tally in rules.by_category(pairs)
        ],
        "own": own,
        "own_answers": any(row["active"] for row in own["versions"]),
    }


def _kept(rows: list[Any], place_id: UUID | None, *, may_steer: bool) -> dict[str, Any]:
    """The versions of a community, or of all, newest first; who chose among them, and why."""
    kept = [row for row in rows if row.place_id == place_id]
    steerings = [{**said, "version": row.version} for row in kept for said in row.choices or ()]
    steerings.sort(key=lambda said: str(said["at"]), reverse=True)
    return {
        "versions": [_version(row) for row in kept],
        "steerings": [{**said, "at": moment(datetime.fromisoformat(said["at"]))} for said in steerings],
        "may_steer": may_steer,
        "of_all": place_id is None,
    }


def _shown(tally: rules.Tally) -> dict[str, Any]:
    share = tally.accuracy
    return {
        "total": tally.total,
        "right": tally.right,
        "changed": tally.changed,
        "silent": tally.silent,
        "suggested": tally.total - tally.silent,
        "percent": "–" if share is None else f"{share:.0%}",
    }


def _version(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "at": moment(row.trained_at),
        "examples": row.examples,
        "own": row.own_examples,
        "categories": row.categories,
        "accuracy": "" if row.accuracy is None else f"{row.accuracy:.0%}",
        "macro_f1": "" if row.macro_f1 is None else f"{row.macro_f1:.2f}",
        "checked": [
            {"title": THING_LABELS[thing], "right": right, "said": said}
            for thing, (right, said) in row.checked.items()
            if said
        ],
        "seconds": "" if row.seconds is None else f"{row.seconds:.1f}",
        "form": SteerForm(auto_id=f"steer-{row.id}-%s"),
        "active": row.state == ModelState.ACTIVE,
        "pinned": row.pinned,
    }


def _back(request: HttpRequest) -> str:
    return with_query(reverse("desk:learning"), {"community": request.POST.get("community", "")})


def _why(request: HttpRequest) -> str:
    """The reason as it was written; empty, which the rule refuses, where it cannot be read."""
    said = SteerForm(request.POST)
    return str(said.cleaned_data["why"]) if said.is_valid() else ""


@door(holds(Power.ADOPT), methods=("POST",))
def learning_back(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """Suggest by this version again, and keep to it."""

    def act() -> str:
        acts.go_back(by=actor_of(request), model_id=model_id, why=_why(request))
        messages.success(request, _("Suggestions follow this version until you let it go."))
        return _back(request)

    return HttpResponseRedirect(once(request, act))


@door(holds(Power.ADOPT), methods=("POST",))
def learning_on(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """Let the newest version take over again."""

    def act() -> str:
        acts.learn_on(by=actor_of(request), model_id=model_id, why=_why(request))
        messages.success(request, _("The next version learnt at night may take over."))
        return _back(request)

    return HttpResponseRedirect(once(request, act))
