"""What nearly every policy asks: is the power held there."""

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import Power


def by_power(actor: Actor, power: Power, path: str, reason: str) -> Decision:
    if actor.kind is ActorKind.SYSTEM or actor.may(power, path):
        return ALLOWED
    return Denied(reason)
