"""Sending a matter out: orders to one or several units, each with its own task and deadline; whistles."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.frame.doors import actor_of, door, explain, holds, once
from linli.kernel import clock
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions.orders import Ask, issue
from linli.matters.forms.handling import MOST_UNITS, Asks, WhistleForm
from linli.matters.kinds import OrderKind, Power, Urgency
from linli.matters.read import one, settings
from linli.matters.rules import clocks
from linli.matters.web.desk_items import shown
from linli.matters.web.desk_triage import unit_choices
from linli.matters.wording import moment

SENDERS = holds(Power.ORDER_ISSUE, Power.WHISTLE_ISSUE)


@door(SENDERS, methods=("GET", "POST"))
def issue_orders(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """派单: one unit or several at once."""
    return _send(request, matter_id, OrderKind.ORDER)


@door(holds(Power.WHISTLE_ISSUE), methods=("GET", "POST"))
def blow_whistle(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """吹哨: the street calls departments, with a time to report in."""
    return _send(request, matter_id, OrderKind.WHISTLE)


def _send(request: HttpRequest, matter_id: UUID, kind: OrderKind) -> HttpResponse:
    matter, actor = one.matter(matter_id), actor_of(request)
    if not policies.is_staff(actor, matter):
        raise Refused(one.NOT_THERE, status=MISSING)
    require(policies.may_issue(actor, matter, whistle=kind is OrderKind.WHISTLE))
    units = unit_choices(matter.place_path)
    report_in = WhistleForm(request.POST or None, initial={"report_in_at": _report_in(matter)})
    if request.method != "POST":
        asks = Asks(form_kwargs={"units": units}, initial=[_first(matter)])
        return _form(request, matter, kind, asks, report_in)
    asks = Asks(request.POST, form_kwargs={"units": units})
    if "more" in request.POST:
        return _form(request, matter, kind, _one_more(request, matter, units), report_in)
    if not asks.is_valid() or (kind is OrderKind.WHISTLE and not report_in.is_valid()):
        return _form(request, matter, kind, asks, report_in, status=UNPROCESSABLE)
    by_when = report_in.cleaned_data["report_in_at"] if kind is OrderKind.WHISTLE else None
    return _issue(request, matter, kind, asks, report_in, by_when)


def _issue(
    request: HttpRequest,
    matter: Any,
    kind: OrderKind,
    asks: Any,
    report_in: WhistleForm,
    by_when: datetime | None,
) -> HttpResponse:
    wanted = [
        Ask(UUID(said["unit"]), said["task"], said["due_at"], by_when)
        for said in (form.cleaned_data for form in asks.forms)
        if said.get("unit")
    ]

    def act() -> str:
        issued = issue(by=actor_of(request), matter_id=matter.id, asks=wanted, kind=kind)
        said = ngettext("Sent to %(n)s unit.", "Sent to %(n)s units.", len(issued))
        messages.success(request, said % {"n": len(issued)})
        return f"{reverse('desk:matter', args=[matter.id])}?order={issued[0].id}"

    try:
        return HttpResponseRedirect(once(request, act))
    except Refused as refusal:
        if refusal.status not in (UNPROCESSABLE, 409):
            raise
        return _form(request, matter, kind, asks, report_in, explain(refusal), refusal.status)


def _one_more(request: HttpRequest, matter: Any, units: list[Any]) -> Any:
    """The same rows with what was typed, not judged yet, and one more below."""
    asked = request.POST.get("form-TOTAL_FORMS", "1")
    count = min(int(asked) if asked.isdecimal() and len(asked) < 3 else 1, MOST_UNITS - 1)
    names = ("unit", "task", "due_at")
    typed = [{name: request.POST.get(f"form-{row}-{name}", "") for name in names} for row in range(count)]
    return Asks(form_kwargs={"units": units}, initial=[*typed, _first(matter)])


def _first(matter: Any) -> dict[str, Any]:
    """What is likely: the matter's own words as the task, its promise as the deadline."""
    times = settings.times_at(matter.place_path)
    due = clocks.latest_due(matter.promised_at, clock.now(), Urgency(matter.urgency), times)
    return {"task": matter.title, "due_at": due}


def _report_in(matter: Any) -> datetime:
    times = settings.times_at(matter.place_path)
    return times.due(clock.now(), times.setting("report_in", clocks.REPORT_IN))


def _form(
    request: HttpRequest,
    matter: Any,
    kind: OrderKind,
    asks: Any,
    report_in: WhistleForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    whistle = kind is OrderKind.WHISTLE
    request.desk_list = "mine"  # type: ignore[attr-defined]  # for the sidebar
    context = {
        "list": shown(request, "mine", str(matter.id)),
        "may_enter": True,
        "m": matter,
        "asks": asks,
        "report_in": report_in if whistle else None,
        "whistle": whistle,
        "refusal": refusal,
        "promised": moment(matter.promised_at),
        "title": _("Blow the whistle") if whistle else _("Send out"),
    }
    return render(request, "matters/desk/issue.html", context, status=status)
