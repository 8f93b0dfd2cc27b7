"""A community's own limits: promises by level, first contact, reopening, reporting in, the closing hour."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door
from linli.kernel import clock
from linli.kernel.decision import UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions.procedures import set_local_rule
from linli.matters.forms.practice import LIMIT_LABELS, ClosingForm, LimitForm, limit_title
from linli.matters.kinds import Power
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.matters.web import practice_words as words
from linli.matters.web.practice_edit import CHANGERS
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: what holds today, since when it is the place's own, and what is set for a later day."""

    title: str
    value: str
    own: bool
    later: str


@door(CHANGERS, methods=("GET", "POST"))
def limits(request: HttpRequest) -> HttpResponse:
    """What holds today beside the default, and the forms to set another from a day on."""
    communities = _communities(request)
    asked = request.POST.get("community") or request.GET.get("community", "")
    chosen = next(
        (row for row in communities if str(row.id) == asked), communities[0] if communities else None
    )
    if chosen is None:
        raise Refused("There is no such place. Please choose again.", status=UNPROCESSABLE)
    require(policies.may_set_limit(actor_of(request), chosen.path))
    today = clock.today()
    closing = request.method == "POST" and "hour" in request.POST
    limit = LimitForm(request.POST if request.method == "POST" and not closing else None, today=today)
    hour = ClosingForm(request.POST if closing else None, initial=_hour(chosen, today))
    sent = hour if closing else limit
    if request.method == "POST" and sent.is_valid():
        return _set(request, chosen, sent)
    context = {
        "chosen": chosen,
        "communities": communities,
        "lines": _lines(chosen, today),
        "limit": limit,
        "hour": hour,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "matters/desk/limits.html", context, status=status)


def _communities(request: HttpRequest) -> list[Any]:
    paths = actor_of(request).paths(Power.ADOPT)
    return places.communities_over(paths, clock.today())


def _hour(community: Any, today: date) -> dict[str, Any]:
    return {"hour": settings.times_at(community.path).closing, "starts": today}


def _set(request: HttpRequest, community: Any, form: Any) -> HttpResponse:
    said = form.cleaned_data
    key, value = (
        ("closing", f"{said['hour']:%H:%M}") if isinstance(form, ClosingForm) else (said["key"], form.value)
    )
    return done(
        request,
        lambda: set_local_rule(
            by=actor_of(request), place_id=community.id, key=key, value=value, starts=said["starts"]
        ),
        _("Set. What is running keeps the dates it was given."),
        to=f"{reverse('desk:limits')}?community={community.id}",
    )


def _lines(community: Any, today: date) -> list[LimitLine]:
    times = settings.times_at(community.path)
    own = settings.local_rules_of(community.id)
    lines = []
    for key in (*LIMIT_LABELS, "closing"):
        mine = [rule for rule in own if rule.key == key]
        later = [rule for rule in mine if rule.starts > today]
        closing = key == "closing"
        now = (
            f"{times.closing:%H:%M}"
            if closing
            else words.length(str(times.setting(key, clocks.default(key))))
        )
        lines.append(
            LimitLine(
                title=_("Workday limits end at") if closing else limit_title(key),
                value=now,
                own=any(rule.starts <= today for rule in mine),
                later="；".join(f"{rule.starts:%Y-%m-%d} {words.length(rule.value)}" for rule in later),
            )
        )
    return lines
