"""An order as pages show it: its state, its turns, and what the reader may do with it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters import policies
from linli.matters.forms import handling
from linli.matters.forms import orders as forms_of
from linli.matters.kinds import OrderKind, OrderState, State, Urgency
from linli.matters.read import desk, settings
from linli.matters.rules import clocks
from linli.matters.rules.orders import STOPS_AT_END, OrderVerb, days_past_promise, may_go, may_wait
from linli.matters.web import for_groups
from linli.matters.web.desk_items import kept_in, with_query
from linli.matters.web.desk_triage import unit_choices
from linli.matters.wording import (
    ASSESSMENT_LABELS,
    ORDER_KIND_LABELS,
    ORDER_STATE_LABELS,
    ORDER_STATE_TONES,
    moment,
    turn_words,
)
from linli.organizations import read as organizations
from linli.people import read as people

FORMS: dict[str, type[forms.Form]] = {
    "accept": handling.Nothing,
    "report-in": forms_of.NoteForm,
    "return": forms_of.ReasonForm,
    "report": forms_of.ReportForm,
    "more-time": forms_of.MoreTimeForm,
    "verify": forms_of.NoteForm,
    "send-back": forms_of.SendBackForm,
    "review": forms_of.ReviewForm,
    "decide": forms_of.DecideForm,
    "withdraw": forms_of.ReasonForm,
    "suspend": forms_of.WaitForm,
    "go-on": handling.Nothing,
    "paper": forms_of.ReportForm,
    "assess-unit": forms_of.AssessForm,
    "assess-street": forms_of.AssessForm,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the reader may do with the order now."""

    act: str
    label: str
    form: forms.Form
    url: str
    variant: str = "plain"
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One order ready to be drawn."""

    order: Any
    kind: str
    state: str
    tone: str
    due: datetime | None
    due_caption: str
    report_in: str
    report_in_tone: str
    handler: str
    issuer: str
    turns: list[dict[str, str]]
    extension: Any
    past_promise: str
    offers: list[Offer]
    judged: list[dict[str, str]]
    photos: list[dict[str, str]]
    url: str
    slip_url: str
    copy: str
    on: bool = False


def form_for(act: str, order: Any, data: Any = None, files: Any = None) -> forms.Form:
    """The form of an act on an order, with what is likely already filled in."""
    shape = FORMS[act]
    options: dict[str, Any] = {"auto_id": f"{act}_{str(order.id)[-8:]}_%s"}
    if act == "review":
        options["units"] = unit_choices(order.matter.place_path)
    if data is None and act in ("more-time", "send-back"):
        options["initial"] = {"until": _later(order), "due_at": _again(order)}
    return shape(data, files, **options)


def _later(order: Any) -> datetime:
    """More time to offer: as long again as a matter of this urgency is promised."""
    times = settings.times_at(order.matter.place_path)
    start = max(order.due_at, clock.now())
    return clocks.promised_at(start, Urgency(order.matter.urgency), times)


def _again(order: Any) -> datetime:
    """A deadline to offer for doing it again: the promise while that lies ahead."""
    times = settings.times_at(order.matter.place_path)
    return clocks.latest_due(order.matter.promised_at, clock.now(), Urgency(order.matter.urgency), times)


class Who(NamedTuple):
    """What the persons and posts on orders are called."""

    names: Mapping[UUID, str]
    posts: organizations.PostNames


def who_is_on(orders: Iterable[Any]) -> Who:
    """The names of all who issued, handle or turned orders, in three queries."""
    turns = [turn for order in orders for turn in order.turns.all()]
    posts = {post for order in orders for post in (order.handler_id, order.issuer_id) if post}
    posts |= {turn.post_id for turn in turns if turn.post_id}
    language = get_language() or "zh-hans"
    return Who(
        people.names({turn.by_id for turn in turns if turn.by_id}),
        organizations.post_names(posts, language, clock.today()),
    )


def cards(request: HttpRequest, orders: list[Any], who: Who, *, at_matter: bool, on: str = "") -> list[Card]:
    """The orders of a page."""
    return [_card(request, order, who, at_matter, on) for order in orders]


def _card(request: HttpRequest, order: Any, who: Who, at_matter: bool, on: str) -> Card:
    waiting = next((row for row in order.extensions.all() if row.granted is None), None)
    stopped = order.state in STOPS_AT_END or order.suspended_at is not None
    running = not stopped and order.state != OrderState.REPORTED
    report_in, report_in_tone = _report_in(order)
    return Card(
        order=order,
        kind=str(ORDER_KIND_LABELS[order.kind]),
        state=str(ORDER_STATE_LABELS[order.state]),
        tone=ORDER_STATE_TONES.get(order.state, "plain"),
        due=order.due_at if running else None,
        due_caption=moment(order.due_at),
        report_in=report_in,
        report_in_tone=report_in_tone,
        handler=who.posts.labels.get(order.handler_id, ""),
        issuer=who.posts.labels.get(order.issuer_id, ""),
        turns=[_turn(turn, order.kind, who) for turn in order.turns.all()],
        extension=waiting,
        past_promise=_past_promise(order, waiting) if waiting else "",
        offers=offers(request, order, waiting, at_matter=at_matter),
        judged=_judged(order),
        photos=[photo_of(one) for one in order.attachments.all()],
        url=reverse("desk:order", args=[order.id]),
        slip_url=reverse("desk:order_slip", args=[order.id]),
        copy=for_groups.of_order(request, order),
        on=on == str(order.id),
    )


def _past_promise(order: Any, waiting: Any) -> str:
    """By how much more time passes what the raiser was promised, for who decides; empty where it keeps it."""
    matter = order.matter
    days = days_past_promise(waiting.until, matter.promised_at, matter.state == State.SUSPENDED)
    if not days or matter.state == State.CLOSED:
        return ""
    words = ngettext(
        "This passes the day promised to the raiser, %(promised)s, by %(n)s day.",
        "This passes the day promised to the raiser, %(promised)s, by %(n)s days.",
        days,
    )
    return words % {"promised": moment(matter.promised_at), "n": days}


def photo_of(attachment: Any) -> dict[str, str]:
    """A file of a matter or order as a picture with a link."""
    url = f"/files/{attachment.id}/"
    is_picture = attachment.file.media_type.startswith("image/")
    return {"url": url, "small": f"{url}?thumbnail=1" if is_picture else "", "name": attachment.file.name}


def _turn(turn: Any, kind: str, who: Who) -> dict[str, str]:
    by = (who.names.get(turn.by_id, ""), who.posts.titles.get(turn.post_id, ""))
    return {
        "time": moment(turn.at),
        "who": " · ".join(part for part in by if part),
        "text": turn_words(turn.verb, kind),
        "note": turn.text,
    }


def _report_in(order: Any) -> tuple[str, str]:
    if order.kind != OrderKind.WHISTLE:
        return "", "plain"
    due, came = order.report_in_due_at, order.reported_in_at
    if came is None:
        late = due is not None and clock.now() > due
        text = _("to report in by %(moment)s") % {"moment": moment(due)}
        return text, "late" if late else "soon"
    if due is not None and came > due:
        return _("reported in late, %(moment)s") % {"moment": moment(came)}, "late"
    return _("reported in, %(moment)s") % {"moment": moment(came)}, "go"


def _judged(order: Any) -> list[dict[str, str]]:
    rows = []
    for of_unit, row in desk.assessments(order).items():
        title = _("The street on the unit") if of_unit else _("The unit on the street")
        rows.append({"label": title, "value": str(ASSESSMENT_LABELS[row.score]), "note": row.text})
    return rows


def offers(request: HttpRequest, order: Any, waiting: Any, *, at_matter: bool) -> list[Offer]:
    """The acts open to the reader in the order's present state, the likeliest first; each leads back to where
    it was pressed."""
    actor, found = actor_of(request), []
    back = kept_in(request) | ({"at": "matter"} if at_matter else {})
    for act, label, variant, allowed in _acts(order, actor, waiting):
        if allowed:
            url = with_query(reverse("desk:order_act", args=[order.id, act]), back)
            form = form_for(act, order)
            found.append(Offer(act, label, form, url, variant, plain=FORMS[act] is handling.Nothing))
    return found


def _acts(order: Any, actor: Actor, waiting: Any) -> list[tuple[str, str, str, bool]]:
    state = OrderState(order.state)

    def can(verb: OrderVerb) -> bool:
        return bool(may_go(state, verb, OrderKind(order.kind)))

    handles = bool(policies.may_handle(actor, order))
    verifies = bool(policies.may_verify(actor, order))
    returned = next((turn.by_id for turn in reversed(list(order.turns.all())) if turn.verb == "return"), None)
    live = order.matter.state != State.CLOSED
    whistled = order.kind == OrderKind.WHISTLE
    judged = desk.assessments(order)
    waits = order.suspended_at is not None
    may_more = handles and waiting is None and can(OrderVerb.REPORT) and not waits
    may_stop = bool(policies.may_suspend_order(actor, order) and may_wait(state, suspended=waits))
    goes_on = waits and bool(policies.may_resume_order(actor, order))
    may_judge = whistled and order.reported_at is not None
    street = bool(policies.may_assess(actor, order, True)) and may_judge and True not in judged
    unit = bool(policies.may_assess(actor, order, False)) and may_judge and False not in judged
    decides = waiting is not None and bool(policies.may_decide_extension(actor, waiting))
    reviews = can(OrderVerb.UPHOLD)
    by_paper = can(OrderVerb.REPORT) and bool(policies.may_enter_paper(actor, order))
    reviews = reviews and bool(policies.may_review(actor, order, returned))
    takes_back = live and can(OrderVerb.WITHDRAW) and bool(policies.may_withdraw_order(actor, order))
    reports_in = whistled and order.reported_in_at is None and can(OrderVerb.REPORT_IN)
    return [
        ("report-in", _("Report in"), "primary", handles and reports_in),
        ("accept", _("Accept"), "primary", handles and not whistled and can(OrderVerb.ACCEPT)),
        ("report", _("Report the result"), "primary", handles and can(OrderVerb.REPORT) and not reports_in),
        ("more-time", _("Ask for more time"), "plain", may_more),
        ("return", _("Not ours, return it"), "quiet", handles and can(OrderVerb.RETURN)),
        ("verify", _("Verified, it is done"), "primary", verifies and can(OrderVerb.VERIFY)),
        ("send-back", _("Not done, send back"), "plain", verifies and can(OrderVerb.SEND_BACK)),
        ("review", _("Review the return"), "primary", reviews),
        ("decide", _("Decide on more time"), "primary", decides),
        ("paper", _("Enter the paper result"), "plain", by_paper),
        ("assess-unit", _("Assess how the unit did"), "plain", street),
        ("assess-street", _("Assess how the street did"), "plain", unit),
        ("go-on", _("Let the clock go on"), "plain", goes_on),
        ("suspend", _("Suspend this order"), "quiet", may_stop),
        ("withdraw", _("Withdraw the order"), "quiet", takes_back),
    ]
