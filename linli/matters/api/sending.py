"""Sending out and following up, for other systems: orders and whistles issued, reports sent back, returns and
requests for more time decided, both sides of a whistle assessed, urging and supervising."""

import re
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from linli.frame.api import Given, Told, example, words, writes
from linli.frame.api import described as _
from linli.frame.doors import actor_of, holds
from linli.kernel.decision import CONFLICT, Refused
from linli.matters.actions import checking, watching, whistles
from linli.matters.actions import orders as acting
from linli.matters.actions.orders import Ask
from linli.matters.api import told
from linli.matters.api.matters import router as of_matters
from linli.matters.api.matters import seen
from linli.matters.api.orders import HANDLERS, MOST_REASON, NoteGiven, ReasonGiven, ReportGiven
from linli.matters.kinds import OrderKind, Power
from linli.matters.read import one

router = Router(tags=[_("orders")])
MOST_UNITS: Final = 8  # as many as the desk's page takes at once
MOST_CHASE: Final = 300
MOST_DECISION: Final = 200
WRITTEN: Final = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def _moment(value: Any) -> datetime:
    """A moment as RFC 3339 writes it, of this century: others are slips."""
    reason = "A moment with its offset is needed, like 2026-11-20T18:00:00+08:00."
    if not isinstance(value, str) or not WRITTEN.fullmatch(value):
        raise PydanticCustomError("linli", reason)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("linli", reason) from error


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": f"^{WRITTEN.pattern}$"}),
]


class AskGiven(Given):
    """One unit's share."""

    unit: UUID = Field(description=_("The unit; ids of units stand with their orders."))
    task: words(2000, least=1)  # type: ignore[valid-type]
    due_at: Moment


class OrdersGiven(Given):
    """One order for each unit."""

    model_config = example(
        orders=[
            {
                "unit": "01a202d3-d57f-7842-9c22-c85eaae99d2d",
                "task": "看一下3号楼门口的路灯线路",
                "due_at": "2026-11-20T18:00:00+08:00",
            }
        ]
    )

    orders: list[AskGiven] = Field(min_length=1, max_length=MOST_UNITS)


class WhistleGiven(OrdersGiven):
    """A whistle for each unit, with the time by which it reports in."""

    report_in_at: Moment | None = Field(None, description=_("Left out: within the time set for this place."))


class MoreTimeGiven(Given):
    """Until when, and why."""

    model_config = example(reason="配件明天到", until="2026-11-23T18:00:00+08:00")

    reason: words(MOST_REASON, least=1)  # type: ignore[valid-type]
    until: Moment


class DecisionGiven(Given):
    """Whether more time is granted."""

    model_config = example(granted=True, note="配件没到，同意")

    granted: Annotated[bool, Field(strict=True)]
    note: words(MOST_DECISION) = ""  # type: ignore[valid-type]


class SentBackGiven(Given):
    """What is not done yet, and the new deadline."""

    model_config = example(reason="灯还是一闪一闪的", due_at="2026-11-23T18:00:00+08:00")

    reason: words(MOST_REASON, least=1)  # type: ignore[valid-type]
    due_at: Moment


class ReviewGiven(Given):
    """What is decided on a return: another unit, or the order stays."""

    model_config = example(note="这段线路是供电所的", unit=None)

    note: words(MOST_REASON, least=1)  # type: ignore[valid-type]
    unit: UUID | None = Field(None, description=_("The unit that gets it instead; null: it stays."))


class ChaseGiven(Given):
    """Who is asked to get on with it: the unit of a running order, or the post that holds the matter."""

    model_config = example(text="居民又来问了", order=None)

    text: words(MOST_CHASE) = ""  # type: ignore[valid-type]
    order: UUID | None = None


class SuperviseGiven(ChaseGiven):
    """The same, with what is expected."""

    model_config = example(text="今天之内给个说法", order=None)

    text: words(MOST_CHASE, least=1)  # type: ignore[valid-type]


