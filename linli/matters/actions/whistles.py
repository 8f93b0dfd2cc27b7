"""吹哨·报到: departments report in at the street's whistle, and each side says how the other did."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import orders
from linli.matters.kinds import Event, OrderKind
from linli.matters.models import Assessment, Order
from linli.matters.rules.orders import OrderVerb
from linli.notices.kinds import Topic


@transaction.atomic
def report_in(*, by: Actor, order_id: UUID, text: str = "") -> Order:
    """报到: the department is there. In time or late, the moment is kept as it was."""
    order = orders.locked(order_id)
    require(policies.may_handle(by, order))
    if order.reported_in_at is not None:
        raise Refused("This department has already reported in.", status=409)
    orders.go(order, OrderVerb.REPORT_IN)
    order.reported_in_at = clock.now()
    order.accepted_at = order.accepted_at or order.reported_in_at
    order.save(update_fields=["state", "reported_in_at", "accepted_at"])
    orders.turn(order, by, "report_in", text)
    orders.tell_issuer(Topic.REPORTED_IN, order, by=by)
    late = order.report_in_due_at is not None and order.reported_in_at > order.report_in_due_at
    audit.record(
        Event.REPORTED_IN, by=by, subject=order, place_path=order.matter.place_path, data={"late": late}
    )
    return order


@transaction.atomic
def assess(*, by: Actor, order_id: UUID, of_unit: bool, score: int, text: str = "") -> Assessment:
    """双向考核: the street assesses the department, the department the street; once each, 1 to 5."""
    order = orders.locked(order_id)
    require(policies.may_assess(by, order, of_unit))
    if order.kind != OrderKind.WHISTLE or order.reported_at is None:
        raise Refused("Assessment comes after a whistle's result is reported.", status=409)
    if order.assessments.filter(of_unit=of_unit).exists():
        raise Refused("This side has already given its assessment.", status=409)
    if by.on_record is None or not 1 <= score <= 5:
        raise Refused("Please choose one of the five levels.", status=422)
    assessment = Assessment.objects.create(
        order=order,
        of_unit=of_unit,
        score=score,
        text=text,
        by_id=by.person_id,
        by_key=by.key_id,
        at=clock.now(),
    )
    audit.record(
        Event.ASSESSED,
        by=by,
        subject=order,
        place_path=order.matter.place_path,
        data={"of_unit": of_unit, "score": score},
    )
    return assessment
