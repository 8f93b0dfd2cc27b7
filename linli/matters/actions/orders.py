"""Orders 工单: asking units for their share, and what the unit does with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine, serials, standing
from linli.matters.actions.learning import keep_unit
from linli.matters.kinds import Event, OrderKind, OrderState, Urgency
from linli.matters.models import Matter, Order, OrderTurn
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks, numbers
from linli.matters.rules.orders import (
    STOPS_AT_END,
    WAITS_THROUGH,
    OrderVerb,
    after,
    due_is_sound,
    may_go,
)
from linli.notices.kinds import Topic
from linli.organizations import read as organizations

if TYPE_CHECKING:
    from linli.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Ask:
    """One unit's share: who, what, until when. Joint orders are several of these.

    `report_in_at` is for a whistle: by when the unit is to be there; the local setting where None.
    """

    unit_id: UUID
    task: str
    due_at: datetime
    report_in_at: datetime | None = None


@transaction.atomic
def issue(
    *,
    by: Actor,
    matter_id: UUID,
    asks: Sequence[Ask],
    kind: OrderKind = OrderKind.ORDER,
    resolved: bool = False,
) -> list[Order]:
    """Issue one order per unit, each with its own deadline. A whistle adds a time to report in.

    A deadline lies within what the raiser was promised, but for one that a meeting `resolved`.
    """
    matter = engine.locked(matter_id)
    require(policies.may_issue(by, matter, whistle=kind is OrderKind.WHISTLE))
    if not asks:
        raise Refused("Choose at least one unit.", status=422)
    if not resolved:
        for ask in asks:
            require(policies.may_be_due(matter, ask.due_at, clock.now()), status=422)
    return [_issue_one(matter, ask, kind, by) for ask in asks]


def _issue_one(matter: Matter, ask: Ask, kind: OrderKind, by: Actor, replaces: Order | None = None) -> Order:
    unit = organizations.organization(ask.unit_id)
    if unit is None:
        raise Refused("There is no such unit. Please choose again.", status=422)
    _refuse_second_order(matter, unit)
    moment = clock.now()
    require(due_is_sound(moment, ask.due_at), status=422)
    handler = organizations.handler_post(unit.id, matter.place_path)
    times = settings.times_at(matter.place_path)
    report_in = ask.report_in_at or times.due(moment, times.setting("report_in", clocks.REPORT_IN))
    require(due_is_sound(moment, report_in), status=422)
    order = Order.objects.create(
        number=numbers.order_number(matter.number, serials.next_serial(serials.ORDERS)),
        matter=matter,
        kind=kind.value,
        unit=unit,
        handler=handler,
        issuer_id=_issuing_post(by, matter),
        issued_by_id=by.person_id,
        task=ask.task,
        issued_at=moment,
        due_at=ask.due_at,
        report_in_due_at=report_in if kind is OrderKind.WHISTLE else None,
        replaces=replaces,
    )
    turn(order, by, "issue", ask.task)
    if handler is not None:
        topic = Topic.WHISTLE if kind is OrderKind.WHISTLE else Topic.ORDER_ISSUED
        tell_unit(topic, order, by=by)
    audit.record(
        Event.ORDER_ISSUED,
        by=by,
        subject=order,
        place_path=matter.place_path,
        data={"matter": str(matter.id), "unit": str(unit.id), "kind": kind.value},
    )
    if kind is OrderKind.ORDER:
        keep_unit(matter, by=by)
    return order


def _refuse_second_order(matter: Matter, unit: "Organization") -> None:
    if matter.orders.filter(unit=unit).exclude(state__in=STOPS_AT_END).exists():
        raise Refused("%(unit)s already has a running order of this matter.", {"unit": unit.name}, status=409)


def _issuing_post(by: Actor, matter: Matter) -> UUID | None:
    """The post the order comes from: the matter's holder if the actor is it, else one of the actor's here."""
    if matter.holder_id in by.posts:
        return matter.holder_id
    here = [
        grant.post_id for grant in by.grants if matter.place_path.startswith(grant.path) and grant.post_id
    ]
    return here[0] if here else matter.holder_id


def locked(order_id: UUID) -> Order:
    """The order with its matter, both locked (matter first, so that two acts never wait crosswise)."""
    engine.locked_of_order(order_id)
    return read.order(order_id, lock=True)


def turn(order: Order, by: Actor, verb: str, text: str = "") -> OrderTurn:
    """Write one line of the order's own story."""
    post = next(iter(by.posts & {order.handler_id, order.issuer_id}), None)
    return OrderTurn.objects.create(
        order=order, verb=verb, text=text, by_id=by.person_id, post_id=post, at=clock.now()
    )


def tell_unit(topic: Topic, order: Order, *, by: Actor, **params: str) -> None:
    """A notice to the unit's handler."""
    if order.handler_id is not None:
        engine.tell_post(
            topic,
            order.matter,
            order.handler_id,
            by=by,
            url=f"/desk/orders/{order.id}/",
            unit=order.unit.name,
            due=order.due_at.isoformat(),
            **params,
        )


