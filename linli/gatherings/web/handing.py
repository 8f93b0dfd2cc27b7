"""Handing an item of an agenda, or of what waits, to another body."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, once
from linli.gatherings import actions, policies
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.web.asking import HOLDERS, id_in
from linli.gatherings.web.desk import listed
from linli.kernel.decision import MISSING, Refused, require


@door(HOLDERS, methods=("GET", "POST"))
def hand_on(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Choose the body; the item waits for its next meeting, with the matter it is about."""
    actor, item = actor_of(request), read.item(item_id)
    if item is None:
        raise Refused("This item is not on the agenda any more.", status=MISSING)
    path = _place_path(item)
    require(policies.may_call(actor, path), status=MISSING)
    back = _page(item)
    if request.method == "POST":

        def act() -> str:
            actions.hand_on(by=actor, item_id=item.pk, body_id=id_in(request, "body"))
            return back

        address = once(request, act)
        messages.success(request, _("It waits for the other body’s next meeting."))
        return HttpResponseRedirect(address)
    dues = read_bodies.dues(read_bodies.bodies_to_hand_to(actor, path, item.body_id))
    context: dict[str, Any] = {"item": item, "dues": dues, "back": back, **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/hand_on.html", context)


def _place_path(item: Any) -> str:
    """Where the meeting is, or the body it waits for."""
    return str((item.gathering or item.body).place.path)


def _page(item: Any) -> str:
    """The page the item stands on."""
    if item.gathering is not None:
        return f"{reverse('gatherings_desk:meeting', args=[item.gathering.pk])}#item"
    return reverse("gatherings_desk:body", args=[item.body.pk])
