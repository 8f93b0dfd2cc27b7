"""What a place has settled for itself about counting, at the desk."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots.actions import settling
from linli.ballots.forms.settling import HouseRuleForm, LastDayForm
from linli.ballots.read import ballots
from linli.ballots.read import settling as read
from linli.ballots.rules import local
from linli.ballots.templatetags.ballots import spoken
from linli.ballots.web.desk import RUNNERS, listed
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.clock import today
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.shares import Share


@door(RUNNERS, methods=("GET", "POST"))
def house_rules(request: HttpRequest) -> HttpResponse:
    """Everything local about counting: what holds where nothing is noted, and what is noted, where that is
    written and since when."""
    places = ballots.places_to_choose(actor_of(request))
    form = HouseRuleForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return done(
            request,
            lambda: settling.set_house_rule(
                by=actor_of(request),
                place_id=said["place"],
                kind=said["kind"],
                value=said["share"],
                source=said["source"],
                starts=said["starts"],
                last=said["last"],
            ),
            _("Noted."),
            to=reverse("ballots_desk:house_rules"),
        )
    rules = [_shown(row) for row in read.house_rules_of(actor_of(request))]
    defaults = [local.by_default(kind) for kind in local.DEFAULTS]
    context = listed(request) | {"form": form, "rules": rules, "defaults": defaults}
    return render(request, "ballots/desk_house_rules.html", context, status=status_of(form))


def _shown(row: read.HouseRule) -> dict[str, Any]:
    is_over = row.ends is not None and row.ends <= today()
    form = LastDayForm(prefix=str(row.pk))
    return {"row": row, "share": share_of(row), "last": last_day(row), "is_over": is_over, "form": form}


def share_of(row: read.HouseRule) -> str:
    """The share a rule of the house asks for, in words; "" where it is none."""
    return spoken(Share.parse(row.value)) if row.value else ""


def last_day(row: read.HouseRule) -> date | None:
    """The last day a rule of the house holds; None while no day is noted."""
    return row.ends - timedelta(days=1) if row.ends else None


@door(RUNNERS, methods=("POST",))
def end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Give a rule of the house its last day."""
    form = LastDayForm(request.POST, prefix=str(rule_id))
    if not form.is_valid():
        raise Refused("Please choose a day.", status=UNPROCESSABLE)
    return done(
        request,
        lambda: settling.end_house_rule(
            by=actor_of(request), rule_id=rule_id, last=form.cleaned_data["last"]
        ),
        _("Noted."),
        to=reverse("ballots_desk:house_rules"),
    )
