"""Who may open a notice, write and approve announcements, and carry word to those without the app."""

from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.notices.kinds import AnnouncementState, DeliveryState, Power
from linli.notices.rules import EDITABLE
from linli.people.kinds import Power as PersonPower

# Whoever calls somebody or hands over a slip learns who they are and where they live.
CARRY = PersonPower.READ


def may_have_inbox(actor: Actor) -> Decision:
    """Every person has an inbox."""
    if actor.kind is ActorKind.PERSON and actor.person_id is not None:
        return ALLOWED
    return Denied("Please sign in first.")


def may_open_notice(actor: Actor, person_id: UUID) -> Decision:
    """Only the person told; for others the notice does not exist."""
    if actor.person_id is not None and actor.person_id == person_id:
        return ALLOWED
    return Denied("This notice is not here.")


def may_write(actor: Actor, place_path: str) -> Decision:
    """Staff whose post includes announcements of the place."""
    if actor.person_id is not None and actor.may(Power.WRITE, place_path):
        return ALLOWED
    return Denied("Your post does not include announcements for this place.")


def may_edit(actor: Actor, *, written_by: UUID, state: str, place_path: str) -> Decision:
    """Only the writer, so that nobody approves words they changed; and only before it is shown to anybody."""
    if actor.person_id != written_by:
        return Denied("Only the one who wrote an announcement can change it.")
    if state not in EDITABLE:
        return Denied("This announcement can no longer be changed. Withdraw it and write a new one.")
    return may_write(actor, place_path)


def may_decide(actor: Actor, *, written_by: UUID, state: str, place_path: str) -> Decision:
    """Approving or returning is for another person than the writer, with that power over the place."""
    if actor.person_id is None or not actor.may(Power.APPROVE, place_path):
        return Denied("Your post does not include approving announcements for this place.")
    if actor.person_id == written_by:
        return Denied("Somebody else has to approve what you wrote.")
    if state != AnnouncementState.WAITING:
        return Denied("This announcement is not waiting for approval.")
    return ALLOWED


def may_withdraw(actor: Actor, *, written_by: UUID, state: str, place_path: str) -> Decision:
    """The writer, or whoever may approve there; a withdrawn announcement stays withdrawn."""
    if state == AnnouncementState.WITHDRAWN:
        return Denied("This announcement has already been withdrawn.")
    is_writer = actor.person_id == written_by and actor.may(Power.WRITE, place_path)
    if actor.person_id is not None and (is_writer or actor.may(Power.APPROVE, place_path)):
        return ALLOWED
    return Denied("Only its writer or whoever approves announcements here can withdraw it.")


def may_see_at_desk(actor: Actor, *, written_by: UUID, state: str, place_path: str) -> Decision:
    """Staff who write or approve for the place; somebody else's draft is not there for them yet."""
    is_staff = actor.may(Power.WRITE, place_path) or actor.may(Power.APPROVE, place_path)
    if is_staff and (state != AnnouncementState.DRAFT or actor.person_id == written_by):
        return ALLOWED
    return Denied("This announcement is not here.")


def may_carry(actor: Actor, *, place_path: str, state: str) -> Decision:
    """Staff who may see the people of the place call them or hand out slips; each only once."""
    if actor.person_id is None or not actor.may(CARRY, place_path):
        return Denied("Your post does not include calling people of this place.")
    if state != DeliveryState.WAITING:
        return Denied("Somebody has already done this.")
    return ALLOWED
