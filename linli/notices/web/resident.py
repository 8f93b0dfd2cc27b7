"""A resident's inbox, and the announcements of a place, which anybody may read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.notices import actions, read, rules


@door(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """What this person was told, newest first."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise Refused("Please sign in first.")
    context = {"page": page_of(request, read.inbox(person_id)), "unread": read.unread_count(person_id)}
    return render(request, "notices/inbox.html", context)


@door(SIGNED_IN)
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Goes to what the notice is about; it is read from now on."""
    notice = actions.mark_read(by=actor_of(request), notice_id=notice_id)
    is_here = notice.url.startswith("/") and not notice.url.startswith(("//", "/\\"))
    return HttpResponseRedirect(notice.url if is_here else reverse("notices:inbox"))


@door(SIGNED_IN, methods=("POST",))
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything is read. Asking twice changes nothing, so no key is needed."""
    actions.mark_all_read(by=actor_of(request))
    return HttpResponseRedirect(reverse("notices:inbox"))


@door(ANYONE)
def announcements(request: HttpRequest) -> HttpResponse:
    """What is announced where the reader lives, or at the place they chose; a list of places without one."""
    place = _place(request)
    if place is None:
        return render(request, "notices/choose_place.html", {"places": read.announcing_places()})
    page = page_of(request, read.announcements_for(place.path))
    return render(request, "notices/announcements.html", {"place": place, "page": page})


@door(ANYONE)
def announcement(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """One announcement; that a signed-in reader opened it is counted once."""
    row = _shown(announcement_id)
    actor = actor_of(request)
    if actor.person_id is not None and request.method == "GET":
        actions.record_reading(by=actor, announcement_id=row.pk)
    context = {"announcement": row, "link": request.build_absolute_uri(request.path)}
    return render(request, "notices/announcement.html", context)


@door(ANYONE)
def poster(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """The announcement as a sheet for the notice board, with a code that opens it on a phone."""
    row = _shown(announcement_id)
    link = request.build_absolute_uri(reverse("notices:announcement", args=[row.pk]))
    return render(request, "notices/poster.html", {"announcement": row, "qr": qr.svg(link)})


def _shown(announcement_id: UUID) -> read.Announcement:
    row = read.announcement(announcement_id)
    if not rules.is_shown(row.state, row.until, today()):
        raise Refused("This announcement is not here.", status=MISSING)
    return row


def _place(request: HttpRequest) -> read.Place | None:
    chosen = request.GET.get("place", "")
    if chosen:
        try:
            place = read.place(UUID(chosen))
        except ValueError:
            place = None
        if place is None:
            raise Refused("This place is not here.", status=MISSING)
        return place
    person_id = actor_of(request).person_id
    return read.home_place(person_id) if person_id is not None else None
