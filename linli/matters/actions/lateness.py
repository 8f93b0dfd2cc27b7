"""Lateness: remind and urge tell people, escalation adds a supervisor who must act. Nothing moves."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.actions import engine
from linli.matters.kinds import Event, LatenessKind, State
from linli.matters.models import LatenessMark, Matter, Order, Step, Supervision
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.matters.rules.orders import STOPS_AT_END
from linli.notices.kinds import Topic
from linli.organizations import read as organizations

TOPICS = {
    LatenessKind.REMIND: Topic.MATTER_REMINDED,
    LatenessKind.URGE: Topic.MATTER_LATE,
    LatenessKind.ESCALATE: Topic.MATTER_ESCALATED,
}


@transaction.atomic
def mark_step(*, by: Actor, step_id: UUID) -> list[LatenessMark]:
    """Fire the lateness rules that have come into force for a stay at a step; each fires once."""
    step = Step.objects.filter(id=step_id).first()
    if step is None:
        return []
    matter = engine.locked(step.matter_id)
    step = Step.objects.get(id=step_id)
    if step.left_at is not None or matter.state != State.OPEN:
        return []
    late = settings.procedure_of(matter).step(step.key).late
    times = settings.times_at(matter.place_path)
    marks = []
    for kind in clocks.lateness(step.due_at, late, clock.now(), times):
        mark, is_new = LatenessMark.objects.get_or_create(
            step=step, kind=kind.value, due_at=step.due_at, defaults={"at": clock.now()}
        )
        if is_new:
            marks.append(mark)
            _tell_step(matter, kind, late.escalate, by)
            _record(matter, kind, by, {"step": step.key})
    return marks


def _tell_step(matter: Matter, kind: LatenessKind, escalate: str | None, by: Actor) -> None:
    if matter.holder_id is not None:
        engine.tell_post(TOPICS[kind], matter, matter.holder_id, by=by)
    if kind is LatenessKind.ESCALATE and escalate is not None:
        _escalate(matter, escalate, by)


def _escalate(matter: Matter, to_kind: str, by: Actor) -> None:
    """The post named becomes supervisor; where it already holds the matter, the post above it does."""
    post = engine.post_for(to_kind, matter.place_path)
    if post.id == matter.holder_id and post.above is not None:
        post = post.above
    Supervision.objects.get_or_create(
        matter=matter, post=post, answered_at__isnull=True, defaults={"since": clock.now()}
    )
    engine.tell_post(Topic.MATTER_ESCALATED, matter, post.id, by=by)


@transaction.atomic
def mark_order(*, by: Actor, order_id: UUID) -> list[LatenessMark]:
    """The same for an order. What is overdue by a working day goes to the post above the issuer."""
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        return []
    matter = engine.locked(order.matter_id)
    order = Order.objects.select_related("unit", "issuer__above").get(id=order_id)
    if order.state in STOPS_AT_END or order.state == "reported" or matter.state != State.OPEN:
        return []
    times = settings.times_at(matter.place_path)
    marks = []
    for kind in clocks.order_lateness(order.due_at, clock.now(), times):
        mark, is_new = LatenessMark.objects.get_or_create(
            order=order, kind=kind.value, due_at=order.due_at, defaults={"at": clock.now()}
        )
        if is_new:
            marks.append(mark)
            _tell_order(matter, order, kind, by)
            _record(matter, kind, by, {"order": str(order.id), "unit": str(order.unit_id)})
    return marks


def _tell_order(matter: Matter, order: Order, kind: LatenessKind, by: Actor) -> None:
    url = f"/desk/orders/{order.id}/"
    if order.handler_id is not None:
        topic = Topic.MATTER_REMINDED if kind is LatenessKind.REMIND else Topic.ORDER_LATE
        engine.tell_post(topic, matter, order.handler_id, by=by, url=url, unit=order.unit.name)
    if kind is LatenessKind.ESCALATE:
        post = order.issuer or matter.holder
        above = organizations.post_above(post) if post else None
        if above is not None:
            Supervision.objects.get_or_create(
                matter=matter, post=above, answered_at__isnull=True, defaults={"since": clock.now()}
            )
            engine.tell_post(Topic.MATTER_ESCALATED, matter, above.id, by=by, url=url)


def _record(matter: Matter, kind: LatenessKind, by: Actor, data: dict[str, str]) -> None:
    audit.record(
        Event.LATENESS_MARKED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"kind": kind.value, **data},
    )
