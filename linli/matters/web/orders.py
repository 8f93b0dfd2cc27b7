"""Orders: the list, one order for its unit and its issuer, what each may do with it, and its A4 slip."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.documents.rules import MOST_BYTES
from linli.frame import qr
from linli.frame.doors import actor_of, door, once, told_in
from linli.frame.paging import Page, page_of
from linli.frame.photos import as_sent
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions import checking, files, whistles
from linli.matters.actions import orders as acting
from linli.matters.kinds import OrderKind
from linli.matters.read import lists, one
from linli.matters.rules.ties import Ties
from linli.matters.web import for_groups, order_cards
from linli.matters.web.desk import DESK
from linli.matters.web.desk_items import kept_in, shown, takes_out, with_query
from linli.matters.wording import ORDER_KIND_LABELS, ORDER_STATE_LABELS, ORDER_STATE_TONES, on_paper
from linli.places import read as places

Said = Mapping[str, Any]
SEEING_TIES = Ties(handles_order=True)


@door(DESK)
def order_list(request: HttpRequest) -> HttpResponse:
    """派单台账: every order the actor may see, narrowed by state, kind and words."""
    state, kind, words = order_filters(request)
    rows = lists.orders(actor_of(request), kind=kind, state=state, words=words)
    page = page_of(request, rows)
    addresses = places.address_map({row.matter.place_id: row.matter.place for row in page.rows}.values())
    context = {
        "page": page,
        "rows": [
            {
                "order": row,
                "address": addresses.get(row.matter.place_id, ""),
                "state": ORDER_STATE_LABELS[row.state],
                "tone": ORDER_STATE_TONES.get(row.state, "plain"),
                "kind": ORDER_KIND_LABELS[row.kind],
                "running": row.state in lists.RUNNING and row.suspended_at is None,
            }
            for row in page.rows
        ],
        "states": [("", _("All states")), *_states()],
        "kinds": [("", _("Orders and whistles")), *ORDER_KIND_LABELS.items()],
        "state": state,
        "kind": kind or "",
        "words": words,
        "query": request.GET.urlencode(),
        "may_export": takes_out(actor_of(request)),
    }
    context["copy"] = _for_group(request, page, state, kind)
    return render(request, "matters/desk/orders.html", context)


def _states() -> list[tuple[str, Any]]:
    """What the list can be narrowed to."""
    wide = [("running", _("Running")), ("late", _("Late")), ("suspended", _("Suspended"))]
    return wide + list(ORDER_STATE_LABELS.items())


def _for_group(request: HttpRequest, page: Page, state: str, kind: OrderKind | None) -> str:
    """The page's orders to be copied, under the filters that are named; what was searched for is not."""
    named = [ORDER_KIND_LABELS[kind] if kind else _("Orders and whistles")]
    named += [label for value, label in _states() if state and value == state]
    around = places.name_around(next(iter(actor_of(request).paths()), "/"))
    more = _("There are more.") if page.has_next else ""
    return for_groups.of_orders(request, around, " · ".join(map(str, named)), page.rows, more)


def order_filters(request: HttpRequest) -> tuple[str, OrderKind | None, str]:
    """State, kind and words asked for; anything unknown is left out."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    known = {"running", "late", "suspended", *(str(each) for each in ORDER_STATE_LABELS)}
    chosen = OrderKind(kind) if kind in {each.value for each in OrderKind} else None
    return state if state in known else "", chosen, request.GET.get("q", "").strip()[:60]


def seen(request: HttpRequest, order_id: UUID) -> Any:
    """The order, if it is the actor's unit's or over their places; otherwise it is not there."""
    order, actor = one.whole_order(order_id), actor_of(request)
    require(policies.may_see_order(actor, order, one.ties(actor, order.matter)), status=MISSING)
    return order


@door(DESK)
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order. Its unit sees the task and the place, never who raised the matter."""
    return page(request, seen(request, order_id))


