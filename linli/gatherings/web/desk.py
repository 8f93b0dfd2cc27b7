"""The desk's meetings: bodies by when they are due, the meetings ahead, and one meeting's page."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.frame.areas import AreaField
from linli.frame.doors import actor_of, done, door
from linli.frame.paging import page_of
from linli.gatherings import actions, policies
from linli.gatherings.kinds import BodyKind, State, Verb, Way
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import meetings, rooms
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.web import for_groups
from linli.gatherings.web.asking import HOLDERS, id_of, maybe_id
from linli.gatherings.web.deciding import ballot_page, ballot_to_begin
from linli.kernel.actor import Actor
from linli.kernel.clock import local, today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.organizations import read as organizations


@door(HOLDERS)
def home(request: HttpRequest) -> HttpResponse:
    """Which bodies are due or overdue, what is ahead, and what units still have to carry out."""
    actor = actor_of(request)
    context = {
        "dues": read_bodies.dues(read_bodies.open_bodies(actor)),
        "pending": list(read.pending_resolutions(actor)[:5]),
        "today": today(),
        **listed(request, actor, over=False),
    }
    return render(request, "gatherings/desk/home.html", context)


@door(HOLDERS)
def over(request: HttpRequest) -> HttpResponse:
    """The meetings that are over."""
    return render(request, "gatherings/desk/over.html", listed(request, actor_of(request), over=True))


def listed(request: HttpRequest, actor: Actor, *, over: bool) -> dict[str, Any]:
    """The middle column: meetings ahead, or over."""
    tabs = [
        {"label": _("Ahead"), "url": reverse("gatherings_desk:home"), "on": not over},
        {"label": pgettext("a meeting", "Over"), "url": reverse("gatherings_desk:over"), "on": over},
    ]
    return {
        "page": page_of(request, read.at_desk(actor, over=over)),
        "tabs": tabs,
        "over": "1" if over else "",
    }


@door(HOLDERS)
def meeting(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Everything of one meeting: notice, agenda, who is here, speakers, points, resolutions, minutes."""
    actor, row = actor_of(request), read.gathering(gathering_id)
    require(policies.may_run(actor, read.about(row)), status=MISSING)
    state = State(row.state)
    over = state not in (*meetings.AHEAD, State.OPEN)
    context = listed(request, actor, over=over) | meeting_context(actor, row)
    if state in meetings.AHEAD:
        context["copy"] = for_groups.of_meeting(request, row, context["items"])
    found = request.GET.get("q", "").strip()
    if found and state is State.OPEN:
        context["found"] = read.found_people(found, row.place.path)
        context["q"] = found
    return render(request, "gatherings/desk/meeting.html", context)


def meeting_context(actor: Actor, row: Any) -> dict[str, Any]:
    """What the page of a meeting shows; the phone's page of a sitting shows a part of it."""
    here = read.attendances(row.pk)
    members = read_bodies.members(row.body_id, local(row.starts_at).date()) if row.body_id else []
    present = {each.person_id for each in here} | {each.organization_id for each in here}
    versions = read.minutes(row.pk)
    kind = read.kind_of(row)
    return {
        "m": row,
        "kind": kind,
        "quorum": read.quorum_of(row),
        "waits": _waits(row),
        "last_notice": meetings.last_day_to_notify(local(row.starts_at).date(), row.notice_days),
        "items": read.items(row.pk),
        "here": here,
        "absent": [each for each in members if (each.person_id or each.organization_id) not in present],
        "proxies": _may_stand_in(here, row.proxies_most),
        "units": organizations.organizations_over(row.place.path, today()),
        "turns": read.turns(row.pk),
        "points": read.points(row.pk),
        "resolutions": read.resolutions([row.pk]),
        "minutes": versions[0] if versions else None,
        "versions": versions,
        "posting": read.posting_of(row.pk),
        "video": rooms.link(row.video_base, row.video_room),
        "ballot": ballot_page(row),
        "begin_ballot": ballot_to_begin(row),
        "can": _can(actor, row, kind, versions),
    }


def _may_stand_in(here: list[Any], most: int) -> list[Any]:
    """Who is here themselves and stands in for fewer than the house rules allow."""
    taken = Counter(each.proxy_id for each in here)
    own = (each for each in here if each.person_id and each.way != Way.PROXY)
    return [each for each in own if taken[each.person_id] < most]


def _waits(row: Any) -> str:
    """Whether the day of a meeting that was not opened is still to come, or is over."""
    day = local(row.starts_at).date()
    if State(row.state) not in meetings.AHEAD or day == today():
        return ""
    return "ahead" if day > today() else "passed"


