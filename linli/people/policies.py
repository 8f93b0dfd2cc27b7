"""Who may read and change what is known of people. Pure: the caller says where the person belongs.

`paths` are the paths of the places a person belongs to (residences and holdings). A person who belongs
nowhere yet may be handled by whoever may edit people at all, so that they can be given a home.
"""

from collections.abc import Collection
from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power, Purpose
from linli.places.kinds import Power as PlacePower


def _over_any(actor: Actor, power: Power, paths: Collection[str]) -> bool:
    if not paths:
        return bool(actor.paths(power))
    return any(actor.may(power, path) for path in paths)


def may_list_people(actor: Actor, path: str) -> Decision:
    """The masked list of a place: `person.read` over it."""
    if actor.may(Power.READ, path):
        return ALLOWED
    return Denied("The list of residents is for staff of this place.")


def may_read_person(actor: Actor, person_id: UUID, paths: Collection[str]) -> Decision:
    """A person reads their own record; staff with `person.read` over a place of theirs see it masked."""
    if actor.kind is ActorKind.PERSON and actor.person_id == person_id:
        return ALLOWED
    if _over_any(actor, Power.READ, paths):
        return ALLOWED
    return Denied("This person's record is for staff of the place they belong to.")


def may_edit_person(actor: Actor, paths: Collection[str]) -> Decision:
    """Change a record or a residence: `person.edit` over a place of theirs. The system may during set-up."""
    if actor.kind is ActorKind.SYSTEM or _over_any(actor, Power.EDIT, paths):
        return ALLOWED
    return Denied("Only staff who keep the register of residents here may change it.")


def may_register_person(actor: Actor, path: str) -> Decision:
    """Add somebody to the register of a place: `person.edit` over that very place."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.EDIT, path):
        return ALLOWED
    return Denied("Only staff who keep the register of residents here may change it.")


def may_open_field(
    actor: Actor, person_id: UUID, paths: Collection[str], purpose: Purpose | None
) -> Decision:
    """See a phone or an ID number unmasked: one's own; else `person.open_field` and a stated purpose.

    个人信息保护法 art 6: personal information is handled for a clear purpose and no further.
    """
    if actor.kind is ActorKind.PERSON and actor.person_id == person_id:
        return ALLOWED
    if not _over_any(actor, Power.OPEN_FIELD, paths):
        return Denied("Your post does not include opening masked numbers.")
    if purpose is None:
        return Denied("Say what you need the number for; the record keeps it.")
    return ALLOWED


def may_open_account(actor: Actor, person_id: UUID, paths: Collection[str]) -> Decision:
    """Give a person a way to sign in: whoever may edit their record, or themself, shown by an invitation."""
    if actor.kind is ActorKind.PERSON and actor.person_id == person_id:
        return ALLOWED
    return may_edit_person(actor, paths)


def may_set_password(actor: Actor, person_id: UUID) -> Decision:
    """A password is its owner's alone: staff hand out an invitation and never learn it."""
    if actor.kind is ActorKind.PERSON and actor.person_id == person_id:
        return ALLOWED
    return Denied("Everybody sets their own password.")


def may_set_preferences(actor: Actor, person_id: UUID) -> Decision:
    """Language, text size and the like are everybody's own."""
    if actor.kind is ActorKind.PERSON and actor.person_id == person_id:
        return ALLOWED
    if actor.kind is ActorKind.SYSTEM:
        return ALLOWED
    return Denied("Everybody sets their own screens.")


def may_import_people(actor: Actor, path: str) -> Decision:
    """Bring in many people of a place at once."""
    if actor.kind is ActorKind.SYSTEM or (actor.may(PlacePower.IMPORT, path) and actor.may(Power.EDIT, path)):
        return ALLOWED
    return Denied("Only staff who may import tables here can do this.")