def page(
    request: HttpRequest, found: Any, bound: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page; `bound` is the form of one act that came back."""
    request.desk_list = request.GET.get("in", "mine")  # type: ignore[attr-defined]  # for the sidebar
    [card] = order_cards.cards(request, [found], order_cards.who_is_on([found]), at_matter=False)
    if bound:
        offers = [replace(offer, form=bound.get(offer.act, offer.form)) for offer in card.offers]
        card = replace(card, offers=offers)
    staff = policies.is_staff(actor_of(request), found.matter)
    pictures = [] if found.matter.confidential else one.attachments(found.matter, internal=False)
    context = {
        "list": shown(request, request.GET.get("in", "mine"), str(found.id)),
        "may_enter": staff,
        "card": card,
        "m": found.matter,
        "staff": staff,
        "place": where_is(found.matter),
        "photos": [order_cards.photo_of(row) for row in pictures],
        "wrong": next((form for form in (bound or {}).values() if form.non_field_errors()), None),
    }
    return render(request, "matters/desk/order.html", context, status=status)


def where_is(matter: Any) -> str:
    """The place of a matter from its community down, with the raiser's words for the spot."""
    inside = places.address(matter.place) if matter.place_id != matter.community_id else ""
    return " ".join(part for part in (matter.community.name, inside, matter.where) if part)


@door(DESK, methods=("GET", "POST"))
def order_act(request: HttpRequest, order_id: UUID, name: str) -> HttpResponse:
    """One act on an order."""
    found, run = seen(request, order_id), ACTS.get(name)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:order", args=[order_id]))
    if run is None:
        raise Refused(one.NO_ORDER, status=MISSING)
    form = order_cards.form_for(name, found, request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, {name: form}, UNPROCESSABLE)

    def act() -> str:
        messages.success(request, run(request, found, form.cleaned_data))
        return address(request, found)

    try:
        return HttpResponseRedirect(once(request, act))
    except Refused as refusal:
        told_in(form, refusal)
        return page(request, seen(request, order_id), {name: form}, UNPROCESSABLE)


def address(request: HttpRequest, found: Any) -> str:
    """Back to where the act was pressed: the matter's page for staff who came from there."""
    if request.GET.get("at") == "matter" and policies.is_staff(actor_of(request), found.matter):
        kept = kept_in(request) | {"order": str(found.id)}
        return with_query(reverse("desk:matter", args=[found.matter_id]), kept)
    return with_query(reverse("desk:order", args=[found.id]), kept_in(request))


def _accept(request: HttpRequest, found: Any, said: Said) -> str:
    acting.accept(by=actor_of(request), order_id=found.id)
    return _("Accepted.")


def _report_in(request: HttpRequest, found: Any, said: Said) -> str:
    whistles.report_in(by=actor_of(request), order_id=found.id, text=said["note"])
    return _("Reported in.")


def _return(request: HttpRequest, found: Any, said: Said) -> str:
    acting.return_order(by=actor_of(request), order_id=found.id, reason=said["reason"])
    return _("Returned. It is reviewed by the post that sent it.")


def _report(request: HttpRequest, found: Any, said: Said) -> str:
    _keep_photos(request, found, said)
    acting.report(by=actor_of(request), order_id=found.id, text=said["text"])
    return _("Reported. It waits to be verified.")


def _paper(request: HttpRequest, found: Any, said: Said) -> str:
    _keep_photos(request, found, said)
    acting.enter_paper_report(by=actor_of(request), order_id=found.id, text=said["text"])
    return _("The paper result is entered for %(unit)s.") % {"unit": found.unit.name}


def _keep_photos(request: HttpRequest, found: Any, said: Said) -> None:
    actor = actor_of(request)
    for name, content in as_sent(said["photos"], most_bytes=MOST_BYTES):
        files.attach(
            by=actor,
            matter_id=found.matter_id,
            ties=SEEING_TIES,
            content=content,
            name=name,
            order_id=found.id,
        )


def _more_time(request: HttpRequest, found: Any, said: Said) -> str:
    checking.ask_extension(
        by=actor_of(request), order_id=found.id, reason=said["reason"], until=said["until"]
    )
    return _("Asked. The deadline stands until somebody grants it.")


def _verify(request: HttpRequest, found: Any, said: Said) -> str:
    checking.verify(by=actor_of(request), order_id=found.id, note=said["note"])
    return _("Verified.")


def _send_back(request: HttpRequest, found: Any, said: Said) -> str:
    checking.send_back(by=actor_of(request), order_id=found.id, reason=said["reason"], due_at=said["due_at"])
    return _("Sent back. The unit is told what is missing.")


def _review(request: HttpRequest, found: Any, said: Said) -> str:
    new = UUID(said["unit"]) if said["decision"] == "reassign" else None
    acting.review_return(by=actor_of(request), order_id=found.id, note=said["note"], new_unit_id=new)
    return _("It goes to the other unit.") if new else _("It stays with the unit. It is told why.")


def _decide(request: HttpRequest, found: Any, said: Said) -> str:
    waiting = one.pending_extension(found)
    if waiting is None:
        raise Refused("Somebody has already decided on it.", status=409)
    granted = said["granted"] == "yes"
    checking.decide_extension(
        by=actor_of(request), extension_id=waiting.id, granted=granted, note=said["note"]
    )
    return _("More time is granted.") if granted else _("Declined. The deadline stands.")


def _withdraw(request: HttpRequest, found: Any, said: Said) -> str:
    acting.withdraw_order(by=actor_of(request), order_id=found.id, reason=said["reason"])
    return _("The order is withdrawn.")


def _suspend(request: HttpRequest, found: Any, said: Said) -> str:
    checking.suspend(by=actor_of(request), order_id=found.id, reason=said["reason"], until=said["until"])
    return _("Suspended. The unit is told; the other units work on.")


def _go_on(request: HttpRequest, found: Any, said: Said) -> str:
    checking.resume(by=actor_of(request), order_id=found.id)
    return _("The clock goes on.")


def _assess_unit(request: HttpRequest, found: Any, said: Said) -> str:
    return _assess(request, found, said, of_unit=True)


def _assess_street(request: HttpRequest, found: Any, said: Said) -> str:
    return _assess(request, found, said, of_unit=False)


def _assess(request: HttpRequest, found: Any, said: Said, *, of_unit: bool) -> str:
    whistles.assess(
        by=actor_of(request), order_id=found.id, of_unit=of_unit, score=int(said["score"]), text=said["text"]
    )
    return _("Your assessment is noted.")


ACTS: Mapping[str, Callable[[HttpRequest, Any, Said], str]] = {
    "accept": _accept,
    "report-in": _report_in,
    "return": _return,
    "report": _report,
    "paper": _paper,
    "more-time": _more_time,
    "verify": _verify,
    "send-back": _send_back,
    "review": _review,
    "decide": _decide,
    "withdraw": _withdraw,
    "suspend": _suspend,
    "go-on": _go_on,
    "assess-unit": _assess_unit,
    "assess-street": _assess_street,
}


@door(DESK)
def order_slip(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """派单单据: one A4 page to carry, with room to write the result; the code leads back to the order."""
    found = seen(request, order_id)
    url = request.build_absolute_uri(reverse("desk:order", args=[found.id]))
    [card] = order_cards.cards(request, [found], order_cards.who_is_on([found]), at_matter=False)
    context = {
        "card": card,
        "m": found.matter,
        "place": where_is(found.matter),
        "issued": on_paper(found.issued_at),
        "due": on_paper(found.due_at),
        "report_in_due": on_paper(found.report_in_due_at),
        "qr": qr.svg(url, label=_("Opens this order")),
        "waits_since": on_paper(found.suspended_at),
        "waits_until": found.suspended_until.isoformat() if found.suspended_until else "",
        "is_whistle": found.kind == OrderKind.WHISTLE,
    }
    return render(request, "matters/print/order_slip.html", context)
