"""Who may keep drafts. Files have no policy here: the app that owns one asks its own."""

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied


def may_keep_draft(actor: Actor) -> Decision:
    """Somebody signed in; what others type stays on their device."""
    if actor.kind is ActorKind.PERSON and actor.person_id is not None:
        return ALLOWED
    return Denied("Please sign in first.")
