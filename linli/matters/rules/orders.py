"""How an order may go: its transitions, its limits, who may not judge what."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from linli.kernel import clock
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
WAITS_THROUGH: Final = frozenset({OrderVerb.ACCEPT})  # whatever else is done with an order ends its waiting
STOPS_AT_END: Final = frozenset({OrderState.VERIFIED, OrderState.WITHDRAWN})
REPORTS_IN_FROM: Final = TRANSITIONS[OrderVerb.REPORT_IN][0]

# A whole sentence for each state: no word of a state fits the middle of a sentence in every language.
MOVED_ON: Final[Mapping[OrderState, Denied]] = {
    OrderState.ISSUED: Denied("This order has moved on meanwhile: it waits to be accepted."),
    OrderState.ACCEPTED: Denied("This order has moved on meanwhile: its unit has accepted it."),
    OrderState.RETURNED: Denied("This order has moved on meanwhile: it was returned and is being reviewed."),
    OrderState.REPORTED: Denied("This order has moved on meanwhile: its result waits to be verified."),
    OrderState.REWORK: Denied("This order has moved on meanwhile: it was sent back to be done again."),
    OrderState.VERIFIED: Denied("This order has moved on meanwhile: it is verified and settled."),
    OrderState.WITHDRAWN: Denied("This order has moved on meanwhile: it was withdrawn."),
}


def may_go(state: OrderState, verb: OrderVerb, kind: OrderKind) -> Decision:
    """Whether the order's state lets this happen; somebody may have been quicker."""
    sources, _ = TRANSITIONS[verb]
    if verb is OrderVerb.REPORT_IN and kind is not OrderKind.WHISTLE:
        return Denied("Only a whistle asks a department to report in.")
    if state not in sources:
        return MOVED_ON[state]
    return ALLOWED


def may_wait(state: OrderState, *, suspended: bool) -> Decision:
    """Whether the clock of one order can be stopped: while its unit is at work on it, and once at a time."""
    if suspended:
        return Denied("This order is suspended already.")
    return ALLOWED if state in _LIVE else MOVED_ON[state]


def may_go_on(*, suspended: bool) -> Decision:
    """Whether there is a waiting to end; somebody may have been quicker, or the unit's result was."""
    return ALLOWED if suspended else Denied("This order is not suspended.")


def all_wait(orders: Iterable[tuple[OrderState, bool]]) -> bool:
    """Whether nobody works on a matter because each of its running orders, given as its state and whether it
    is suspended, waits. The matter's own clocks run on even then: what its raiser was promised moves only
    when a person suspends the matter and the raiser is told.
    """
    running = [suspended for state, suspended in orders if state not in STOPS_AT_END]
    return bool(running) and all(running)


def after(verb: OrderVerb) -> OrderState:
    """The state an order is in after the verb."""
    return TRANSITIONS[verb][1]


def due_is_sound(now: datetime, due: datetime) -> Decision:
    """A deadline lies ahead."""
    return ALLOWED if due > now else Denied("The deadline must lie ahead.")


def keeps_the_promise(now: datetime, due: datetime, promised: datetime, suspended: bool) -> Decision:
    """An order is done within what the raiser was promised (step and orders run within the promise).

    A promise that is broken already, or that moves on because its clock stands still, binds no date.
    """
    if suspended or promised <= now or due <= promised:
        return ALLOWED
    until = f"{clock.local(promised):%Y-%m-%d %H:%M}"
    return Denied(
        "The raiser was promised %(until)s. Choose a time until then, or have the matter given more first.",
        {"until": until},
    )


def days_past_promise(until: datetime, promised: datetime, suspended: bool) -> int:
    """By how many days of the calendar more time passes what the raiser was promised; 0 where it keeps it.

    Later on the promised day itself counts as a day. A promise whose clock stands still moves on.
    """
    if suspended or until <= promised:
        return 0
    return max(1, (clock.local(until).date() - clock.local(promised).date()).days)


def extension_is_sound(due: datetime, until: datetime, now: datetime) -> Decision:
    """More time means a later date than today's deadline, and one that lies ahead."""
    if until <= max(due, now):
        return Denied("The new date must be later than the present deadline.")
    return ALLOWED
