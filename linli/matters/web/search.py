"""The search box: by number, word, building, the raiser's name or phone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from linli.frame.doors import actor_of, door
from linli.frame.paging import page_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.kinds import Power
from linli.matters.read import lists
from linli.matters.read.lists import Filters
from linli.matters.web.desk import DESK
from linli.matters.web.registers import rows_of
from linli.people import read as people
from linli.people.kinds import Power as PeoplePower
from linli.places import read as places

MOST_BESIDE = 6


@door(DESK)
def search(request: HttpRequest) -> HttpResponse:
    """Matters first; buildings and residents beside them. A whole number leads straight to its matter."""
    actor, words = actor_of(request), request.GET.get("q", "").strip()[:60]
    page = page_of(request, lists.matters(actor, Filters(words=words))) if words else None
    if page and page.number == 1 and len(page.rows) == 1 and page.rows[0].number == words.upper():
        return HttpResponseRedirect(reverse("desk:matter", args=[page.rows[0].id]))
    matters = page.rows if page else []
    around, addresses = places.find_addressed(
        words,
        actor.paths(Power.READ),
        clock.today(),
        beside=[row.place for row in matters],
        limit=MOST_BESIDE,
    )
    context = {
        "words": words,
        "page": page,
        "rows": rows_of(matters, addresses),
        "orders": _orders(actor, words),
        "places": [
            {"label": addresses[row.id], "url": f"{reverse('desk:matters')}?place={row.path}"}
            for row in around
        ],
        "people": _people(actor, words),
    }
    return render(request, "matters/desk/search.html", context)


def _orders(actor: Actor, words: str) -> list[Any]:
    """Orders by number, unit or task; who sent them out is not shown here."""
    return list(lists.orders(actor, words=words).prefetch_related(None)[:MOST_BESIDE]) if words else []


def _people(actor: Actor, words: str) -> list[dict[str, Any]]:
    """Residents, masked; for staff who read the register."""
    rows: dict[UUID, Any] = {}
    for path in actor.paths(PeoplePower.READ) if words else []:
        rows.update((row.id, row) for row in people.search(words, path, clock.today()))
    found = []
    for row in list(rows.values())[:MOST_BESIDE]:
        shown = people.masked(row)
        found.append(
            {"name": shown.name, "phone": shown.phone, "url": reverse("people:person", args=[row.id])}
        )
    return found
