"""Who may choose how a community works, and see its figures."""

from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import Power
from linli.matters.policies.held import by_power


def may_export(actor: Actor, path: str) -> Decision:
    return by_power(actor, Power.EXPORT, path, "Your post does not include exporting lists of this place.")


def may_export_own(actor: Actor, path: str) -> Decision:
    """A unit's handlers take out what stands in their own inbox, nothing else of the place."""
    return by_power(actor, Power.ORDER_HANDLE, path, "Your post does not include handling orders.")


def may_read_rates(actor: Actor, path: str) -> Decision:
    return by_power(actor, Power.RATES, path, "Your post does not include these figures.")


def may_adopt(actor: Actor, path: str) -> Decision:
    return by_power(actor, Power.ADOPT, path, "Your post does not include choosing procedures.")


def may_change_procedures(actor: Actor, path: str) -> Decision:
    """Drafting, trying and publishing a community's own procedures: whoever may choose them."""
    return by_power(actor, Power.ADOPT, path, "Your post does not include changing procedures here.")


def may_adopt_version(owner_id: UUID | None, community_id: UUID) -> Decision:
    """What comes with Linli is everybody's; what a community made is adopted by itself only."""
    if owner_id in (None, community_id):
        return ALLOWED
    return Denied("This is another community's own. Take its file and bring it in as yours.")


def may_set_limit(actor: Actor, path: str) -> Decision:
    """A place's own limits: promises, first contact, the closing hour."""
    return by_power(actor, Power.ADOPT, path, "Your post does not include setting limits here.")


def may_read_learning(actor: Actor, path: str) -> Decision:
    """How good the suggestions are: who sorts matters there, and who chooses its ways of working."""
    if actor.may(Power.TRIAGE, path):
        return ALLOWED
    return by_power(actor, Power.ADOPT, path, "Your post does not include these figures.")


def may_steer_learning(actor: Actor, path: str) -> Decision:
    """Going back to an earlier version: who chooses a community's ways of working; of what all communities
    share (`/`), who chooses them for all."""
    return by_power(actor, Power.ADOPT, path, "Your post does not include choosing what suggestions follow.")


def may_learn(actor: Actor) -> Decision:
    """Learning and refining are the installation's own work: nobody chooses from which matters."""
    if actor.kind is ActorKind.SYSTEM:
        return ALLOWED
    return Denied("Learning is done by the installation itself, at night.")
