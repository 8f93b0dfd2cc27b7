"""Clocks stopped and set going, urging 催办, supervision 督办."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine, standing
from linli.matters.kinds import ChaseKind, Clock, Event, State
from linli.matters.models import Chase, Matter, Order, Step, Supervision, Suspension
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.matters.rules.orders import STOPS_AT_END
from linli.matters.rules.ties import Ties
from linli.notices.kinds import Topic


@transaction.atomic
def suspend(*, by: Actor, matter_id: UUID, reason: str, until: date, stops: Clock = Clock.MATTER) -> Matter:
    """挂账: stop the clock named, with the reason, until a day. The raiser is told both."""
    matter = engine.locked(matter_id)
    require(policies.may_suspend(by, matter))
    if not clocks.suspension_may_last(clock.now(), until):
        raise Refused("A suspension ends on a later day, within 90 days.", status=422)
    Suspension.objects.create(
        matter=matter, clock=stops.value, reason=reason, by_id=by.person_id, since=clock.now(), until=until
    )
    matter.state = State.SUSPENDED.value
    matter.save(update_fields=["state"])
    engine.tell_raisers(Topic.MATTER_SUSPENDED, matter, by=by, text=reason, until=until.isoformat())
    audit.record(
        Event.SUSPENDED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"clock": stops.value, "until": until.isoformat()},
    )
    return matter


@transaction.atomic
def resume(*, by: Actor, matter_id: UUID) -> Matter:
    """The clock goes on: what it stopped is due as much later as it stood still."""
    matter = engine.locked(matter_id)
    require(policies.may_resume(by, matter))
    suspension = Suspension.objects.select_for_update().get(matter=matter, resumed_at__isnull=True)
    times, moment = settings.times_at(matter.place_path), clock.now()
    suspension.resumed_at = moment
    suspension.save(update_fields=["resumed_at"])
    if matter.step_due_at is not None:
        matter.step_due_at = clocks.resumed_due(matter.step_due_at, suspension.since, moment, times)
        Step.objects.filter(matter=matter, left_at__isnull=True).update(due_at=matter.step_due_at)
    if suspension.clock == Clock.MATTER:
        matter.promised_at = clocks.resumed_due(matter.promised_at, suspension.since, moment, times)
        running = Order.objects.filter(matter=matter).exclude(state__in=STOPS_AT_END)
        for order in running.filter(suspended_at__isnull=True):  # one that waits alone counts its own time
            standing.go_on(order, suspension.since, moment, times)
    for watch in Supervision.objects.filter(matter=matter, answered_at__isnull=True, risen_at__isnull=True):
        watch.due_at = clocks.resumed_due(watch.due_at, suspension.since, moment, times)
        watch.save(update_fields=["due_at"])
    matter.state = State.OPEN.value
    matter.save(update_fields=["state", "step_due_at", "promised_at"])
    audit.record(Event.RESUMED, by=by, subject=matter, place_path=matter.place_path)
    return matter


@transaction.atomic
def postpone(*, by: Actor, matter_id: UUID, reason: str, until: date) -> Matter:
    """延期: a later promise, with the reason, by who approves more time. The raiser is told both.

    The present step may use the new time; orders ask for theirs themselves.
    """
    matter = engine.locked(matter_id)
    require(policies.may_postpone(by, matter))
    times = settings.times_at(matter.place_path)
    promised = datetime.combine(until, times.closing, clock.SHANGHAI)
    if promised <= max(matter.promised_at, clock.now()):
        raise Refused("The new date must be later than the promise.", status=422)
    if not clocks.suspension_may_last(clock.now(), until):
        raise Refused("More time ends within 90 days.", status=422)
    step = read.current_step(matter)
    if step is not None and matter.step_due_at == matter.promised_at:
        step.due_at = matter.step_due_at = promised
        step.save(update_fields=["due_at"])
    matter.promised_at = promised
    matter.save(update_fields=["promised_at", "step_due_at"])
    engine.tell_raisers(Topic.MATTER_POSTPONED, matter, by=by, text=reason, until=until.isoformat())
    audit.record(
        Event.POSTPONED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        fields=["promised_at"],
        data={"until": until.isoformat()},
    )
    return matter


@transaction.atomic
def urge(*, by: Actor, matter_id: UUID, ties: Ties, text: str = "", order_id: UUID | None = None) -> Chase:
    """催办: ask again, naming who is asked: the unit of an order, or the post that holds the matter.

    A raiser can urge once a day; more would only drown those who have urgent things.
    """
    matter = engine.locked(matter_id)
    require(policies.may_urge(by, matter, ties))
    recent = Chase.objects.filter(matter=matter, by_raiser=True, at__gte=clock.now() - clocks.URGE_PAUSE)
    if ties.is_party and recent.exists():
        raise Refused("It was urged within the last day already. They have been told.", status=409)
    order = _order_of(matter, order_id)
    return _chased(ChaseKind.URGE, matter, order, by, text, by_raiser=ties.is_party)


@transaction.atomic
def supervise(*, by: Actor, matter_id: UUID, text: str, order_id: UUID | None = None) -> Chase:
    """督办: a post above puts the holder, or the unit of an order, under its eye and says what it expects."""
    matter = engine.locked(matter_id)
    require(policies.may_supervise(by, matter))
    order = _order_of(matter, order_id)
    return _chased(ChaseKind.SUPERVISE, matter, order, by, text)


def _chased(
    kind: ChaseKind, matter: Matter, order: Order | None, by: Actor, text: str, *, by_raiser: bool = False
) -> Chase:
    """The unit of the order, or the post that holds the matter, is named, told, and on record."""
    chase = Chase.objects.create(
        matter=matter,
        order=order,
        kind=kind.value,
        unit=order.unit if order else None,
        post_id=None if order else matter.holder_id,
        by_id=by.person_id,
        by_raiser=by_raiser,
        text=text,
        at=clock.now(),
    )
    _tell_chased(Topic.URGED if kind is ChaseKind.URGE else Topic.SUPERVISED, matter, order, by, text)
    audit.record(
        Event.CHASED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"kind": kind.value, "unit": str(chase.unit_id or ""), "post": str(chase.post_id or "")},
    )
    return chase


def _order_of(matter: Matter, order_id: UUID | None) -> Order | None:
    """The order named, or the one running order there is: the unit chased is always named."""
    running = Order.objects.filter(matter=matter).exclude(state__in=STOPS_AT_END).select_related("unit")
    if order_id is not None:
        found = running.filter(id=order_id).first()
        if found is None:
            raise Refused("This order is not running any more.", status=409)
        return found
    only = list(running[:2])
    return only[0] if len(only) == 1 else None


def _tell_chased(topic: Topic, matter: Matter, order: Order | None, by: Actor, text: str) -> None:
    if order is not None and order.handler_id is not None:
        url = f"/desk/orders/{order.id}/"
        engine.tell_post(topic, matter, order.handler_id, by=by, url=url, text=text, unit=order.unit.name)
    elif matter.holder_id is not None:
        engine.tell_post(topic, matter, matter.holder_id, by=by, text=text)


@transaction.atomic
def answer_supervision(*, by: Actor, supervision_id: UUID, instruction: str) -> Supervision:
    """The supervisor whom lateness called acts: an instruction to the holder, kept in the story."""
    found = Supervision.objects.filter(id=supervision_id).first()
    if found is None:
        raise Refused(read.NOT_THERE, status=404)
    matter = engine.locked(found.matter_id)
    supervision = Supervision.objects.select_for_update().get(id=supervision_id)
    if supervision.post_id not in by.posts:
        raise Refused("This matter is not on your post.")
    if supervision.answered_at is not None:
        raise Refused("Somebody has already acted on it.", status=409)
    supervision.answered_at, supervision.answered_by_id = clock.now(), by.person_id
    supervision.instruction = instruction
    supervision.save(update_fields=["answered_at", "answered_by", "instruction"])
    if matter.holder_id is not None:
        engine.tell_post(Topic.SUPERVISED, matter, matter.holder_id, by=by, text=instruction)
    audit.record(
        Event.SUPERVISION_ANSWERED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        post_id=supervision.post_id,
    )
    return supervision
