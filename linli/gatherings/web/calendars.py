"""Calendars: somebody's own under a secret address, and a body's public one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door
from linli.gatherings import actions, wording
from linli.gatherings.kinds import State
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import feeds
from linli.gatherings.rules import ical
from linli.kernel.decision import MISSING, Refused

CALENDAR = "text/calendar; charset=utf-8"
LONGEST_TOKEN = 64


@door(SIGNED_IN, methods=("GET", "POST"))
def mine(request: HttpRequest) -> HttpResponse:
    """Make, replace or take back the secret address; it is shown once, when it is made."""
    actor, address = actor_of(request), ""
    if request.method == "POST" and request.POST.get("then") == "revoke":
        actions.revoke_feed(by=actor)
    elif request.method == "POST":
        # Sent twice, the second replaces the first; kept as a form's answer the secret would lie in a table.
        token = actions.make_feed(by=actor)
        address = request.build_absolute_uri(reverse("gatherings:person_ics", args=[token]))
    has_one = actor.person_id is not None and read_bodies.feed_of(actor.person_id) is not None
    return render(request, "gatherings/resident/calendar.html", {"address": address, "has_one": has_one})


@door(ANYONE)
def person_ics(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's meetings for their calendar: whoever has the secret address reads it."""
    person_id = read_bodies.person_of_feed(token) if len(token) <= LONGEST_TOKEN else None
    if person_id is None:
        raise Refused("This calendar is not here.", status=MISSING)
    return _answer(request, _("My meetings"), feeds.feed_of_person(person_id))


@door(ANYONE)
def body_ics(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """The public meetings of one body."""
    row = read_bodies.body(body_id)
    if not row.is_public:
        raise Refused("This calendar is not here.", status=MISSING)
    return _answer(request, row.name, feeds.feed_of_body(row.pk))


def _answer(request: HttpRequest, name: str, rows: Iterable[Any]) -> HttpResponse:
    occasions = [
        ical.Occasion(
            id=row.pk,
            title=row.title,
            starts=row.starts_at,
            minutes=row.minutes_planned,
            where=wording.where(row, " "),
            url=request.build_absolute_uri(reverse("gatherings:meeting", args=[row.pk])),
            changed=feeds.changed_at(row),
            is_cancelled=row.state == State.CANCELLED,
        )
        for row in rows
    ]
    answer = HttpResponse(ical.calendar(name, occasions), content_type=CALENDAR)
    answer["Cache-Control"] = "private, max-age=900"
    return answer
