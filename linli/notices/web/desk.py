"""The desk's announcements: written, approved by somebody else, shown, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.paging import page_of
from linli.kernel.decision import MISSING, require
from linli.notices import actions, policies, read
from linli.notices.forms import AnnouncementForm, ReturnForm
from linli.notices.kinds import AnnouncementState, Power
from linli.notices.templatetags.notices import state_label

ANNOUNCERS = holds(Power.WRITE, Power.APPROVE)
WRITERS = holds(Power.WRITE)
APPROVERS = holds(Power.APPROVE)

TABS = (
    AnnouncementState.WAITING,
    AnnouncementState.PUBLISHED,
    AnnouncementState.DRAFT,
    AnnouncementState.RETURNED,
)


@door(ANNOUNCERS)
def announcements(request: HttpRequest) -> HttpResponse:
    """All announcements of this desk's places, with how many people read them."""
    return render(request, "notices/desk_announcements.html", _listed(request))


@door(ANNOUNCERS)
def announcement(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """One announcement with what this person may do with it now."""
    actor = actor_of(request)
    row = read.announcement(announcement_id)
    about: dict[str, Any] = {
        "written_by": row.written_by_id,
        "state": row.state,
        "place_path": row.place.path,
    }
    require(policies.may_see_at_desk(actor, **about), status=MISSING)
    context = _listed(request) | {
        "announcement": row,
        "can_edit": bool(policies.may_edit(actor, **about)),
        "can_decide": bool(policies.may_decide(actor, **about)),
        "can_withdraw": bool(policies.may_withdraw(actor, **about)),
        "is_shown": row.state == AnnouncementState.PUBLISHED,
        "link": request.build_absolute_uri(reverse("notices:announcement", args=[row.pk])),
        "return_form": ReturnForm(),
    }
    context["readership"] = read.readerships([row]).get(row.pk)
    return render(request, "notices/desk_announcement.html", context)


@door(WRITERS, methods=("GET", "POST"))
def write(request: HttpRequest) -> HttpResponse:
    """Write a new announcement, look at it as residents will see it, keep it or send it for approval."""
    places = [(place.pk, written) for place, written in read.places_to_write_for(actor_of(request))]
    form = AnnouncementForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        return _kept(request, lambda: _draft(request, form))
    return _form_page(request, form, dict(places), back=reverse("notices_desk:announcements"))


@door(WRITERS, methods=("GET", "POST"))
def edit(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Change one's own draft or returned announcement; the place it is for stays."""
    row = read.announcement(announcement_id)
    require(
        policies.may_edit(
            actor_of(request), written_by=row.written_by_id, state=row.state, place_path=row.place.path
        )
    )
    start = {"title": row.title, "body": row.body, "audience": row.audience, "until": row.until}
    form = AnnouncementForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        return _kept(request, lambda: _edit(request, form, announcement_id))
    return _form_page(request, form, {}, back=_address(announcement_id), announcement=row)


@door(WRITERS, methods=("POST",))
def submit(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Send a draft for approval."""
    return done(
        request,
        lambda: actions.submit(by=actor_of(request), announcement_id=announcement_id),
        _("Sent for approval."),
        to=_address(announcement_id),
    )


@door(APPROVERS, methods=("POST",))
def approve(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Publish what somebody else wrote."""
    return done(
        request,
        lambda: actions.approve(by=actor_of(request), announcement_id=announcement_id),
        _("Published. Everyone it is for is being told."),
        to=_address(announcement_id),
    )


@door(APPROVERS, methods=("POST",))
def give_back(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Return an announcement to its writer, with the reason."""
    reason = request.POST.get("reason", "")
    return done(
        request,
        lambda: actions.return_announcement(
            by=actor_of(request), announcement_id=announcement_id, reason=reason
        ),
        _("Returned to its writer."),
        to=_address(announcement_id),
    )


@door(ANNOUNCERS, methods=("POST",))
def withdraw(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Take an announcement back."""
    return done(
        request,
        lambda: actions.withdraw(by=actor_of(request), announcement_id=announcement_id),
        _("Withdrawn. Residents no longer see it."),
        to=_address(announcement_id),
    )


def _address(announcement_id: UUID) -> str:
    return reverse("notices_desk:announcement", args=[announcement_id])


def _listed(request: HttpRequest) -> dict[str, Any]:
    chosen = state_asked(request)
    page = page_of(request, read.announcements_at_desk(actor_of(request), chosen))
    readers = read.readerships([row for row in page.rows if row.state == AnnouncementState.PUBLISHED])
    rows = [{"row": row, "readership": readers.get(row.pk)} for row in page.rows]
    tabs = [{"label": _("All"), "url": "?", "on": not chosen}]
    tabs += [{"label": state_label(each), "url": f"?state={each}", "on": each == chosen} for each in TABS]
    may_write = bool(WRITERS(actor_of(request)))
    return {
        "page": page,
        "rows": rows,
        "state": chosen,
        "tabs": tabs,
        "may_write": may_write,
    }


def state_asked(request: HttpRequest) -> str:
    """The state the list is narrowed to; "" for all."""
    state = request.GET.get("state", "")
    return state if state in TABS else ""


def _form_page(
    request: HttpRequest, form: AnnouncementForm, places: dict[UUID, str], *, back: str, **more: Any
) -> HttpResponse:
    preview = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("place")
        label = places[chosen] if chosen else ""
        preview = form.cleaned_data | {"place": label}
    context = {"form": form, "preview": preview, "back": back, **more}
    return render(request, "notices/desk_write.html", context, status=200 if preview else status_of(form))


def _draft(request: HttpRequest, form: AnnouncementForm) -> UUID:
    words = form.cleaned_data
    row = actions.draft_announcement(
        by=actor_of(request),
        place_id=words["place"],
        title=words["title"],
        body=words["body"],
        audience=words["audience"],
        until=words["until"],
    )
    return row.pk


def _edit(request: HttpRequest, form: AnnouncementForm, announcement_id: UUID) -> UUID:
    words = form.cleaned_data
    actions.edit(
        by=actor_of(request),
        announcement_id=announcement_id,
        title=words["title"],
        body=words["body"],
        audience=words["audience"],
        until=words["until"],
    )
    return announcement_id


def _kept(request: HttpRequest, keep: Callable[[], UUID]) -> HttpResponse:
    """Keep the words and, unless only keeping was asked for, send them for approval: once."""
    wants_approval = request.POST.get("then") != "keep"

    def act() -> str:
        announcement_id = keep()
        if wants_approval:
            actions.submit(by=actor_of(request), announcement_id=announcement_id)
        return _address(announcement_id)

    return done(request, act, _("Sent for approval.") if wants_approval else _("Kept as a draft."))
