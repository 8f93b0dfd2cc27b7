"""Who may be meant when something is written down for somebody."""

from uuid import UUID

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.names import normalise_name
from linli.matters.kinds import Power
from linli.people import read as people


def entering_paths(actor: Actor) -> list[str]:
    """The places where the actor writes things down for others."""
    return actor.paths(Power.ENTER)


def is_within_reach(actor: Actor, person_id: UUID) -> bool:
    """Whether the person belongs to a place where the actor writes things down."""
    mine = entering_paths(actor)
    return any(path.startswith(each) for path in people.paths_of(person_id, clock.today()) for each in mine)


def of_phone(actor: Actor, phone: str, name: str = "") -> UUID:
    """The one resident of the actor's places with this phone; the name tells apart who shares it.

    Raises `Refused` (422) alike for a number nobody has and for one of somebody elsewhere.
    """
    found = [row for row in people.by_phone(phone) if is_within_reach(actor, row.id)]
    wanted = normalise_name(name)
    if wanted:
        found = [row for row in found if row.name == wanted]
    if not found:
        raise Refused(
            "Nobody with this phone is in the register of this place. Raise it without a name, or have them "
            "registered first.",
            status=UNPROCESSABLE,
        )
    if len(found) > 1:
        raise Refused("Several residents share this phone. Send the name too.", status=UNPROCESSABLE)
    return found[0].id
