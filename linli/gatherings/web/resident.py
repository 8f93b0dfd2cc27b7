"""Meetings for residents: what is near, what was resolved, the board, signing in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame import paper
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door, explain, status_of, told_in
from linli.frame.paging import page_of
from linli.gatherings import actions, policies
from linli.gatherings.forms.outcomes import ObjectionForm
from linli.gatherings.kinds import Power, State
from linli.gatherings.read import accounts
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.read import postings as read_postings
from linli.gatherings.rules import codes, postings, rooms
from linli.gatherings.rules.accounts import yuan
from linli.gatherings.web import for_groups
from linli.gatherings.web.deciding import ballot_page
from linli.gatherings.web.minutes import as_pdf
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import MISSING, Refused, require

MEETS = (Power.SIT, Power.HOLD)
MOST_COMING = 12


@door(ANYONE)
def meetings(request: HttpRequest) -> HttpResponse:
    """What is coming and what was resolved: at the place the reader chose, where they live, or where their
    post is."""
    actor = actor_of(request)
    path, place = _where(request, actor)
    if not path:
        return render(request, "gatherings/resident/nowhere.html", {})
    context = {
        "place_name": _name(path, place),
        "tabs": _tabs(place, on="meetings"),
        "coming": list(read.near(path)[:MOST_COMING]),
        "page": page_of(request, read.resolved_near(path), per_page=10),
        "liaisons": read_bodies.liaisons(path, today()),
        "may_sit": any(grant.power in MEETS for grant in actor.grants),
    }
    return render(request, "gatherings/resident/meetings.html", context)


@door(ANYONE)
def board(request: HttpRequest) -> HttpResponse:
    """What is posted there, up now or settled, and the way to the affairs laid open."""
    path, place = _where(request, actor_of(request))
    if not path:
        return render(request, "gatherings/resident/nowhere.html", {})
    context = {
        "place_name": _name(path, place),
        "tabs": _tabs(place, on="board"),
        "community": read_postings.community_of(path),
        "page": page_of(request, read_postings.posted_near(path), per_page=20),
    }
    return render(request, "gatherings/resident/board.html", context)


def _name(path: str, place: Any) -> str:
    return place.name if place else read_postings.name_around(path)


def _tabs(place: Any, *, on: str) -> list[dict[str, Any]]:
    """The two sides of the board of a place; the place goes along where the reader chose it."""
    chosen = f"?place={place.pk}" if place else ""
    sides = {"meetings": _("Meetings"), "board": _("On the board")}
    return [
        {"label": label, "url": reverse(f"gatherings:{name}") + chosen, "on": name == on}
        for name, label in sides.items()
    ]


def _where(request: HttpRequest, actor: Actor) -> tuple[str, Any]:
    chosen = request.GET.get("place", "")
    if chosen:
        try:
            place = read_postings.place(UUID(chosen))
        except ValueError:
            place = None
        if place is None:
            raise Refused("This place is not here.", status=MISSING)
        return place.path, place
    home = read_postings.home_path(actor.person_id) if actor.person_id else ""
    return home or next(iter(actor.paths(*MEETS)), ""), None


def _seen(actor: Actor, gathering_id: UUID) -> tuple[Any, bool]:
    """A meeting the reader may see, and whether they belong to its body."""
    row = read.gathering(gathering_id)
    is_member = read_bodies.is_member(actor, row.body_id)
    require(policies.may_see(actor, read.about(row), is_member=is_member), status=MISSING)
    return row, is_member


@door(ANYONE)
def meeting(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """One meeting: when and where, its agenda, what was resolved; how to take part."""
    actor = actor_of(request)
    row, is_member = _seen(actor, gathering_id)
    mine = read.attendance_of(row.pk, actor.person_id)
    about = read.about(row)
    context = {
        "m": row,
        "items": read.items(row.pk),
        "resolutions": read.resolutions([row.pk]) if row.state == State.PUBLISHED else [],
        "posting": read.posting_of(row.pk),
        "ballot": ballot_page(row),
        "mine": mine,
        "video": rooms.link(row.video_base, row.video_room) if mine and row.state == State.OPEN else "",
        "can_join": bool(row.video_base)
        and mine is None
        and bool(policies.may_join_remotely(actor, about, is_member=is_member)),
        "can_read_minutes": bool(
            policies.may_see_minutes(actor, about, is_member=is_member, was_there=mine is not None)
        ),
        "may_run": row.body_id is None and bool(policies.may_run(actor, about)),
    }
    return render(request, "gatherings/resident/meeting.html", context)


@door(SIGNED_IN)
def minutes(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """The approved minutes, for those who took part; `?as=pdf` to sign and keep."""
    actor = actor_of(request)
    row, is_member = _seen(actor, gathering_id)
    was_there = read.attendance_of(row.pk, actor.person_id) is not None
    require(policies.may_see_minutes(actor, read.about(row), is_member=is_member, was_there=was_there))
    approved = next((each for each in read.minutes(row.pk) if each.approved_at), None)
    if approved is not None and request.GET.get("as") == "pdf":
        return paper.answer(as_pdf(row, approved), row.title)
    return render(request, "gatherings/resident/minutes.html", {"m": row, "minutes": approved})


# Signing in: the code is scanned, perhaps the password typed, and then one button pressed.


def _kept(request: HttpRequest, gathering_id: UUID) -> tuple[str, datetime] | None:
    """The code scanned on this phone for this meeting, and when."""
    found = request.session.get(f"scanned-{gathering_id}")
    return (found[0], datetime.fromisoformat(found[1])) if found else None


@door(ANYONE, methods=("GET", "POST"))
def here(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """What the code on the wall opens: it is kept for ten minutes, so that there is time to sign in."""
    actor, row = actor_of(request), read.gathering(gathering_id)
    if request.method == "POST":
        return _sign_in(request, actor, row)
    code, moment = request.GET.get("c", "")[:20], now()
    if code and codes.is_valid(str(row.secret), code, moment):
        request.session[f"scanned-{row.pk}"] = (code, moment.isoformat())
        return HttpResponseRedirect(reverse("gatherings:here", args=[row.pk]))
    kept = _kept(request, row.pk)
    context = {
        "m": row,
        "is_open": row.state == State.OPEN,
        "scanned": kept is not None and codes.is_still_here(kept[1], moment),
        "mine": read.attendance_of(row.pk, actor.person_id),
        "next": f"{reverse('account_login')}?next={request.path}",
    }
    if not context["scanned"]:
        require(
            policies.may_see(actor, read.about(row), is_member=read_bodies.is_member(actor, row.body_id)),
            status=MISSING,
        )
    return render(request, "gatherings/resident/here.html", context)


def _sign_in(request: HttpRequest, actor: Actor, row: Any) -> HttpResponse:
    kept = _kept(request, row.pk)
    if kept is None:
        raise Refused("Scan the code on the wall first.", status=422)

    return done(
        request,
        lambda: actions.sign_in_by_code(by=actor, gathering_id=row.pk, code=kept[0], scanned_at=kept[1]),
        _("You are signed in. Welcome."),
        to=reverse("gatherings:meeting", args=[row.pk]),
    )


@door(SIGNED_IN, methods=("POST",))
def remote(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Take part from afar: noted, and the video room opens from the meeting's page."""
    actor = actor_of(request)
    _seen(actor, gathering_id)
    return done(
        request,
        lambda: actions.sign_in_remote(by=actor, gathering_id=gathering_id),
        _("You are on the list. The video room is open to you now."),
        to=reverse("gatherings:meeting", args=[gathering_id]),
    )


