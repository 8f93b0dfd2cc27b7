"""Who may found organizations, open posts and appoint. Pure."""

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.organizations.kinds import Power


def _may(actor: Actor, path: str, reason: str) -> Decision:
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.APPOINT, path):
        return ALLOWED
    return Denied(reason)


def may_found(actor: Actor, path: str) -> Decision:
    """Add an organization that will serve a place: `post.appoint` over it."""
    return _may(actor, path, "Only staff who fill posts here may add an organization.")


def may_set_post_kind(actor: Actor) -> Decision:
    """Kinds of post come with practices and hold for the whole installation."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.APPOINT, "/"):
        return ALLOWED
    return Denied("Kinds of post come with a practice; whoever runs this installation adds them.")


def may_open_post(actor: Actor, path: str) -> Decision:
    """Open or close a post over a place."""
    return _may(actor, path, "Only staff who fill posts here may open or close one.")


def may_appoint(actor: Actor, path: str, powers: frozenset[str]) -> Decision:
    """Appoint to a post, or end an appointment: `post.appoint` over the post's place.

    Nobody gives what they do not hold: an appointer who lacks `post.appoint` above cannot seat another
    appointer over the same place.
    """
    allowed = _may(actor, path, "Only staff who fill posts here may appoint somebody.")
    if not allowed or actor.kind is ActorKind.SYSTEM or Power.APPOINT not in powers:
        return allowed
    above = "/".join(path.rstrip("/").split("/")[:-1]) + "/"
    if actor.may(Power.APPOINT, above):
        return ALLOWED
    return Denied("A post that fills other posts is filled by the level above.")


def may_name_stand_in(actor: Actor, path: str, *, is_holder: bool) -> Decision:
    """The holder names who stands in for them; so may whoever fills posts here."""
    if is_holder and actor.kind is ActorKind.PERSON:
        return ALLOWED
    return _may(actor, path, "The holder of the post names a stand-in, or staff who fill posts here.")


def may_serve_area(actor: Actor, path: str) -> Decision:
    """Note which organization answers for which duty over a place."""
    return _may(actor, path, "Only staff who fill posts here may change who serves this place.")


def may_issue_key(actor: Actor, path: str, powers: frozenset[str]) -> Decision:
    """Let another system act for a post: whoever may appoint to it, since that is what a key is."""
    return may_appoint(actor, path, powers)


def may_revoke_key(actor: Actor, path: str) -> Decision:
    """Take a key back: whoever fills posts over its place."""
    return _may(actor, path, "Only staff who fill posts here may take a key back.")


def may_see_keys(actor: Actor, path: str) -> Decision:
    """Which systems act here and when they last did: whoever fills posts over the place."""
    return _may(actor, path, "Only staff who fill posts here see the keys of other systems.")


def may_see_posts(actor: Actor, path: str) -> Decision:
    """Posts and who holds them are no secret among staff; boards show them to everybody."""
    for grant in actor.grants:
        if path.startswith(grant.path) or grant.path.startswith(path):
            return ALLOWED
    return Denied("These posts are outside the places your own posts are for.")
