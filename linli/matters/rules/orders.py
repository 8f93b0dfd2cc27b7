"""How an order may go: its transitions, its limits, who may not judge what."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import OrderKind, OrderState


class OrderVerb(StrEnum):
    """What can be done to an order."""

    ACCEPT = "accept"
    REPORT_IN = "report_in"
    RETURN = "return"
    UPHOLD = "uphold"
    REASSIGN = "reassign"
    REPORT = "report"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


_LIVE = frozenset({OrderState.ISSUED, OrderState.ACCEPTED, OrderState.REWORK})

TRANSITIONS: Final[Mapping[OrderVerb, tuple[frozenset[OrderState], OrderState]]] = {
    OrderVerb.ACCEPT: (frozenset({OrderState.ISSUED}), OrderState.ACCEPTED),
    OrderVerb.REPORT_IN: (frozenset({OrderState.ISSUED, OrderState.ACCEPTED}), OrderState.ACCEPTED),
    OrderVerb.RETURN: (frozenset({OrderState.ISSUED, OrderState.ACCEPTED}), OrderState.RETURNED),
    OrderVerb.UPHOLD: (frozenset({OrderState.RETURNED}), OrderState.ISSUED),
    OrderVerb.REASSIGN: (frozenset({OrderState.RETURNED}), OrderState.WITHDRAWN),
    OrderVerb.REPORT: (_LIVE, OrderState.REPORTED),
    OrderVerb.VERIFY: (frozenset({OrderState.REPORTED}), OrderState.VERIFIED),
    OrderVerb.SEND_BACK: (frozenset({OrderState.REPORTED}), OrderState.REWORK),
    OrderVerb.WITHDRAW: (_LIVE | {OrderState.RETURNED, OrderState.REPORTED}, OrderState.WITHDRAWN),
}
STOPS_AT_END: Final = frozenset({OrderState.VERIFIED, OrderState.WITHDRAWN})


def may_go(state: OrderState, verb: OrderVerb, kind: OrderKind) -> Decision:
    """Whether the order's state lets this happen; somebody may have been quicker."""
    sources, _ = TRANSITIONS[verb]
    if verb is OrderVerb.REPORT_IN and kind is not OrderKind.WHISTLE:
        return Denied("Only a whistle asks a department to report in.")
    if state not in sources:
        return Denied("This order has moved on meanwhile: it is now “%(state)s”.", {"state": state.value})
    return ALLOWED


def after(verb: OrderVerb) -> OrderState:
    """The state an order is in after the verb."""
    return TRANSITIONS[verb][1]


def due_is_sound(now: datetime, due: datetime) -> Decision:
    """A deadline lies ahead."""
    return ALLOWED if due > now else Denied("The deadline must lie ahead.")


def extension_is_sound(due: datetime, until: datetime, now: datetime) -> Decision:
    """More time means a later date than today's deadline, and one that lies ahead."""
    if until <= max(due, now):
        return Denied("The new date must be later than the present deadline.")
    return ALLOWED
