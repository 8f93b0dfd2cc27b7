"""Who may found organizations, open posts and appoint. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.organizations.kinds import Power
from linli.people.policies import may_edit_person


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
    if any(path.startswith(own) or own.startswith(path) for own in actor.paths()):
        return ALLOWED
    return Denied("These posts are outside the places your own posts are for.")


def may_name_administrator(actor: Actor) -> Decision:
    """Say who runs the installation: its own command line, or somebody who already does."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.SET_UP, "/"):
        return ALLOWED
    return Denied("Only whoever runs this installation may name another administrator.")


class Seat(Protocol):
    """What is asked of a post somebody holds: where it is, and what it may do."""

    @property
    def path(self) -> str: ...
    @property
    def powers(self) -> frozenset[str]: ...


def may_invite(
    actor: Actor, seats: Iterable[Seat], paths: Collection[str], *, is_administrator: bool
) -> Decision:
    """Hand somebody the means to set their password, which is to be them.

    Who holds posts is invited by whoever could appoint them to every one of these; an administrator by an
    administrator only; a resident without a post by staff who keep the register where they live (`paths`).
    """
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.SET_UP, "/"):
        return ALLOWED
    if is_administrator:
        return Denied("Only another administrator may invite an administrator.")
    held = list(seats)
    for seat in held:
        allowed = may_appoint(actor, seat.path, seat.powers)
        if not allowed:
            return allowed
    if held:
        return ALLOWED
    if not paths:
        return Denied("Note where they live first: then the staff of that place can invite them.")
    return may_edit_person(actor, paths)


class Invited(Protocol):
    """What is asked of an invitation."""

    expires_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


def may_use_invitation(invitation: Invited | None, now: datetime) -> Decision:
    """Whoever holds the slip may use it: once, in time, and not after it was withdrawn."""
    if invitation is None:
        return Denied("This code is not known. Compare it with your slip once more.")
    if invitation.used_at is not None:
        return Denied("This code was used already. Sign in, or ask the community office for a new slip.")
    if invitation.withdrawn_at is not None:
        return Denied("This slip no longer holds: a newer one was printed, or it was withdrawn.")
    if invitation.expires_at <= now:
        return Denied("This slip is too old. Ask the community office for a new one.")
    return ALLOWED
