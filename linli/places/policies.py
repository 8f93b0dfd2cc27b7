"""Who may change the tree of places. Pure: the actor carries the powers, the path says where."""

from dataclasses import dataclass

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.places.kinds import Power


@dataclass(frozen=True)
class Staff:
    """Opens a door to whoever holds any post at all."""

    def __call__(self, actor: Actor) -> Decision:
        """Allowed with at least one grant in force."""
        if actor.grants:
            return ALLOWED
        return Denied("This page is for people who hold a post in a community, a street or a unit.")


STAFF = Staff()


def may_see_place(actor: Actor, path: str) -> Decision:
    """Staff look at the places their posts are over, what lies in them, and the line of places above."""
    if any(path.startswith(own) or own.startswith(path) for own in actor.paths()):
        return ALLOWED
    return Denied("This place is outside the places your posts are for.")


def may_edit_place(actor: Actor, path: str) -> Decision:
    """Open, rename, close, code or outline a place: `place.edit` over it. The system may during set-up."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.EDIT, path):
        return ALLOWED
    return Denied("Only staff who keep the register of this place may change it.")


def may_import_places(actor: Actor, path: str) -> Decision:
    """Bring in many places at once: `import` over the place they go under."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.IMPORT, path):
        return ALLOWED
    return Denied("Only staff who may import tables here can do this.")


def may_import_calendar(actor: Actor) -> Decision:
    """The working calendar is one for the whole installation."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.IMPORT, "/"):
        return ALLOWED
    return Denied("The working calendar is for whoever runs this installation to change.")
