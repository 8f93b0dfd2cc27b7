"""The first page: what a resident's place has for them today, put together from what the apps know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from linli.ballots.read import ballots
from linli.deliberation.read import appraisals, covenants, opinions, sharing, surveys, topics, works
from linli.founding.web.stages import SETTERS
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.read import lists, resident
from linli.matters.web.case import cards, title_for
from linli.matters.web.desk import DESK
from linli.matters.web.public import lines_to_call, public_home
from linli.matters.web.where import remembered
from linli.notices import read as notices
from linli.notices.kinds import Topic
from linli.people import actions as people_actions
from linli.people import read as people
from linli.people.actions.account import Preferences
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.site.navigation import desk_of

# What is worth a line on the first page; the rest waits in the inbox.
IMPORTANT = (
    Topic.MATTER_ANSWERED,
    Topic.MATTER_SUSPENDED,
    Topic.MATTER_CLOSED,
    Topic.ANNOUNCEMENT,
    Topic.PROPOSAL_ANSWERED,
    Topic.NAME_CHOSEN,
)
MOST_NOTICES = 2
MOST_BALLOTS = 3
MOST_TOPICS = 3
ELDER_COOKIE = "linli_elder"
COOKIE_SECONDS = 365 * 24 * 3600


@never_cache
@door(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """A resident's own place; for who is not known, the community they chose, or the choice of one."""
    actor = actor_of(request)
    place = people.home_of(actor.person_id, clock.today()) if actor.person_id else None
    if place is not None:
        context = _of_resident(actor, place)
        template = "home_elder.html" if _is_elder(request) else "home.html"
        return render(request, template, context)
    if _works(actor):
        return HttpResponseRedirect(reverse(desk_of(actor)))
    community = remembered(request)
    if community is not None:
        return render(request, "matters/resident/community.html", public_home(request, community))
    streets = resident.communities_by_street(clock.today())
    return render(request, "home_welcome.html", {"streets": streets})


@never_cache
@door(SIGNED_IN)
def arrive(request: HttpRequest) -> HttpResponse:
    """Where somebody goes who has just signed in: to work, or home."""
    actor = actor_of(request)
    return HttpResponseRedirect(reverse(desk_of(actor) if _works(actor) else "home"))


def _works(actor: Actor) -> bool:
    """Whether somebody has a desk: a post that works on matters, or the installation to run."""
    return bool(DESK(actor) or SETTERS(actor))


def _is_elder(request: HttpRequest) -> bool:
    account = getattr(request, "account", None)
    return bool(account.elder) if account else request.COOKIES.get(ELDER_COOKIE) == "1"


def _of_resident(actor: Actor, home_place: Any) -> dict[str, Any]:
    person_id = actor.person_id
    assert person_id is not None
    line = places.chain(home_place)
    community = next((each for each in line if each.kind == PlaceKind.COMMUNITY.value), line[-1])
    above = [each.name for each in line if each.kind in (PlaceKind.DIVISION.value, PlaceKind.STREET.value)]
    near = [each for each in line if each.kind in (PlaceKind.BUILDING.value, PlaceKind.ENTRANCE.value)]
    judge = resident.to_judge(person_id)
    going = list(resident.with_lines(resident.mine(person_id, closed=False))[:3])
    return {
        "place": community,
        "above": " · ".join(above[-2:]),
        "near": " ".join(each.name for each in near),
        "judge": [{"id": one.id, "title": title_for(one, person_id), "number": one.number} for one in judge],
        "news": _news(person_id, {matter.id for matter in judge}),
        "asked": opinions.running_for(person_id, clock.today()),
        "covenants": covenants.waiting_for(person_id, clock.today()),
        "topics": topics.waiting_for(person_id, clock.today(), MOST_TOPICS),
        "appraisals": appraisals.waiting_for(person_id, clock.today()),
        "surveys": surveys.waiting_for(person_id, clock.today()),
        "to_accept": works.waiting_for(person_id, home_place, clock.today()),
        "to_share": sharing.waiting_for(person_id, clock.today()),
        "going": cards(going[:2], reader=person_id),
        "going_count": len(going) if len(going) < 3 else resident.open_count(person_id),
        "to_vote": ballots.waiting_for(person_id, clock.today(), MOST_BALLOTS),
        "announcements": list(notices.announcements_for(home_place.path)[:3]),
        "published": cards(resident.with_lines(lists.published(community.path))[:2], public=True),
        "call": lines_to_call(home_place)[:1],
        "works": bool(DESK(actor)),
    }


def _news(person_id: Any, judged: set[Any]) -> list[Any]:
    """Unread notices that matter, without those on a matter whose judgement is asked for anyway."""
    unread = notices.inbox(person_id).filter(read_at__isnull=True, topic__in=[one.value for one in IMPORTANT])
    return [one for one in unread[: MOST_NOTICES * 3] if one.subject_id not in judged][:MOST_NOTICES]


@door(ANYONE, methods=("POST",))
def elder(request: HttpRequest) -> HttpResponse:
    """Turn 长辈版 on or off: kept with the account, or on the device of somebody not signed in."""
    wanted = request.POST.get("on") == "1"
    response = HttpResponseRedirect(_next(request))
    account: Any = getattr(request, "account", None)
    if account:
        chosen = Preferences(account.language, wanted, max(account.text_size, 20), account.shortcuts)
        people_actions.set_preferences(by=actor_of(request), person_id=account.person_id, preferences=chosen)
        return response
    response.set_cookie(
        ELDER_COOKIE,
        "1" if wanted else "0",
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside and wanted.startswith("/") else reverse("home")
