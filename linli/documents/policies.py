"""Who may keep drafts. Files have no policy here: the app that owns one asks its own."""

from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied, Refused


def person_of(actor: Actor) -> UUID:
    """The person who acts. Raises `Refused` for the system and for somebody unnamed."""
    if actor.person_id is None:
        raise Refused("Please sign in first.")
    return actor.person_id


def may_keep_draft(actor: Actor) -> Decision:
    """Somebody signed in; what others type stays on their device."""
    if actor.kind is ActorKind.PERSON and actor.person_id is not None:
        return ALLOWED
    return Denied("Please sign in first.")
