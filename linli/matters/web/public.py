"""What everybody may see: communities, the home of one, its published matters, neighbours' words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door, once
from linli.frame.paging import page_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.text import normalise
from linli.matters import policies
from linli.matters.actions import raising, speaking
from linli.matters.forms.mine import CommentForm
from linli.matters.kinds import OpeningKind, Stance, State
from linli.matters.read import lists, resident, settings
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from linli.matters.web import for_groups
from linli.matters.web.case import cards, holder_label, language, state_chip, stations
from linli.matters.web.neighbours import spoken
from linli.matters.web.where import remember, remembered
from linli.notices import read as notices
from linli.organizations import read as organizations
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind

PER_PAGE = 12
GRID_WORKER = "grid_worker"
UNPROCESSABLE = 422
INSTEAD_OF_SAYING = "say"  # who joins while saying the same has no use for the draft any more
NEXT_PAGES = {"say": "matters:say"}


@door(ANYONE)
def communities(request: HttpRequest) -> HttpResponse:
    """Choose a community. `next=say` leads on to saying something there."""
    wanted = normalise(request.GET.get("q", "")[:200])[:20]
    grouped = [
        (street, [each for each in rows if wanted in each.name or wanted in street])
        for street, rows in resident.communities_by_street(clock.today())
    ]
    context = {
        "streets": [(street, rows) for street, rows in grouped if rows],
        "words": wanted,
        "next": request.GET.get("next") if request.GET.get("next") in NEXT_PAGES else "",
    }
    return render(request, "matters/resident/communities.html", context)


@door(ANYONE)
def community(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The public home of a community; remembered on this device as the one to begin with."""
    place = _community(place_id)
    return remember(render(request, "matters/resident/community.html", public_home(request, place)), place)


def public_home(request: HttpRequest, place: Any) -> dict[str, Any]:
    """What the public home of a community shows."""
    known = places.wide_names()
    above = [known[each] for each in places.prefixes(place.path)[:-1] if each in known]
    office = organizations.office_over(place.path, clock.today())
    return {
        "place": place,
        "above": " · ".join(above[-2:]),
        "announcements": list(notices.announcements_for(place.path)[:4]),
        "published": cards(resident.with_lines(lists.published(place.path))[:4], public=True),
        "office": office,
        "copy": for_groups.of_community(request, place, office),
    }


@door(ANYONE)
def phones(request: HttpRequest) -> HttpResponse:
    """打电话: the grid worker and the community office of where the reader is."""
    person_id = actor_of(request).person_id
    home = people.home_of(person_id, clock.today()) if person_id else None
    spot = home or remembered(request)
    if spot is None:
        return HttpResponseRedirect(reverse("matters:communities"))
    office = organizations.office_over(spot.path, clock.today())
    around, lines = places.name_around(spot.path), lines_to_call(spot)
    copy = for_groups.of_phones(around, office, lines)
    context = {"around": around, "lines": lines, "office": office, "copy": copy}
    return render(request, "matters/resident/phones.html", context)


def lines_to_call(spot: Any) -> list[dict[str, str]]:
    """Who is there for the people of a place, by the office's phone; the grid worker first."""
    board = [line for line in organizations.building_board(spot, clock.today()) if line.phone and line.names]
    board.sort(key=lambda line: line.post.kind_id != GRID_WORKER)
    return [
        {
            "name": _(", ").join(line.names),
            "role": organizations.post_title(line.post, language()),
            "phone": line.phone,
        }
        for line in board
    ]


@door(ANYONE)
def published(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The published matters of a community, searched by words of their title and summary."""
    place = _community(place_id)
    words = normalise(request.GET.get("q", "")[:200])[:40]
    page = page_of(request, resident.with_lines(lists.published(place.path, words)), PER_PAGE)
    context = {"place": place, "words": words, "page": page, "cards": cards(page.rows, public=True)}
    return render(request, "matters/resident/published.html", context)


@door(ANYONE)
def one(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The public page of a matter."""
    matter = _published(matter_id)
    return _page(request, matter, CommentForm())


@door(SIGNED_IN, methods=("POST",))
def comment(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """What a neighbour thinks of it."""
    matter = _published(matter_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form, status=UNPROCESSABLE)
    actor = actor_of(request)
    said = form.cleaned_data

    def act() -> str:
        speaking.comment(
            by=actor,
            matter_id=matter.id,
            ties=read.ties(actor, matter),
            text=said["text"],
            stance=Stance(said["stance"]),
        )
        return reverse("matters:public_one", args=[matter.id])

    answer = once(request, act)
    messages.success(request, _("Your neighbours can read it now."))
    return HttpResponseRedirect(f"{answer}#comments")


@door(SIGNED_IN, methods=("POST",))
def join(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """我也遇到了: stand behind it too. From then on it is among one's own matters."""
    matter = _published(matter_id)
    actor = actor_of(request)

    def act() -> str:
        lives_here = read.ties(actor, matter).lives_in_community
        raising.join_matter(by=actor, matter_id=matter.id, lives_here=lives_here)
        return reverse("matters:mine_one", args=[matter.id])

    answer = once(request, act)
    messages.success(request, _("You stand behind it now, too."))
    instead = request.POST.get("instead") == INSTEAD_OF_SAYING
    return HttpResponseRedirect(f"{answer}?instead={INSTEAD_OF_SAYING}" if instead else answer)


def _page(request: HttpRequest, matter: Any, form: CommentForm, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    ties = read.ties(actor, matter)
    history = resident.step_keys(matter)
    tone, chip = state_chip(matter)
    context = {
        "matter": matter,
        "is_open": matter.state != State.CLOSED,
        "stations": stations(settings.procedure_of(matter), history, matter, tone == "late"),
        "chip": chip,
        "tone": tone,
        "holder": holder_label(matter, named=False),
        "comments": spoken(matter),
        "form": form if _may_comment(actor, matter, ties) else None,
        "own": ties.is_party,
        "joins": not ties.is_party and bool(policies.may_join(actor, matter, ties.lives_in_community)),
        "behind": len(read.raisers(matter)),
        "copy": for_groups.of_published(request, matter),
    }
    return render(request, "matters/resident/public.html", context, status=status)


def _may_comment(actor: Actor, matter: Any, ties: Ties) -> bool:
    open_to = read.is_open_to(matter, OpeningKind.COMMENTS)
    return bool(policies.may_comment(actor, matter, ties, open_to))


def _community(place_id: UUID) -> Any:
    place = places.place(place_id)
    if place is None or place.kind != PlaceKind.COMMUNITY.value:
        raise Refused("There is no such community here.", status=MISSING)
    return place


def _published(matter_id: UUID) -> Any:
    matter = read.matter(matter_id)
    require(policies.may_see_published(matter), status=MISSING)
    return matter