class AssessmentGiven(Given):
    """How the other side did."""

    model_config = example(score=4, text="来得快，处理得也干净")

    score: Annotated[int, Field(strict=True, ge=1, le=5, description=_("5 very good … 1 very poor."))]
    text: words(MOST_CHASE) = ""  # type: ignore[valid-type]


class OrdersIssued(Told):
    """The orders just issued."""

    orders: list[told.OrderTold]


class ChaseTold(Told):
    """Who was asked, and when."""

    kind: str
    at: datetime
    order: UUID | None


@writes(
    of_matters,  # beside the list of them: one address has one door
    "/matters/{matter_id}/orders",
    policy=holds(Power.ORDER_ISSUE),
    response=OrdersIssued,
    summary=_("Issue orders of a matter"),
    status=201,
    missing=True,
)
def issue_orders(request: HttpRequest, matter_id: UUID, given: OrdersGiven) -> OrdersIssued:
    """One for each unit, all or none."""
    return _issued(request, matter_id, given, OrderKind.ORDER, None)


@writes(
    router,
    "/matters/{matter_id}/whistles",
    policy=holds(Power.WHISTLE_ISSUE),
    response=OrdersIssued,
    summary=_("Blow the whistle on a matter"),
    status=201,
    missing=True,
)
def blow_whistle(request: HttpRequest, matter_id: UUID, given: WhistleGiven) -> OrdersIssued:
    """Departments report in first; each is an order of its own."""
    return _issued(request, matter_id, given, OrderKind.WHISTLE, given.report_in_at)


@writes(
    router,
    "/orders/{order_id}/report-in",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Report in at a whistle"),
    missing=True,
)
def report_in(request: HttpRequest, order_id: UUID, given: NoteGiven) -> told.OrderWhole:
    """The department is there; in time or late, the moment is kept."""
    whistles.report_in(by=actor_of(request), order_id=order_id, text=given.note)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/more-time",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Ask for more time"),
    missing=True,
)
def ask_more_time(request: HttpRequest, order_id: UUID, given: MoreTimeGiven) -> told.OrderWhole:
    """The deadline stands until somebody grants it."""
    by = actor_of(request)
    checking.ask_extension(by=by, order_id=order_id, reason=given.reason, until=given.until)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/more-time/decision",
    policy=holds(Power.EXTENSION_APPROVE),
    response=told.OrderWhole,
    summary=_("Decide on more time"),
    missing=True,
)
def decide_more_time(request: HttpRequest, order_id: UUID, given: DecisionGiven) -> told.OrderWhole:
    """Granted, the deadline is the one asked for. Nobody decides on their own request."""
    waiting = one.pending_extension(one.order(order_id))
    if waiting is None:
        raise Refused("No request for more time waits here.", status=CONFLICT)
    by = actor_of(request)
    checking.decide_extension(by=by, extension_id=waiting.id, granted=given.granted, note=given.note)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/paper-report",
    policy=holds(Power.ENTER),
    response=told.OrderWhole,
    summary=_("Enter the result of a unit that works on paper"),
    missing=True,
)
def enter_paper_report(request: HttpRequest, order_id: UUID, given: ReportGiven) -> told.OrderWhole:
    """It then waits to be verified."""
    acting.enter_paper_report(by=actor_of(request), order_id=order_id, text=given.text)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/send-back",
    policy=holds(Power.ORDER_VERIFY),
    response=told.OrderWhole,
    summary=_("Send a report back, with the reason"),
    missing=True,
)
def send_back_order(request: HttpRequest, order_id: UUID, given: SentBackGiven) -> told.OrderWhole:
    """The unit does it again, until a new deadline."""
    checking.send_back(by=actor_of(request), order_id=order_id, reason=given.reason, due_at=given.due_at)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/review",
    policy=holds(Power.ORDER_REVIEW),
    response=told.OrderWhole,
    summary=_("Decide on a return"),
    missing=True,
)
def review_order(request: HttpRequest, order_id: UUID, given: ReviewGiven) -> told.OrderWhole:
    """The answer is the order that runs now: the same, or the new unit's."""
    by = actor_of(request)
    runs = acting.review_return(by=by, order_id=order_id, note=given.note, new_unit_id=given.unit)
    return _whole(runs.id)


