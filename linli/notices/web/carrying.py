"""The desk's calls to make and slips to print, for people without the app."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, holds, once
from linli.frame.paging import page_of
from linli.kernel.decision import MISSING, Refused
from linli.kernel.names import mask_phone
from linli.notices import actions, policies, read, rules
from linli.notices.kinds import Channel

CARRIERS = holds(policies.CARRY)
MOST_SLIPS = 60  # of one printing: thirty sheets


@door(CARRIERS)
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call, the longest waiting first, and what to tell them."""
    actor = actor_of(request)
    page = page_of(request, read.waiting_deliveries(actor, Channel.CALL))
    context = {"page": page, "rows": _rows(page.rows), "tabs": _tabs(request, Channel.CALL)}
    return render(request, "notices/desk_calls.html", context)


@door(CARRIERS, methods=("POST",))
def call_done(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """The call was made: reached or not."""
    reached = request.POST.get("outcome") == "reached"
    return done(
        request,
        lambda: actions.complete_call(by=actor_of(request), delivery_id=delivery_id, reached=reached),
        _("Noted.") if reached else _("Noted. A slip waits to be printed instead."),
        to=reverse("notices_desk:calls"),
    )


@door(CARRIERS, methods=("GET", "POST"))
def slips(request: HttpRequest) -> HttpResponse:
    """The slips waiting to be printed; sending the form marks the chosen ones and shows their sheets."""
    actor = actor_of(request)
    if request.method == "POST":
        return HttpResponseRedirect(once(request, lambda: _print(request)))
    page = page_of(request, read.waiting_deliveries(actor, Channel.SLIP), per_page=MOST_SLIPS)
    context = {"page": page, "rows": _rows(page.rows), "tabs": _tabs(request, Channel.SLIP)}
    return render(request, "notices/desk_slips.html", context)


@door(CARRIERS)
def printed(request: HttpRequest, batch: int) -> HttpResponse:
    """The sheets of one printing, two slips on each; they can be opened again when the printer jammed."""
    person_id = actor_of(request).person_id
    found = read.printed_slips(person_id, rules.batch_moment(batch)) if person_id else []
    if not found:
        raise Refused("These slips are not here.", status=MISSING)
    return render(request, "notices/slips_print.html", {"rows": _rows(found)})


def _print(request: HttpRequest) -> str:
    chosen: list[UUID] = []
    for text in request.POST.getlist("selected")[:MOST_SLIPS]:
        try:
            chosen.append(UUID(text))
        except ValueError as error:
            raise Refused("These slips are not here.", status=MISSING) from error
    moment = actions.print_slips(by=actor_of(request), delivery_ids=chosen)
    return reverse("notices_desk:slips_printed", args=[rules.batch_number(moment)])


def _tabs(request: HttpRequest, on: Channel) -> list[dict[str, Any]]:
    counts = read.waiting_counts(actor_of(request))
    views = ((Channel.CALL, _("To call"), "calls"), (Channel.SLIP, _("To print"), "slips"))
    return [
        {
            "label": label,
            "url": reverse(f"notices_desk:{name}"),
            "on": channel is on,
            "count": counts[channel.value],
        }
        for channel, label, name in views
    ]


def _rows(deliveries: list[Any]) -> list[dict[str, Any]]:
    addresses = read.addresses(each.notice.person_id for each in deliveries)
    return [
        {
            "delivery": each,
            "person": each.notice.person,
            "phone": mask_phone(each.notice.person.phone) if each.notice.person.phone else "",
            "address": addresses.get(each.notice.person_id, ""),
        }
        for each in deliveries
    ]
