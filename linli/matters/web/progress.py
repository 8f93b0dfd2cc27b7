"""For somebody without a phone: where their matters stand, on a sheet to take home."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.frame.doors import actor_of, door, holds
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.matters import policies
from linli.matters.kinds import Power
from linli.matters.read import resident
from linli.matters.web.case import cards
from linli.matters.web.public import lines_to_call
from linli.people import policies as people_policies
from linli.people import read as people
from linli.places import read as places

MOST = 12  # what fits on the sheet, the latest


@door(holds(Power.READ))
def person_slip(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Their open matters, each with its number, who has it and until when; and whom to call."""
    actor, person = actor_of(request), people.person(person_id)
    if person is None:
        raise Refused("This person is not known.", status=MISSING)
    paths = people.paths_of(person_id, today())
    require(people_policies.may_read_person(actor, person_id, paths), status=MISSING)
    rows = resident.with_lines(resident.mine(person_id, closed=False))[:MOST]
    known = [row for row in rows if policies.may_see_raiser(actor, row)]
    home = people.home_of(person_id, today())
    community = places.community_of(home.path) if home else None
    context = {
        "person": person,
        "community": community,
        "cards": cards(known, reader=person_id),
        "lines": lines_to_call(home)[:3] if home else [],
        "today": today(),
    }
    response = render(request, "matters/print/person_slip.html", context)
    response["Cache-Control"] = "no-store"
    return response