@writes(
    router,
    "/orders/{order_id}/withdraw",
    policy=holds(Power.ORDER_ISSUE),
    response=told.OrderWhole,
    summary=_("Withdraw an order, with the reason"),
    missing=True,
)
def withdraw_order(request: HttpRequest, order_id: UUID, given: ReasonGiven) -> told.OrderWhole:
    """It is not needed any more."""
    acting.withdraw_order(by=actor_of(request), order_id=order_id, reason=given.reason)
    return _whole(order_id)


@writes(
    router,
    "/orders/{order_id}/assess-unit",
    policy=holds(Power.WHISTLE_ISSUE),
    response=told.OrderWhole,
    summary=_("Assess how the unit came to a whistle"),
    missing=True,
)
def assess_unit(request: HttpRequest, order_id: UUID, given: AssessmentGiven) -> told.OrderWhole:
    """The side that blew it, once the result is reported; said once."""
    return _assessed(request, order_id, given, of_unit=True)


@writes(
    router,
    "/orders/{order_id}/assess-street",
    policy=HANDLERS,
    response=told.OrderWhole,
    summary=_("Assess how the whistle was blown"),
    missing=True,
)
def assess_street(request: HttpRequest, order_id: UUID, given: AssessmentGiven) -> told.OrderWhole:
    """The unit that was called, once it has reported the result; said once."""
    return _assessed(request, order_id, given, of_unit=False)


@writes(
    router,
    "/matters/{matter_id}/urge",
    policy=holds(Power.READ),
    response=ChaseTold,
    summary=_("Urge who has a matter"),
    missing=True,
)
def urge_matter(request: HttpRequest, matter_id: UUID, given: ChaseGiven) -> ChaseTold:
    """Without an order named, the one that runs is meant; with none or several, the post that holds it."""
    by, matter = actor_of(request), seen(request, matter_id)
    ties = one.ties(by, matter)
    chase = watching.urge(by=by, matter_id=matter_id, ties=ties, text=given.text, order_id=given.order)
    return _chased(chase)


@writes(
    router,
    "/matters/{matter_id}/supervise",
    policy=holds(Power.SUPERVISE),
    response=ChaseTold,
    summary=_("Supervise who has a matter"),
    missing=True,
)
def supervise_matter(request: HttpRequest, matter_id: UUID, given: SuperviseGiven) -> ChaseTold:
    """A post above says what it expects."""
    by = actor_of(request)
    chase = watching.supervise(by=by, matter_id=matter_id, text=given.text, order_id=given.order)
    return _chased(chase)


def _issued(
    request: HttpRequest, matter_id: UUID, given: OrdersGiven, kind: OrderKind, report_in_at: datetime | None
) -> OrdersIssued:
    by = actor_of(request)
    asks = [Ask(each.unit, each.task, each.due_at, report_in_at) for each in given.orders]
    issued = acting.issue(by=by, matter_id=matter_id, asks=asks, kind=kind)
    return OrdersIssued.model_validate({"orders": told.orders_told([one.order(each.id) for each in issued])})


def _assessed(
    request: HttpRequest, order_id: UUID, given: AssessmentGiven, *, of_unit: bool
) -> told.OrderWhole:
    by = actor_of(request)
    whistles.assess(by=by, order_id=order_id, of_unit=of_unit, score=given.score, text=given.text)
    return _whole(order_id)


def _chased(chase: Any) -> ChaseTold:
    return ChaseTold(kind=chase.kind, at=chase.at, order=chase.order_id)


def _whole(order_id: UUID) -> told.OrderWhole:
    return told.OrderWhole.model_validate(told.order_told(one.order(order_id)))
