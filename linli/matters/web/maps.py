"""Maps: open matters for staff, with the same in a list beside it, and outlines for everybody's map."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.frame.doors import ANYONE, actor_of, door
from linli.kernel import clock
from linli.kernel.decision import MISSING, Refused
from linli.matters.read import maps as read
from linli.matters.rules import spots
from linli.matters.web.desk import READERS
from linli.matters.web.registers import communities_of
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.rules import features

KEPT_SECONDS = 300


@door(ANYONE)
def outlines(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The outlines of a community with their names, which every poster and address names as well."""
    community = places.place(place_id)
    if community is None or community.kind != PlaceKind.COMMUNITY:
        raise Refused("This place is not known.", status=MISSING)
    rows = [
        {
            "outline": each.outline,
            "id": str(each.id),
            "name": each.name,
            "kind": each.kind,
            "illustrative": each.outline_illustrative,
        }
        for each in places.outlined(community.path, clock.today())
    ]
    response = JsonResponse(features.collection(rows), content_type="application/geo+json")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@door(READERS)
def desk_map(request: HttpRequest) -> HttpResponse:
    """The open matters of one community on the map, and under the same headings in a list."""
    actor = actor_of(request)
    communities = communities_of(actor)
    asked = request.GET.get("place", "")
    community = next((each for each in communities if each.path == asked), None)
    community = community or (communities[0] if communities else None)
    tabs = [
        {"label": each.name, "url": f"?{urlencode({'place': each.path})}", "on": each == community}
        for each in communities
    ]
    context: dict[str, Any] = {"tabs": tabs, "community": community}
    if community is not None:
        found = {each.placed.id: each for each in read.open_matters(actor, community.path)}
        gathered = spots.gather((each.placed for each in found.values()), read.marks(community.path))
        addresses = places.address_of_paths(spot.path for spot in gathered.spots if spot.path)
        rows = [_row(number, spot, addresses, found) for number, spot in enumerate(gathered.spots, start=1)]
        context |= {
            "rows": rows,
            "points": [row["point"] for row in rows],
            "off_map": [_matter(found[each]) for each in gathered.off_map],
            "count": len(found),
            "late": sum(each.placed.late for each in found.values()),
            "more": len(found) >= read.MOST,
        }
    return render(request, "matters/desk/map.html", context)


def _row(number: int, spot: spots.Spot, addresses: dict[str, str], found: dict[UUID, Any]) -> dict[str, Any]:
    """A mark with its heading in the list; the mark opens that heading."""
    title = addresses.get(spot.path, "") or found[spot.matters[0]].title
    count = len(spot.matters)
    words = ngettext("%(n)s matter", "%(n)s matters", count) % {"n": count}
    late = ngettext("%(n)s late", "%(n)s late", spot.late) % {"n": spot.late} if spot.late else ""
    label = ", ".join(part for part in (title, words, late) if part)
    longitude, latitude = spot.point
    return {
        "id": f"spot-{number}",
        "title": title,
        "words": words,
        "late": late,
        "own_spot": not spot.path,
        "matters": [_matter(found[each]) for each in spot.matters],
        "point": {
            "longitude": longitude,
            "latitude": latitude,
            "count": count,
            "late": bool(spot.late),
            "label": label,
            "opens": f"spot-{number}",
        },
    }


def _matter(shown: Any) -> dict[str, Any]:
    return {
        "title": shown.title,
        "number": shown.number,
        "url": reverse("desk:matter", args=[shown.placed.id]),
        "due": shown.due_at,
        "late": shown.placed.late,
        "state": _("Suspended") if shown.suspended else "",
    }