def tell_issuer(topic: Topic, order: Order, *, by: Actor, text: str = "") -> None:
    """A notice to the post the order came from."""
    if order.issuer_id is not None:
        engine.tell_post(
            topic,
            order.matter,
            order.issuer_id,
            by=by,
            url=f"/desk/orders/{order.id}/",
            unit=order.unit.name,
            text=text,
        )


def go(order: Order, verb: OrderVerb) -> None:
    """Check that the order's state lets this happen, and put it in the next one (unsaved).

    Work on an order that waits ends its waiting.
    """
    require(may_go(OrderState(order.state), verb, OrderKind(order.kind)), status=409)
    if verb not in WAITS_THROUGH:
        standing.lift(order)
    order.state = after(verb).value


@transaction.atomic
def accept(*, by: Actor, order_id: UUID) -> Order:
    """接单: the unit takes the order."""
    order = locked(order_id)
    require(policies.may_handle(by, order))
    go(order, OrderVerb.ACCEPT)
    order.accepted_at = clock.now()
    order.save(update_fields=["state", "accepted_at"])
    turn(order, by, "accept")
    audit.record(Event.ORDER_ACCEPTED, by=by, subject=order, place_path=order.matter.place_path)
    return order


@transaction.atomic
def report(*, by: Actor, order_id: UUID, text: str) -> Order:
    """The unit says what it did. Counts as accepted too where nobody had pressed accept."""
    order = locked(order_id)
    require(policies.may_handle(by, order))
    return _report(order, by, text, on_paper=False)


@transaction.atomic
def enter_paper_report(*, by: Actor, order_id: UUID, text: str) -> Order:
    """Type in what a unit without a computer wrote on its slip."""
    order = locked(order_id)
    require(policies.may_enter_paper(by, order))
    return _report(order, by, text, on_paper=True)


def _report(order: Order, by: Actor, text: str, *, on_paper: bool) -> Order:
    go(order, OrderVerb.REPORT)
    order.reported_at, order.report, order.on_paper = clock.now(), text, on_paper
    order.accepted_at = order.accepted_at or order.reported_at
    order.save(update_fields=["state", "reported_at", "report", "on_paper", "accepted_at"])
    turn(order, by, "report_on_paper" if on_paper else "report", text)
    tell_issuer(Topic.ORDER_REPORTED, order, by=by)
    audit.record(
        Event.ORDER_REPORTED,
        by=by,
        subject=order,
        place_path=order.matter.place_path,
        data={"on_paper": on_paper},
    )
    return order


@transaction.atomic
def withdraw_order(*, by: Actor, order_id: UUID, reason: str) -> Order:
    """Take an order back that is not needed any more."""
    order = locked(order_id)
    require(policies.may_withdraw_order(by, order))
    go(order, OrderVerb.WITHDRAW)
    order.save(update_fields=["state"])
    turn(order, by, "withdraw", reason)
    keep_unit(order.matter, by=by)
    audit.record(Event.ORDER_WITHDRAWN, by=by, subject=order, place_path=order.matter.place_path)
    return order


@transaction.atomic
def return_order(*, by: Actor, order_id: UUID, reason: str) -> Order:
    """派单异议: the unit says it is not its duty, and why; review decides."""
    order = locked(order_id)
    require(policies.may_handle(by, order))
    go(order, OrderVerb.RETURN)
    order.save(update_fields=["state"])
    turn(order, by, "return", reason)
    tell_issuer(Topic.ORDER_RETURNED, order, by=by, text=reason)
    audit.record(Event.ORDER_RETURNED, by=by, subject=order, place_path=order.matter.place_path)
    return order


@transaction.atomic
def review_return(
    *, by: Actor, order_id: UUID, note: str, new_unit_id: UUID | None = None, due_at: datetime | None = None
) -> Order:
    """Decide on a return: uphold the order, or reassign it to another unit. Gives the order that now runs."""
    order = locked(order_id)
    returned = order.turns.filter(verb="return").order_by("-at").first()
    require(policies.may_review(by, order, returned.by_id if returned else None))
    verb = OrderVerb.UPHOLD if new_unit_id is None else OrderVerb.REASSIGN
    go(order, verb)
    order.save(update_fields=["state"])
    turn(order, by, verb.value, note)
    tell_unit(Topic.ORDER_REVIEWED, order, by=by)
    audit.record(
        Event.ORDER_REVIEWED,
        by=by,
        subject=order,
        place_path=order.matter.place_path,
        data={"decision": verb.value},
    )
    if new_unit_id is None:
        return order
    times = settings.times_at(order.matter.place_path)
    if due_at is not None:
        require(policies.may_be_due(order.matter, due_at, clock.now()), status=422)
    fresh = clocks.latest_due(order.matter.promised_at, clock.now(), Urgency(order.matter.urgency), times)
    until = due_at or (order.due_at if order.due_at > clock.now() else fresh)
    return _issue_one(order.matter, Ask(new_unit_id, order.task, until), OrderKind(order.kind), by, order)
