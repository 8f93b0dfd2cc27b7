"""Who may set up a community. Pure."""

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.organizations.kinds import Power


def may_set_up(actor: Actor, path: str = "/") -> Decision:
    """Found a community, lay out its buildings, choose its practice, fill its first posts: whoever runs the
    installation. Later changes are for the community's own staff, each by their own power."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.SET_UP, path):
        return ALLOWED
    return Denied("Setting up a community is for whoever runs this installation.")


def may_store_practices(actor: Actor) -> Decision:
    """What a version brings along is stored by its own commands."""
    if actor.kind is ActorKind.SYSTEM:
        return ALLOWED
    return Denied("Practices are stored by the installation's own commands.")
