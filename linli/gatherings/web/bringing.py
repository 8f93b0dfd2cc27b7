"""Bringing something of another floor before a body: it waits for the body's next meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door
from linli.gatherings import actions
from linli.gatherings.read import bodies as read
from linli.gatherings.web.asking import HOLDERS, id_of
from linli.gatherings.web.desk import listed
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.references import reference_in


@door(HOLDERS, methods=("GET", "POST"))
def bring(request: HttpRequest) -> HttpResponse:
    """Choose the body; what asked for it (`?asked=`) hears what was resolved once the minutes stand."""
    actor, asked = actor_of(request), reference_in(request.GET.get("asked", ""))
    if asked is None:
        raise Refused("Something was missing. Open the page again.", status=UNPROCESSABLE)
    title = request.POST.get("title", request.GET.get("title", "")).strip()
    if request.method == "POST":

        def act() -> str:
            item = actions.await_item(
                by=actor,
                body_id=id_of(request, "body"),
                title=title,
                subject_kind=asked.kind,
                subject_id=asked.id,
            )
            return reverse("gatherings_desk:body", args=[item.body_id])

        return done(request, act, _("It waits for the next meeting."))
    context: dict[str, Any] = {
        "dues": read.dues(read.open_bodies(actor)),
        "title": title,
        **listed(request, actor, over=False),
    }
    return render(request, "gatherings/desk/bring.html", context)
