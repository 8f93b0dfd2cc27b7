"""Who may read the record. Pure; the default is no."""

from linli.audit.kinds import Power
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied


def may_read(actor: Actor, path: str) -> Decision:
    """Entries of a place: `audit.read` over it. Entries of no place: `audit.read` over everything."""
    if actor.may(Power.READ, path or "/"):
        return ALLOWED
    return Denied("The record of this place is for whoever audits it.")
