"""How the clock of an order goes on after it stood still. Used by the verbs here, by nobody else."""

from datetime import datetime

from linli.kernel import clock
from linli.matters.kinds import Clock
from linli.matters.models import Order, Suspension
from linli.matters.read import settings
from linli.matters.rules import clocks


def go_on(order: Order, since: datetime, now: datetime, times: clocks.Times) -> None:
    """An order's deadline, and the time to report in while nobody has, are as much later as they stood."""
    order.due_at = clocks.resumed_due(order.due_at, since, now, times)
    if order.report_in_due_at is not None and order.reported_in_at is None:
        order.report_in_due_at = clocks.resumed_due(order.report_in_due_at, since, now, times)
    order.save(update_fields=["due_at", "report_in_due_at"])


def lift(order: Order) -> None:
    """End what stopped this order alone. Where its whole matter waits meanwhile, the time since then is added
    when the matter goes on: no hour counts twice."""
    if order.suspended_at is None:
        return
    whole = Suspension.objects.filter(
        matter_id=order.matter_id, clock=Clock.MATTER, resumed_at__isnull=True
    ).first()
    until = whole.since if whole else clock.now()
    go_on(order, order.suspended_at, until, settings.times_at(order.matter.place_path))
    order.suspended_at, order.suspended_until, order.suspended_why = None, None, ""
    order.save(update_fields=["suspended_at", "suspended_until", "suspended_why"])
