"""Where a community stands, the first stage, and the last."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from linli.founding import actions, policies, read
from linli.founding.actions import CommunityPlan
from linli.founding.forms import CommunityForm
from linli.founding.kinds import Stage
from linli.founding.rules import posts as rules
from linli.frame import qr
from linli.frame.doors import actor_of, door, holds, once, told_in
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.codes import check_division_code
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.errors import InvalidCode
from linli.organizations.kinds import Power
from linli.places import read as places
from linli.places.kinds import PlaceKind

SETTERS = holds(Power.SET_UP)
TITLES = {
    Stage.COMMUNITY: gettext_lazy("Community"),
    Stage.BUILDINGS: gettext_lazy("Buildings"),
    Stage.PRACTICE: gettext_lazy("Way of working"),
    Stage.POSTS: gettext_lazy("Posts"),
    Stage.UNITS: gettext_lazy("Responsible units"),
    Stage.SLIPS: gettext_lazy("Invitations"),
    Stage.DONE: gettext_lazy("Ready"),
}


@door(SETTERS)
def home(request: HttpRequest) -> HttpResponse:
    """The communities there are, how far each is, and the way to another."""
    page = page_of(request, read.communities())
    rows = [
        {
            "place": row,
            "street": row.parent.name if row.parent else "",
            "ready": row.has_buildings and row.has_practice and row.has_posts,
        }
        for row in page.rows
    ]
    return render(request, "founding/home.html", {"page": page, "rows": rows})


@door(SETTERS)
def go_on(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """To the first stage that is not done."""
    row = community_of(request, community_id)
    return HttpResponseRedirect(address(rules.next_stage(read.facts(row)), row))


@door(SETTERS, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """The community itself: its code says what lies above it, as far as that is known here."""
    code = request.POST.get("code", "")
    above = _known(code)
    data = None if request.POST.get("do") == "look" else request.POST or None
    form = CommunityForm(data, known=frozenset(above), initial=request.POST.dict() or None)
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(once(request, lambda: _found(request, form.cleaned_data)))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {
        "form": form,
        "above": list(above.values()),
        "steps": [{"label": title} for title in TITLES.values()],
        "looked": bool(code),
    }
    return render(request, "founding/begin.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, said: dict[str, Any]) -> str:
    with override(settings.LANGUAGE_CODE):
        committee = said["committee"] or _("%(community)s residents' committee") % {"community": said["name"]}
    plan = CommunityPlan(
        code=said["code"],
        name=said["name"],
        committee=committee,
        closing=said["closing"],
        district=said.get("district", ""),
        street=said.get("street", ""),
        short_code=said["short_code"],
        office_phone=said["office_phone"],
    )
    row = actions.found_community(by=actor_of(request), plan=plan)
    return address(Stage.BUILDINGS, row)


def _known(code: str) -> dict[str, str]:
    """The names of what a code lies in, where it is known here: `district`, `street`."""
    try:
        whole = check_division_code(code)
    except InvalidCode:
        return {}
    wanted = {"district": f"{whole[:6]}000000", "street": f"{whole[:9]}000"}
    found = {name: places.find_by_code(each, today()) for name, each in wanted.items()}
    return {name: place.name for name, place in found.items() if place is not None}


def community_of(request: HttpRequest, community_id: UUID) -> Any:
    """The community of the address, for whoever may set it up."""
    row = read.community(community_id)
    if row is None:
        raise Refused("There is no such community here.", status=MISSING)
    require(policies.may_set_up(actor_of(request), row.path))
    return row


def address(stage: Stage, row: Any) -> str:
    """A stage's page."""
    return reverse(f"founding:{stage.value}", args=[row.id])


def context_of(row: Any, stage: Stage) -> dict[str, Any]:
    """What every stage's page shows: the community, and the line of stages with where one is."""
    order = list(TITLES)
    steps = [
        {"label": title, "url": "" if each is Stage.COMMUNITY else address(each, row)}
        for each, title in TITLES.items()
    ]
    return {"community": row, "steps": steps, "current": order.index(stage) + 1}


@door(SETTERS)
def done(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """What stands by now, and the first matter."""
    row = community_of(request, community_id)
    seats = read.seats(row)
    counts = places.counts_by_kind(row.path, today())
    context = context_of(row, Stage.DONE) | {
        "buildings": counts.get(PlaceKind.BUILDING.value, 0),
        "homes": counts.get(PlaceKind.HOME.value, 0),
        "held": sum(bool(seat.holders) for seat in seats),
        "vacant": sum(not seat.holders for seat in seats),
        "units": len(read.units(row)),
        "next": _missing(request, row),
        "address": request.build_absolute_uri(reverse("matters:community", args=[row.id])),
    }
    return render(request, "founding/done.html", context)


def _missing(request: HttpRequest, row: Any) -> dict[str, Any] | None:
    stage = rules.next_stage(read.facts(row))
    return None if stage is Stage.DONE else {"label": TITLES[stage], "url": address(stage, row)}


@door(SETTERS)
def poster(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """A sheet for the gate and the stairs: scan it and say what should be better here."""
    row = community_of(request, community_id)
    target = request.build_absolute_uri(f"{reverse('matters:say')}?community={row.id}")
    line = [each.name for each in places.chain(row)]
    context = {
        "community": row,
        "where": " ".join(line),
        "qr": qr.svg(target),
        "site": request.build_absolute_uri("/"),
    }
    return render(request, "founding/poster.html", context)
