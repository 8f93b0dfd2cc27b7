"""Lateness: remind and urge tell people, escalation adds a supervisor who must act. Nothing moves."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.actions import engine
from linli.matters.kinds import Event, LatenessKind, State, Urgency
from linli.matters.models import LatenessMark, Matter, Order, Step, Supervision
from linli.matters.read import lists, settings
from linli.matters.rules import clocks
from linli.matters.rules.orders import REPORTS_IN_FROM, STOPS_AT_END
from linli.notices.kinds import Topic
from linli.organizations import read as organizations

if TYPE_CHECKING:
    from linli.organizations.models import Post

TOPICS = {
    LatenessKind.REMIND: Topic.MATTER_REMINDED,
    LatenessKind.URGE: Topic.MATTER_LATE,
    LatenessKind.ESCALATE: Topic.MATTER_ESCALATED,
}
ORDER_TOPICS = {
    LatenessKind.REMIND: Topic.MATTER_REMINDED,
    LatenessKind.URGE: Topic.ORDER_LATE,
    LatenessKind.ESCALATE: Topic.ORDER_LATE,
}
REPORT_IN_TOPICS = {
    LatenessKind.REMIND: Topic.WHISTLE_REMINDED,
    LatenessKind.URGE: Topic.WHISTLE_LATE,
    LatenessKind.ESCALATE: Topic.WHISTLE_LATE,
}


@transaction.atomic
def mark_step(*, by: Actor, step_id: UUID) -> list[LatenessMark]:
    """Fire the lateness rules that have come into force for a stay at a step; each fires once.

    Of several that did since the last look only the highest is told.
    """
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
            _record(matter, kind, by, {"step": step.key})
    if marks:
        _tell_step(matter, _highest(marks), late.escalate, by)
    return marks


def _highest(marks: list[LatenessMark]) -> LatenessKind:
    """The one of them people are told of: a reminder says nothing to whoever is told that it is overdue."""
    return clocks.highest([LatenessKind(mark.kind) for mark in marks])


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
    _call(matter, post, by)


def _call(matter: Matter, post: "Post", by: Actor, order: Order | None = None) -> Supervision:
    """Call a post to supervise, with its own limit; one that is called already keeps the limit it has. For an
    overdue order it is told which unit is chased."""
    due = clocks.supervision_due(clock.now(), Urgency(matter.urgency), settings.times_at(matter.place_path))
    supervision, _is_new = Supervision.objects.get_or_create(
        matter=matter,
        post=post,
        answered_at__isnull=True,
        defaults={"since": clock.now(), "due_at": due},
    )
    told = {"url": _page_of(order), "unit": order.unit.name} if order else {}
    engine.tell_post(Topic.MATTER_ESCALATED, matter, post.id, by=by, **told)
    return supervision


def _page_of(order: Order) -> str:
    return f"/desk/orders/{order.id}/"


@transaction.atomic
def raise_supervision(*, by: Actor, supervision_id: UUID) -> Supervision | None:
    """Take a supervision not answered within its limit to the post above, once; None where it rests."""
    found = Supervision.objects.filter(id=supervision_id).first()
    if found is None:
        return None
    matter = engine.locked(found.matter_id)
    below = Supervision.objects.select_related("post").get(id=supervision_id)
    settled = below.answered_at is not None or below.risen_at is not None
    if settled or matter.state != State.OPEN or not clocks.supervision_rises(below.due_at, clock.now()):
        return None
    above = organizations.post_above(below.post)
    if above is None:
        return None
    below.risen_at = clock.now()
    below.save(update_fields=["risen_at"])
    supervision = _call(matter, above, by, lists.overdue_order(matter))
    _record(matter, LatenessKind.ESCALATE, by, {"supervision": str(below.id), "post": str(above.id)})
    return supervision


@transaction.atomic
def mark_order(*, by: Actor, order_id: UUID) -> list[LatenessMark]:
    """The same for an order. What is overdue by a working day goes to the post above the issuer.

    A whistle nobody has reported in for is late by its time to report in as well.
    """
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        return []
    matter = engine.locked(order.matter_id)
    order = Order.objects.select_related("unit", "issuer__above").get(id=order_id)
    waits = order.suspended_at is not None or matter.state != State.OPEN
    if order.state in STOPS_AT_END or order.state == "reported" or waits:
        return []
    times, moment = settings.times_at(matter.place_path), clock.now()
    marks = []
    if order.report_in_due_at is not None and order.reported_in_at is None and order.state in REPORTS_IN_FROM:
        due = order.report_in_due_at
        kinds = clocks.report_in_lateness(order.issued_at, due, moment, times)
        marks += _mark(matter, order, due, kinds, by, report_in=True)
    kinds = clocks.order_lateness(order.due_at, moment, times)
    return marks + _mark(matter, order, order.due_at, kinds, by, report_in=False)


def _mark(
    matter: Matter, order: Order, due: datetime, kinds: list[LatenessKind], by: Actor, *, report_in: bool
) -> list[LatenessMark]:
    """Note what has come into force of one of an order's clocks, and tell of the highest of what is new."""
    marks = []
    for kind in kinds:
        mark, is_new = LatenessMark.objects.get_or_create(
            order=order, report_in=report_in, kind=kind.value, due_at=due, defaults={"at": clock.now()}
        )
        if is_new:
            marks.append(mark)
            which = {"order": str(order.id), "unit": str(order.unit_id)}
            _record(matter, kind, by, which | ({"clock": "report_in"} if report_in else {}))
    if marks:
        _tell_order(matter, order, _highest(marks), due, by, report_in=report_in)
    return marks


def _tell_order(
    matter: Matter, order: Order, kind: LatenessKind, due: datetime, by: Actor, *, report_in: bool
) -> None:
    if order.handler_id is not None:
        topic = (REPORT_IN_TOPICS if report_in else ORDER_TOPICS)[kind]
        told = {"unit": order.unit.name, "due": due.isoformat()}
        engine.tell_post(topic, matter, order.handler_id, by=by, url=_page_of(order), **told)
    if kind is LatenessKind.ESCALATE:
        post = order.issuer or matter.holder
        if post is not None:  # where nobody stands above who sent it, they have to act themselves
            _call(matter, organizations.post_above(post) or post, by, order)


def _record(matter: Matter, kind: LatenessKind, by: Actor, data: dict[str, str]) -> None:
    audit.record(
        Event.LATENESS_MARKED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"kind": kind.value, **data},
    )
