"""事项台账: every matter of the actor's places, narrowed by filters, in pages, claimed in bulk, exported."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door
from linli.frame.paging import page_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.forms.triage import categories
from linli.matters.kinds import Channel, Power, State
from linli.matters.read import lists
from linli.matters.read.lists import Filters
from linli.matters.web import for_groups
from linli.matters.web.desk import READERS, may_enter
from linli.matters.web.desk_items import step_title
from linli.matters.wording import (
    CHANNEL_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    category_title,
    taxonomy,
)
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind

LISTED = (
    "number", "title", "state", "outcome", "kind", "category", "channel", "step_key", "procedure_id",
    "raised_at", "promised_at", "closed_at", "triaged_at", "step_due_at", "confidential", "published_at",
    "public_title", "place__path", "place__name", "place__kind", "community__name",
)  # fmt: skip
"""What of a matter the table and its text for a group show; the rest need not come along."""
CHOICES = [(each.value, STATE_LABELS[each]) for each in (State.SUSPENDED, State.CLOSED)]
SOMEBODYS = (PlaceKind.ENTRANCE, *UNITS)
STATES = ("open", *(each.value for each in State if each is not State.OPEN))


@door(READERS)
def matter_list(request: HttpRequest) -> HttpResponse:
    """The list with its filters."""
    actor = actor_of(request)
    filters = filters_of(request, actor)
    page = page_of(request, lists.matters(actor, filters).only(*LISTED))
    communities = communities_of(actor)
    around, *narrowed = filters_named(replace(filters, words="", place=_at_most(filters.place)), communities)
    context = {
        "page": page,
        "rows": rows_of(page.rows, places.address_map(row.place for row in page.rows)),
        "f": filters,
        "asked": {name: request.GET.get(name, "") for name in FIELDS},
        "states": [("", _("All states")), ("open", _("Not closed")), *CHOICES],
        "channels": [("", _("All channels")), *CHANNEL_LABELS.items()],
        "categories": categories(),
        "communities": communities,
        "copy": for_groups.of_matters(
            request,
            around,
            " · ".join([_("All matters"), *narrowed]),
            page.rows,
            _("There are more.") if page.has_next else "",
        ),
        "query": request.GET.urlencode(),
        "here": request.get_full_path(),
        "may_enter": may_enter(request),
        "may_export": any(grant.power == Power.EXPORT for grant in actor.grants),
        "narrowed": any(request.GET.get(name) for name in FIELDS),
    }
    return render(request, "matters/desk/matters.html", context)


FIELDS = ("q", "state", "category", "channel", "place", "late", "new", "since", "until")


def filters_of(request: HttpRequest, actor: Actor) -> Filters:
    """The filters asked for; what is not understood is left out rather than refused."""
    asked = {name: request.GET.get(name, "").strip() for name in FIELDS}
    place = asked["place"] if asked["place"].startswith("/") and asked["place"].endswith("/") else ""
    return Filters(
        words=asked["q"][:60],
        state=asked["state"] if asked["state"] in STATES else "",
        category=asked["category"] if asked["category"] in taxonomy().leaves else "",
        channel=asked["channel"] if asked["channel"] in {each.value for each in Channel} else "",
        place=place[:160],
        late=asked["late"] == "1",
        since=day_of(asked["since"]),
        until=day_of(asked["until"]),
        untriaged=asked["new"] == "1",
    )


def day_of(text: str) -> date | None:
    """A day as written in an address, or None."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if 2000 <= day.year <= 2200 else None
    return None


def communities_of(actor: Actor) -> list[Any]:
    """The communities the actor reads matters of."""
    paths = actor.paths(Power.READ)
    return places.communities_over(paths, clock.today())


def rows_of(matters: list[Any], addresses: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """The rows as the table shows them, each with the address of its place."""
    return [
        {
            "m": row,
            "href": reverse("desk:matter", args=[row.id]),
            "address": addresses.get(row.place_id, ""),
            "category": category_title(row.category) or str(KIND_LABELS.get(row.kind, "")),
            "channel": CHANNEL_LABELS.get(row.channel, row.channel),
            "state": OUTCOME_LABELS[row.outcome] if row.state == State.CLOSED else STATE_LABELS[row.state],
            "step": step_title(row),
            "due": row.step_due_at if row.state == State.OPEN else None,
            "new": row.triaged_at is None and row.state != State.CLOSED,
        }
        for row in matters
    ]


def _at_most(path: str) -> str:
    """The place as a chat group may read it: the building at most, since a home is somebody's."""
    line = places.chain_of_path(path) if path else []
    return next((row.path for row in reversed(line) if row.kind not in SOMEBODYS), "")


def filters_named(filters: Filters, communities: Iterable[Any]) -> list[str]:
    """Which rows a list holds, in words, the places first: for every export and over what is copied."""
    parts = []
    if filters.place:
        known = places.wide_names().get(filters.place) or places.address_of_paths([filters.place])
        parts.append(known if isinstance(known, str) else known[filters.place] or filters.place)
    else:
        parts.append(_(", ").join(row.name for row in list(communities)[:3]) or _("my places"))
    if filters.state:
        parts.append(_("Not closed") if filters.state == "open" else str(STATE_LABELS[filters.state]))
    if filters.category:
        parts.append(category_title(filters.category))
    if filters.channel:
        parts.append(str(CHANNEL_LABELS[filters.channel]))
    if filters.late:
        parts.append(_("Late"))
    if filters.untriaged:
        parts.append(_("Not sorted yet"))
    if filters.since or filters.until:
        parts.append(f"{filters.since or ''} – {filters.until or ''}")
    if filters.words:
        parts.append(f"“{filters.words}”")
    return parts
