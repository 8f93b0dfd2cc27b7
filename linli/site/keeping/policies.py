"""Who may see the backups and have one made. Pure; the default is no."""

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.organizations.kinds import Power


def may_back_up(actor: Actor) -> Decision:
    """Whoever runs the installation. A backup holds everybody's data: no post of a community includes it."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.SET_UP, "/"):
        return ALLOWED
    return Denied("Backups are for whoever runs this installation.")
