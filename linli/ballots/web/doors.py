"""From door to door with a phone: the homes by floor, and one home with what was found there."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ballots import policies
from linli.ballots.actions import canvassing
from linli.ballots.actions.voting import Photo
from linli.ballots.forms.voting import VisitForm
from linli.ballots.kinds import Electorate, Power, VisitOutcome
from linli.ballots.read import ballots, counting, roll
from linli.ballots.rules.eligibility import floor_of
from linli.ballots.web.desk import STAFF, seen
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.places import read as places

LEFT = "left"
TABS = {LEFT: gettext_lazy("Still to visit"), "all": gettext_lazy("All doors")}


def photo_of(request: HttpRequest) -> Photo | None:
    """The photo sent along, if there is one."""
    sent = request.FILES.get("photo")
    return Photo(sent.read(), sent.name or "photo") if sent is not None else None


@door(STAFF)
def doors(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Every home of this person's doors, floor by floor, the top one first; `left`: who has not voted."""
    row, actor = seen(request, ballot_id), actor_of(request)
    show = show_asked(request)
    everywhere = counting.doors(row)
    listed = behind(actor, everywhere)
    visits, addresses = counting.latest_visits(row), places.address_map(home for home, _entry in listed)
    floors: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for home, entry in listed:
        if show == LEFT and entry.voted:
            continue
        floor = floor_of(home.name)
        around = addresses[home.id].removesuffix(home.name).strip()
        card = {"home": home, "entry": entry, "visit": visits.get(home.id), "address": addresses[home.id]}
        floors.setdefault((around, -int(floor or 0)), []).append(card)
    groups = [
        {"around": around, "floor": -floor or "", "cards": cards}
        for (around, floor), cards in sorted(floors.items(), key=lambda pair: pair[0])
    ]
    tabs = [{"label": label, "url": f"?show={each}", "on": each == show} for each, label in TABS.items()]
    context = {
        "ballot": row,
        "sheets": _sheets(request, row, listed, is_all=len(listed) == len(everywhere)),
        "groups": groups,
        "tabs": tabs,
        "show": show,
        "turnout": roll.turnout(row),
        "may_visit": bool(policies.may_visit(actor, ballots.about(row), row.place.path)),
    }
    return render(request, "ballots/doors.html", context)


def _sheets(
    request: HttpRequest, row: ballots.Ballot, listed: list[tuple[Any, Any]], *, is_all: bool
) -> dict[str, Any] | None:
    """How far the sheets of an owners' ballot came at these doors; whether the rest can be posted."""
    if row.electorate != Electorate.OWNERS:
        return None
    found = counting.delivered(row, listed)
    may = policies.may_post_unreached(
        actor_of(request), ballots.about(row), untried=len(found.untried), missed=len(found.missed)
    )
    return {
        "reached": len(found.reached),
        "missed": len(found.missed),
        "untried": len(found.untried),
        "of": len(listed),
        "may_post": is_all and bool(may),
    }


def show_asked(request: HttpRequest) -> str:
    """Which doors are shown: those still to visit where nothing else is asked for."""
    asked = request.GET.get("show", LEFT)
    return LEFT if asked == LEFT else "all"


def behind(actor: Actor, doors: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Of these homes with their entries those this person goes to."""
    return [(home, entry) for home, entry in doors if _reaches(actor, home.path)]


def _reaches(actor: Actor, path: str) -> bool:
    return actor.may(Power.ENTER, path) or actor.may(Power.RUN, path)


@door(STAFF, methods=("GET", "POST"))
def door_page(request: HttpRequest, ballot_id: UUID, home_id: UUID) -> HttpResponse:
    """One door: what was found there before, and a note of this visit."""
    row, home = seen(request, ballot_id), places.place(home_id)
    entries = counting.door(row, home_id)
    if home is None or not entries or not _reaches(actor_of(request), home.path):
        raise Refused("This home is not on the roll.", status=MISSING)
    form = VisitForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            outcome = form.outcome_said()
            canvassing.note_visit(
                by=actor_of(request),
                ballot_id=row.pk,
                home_id=home_id,
                outcome=outcome,
                note=form.cleaned_data["note"],
                photo=photo_of(request),
            )
            return _next(row, entries, outcome)

        return done(request, act, _("Noted."))
    context = {
        "ballot": row,
        "home": home,
        "address": places.address(home),
        "entries": entries,
        "names": [name for names in roll.names_of(entries).values() for name in names],
        "visits": counting.visits_to(row, home_id),
        "form": form,
        "may_visit": bool(policies.may_visit(actor_of(request), ballots.about(row), home.path)),
    }
    return render(request, "ballots/door.html", context, status=status_of(form))


def _next(row: ballots.Ballot, entries: list[roll.RollEntry], outcome: VisitOutcome) -> str:
    """After a sheet was filled in, to entering it; else back to the doors."""
    code = counting.code_of(entries[0]) if outcome is VisitOutcome.AGREED and not row.is_secret else ""
    if code:
        return f"{reverse('ballots_desk:sheet', args=[row.pk, code])}?channel=doorstep"
    return reverse("ballots_desk:doors", args=[row.pk])
