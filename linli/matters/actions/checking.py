"""Checking orders: verifying a report, sending it back, deciding on more time, letting one wait."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine, orders, standing
from linli.matters.kinds import Event, OrderState, State
from linli.matters.models import Extension, Order
from linli.matters.rules import clocks
from linli.matters.rules.orders import (
    STOPS_AT_END,
    OrderVerb,
    days_past_promise,
    due_is_sound,
    extension_is_sound,
    may_go_on,
    may_wait,
)
from linli.notices.kinds import Topic


@transaction.atomic
def verify(*, by: Actor, order_id: UUID, note: str = "") -> Order:
    """The result was looked at and stands."""
    order = orders.locked(order_id)
    require(policies.may_verify(by, order))
    orders.go(order, OrderVerb.VERIFY)
    order.verified_at, order.verified_by_id, order.verified_key = clock.now(), by.person_id, by.key_id
    order.save(update_fields=["state", "verified_at", "verified_by", "verified_key"])
    orders.turn(order, by, "verify", note)
    audit.record(Event.ORDER_VERIFIED, by=by, subject=order, place_path=order.matter.place_path)
    return order


@transaction.atomic
def send_back(*, by: Actor, order_id: UUID, reason: str, due_at: datetime) -> Order:
    """返工: the result does not stand; the unit does it again until a new date."""
    order = orders.locked(order_id)
    require(policies.may_verify(by, order))
    require(due_is_sound(clock.now(), due_at), status=422)
    require(policies.may_be_due(order.matter, due_at, clock.now()), status=422)
    orders.go(order, OrderVerb.SEND_BACK)
    order.due_at = due_at
    order.save(update_fields=["state", "due_at"])
    orders.turn(order, by, "send_back", reason)
    orders.tell_unit(Topic.ORDER_REWORK, order, by=by)
    audit.record(Event.ORDER_SENT_BACK, by=by, subject=order, place_path=order.matter.place_path)
    return order


@transaction.atomic
def ask_extension(*, by: Actor, order_id: UUID, reason: str, until: datetime) -> Extension:
    """The unit asks for more time, with the reason. The deadline holds until somebody grants it."""
    order = orders.locked(order_id)
    require(policies.may_handle(by, order))
    require(extension_is_sound(order.due_at, until, clock.now()), status=422)
    if order.state in STOPS_AT_END or (order.reported_at and order.state == "reported"):
        raise Refused("This order needs no more time.", status=409)
    if order.suspended_at is not None:
        raise Refused("This order is suspended: its deadline moves by itself meanwhile.", status=409)
    if order.extensions.filter(granted__isnull=True).exists():
        raise Refused("A request for more time is already waiting.", status=409)
    extension = Extension.objects.create(
        order=order,
        reason=reason,
        until=until,
        asked_by_id=by.person_id,
        asked_key=by.key_id,
        asked_at=clock.now(),
    )
    orders.turn(order, by, "ask_extension", reason)
    orders.tell_issuer(Topic.EXTENSION_ASKED, order, by=by, text=reason)
    audit.record(Event.EXTENSION_ASKED, by=by, subject=order, place_path=order.matter.place_path)
    return extension


@transaction.atomic
def decide_extension(*, by: Actor, extension_id: UUID, granted: bool, note: str = "") -> Extension:
    """Grant or decline more time. Granted, the order's deadline becomes the date asked for; where that passes
    what the raiser was promised, the raiser is told the day and why."""
    found = Extension.objects.filter(id=extension_id).first()
    if found is None:
        raise Refused("There is no such order for you to see.", status=404)
    order = orders.locked(found.order_id)
    extension = Extension.objects.select_related("order__matter").get(id=extension_id)
    require(policies.may_decide_extension(by, extension))
    if extension.granted is not None:
        raise Refused("Somebody has already decided on it.", status=409)
    extension.granted, extension.decision_note = granted, note
    extension.decided_at, extension.decided_by_id, extension.decided_key = (
        clock.now(),
        by.person_id,
        by.key_id,
    )
    extension.save(update_fields=["granted", "decision_note", "decided_by", "decided_key", "decided_at"])
    if granted:
        order.due_at = extension.until
        order.save(update_fields=["due_at"])
        _tell_if_past_promise(order, extension, note, by)
    orders.turn(order, by, "grant_extension" if granted else "decline_extension", note)
    orders.tell_unit(Topic.EXTENSION_DECIDED, order, by=by)
    audit.record(
        Event.EXTENSION_DECIDED,
        by=by,
        subject=order,
        place_path=order.matter.place_path,
        fields=["due_at"] if granted else [],
        data={"granted": granted},
    )
    return extension


def _tell_if_past_promise(order: Order, extension: Extension, note: str, by: Actor) -> None:
    """The promise stands as it was given, so that it is counted as broken; nobody learns of it by waiting."""
    matter = order.matter
    if matter.state == State.CLOSED:
        return
    suspended = matter.state == State.SUSPENDED
    if not days_past_promise(extension.until, matter.promised_at, suspended):
        return
    until = clock.local(extension.until).date().isoformat()
    engine.tell_raisers(Topic.MATTER_POSTPONED, matter, by=by, text=note or extension.reason, until=until)


@transaction.atomic
def suspend(*, by: Actor, order_id: UUID, reason: str, until: date | None = None) -> Order:
    """挂起: the clock of one order stops, with the reason, until a day, or without one until somebody lifts
    it; 90 days at most. The other units work on, and what the raiser was promised stays as it was."""
    order = orders.locked(order_id)
    require(policies.may_suspend_order(by, order))
    require(may_wait(OrderState(order.state), suspended=order.suspended_at is not None), status=409)
    last = until or clock.today() + clocks.LONGEST_SUSPENSION
    if not clocks.suspension_may_last(clock.now(), last):
        raise Refused("A suspension ends on a later day, within 90 days.", status=422)
    order.suspended_at, order.suspended_until, order.suspended_why = clock.now(), last, reason
    order.save(update_fields=["suspended_at", "suspended_until", "suspended_why"])
    orders.turn(order, by, "suspend", reason)
    orders.tell_unit(Topic.ORDER_SUSPENDED, order, by=by, text=reason, until=last.isoformat())
    audit.record(
        Event.ORDER_SUSPENDED,
        by=by,
        subject=order,
        place_path=order.matter.place_path,
        data={"until": last.isoformat()},
    )
    return order


@transaction.atomic
def resume(*, by: Actor, order_id: UUID) -> Order:
    """The clock of the order goes on: it is due as much later as it stood still."""
    order = orders.locked(order_id)
    require(policies.may_resume_order(by, order))
    require(may_go_on(suspended=order.suspended_at is not None), status=409)
    standing.lift(order)
    orders.turn(order, by, "resume")
    orders.tell_unit(Topic.ORDER_RESUMED, order, by=by)
    audit.record(
        Event.ORDER_RESUMED, by=by, subject=order, place_path=order.matter.place_path, fields=["due_at"]
    )
    return order
