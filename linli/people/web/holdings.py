"""What somebody owns, noted at the desk: a share of a home, or of a parking bay that is an owned part."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.people import actions, policies, read
from linli.people.forms import OwnForm, SoldForm
from linli.people.web.register import HOMES_SHOWN, KEEPERS, address, formed, keeping_path, readable
from linli.places import read as places
from linli.places.kinds import UNITS


@door(KEEPERS, methods=("GET", "POST"))
def own(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note what somebody owns: it is looked for first, then chosen."""
    row, paths = readable(request, person_id)
    require(policies.may_edit_person(actor_of(request), paths))
    words = request.GET.get("q", "").strip()[:60]
    scope = keeping_path(request)
    found = places.find_homes(words, scope, today(), HOMES_SHOWN, kinds=UNITS) if words else []
    addresses = places.address_map(found)
    form = OwnForm(request.POST or None, homes=[(each.id, addresses[each.id]) for each in found])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return done(
                request,
                lambda: actions.note_holding(
                    by=actor_of(request),
                    person_id=person_id,
                    home_id=said["home"],
                    starts=said["starts"],
                    numerator=said["numerator"],
                    denominator=said["denominator"],
                ),
                _("Noted."),
                to=address(person_id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"person": row, "masked": read.masked(row), "form": form, "words": words, "found": found}
    return render(request, "people/own.html", context, status=status_of(form))


@door(KEEPERS, methods=("GET", "POST"))
def end(request: HttpRequest, holding_id: UUID) -> HttpResponse:
    """Note that somebody owns it no longer."""
    held = read.holding(holding_id)
    if held is None:
        raise Refused("This is not known.", status=MISSING)
    row, paths = readable(request, held.person_id)
    require(policies.may_edit_person(actor_of(request), paths))
    form = SoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.end_holding(
                    by=actor_of(request), holding_id=holding_id, ends=form.cleaned_data["ends"]
                ),
                _("Noted."),
                to=address(row.id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    return formed(request, form, _("No longer theirs"), read.masked(row).name, address(row.id))