def _can(actor: Actor, row: Any, kind: BodyKind | None, versions: list[Any]) -> dict[str, bool]:
    """Which buttons are there: those whose act would be allowed."""
    about, state = read.about(row), State(row.state)
    calls = bool(policies.may_call(actor, about.path))
    latest = versions[0] if versions else None
    open_today = meetings.may_open(
        state, local(row.starts_at).date(), today(), row.notice_days, is_urgent=bool(row.urgent_reason)
    )
    runs = bool(policies.may_run(actor, about))
    approves = latest is not None and policies.may_approve_minutes(actor, about, latest.written_by_id)
    return {
        "notify": calls and bool(meetings.may_go(state, Verb.NOTIFY)),
        "open": runs and bool(open_today),
        "close": runs and state is State.OPEN,
        "cancel": calls and bool(meetings.may_go(state, Verb.CANCEL)),
        "publish": calls and state is State.CLOSED and latest is not None and bool(latest.approved_at),
        "agenda": calls and state in meetings.AHEAD,
        "hand_on": calls
        and state in (*meetings.AHEAD, State.OPEN, State.CLOSED)
        and not (latest and latest.approved_at),
        "item": runs and state in (*meetings.AHEAD, State.OPEN),
        "list": runs and state is State.OPEN,
        "resolve": runs
        and state in (State.OPEN, State.CLOSED)
        and not (latest and latest.approved_at)
        and not (kind is not None and STANDINGS[kind].decides_by_ballot),
        "minutes": runs and state in (State.OPEN, State.CLOSED) and not (latest and latest.approved_at),
        "approve": bool(approves) and state is State.CLOSED and not (latest and latest.approved_at),
        "post": calls and state is State.PUBLISHED and row.is_public,
        "proxy": runs and state is State.OPEN and row.proxies_most > 0,
    }


# Small acts: a button or one line of words each.


def _notify(request: HttpRequest, by: Actor, key: UUID) -> str:
    row = actions.notify_members(by=by, gathering_id=key)
    count = len(read_bodies.invited(row))
    return _("Notice is on its way to %(count)s people.") % {"count": count}


def _open(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.open_planned(by=by, gathering_id=key)
    return _("The meeting is open. Show the code so that people can sign in.")


def _close(request: HttpRequest, by: Actor, key: UUID) -> str:
    typed = request.POST.get("area", "").strip()
    actions.close(by=by, gathering_id=key, area_present=_area(typed) if typed else None)
    return _("The meeting is over.")


def _area(typed: str) -> int:
    try:
        return int(AreaField().clean(typed))
    except ValidationError as fault:
        raise Refused("Write the area in square metres, such as 1234.56.", status=UNPROCESSABLE) from fault


def _publish(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.publish(by=by, gathering_id=key)
    return _("Published. Residents can read what was resolved.")


def _cancel(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.cancel(by=by, gathering_id=key, reason=request.POST.get("reason", ""))
    return _("Called off. Whoever had notice is told.")


def _item(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.add_item(by=by, gathering_id=key, title=request.POST.get("title", ""))
    return _("It is on the agenda.")


def _drop(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.drop_item(by=by, gathering_id=key, item_id=id_of(request, "item"))
    return _("Taken off the agenda.")


def _here(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.sign_in_by_list(
        by=by,
        gathering_id=key,
        person_id=maybe_id(request, "person"),
        name=request.POST.get("name", ""),
        organization_id=maybe_id(request, "unit"),
    )
    return _("On the list.")


def _proxy(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.sign_in_by_proxy(
        by=by, gathering_id=key, person_id=id_of(request, "person"), proxy_id=id_of(request, "proxy")
    )
    return _("On the list.")


def _speaker(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.list_speaker(by=by, gathering_id=key, name=request.POST.get("name", ""))
    return _("On the list of speakers.")


def _heard(request: HttpRequest, by: Actor, key: UUID) -> str:
    actions.hear_speaker(by=by, turn_id=id_of(request, "turn"))
    return _("They have the word.")


def _point(request: HttpRequest, by: Actor, key: UUID) -> str:
    text, item = request.POST.get("text", ""), maybe_id(request, "item")
    actions.note_point(by=by, gathering_id=key, text=text, item_id=item)
    return _("Noted.")


def _approve(request: HttpRequest, by: Actor, key: UUID) -> str:
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
    actions.approve_minutes(by=by, gathering_id=key, version=version)
    return _("The minutes are approved.")


Act = Callable[[HttpRequest, Actor, UUID], str]
ACTS: Mapping[str, Act] = {
    "notify": _notify,
    "open": _open,
    "close": _close,
    "publish": _publish,
    "cancel": _cancel,
    "item": _item,
    "drop": _drop,
    "here": _here,
    "proxy": _proxy,
    "speaker": _speaker,
    "heard": _heard,
    "point": _point,
    "approve": _approve,
}


@door(HOLDERS, methods=("POST",))
def act(request: HttpRequest, gathering_id: UUID, name: str) -> HttpResponse:
    """One act on a meeting's page."""
    address = f"{reverse('gatherings_desk:meeting', args=[gathering_id])}#{name}"
    return run_act(request, gathering_id, name, ACTS, address)


def run_act(
    request: HttpRequest, gathering_id: UUID, name: str, acts: Mapping[str, Act], address: str
) -> HttpResponse:
    """Do one of these acts, once, and go back to the page; unknown names are not there."""
    if name not in acts:
        raise Refused("This page is not here.", status=MISSING)
    said: list[str] = []

    def once() -> str:
        said.append(acts[name](request, actor_of(request), gathering_id))
        return address

    return done(request, once, lambda: said[0] if said else _("Done."))
