"""Who may read the record, and who may take lists out of the house. Pure; the default is no."""

from linli.audit.kinds import EXPORT, Power
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied


def may_read(actor: Actor, path: str) -> Decision:
    """Entries of a place: `audit.read` over it. Entries of no place: `audit.read` over everything."""
    if actor.may(Power.READ, path or "/"):
        return ALLOWED
    return Denied("The record of this place is for whoever audits it.")


def may_export(actor: Actor, path: str) -> Decision:
    """Take a list of a place out as a file: `export` over it."""
    if path and actor.may(EXPORT, path):
        return ALLOWED
    return Denied("Your post does not include exporting lists of this place.")


def widest_export(actor: Actor) -> str:
    """The widest path the actor may export lists of; "" where there is none."""
    return next(iter(actor.paths(EXPORT)), "")
