"""Who may issue, carry out and look at an order."""

from datetime import datetime
from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import Power, State
from linli.matters.models import Extension, Matter, Order
from linli.matters.policies.held import by_power
from linli.matters.policies.matters import is_staff
from linli.matters.rules.orders import keeps_the_promise
from linli.matters.rules.ties import Ties


def may_issue(actor: Actor, matter: Matter, whistle: bool) -> Decision:
    """An order by who dispatches here; a whistle by the street only."""
    if matter.state != State.OPEN:
        return Denied("Only an open matter can get orders.")
    if whistle:
        reason = "Your post does not include blowing the whistle. Please call the street office."
        return by_power(actor, Power.WHISTLE_ISSUE, matter.place_path, reason)
    return by_power(actor, Power.ORDER_ISSUE, matter.place_path, "Your post does not include issuing orders.")


def may_be_due(matter: Matter, due_at: datetime, now: datetime) -> Decision:
    """A deadline of an order lies within what the raiser was promised."""
    return keeps_the_promise(now, due_at, matter.promised_at, suspended=matter.state == State.SUSPENDED)


def may_handle(actor: Actor, order: Order) -> Decision:
    """Accepting, returning, reporting: the unit's own handler; its key only where the key itself reaches."""
    if order.handler_id not in actor.posts:
        return Denied("This order is another unit's.")
    if actor.kind is ActorKind.KEY and not actor.may(Power.ORDER_HANDLE, order.matter.place_path):
        return Denied("This key is not for orders of this place.")
    return ALLOWED


def may_see_order(actor: Actor, order: Order, ties: Ties) -> Decision:
    """One order: its unit, staff over the matter's place, and who watches over the matter."""
    if may_handle(actor, order) or is_staff(actor, order.matter) or ties.supervises:
        return ALLOWED
    return Denied("There is no such order for you to see.")


def may_enter_paper(actor: Actor, order: Order) -> Decision:
    """Typing in the result of a unit that works on paper: staff of the place, never for a unit online."""
    if order.unit.has_computer:
        return Denied("This unit reports by itself.")
    path = order.matter.place_path
    return by_power(actor, Power.ENTER, path, "Entering results for others is for the staff of this place.")


def may_verify(actor: Actor, order: Order) -> Decision:
    """Checking a reported result; nobody verifies their own work."""
    if order.handler_id in actor.posts:
        return Denied("Nobody verifies their own work.")
    return by_power(
        actor, Power.ORDER_VERIFY, order.matter.place_path, "Your post does not include verifying orders."
    )


def may_review(actor: Actor, order: Order, returned_by: UUID | None) -> Decision:
    """派单异议: deciding on a return. Nobody reviews their own return, no key what its unit returned."""
    is_units_key = actor.kind is ActorKind.KEY and order.handler_id in actor.posts
    if is_units_key or (returned_by is not None and returned_by == actor.person_id):
        return Denied("Nobody reviews their own return.")
    return by_power(
        actor, Power.ORDER_REVIEW, order.matter.place_path, "Your post does not include reviewing returns."
    )


def may_withdraw_order(actor: Actor, order: Order) -> Decision:
    return by_power(
        actor, Power.ORDER_ISSUE, order.matter.place_path, "Your post does not include issuing orders."
    )


def may_suspend_order(actor: Actor, order: Order) -> Decision:
    """Stopping the clock of one order of an open matter; nobody stops their own."""
    if order.matter.state != State.OPEN:
        return Denied("Only orders of an open matter can be suspended.")
    if order.handler_id in actor.posts:
        return Denied("Nobody stops the clock of their own work.")
    return _by_suspending(actor, order)


def may_resume_order(actor: Actor, order: Order) -> Decision:
    """Letting it go on: who could have stopped it, and the unit that can begin again earlier."""
    return may_handle(actor, order) or _by_suspending(actor, order)


def _by_suspending(actor: Actor, order: Order) -> Decision:
    path = order.matter.place_path
    return by_power(actor, Power.SUSPEND, path, "Your post does not include suspending orders.")


def may_decide_extension(actor: Actor, extension: Extension) -> Decision:
    """More time is granted by somebody else than who asked; a key grants none to its own unit."""
    asked = extension.asked_by_id or extension.asked_key
    is_units_key = actor.kind is ActorKind.KEY and extension.order.handler_id in actor.posts
    if is_units_key or (asked is not None and asked == actor.on_record):
        return Denied("Nobody decides on their own request.")
    path = extension.order.matter.place_path
    return by_power(actor, Power.EXTENSION_APPROVE, path, "Your post does not include deciding on more time.")


def may_assess(actor: Actor, order: Order, of_unit: bool) -> Decision:
    """双向考核: the street assesses the unit, the unit assesses the street; a key never its own unit."""
    if of_unit:
        if actor.kind is ActorKind.KEY and order.handler_id in actor.posts:
            return Denied("Nobody assesses their own side.")
        path = order.matter.place_path
        return by_power(
            actor, Power.WHISTLE_ISSUE, path, "The street office assesses how a unit reported in."
        )
    return may_handle(actor, order)
