"""Noting at the desk where the sheet hangs that a step posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, holds, status_of, told_in
from linli.kernel import clock
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.references import reference_in
from linli.matters import policies
from linli.matters.actions import hanging as acts
from linli.matters.forms.hanging import SheetForm
from linli.matters.kinds import Power
from linli.matters.read import one


@door(holds(Power.MOVE), methods=("GET", "POST"))
def hang(request: HttpRequest) -> HttpResponse:
    """Where, since when, and a photo; the days of the posting count from then (`?asked=opening:…`)."""
    actor, asked = actor_of(request), reference_in(request.GET.get("asked", ""))
    if asked is None:
        raise Refused("Something was missing. Open the page again.", status=UNPROCESSABLE)
    matter = one.matter_of_opening(asked.id)
    if matter is None or not policies.is_staff(actor, matter):
        raise Refused(one.NOT_THERE, status=MISSING)
    require(policies.may_move(actor, matter))
    start = {"title": request.GET.get("title", ""), "since": clock.today(), "body": one.last_minutes(matter)}
    form = SheetForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            acts.hang(by=actor, matter_id=matter.pk, sheet=form.sheet())
            return reverse("desk:matter", args=[matter.pk])

        try:
            return done(request, act, _("Noted. Its days count from the day it hangs."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "matter": matter}
    return render(request, "matters/desk/hang.html", context, status=status_of(form))
