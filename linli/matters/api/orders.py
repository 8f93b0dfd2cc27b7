"""Orders for the systems of the units that work on them, and of those who issue and verify them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from linli.frame.api import Cursor, Given, Size, example, page_fields, reads, words, writes
from linli.frame.api import described as _
from linli.frame.doors import actor_of, holds
from linli.frame.paging import Order, stretch_of
from linli.kernel.decision import MISSING, require
from linli.matters import policies
from linli.matters.actions import checking
from linli.matters.actions import orders as acting
from linli.matters.api import told
from linli.matters.forms.words import MOST_TEXT
from linli.matters.kinds import OrderKind, OrderState, Power
from linli.matters.read import lists, one

router = Router(tags=[_("orders")])
SEEING = holds(Power.READ, Power.ORDER_HANDLE)
HANDLERS = holds(Power.ORDER_HANDLE)
NEWEST_FIRST = Order("issued_at", "id", descending=True)
MOST_REASON = 1000
MOST_NOTE = 500


class OrderFilters(Given):
    """What the list is narrowed by."""

    state: OrderState | None = None
    kind: OrderKind | None = None
    late: bool = Field(
        False, description=_("Only running orders past their deadline; `state` is not looked at.")
    )
    cursor: Cursor
    limit: Size


class ReasonGiven(Given):
    """Why it is not this unit's."""

    model_config = example(reason="这段路灯归供电所管")

    reason: words(MOST_REASON, least=1)  # type: ignore[valid-type]


class ReportGiven(Given):
    """What was done."""

    model_config = example(text="换了灯泡和线，当场试亮")

    text: words(MOST_TEXT, least=1)  # type: ignore[valid-type]


class NoteGiven(Given):
    """A word that may be left out."""

    note: words(MOST_NOTE) = ""  # type: ignore[valid-type]


@reads(router, "/orders", policy=SEEING, response=told.OrderPage, summary=_("List orders, newest first"))
def list_orders(request: HttpRequest, asked: Query[OrderFilters]) -> Any:
    """The orders of the key's own unit, and with matter.read those over its place."""
    state = "late" if asked.late else (asked.state or "")
    rows = lists.orders(actor_of(request), kind=asked.kind, state=state)
    stretch = stretch_of(rows, NEWEST_FIRST, cursor=asked.cursor, size=asked.limit)
    return {"orders": told.orders_told(stretch.rows), **page_fields(stretch)}


@reads(
    router,
    "/orders/{order_id}",
    policy=SEEING,
    response=told.OrderWhole,
    summary=_("Read one order"),
    missing=True,
)
def read_order(request: HttpRequest, order_id: UUID) -> Any:
    """With its story so far."""
    return _seen(request, order_id)


@writes(
    router,
    "/orders/{order_id}/accept",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Accept an order"),
    missing=True,
    bare=True,
)
def accept_order(request: HttpRequest, order_id: UUID) -> told.OrderWhole:
    """The unit takes it."""
    acting.accept(by=actor_of(request), order_id=order_id)
    return _seen(request, order_id)


@writes(
    router,
    "/orders/{order_id}/return",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Return an order, with the reason"),
    missing=True,
)
def return_order(request: HttpRequest, order_id: UUID, given: ReasonGiven) -> told.OrderWhole:
    """The unit says it is not its duty; whoever reviews returns decides."""
    acting.return_order(by=actor_of(request), order_id=order_id, reason=given.reason)
    return _seen(request, order_id)


@writes(
    router,
    "/orders/{order_id}/report",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Report what was done"),
    missing=True,
)
def report_order(request: HttpRequest, order_id: UUID, given: ReportGiven) -> told.OrderWhole:
    """It then waits to be verified."""
    acting.report(by=actor_of(request), order_id=order_id, text=given.text)
    return _seen(request, order_id)


@writes(
    router,
    "/orders/{order_id}/verify",
    policy=holds(Power.ORDER_VERIFY),
    response=told.OrderWhole,
    summary=_("Verify a reported result"),
    missing=True,
)
def verify_order(request: HttpRequest, order_id: UUID, given: NoteGiven) -> told.OrderWhole:
    """The result was looked at and stands. Nobody verifies their own work."""
    checking.verify(by=actor_of(request), order_id=order_id, note=given.note)
    return _whole(one.order(order_id))


def _seen(request: HttpRequest, order_id: UUID) -> told.OrderWhole:
    """The order, if the key may see it; otherwise it is not there."""
    found, actor = one.order(order_id), actor_of(request)
    require(policies.may_see_order(actor, found, one.ties(actor, found.matter)), status=MISSING)
    return _whole(found)


def _whole(found: Any) -> told.OrderWhole:
    return told.OrderWhole.model_validate(told.order_told(found))
