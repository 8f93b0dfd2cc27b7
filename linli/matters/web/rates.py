"""三率: response, resolution and satisfaction with both counts; every number opens the list behind it."""

from dataclasses import dataclass
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
from linli.matters.web import for_groups
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
    asked = chosen_of(request, communities)
    if not asked:
        raise Refused("Your post does not include these figures.")
    since, until = span_of(request)
    one_only = asked[0] if len(asked) == 1 else None
    rows = figures_of(asked, since, until)
    span = {"since": since.isoformat(), "until": until.isoformat()}
    book = {"community": str(one_only.id), **span} if one_only else span
    context = {
        "communities": communities,
        "chosen": one_only,
        "since": since,
        "until": until,
        "rows": rows,
        "copy": for_groups.of_rates(rows, since, until),
        "single": rows[0] if one_only else None,
        "book_url": with_query(reverse("desk:rates_xlsx"), book) if _may_take_out(actor, asked) else "",
        "exclusions": [
            {"e": row, "at": moment(row.approved_at), "href": reverse("desk:matter", args=[row.matter_id])}
            for figure in rows
            for row in figure["exclusions"]
        ],
    }
    return render(request, "matters/desk/rates.html", context)


def chosen_of(request: HttpRequest, communities: list[Any]) -> list[Any]:
    """The one of several communities that is asked for, or all of them."""
    asked = request.GET.get("community", "")
    return [row for row in communities if str(row.id) == asked] or communities


def _may_take_out(actor: Actor, asked: list[Any]) -> bool:
    return any(policies.may_export(actor, row.path) for row in asked)


def figures_of(communities: list[Any], since: date, until: date) -> list[dict[str, Any]]:
    """The figures of several communities of some days, and the addresses of what is behind each."""
    found = figures.figures(communities, since, until)
    return [_figures(row, found[row.id], since, until) for row in communities]


def _figures(place: Any, found: figures.Figures, since: date, until: date) -> dict[str, Any]:
    span = {"since": since.isoformat(), "until": until.isoformat()}

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
    place = place_behind(request, actor, what)
    since, until = span_of(request)
    page = page_of(request, rows_behind(place, since, until, what))
    asked = {"community": str(place.id), "since": since.isoformat(), "until": until.isoformat()}
    may_take_out = bool(policies.may_export(actor, place.path)) and page.rows
    context = {
        "title": title_behind(what),
        "place": place,
        "since": since,
        "until": until,
        "page": page,
        "rows": [line_behind(row, what) for row in page.rows],
        "back": with_query(reverse("desk:rates"), asked),
        "book_url": with_query(reverse("desk:rates_behind_xlsx", args=[what]), asked) if may_take_out else "",
    }
    return render(request, "matters/desk/rates_behind.html", context)


def place_behind(request: HttpRequest, actor: Actor, what: str) -> Any:
    """The community a number is of; refused as not there where the actor does not read its figures."""
    asked = request.GET.get("community", "")
    place = next((row for row in communities_of(actor) if str(row.id) == asked), None)
    if place is None or what not in BEHIND:
        raise Refused("Your post does not include these figures.", status=404)
    require(policies.may_read_rates(actor, place.path))
    return place


def title_behind(what: str) -> str:
    """What the list behind a number is called."""
    return {
        "response": _("Counted for the response rate"),
        "no_contact": _("Not contacted in time"),
        "resolution": _("Counted for the resolution rate"),
        "unsolved": _("Not solved, says the callback"),
        "satisfaction": _("Counted for the satisfaction rate"),
        "unsatisfied": _("Not satisfied, says the callback"),
    }[what]


def rows_behind(place: Any, since: date, until: date, what: str) -> Any:
    """What one number counts, newest first: matters with their first contact, or callbacks."""
    if what in ("response", "no_contact"):
        return _contacts(place, since, until, late=what == "no_contact")
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    found = desk.callbacks_counted(place.path, start, end)
    if what == "unsolved":
        return found.filter(solved=False)
    return found.filter(score__lt=SATISFIED_FROM) if what == "unsatisfied" else found


@dataclass(frozen=True, slots=True)
class Contact:
    """A matter counted for the response rate: by when somebody was to speak with its raiser."""

    matter: Any
    due: datetime
    in_time: bool


def _contacts(place: Any, since: date, until: date, *, late: bool) -> list[Contact]:
    times, now = settings.times_at(place.path), clock.now()
    found = []
    for row in figures.matters_counted(place.path, since, until):
        due = contact_due(row.raised_at, Urgency(row.urgency), times)
        if row.contacted_at is None and due > now:
            continue
        in_time = row.contacted_at is not None and row.contacted_at <= due
        if not (late and in_time):
            found.append(Contact(row, due, in_time))
    return found


def line_behind(row: Any, what: str) -> dict[str, Any]:
    """How one of them reads."""
    if isinstance(row, Contact):
        came = row.matter.contacted_at
        note = _("due %(moment)s") % {"moment": moment(row.due)}
        return _line(row.matter, moment(came) if came else _("nobody yet"), row.in_time, note, row.due)
    by_solved = what in ("resolution", "unsolved")
    solved = _("solved") if row.solved else _("not solved")
    said = solved if by_solved else str(SCORE_LABELS[row.score])
    good = row.solved if by_solved else row.score >= SATISFIED_FROM
    return _line(row.matter, said, good, moment(row.at), row.at)


def _line(matter: Any, said: str, good: bool, note: str, at: datetime) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "href": reverse("desk:matter", args=[matter.id]),
        "said": said,
        "tone": "go" if good else "late",
        "note": note,
        "at": at,
    }
