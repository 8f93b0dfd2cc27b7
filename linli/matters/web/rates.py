"""三率: response, resolution and satisfaction with both counts; every number opens the list behind it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds
from linli.frame.paging import page_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.kinds import Power, Urgency
from linli.matters.read import desk, figures, settings
from linli.matters.rules.clocks import contact_due
from linli.matters.rules.rates import SATISFIED_FROM
from linli.matters.web.desk_items import with_query
from linli.matters.web.registers import day_of
from linli.matters.wording import SCORE_LABELS, moment
from linli.places import read as places

READERS = holds(Power.RATES)
SPAN = timedelta(days=90)
LONGEST = timedelta(days=3660)
BEHIND = ("response", "no_contact", "resolution", "unsolved", "satisfaction", "unsatisfied")


def communities_of(actor: Actor) -> list[Any]:
    """The communities whose figures the actor reads."""
    paths = actor.paths(Power.RATES)
    found = places.communities_over(paths, clock.today())
    if found:
        return found
    return [
        row
        for row in (places.community_of(path) for path in paths[:1])
        if row and actor.may(Power.RATES, row.path)
    ]


def span_of(request: HttpRequest) -> tuple[date, date]:
    """The days asked for, both included; the last ninety where nothing sensible is asked."""
    until = day_of(request.GET.get("until", "")) or clock.today()
    since = day_of(request.GET.get("since", "")) or until - SPAN
    if since > until or until - since > LONGEST:
        since = until - SPAN
    return since, until


@door(READERS)
def rates(request: HttpRequest) -> HttpResponse:
    """The three rates of one community, or of all the actor reads side by side."""
    actor = actor_of(request)
    communities = communities_of(actor)
    if not communities:
        raise Refused("Your post does not include these figures.")
    since, until = span_of(request)
    asked = request.GET.get("community", "")
    chosen = next((row for row in communities if str(row.id) == asked), None)
    one_only = chosen or (communities[0] if len(communities) == 1 else None)
    span = {"since": since.isoformat(), "until": until.isoformat()}
    rows = [_row(row, since, until, span) for row in ([one_only] if one_only else communities)]
    context = {
        "communities": communities,
        "chosen": one_only,
        "since": since,
        "until": until,
        "rows": rows,
        "single": rows[0] if one_only else None,
        "exclusions": [
            {"e": row, "at": moment(row.approved_at), "href": reverse("desk:matter", args=[row.matter_id])}
            for figure in rows
            for row in figure["exclusions"]
        ],
    }
    return render(request, "matters/desk/rates.html", context)


def _row(place: Any, since: date, until: date, span: dict[str, str]) -> dict[str, Any]:
    found = figures.figures(place.path, since, until)

    def behind(what: str) -> str:
        return with_query(reverse("desk:rates_behind", args=[what]), {"community": str(place.id), **span})

    return {
        "place": place,
        "raised": found.raised,
        "raised_url": with_query(reverse("desk:matters"), {"place": place.path, **span}),
        "response": found.rates.response,
        "resolution": found.rates.resolution,
        "satisfaction": found.rates.satisfaction,
        "excluded": found.rates.excluded,
        "exclusions": found.exclusions,
        "url": with_query(reverse("desk:rates"), {"community": str(place.id), **span}),
        "behind": {what: behind(what) for what in BEHIND},
    }


@door(READERS)
def rates_behind(request: HttpRequest, what: str) -> HttpResponse:
    """The list behind one number: the matters or callbacks it counts."""
    actor = actor_of(request)
    place = next(
        (row for row in communities_of(actor) if str(row.id) == request.GET.get("community", "")), None
    )
    if place is None or what not in BEHIND:
        raise Refused("Your post does not include these figures.", status=404)
    require(policies.may_read_rates(actor, place.path))
    since, until = span_of(request)
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    if what in ("response", "no_contact"):
        page, rows = _contacts(request, actor, place, since, until, late=what == "no_contact")
    else:
        page, rows = _callbacks(request, place, start, end, what)
    titles = {
        "response": _("Counted for the response rate"),
        "no_contact": _("Not contacted in time"),
        "resolution": _("Counted for the resolution rate"),
        "unsolved": _("Not solved, says the callback"),
        "satisfaction": _("Counted for the satisfaction rate"),
        "unsatisfied": _("Not satisfied, says the callback"),
    }
    context = {
        "title": titles[what],
        "place": place,
        "since": since,
        "until": until,
        "page": page,
        "rows": rows,
    }
    context["back"] = with_query(
        reverse("desk:rates"),
        {"community": str(place.id), "since": since.isoformat(), "until": until.isoformat()},
    )
    return render(request, "matters/desk/rates_behind.html", context)


def _contacts(
    request: HttpRequest, actor: Actor, place: Any, since: date, until: date, *, late: bool
) -> tuple[Any, list[dict[str, Any]]]:
    counted = figures.matters_counted(place.path, since, until)
    times, now = settings.times_at(place.path), clock.now()
    rows = []
    for row in counted:
        due = contact_due(row.raised_at, Urgency(row.urgency), times)
        if row.contacted_at is None and due > now:
            continue
        in_time = row.contacted_at is not None and row.contacted_at <= due
        if late and in_time:
            continue
        tone = "go" if in_time else "late"
        said = moment(row.contacted_at) if row.contacted_at else _("nobody yet")
        rows.append(_line(row, said, tone, _("due %(moment)s") % {"moment": moment(due)}))
    page = page_of(request, rows)  # type: ignore[arg-type]
    return page, page.rows


def _callbacks(
    request: HttpRequest, place: Any, start: datetime, end: datetime, what: str
) -> tuple[Any, list[dict[str, Any]]]:
    found = desk.callbacks_counted(place.path, start, end)
    if what == "unsolved":
        found = found.filter(solved=False)
    elif what == "unsatisfied":
        found = found.filter(score__lt=SATISFIED_FROM)
    page = page_of(request, found)
    rows = []
    for row in page.rows:
        good = row.solved if what in ("resolution", "unsolved") else row.score >= SATISFIED_FROM
        solved = _("solved") if row.solved else _("not solved")
        said = solved if what in ("resolution", "unsolved") else str(SCORE_LABELS[row.score])
        rows.append(_line(row.matter, said, "go" if good else "late", moment(row.at)))
    return page, rows


def _line(matter: Any, said: str, tone: str, note: str) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "href": reverse("desk:matter", args=[matter.id]),
        "said": said,
        "tone": tone,
        "note": note,
    }