# The board


@door(ANYONE)
def posting(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """One posting: what it says, until when, the objections and their answers, without names."""
    return _posting_page(request, posting_id, ObjectionForm())


def _posting_page(request: HttpRequest, posting_id: UUID, form: ObjectionForm) -> HttpResponse:
    actor, row = actor_of(request), read_postings.posting(posting_id)
    belongs = read_postings.belongs(actor.person_id, row.place.path)
    may = policies.may_object(actor, belongs=belongs) and postings.may_object(
        row.starts,
        row.ends,
        today(),
        has_objected=read_postings.has_objected(row.pk, actor.person_id),
        is_settled=row.settled_at is not None,
    )
    account = accounts.account_of(row.disclosure_id)
    context = {
        "p": row,
        "copy": for_groups.of_posting(request, row),
        "objections": read_postings.objections(row.pk),
        "form": form,
        "can_object": bool(may),
        "why_not": "" if may else explain(may),
        "is_up": row.ends >= today(),
        "community": read_postings.community_of(row.place.path),
        "decided_by": ballot_page(account) if account else "",
        "shares": [
            (home, yuan(amount))
            for home, amount in accounts.own_shares(row.disclosure_id, actor.person_id, row.starts)
        ],
    }
    return render(request, "gatherings/resident/posting.html", context, status=status_of(form))


@door(SIGNED_IN, methods=("POST",))
def object_to(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Object to what is posted."""
    actor, form = actor_of(request), ObjectionForm(request.POST)
    if not form.is_valid():
        return _posting_page(request, posting_id, form)

    def act() -> str:
        actions.object_to(by=actor, posting_id=posting_id, text=form.cleaned_data["text"])
        return reverse("gatherings:posting", args=[posting_id])

    try:
        return done(request, act, _("Your objection has been received. You will be told the answer."))
    except Refused as refusal:
        told_in(form, refusal, conflicts=True)
        return _posting_page(request, posting_id, form)


@door(ANYONE)
def affairs(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """居务公开 of a community: each class with when it was laid open last, and the whole archive."""
    place = read_postings.place(place_id)
    if place is None:
        raise Refused("This place is not here.", status=MISSING)
    context = {
        "place": place,
        "rows": read_postings.openness(place.pk),
        "page": page_of(request, read_postings.archive(place.pk)),
    }
    return render(request, "gatherings/resident/affairs.html", context)
