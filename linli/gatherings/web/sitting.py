"""A talk opened on the spot, on a phone: three taps, a code to sign in by, points one by one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.frame import qr
from linli.frame.doors import actor_of, done, door, status_of
from linli.gatherings import actions, policies
from linli.gatherings.forms.calling import SittingForm
from linli.gatherings.kinds import Power, SittingKind, State
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import codes
from linli.gatherings.web.asking import SITTERS
from linli.gatherings.web.desk import ACTS, Act, meeting_context
from linli.gatherings.web.desk import run_act as run_one
from linli.kernel.clock import now
from linli.kernel.decision import MISSING, require

# What whoever runs a talk does from the phone.
PHONE_ACTS: Mapping[str, Act] = {name: ACTS[name] for name in ("here", "point", "close")}


@door(SITTERS, methods=("GET", "POST"))
def sit(request: HttpRequest) -> HttpResponse:
    """Open a talk here and now."""
    actor = actor_of(request)
    places = [
        (place.pk, written) for place, written in read_bodies.places_to_meet_in(actor, Power.SIT, Power.HOLD)
    ]
    form = SittingForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            row = actions.open_sitting(
                by=actor,
                place_id=said["place"],
                kind=SittingKind(said["kind"]),
                title=said["title"],
                room=said["room"],
            )
            return reverse("gatherings:run", args=[row.pk])

        return done(request, act, _("It is open. Let people scan the code."))
    return render(request, "gatherings/resident/sit.html", {"form": form}, status=status_of(form))


def _run(request: HttpRequest, gathering_id: UUID) -> Any:
    row = read.gathering(gathering_id)
    require(policies.may_run(actor_of(request), read.about(row)), status=MISSING)
    return row


@never_cache
@door(SITTERS)
def run(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """The phone of whoever runs a talk: the code, who is here, the points, the end."""
    row = _run(request, gathering_id)
    context = meeting_context(actor_of(request), row) | _code(request, row)
    return render(request, "gatherings/resident/run.html", context)


@door(SITTERS, methods=("POST",))
def run_act(request: HttpRequest, gathering_id: UUID, name: str) -> HttpResponse:
    """One act on the phone of whoever runs a talk."""
    address = reverse("gatherings:run", args=[gathering_id])
    return run_one(request, gathering_id, name, PHONE_ACTS, address)


@never_cache
@door(SITTERS)
def code(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """The code as large as the screen, a new one every half minute; htmx fetches it alone."""
    row = _run(request, gathering_id)
    context = {"m": row, "here_count": len(read.attendances(row.pk)), **_code(request, row)}
    part = "_code" if request.headers.get("HX-Request") else "code"
    return render(request, f"gatherings/resident/{part}.html", context)


def _code(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The address people scan now, drawn; nothing while the meeting is not open."""
    if row.state != State.OPEN:
        return {"qr": "", "window": codes.WINDOW}
    shown = codes.code_at(row.secret, now())
    link = request.build_absolute_uri(f"{reverse('gatherings:here', args=[row.pk])}?c={shown}")
    return {"qr": qr.svg(link, label=_("Code to sign in by")), "window": codes.WINDOW}
