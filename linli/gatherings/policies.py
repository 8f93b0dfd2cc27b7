"""Who may call, run, see and object. Pure: facts are handed in; the default is no."""

from uuid import UUID

from linli.gatherings.kinds import Power, State
from linli.gatherings.rules.meetings import About
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

NOT_HERE = "This meeting is not here."
OTHERS_RUN_IT = "Your post does not include running this meeting."


def may_keep_bodies(actor: Actor, path: str) -> Decision:
    """Form a body, name its members, set its house rules: staff who hold meetings there; the set-up too."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.HOLD, path):
        return ALLOWED
    return Denied("Your post does not include the bodies of this place.")


def may_keep_templates(actor: Actor, path: str) -> Decision:
    """Word a community's own templates of minutes: staff who hold its meetings."""
    if actor.person_id is not None and actor.may(Power.HOLD, path):
        return ALLOWED
    return Denied("Your post does not include wording templates for this place.")


def may_call(actor: Actor, path: str) -> Decision:
    """Plan a meeting, send its notice, call it off: staff who hold meetings there."""
    if actor.person_id is not None and actor.may(Power.HOLD, path):
        return ALLOWED
    return Denied("Your post does not include calling meetings here.")


def may_list_callers(actor: Actor, path: str) -> Decision:
    """List who asks for a meeting: who calls meetings there and may look residents up."""
    called = may_call(actor, path)
    if called and not actor.may(PeoplePower.READ, path):
        return Denied("Your post does not include looking residents up.")
    return called


def may_hand_on(actor: Actor, path: str, to_path: str) -> Decision:
    """Hand an item to another body: of the same place, of one around it, or of another of the actor's."""
    called = may_call(actor, path)
    if not called or path.startswith(to_path) or actor.may(Power.HOLD, to_path):
        return called
    return Denied("This body is of another place. Its own staff put things on its list.")


def may_sit(actor: Actor, path: str) -> Decision:
    """Open a sitting on the spot: grid workers, building heads and staff, each in their own places."""
    if actor.person_id is not None and (actor.may(Power.SIT, path) or actor.may(Power.HOLD, path)):
        return ALLOWED
    return Denied("Your post does not include opening a talk in this place.")


def may_run(actor: Actor, about: About) -> Decision:
    """Open, list who is here, note points, close: staff who hold meetings there; a sitting also whoever
    opened it and still may."""
    if actor.person_id is None:
        return Denied(OTHERS_RUN_IT)
    if actor.may(Power.HOLD, about.path):
        return ALLOWED
    opened_it = about.is_sitting and about.planned_by == actor.person_id
    return ALLOWED if opened_it and actor.may(Power.SIT, about.path) else Denied(OTHERS_RUN_IT)


def may_see(actor: Actor, about: About, *, is_member: bool) -> Decision:
    """A meeting residents may come to, once it has been announced; its members and staff see it before."""
    if is_member or may_run(actor, about):
        return ALLOWED
    hidden = about.state is State.PLANNED or (about.state is State.CANCELLED and about.is_sitting)
    return ALLOWED if about.is_public and not hidden else Denied(NOT_HERE)


def may_see_minutes(actor: Actor, about: About, *, is_member: bool, was_there: bool) -> Decision:
    """The minutes are for those who were there, the members and staff; residents see what was resolved."""
    if is_member or was_there or may_run(actor, about):
        return ALLOWED
    return Denied("The minutes are for those who took part.")


def may_sign_in(actor: Actor, about: About, *, is_member: bool) -> Decision:
    """Sign in oneself, by the code on the wall or from afar: while it sits, whoever may see it."""
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return Denied("Please sign in first.")
    if about.state is not State.OPEN:
        return Denied("Nobody can sign in now: the meeting is not open.")
    return may_see(actor, about, is_member=is_member)


def may_join_remotely(actor: Actor, about: About, *, is_member: bool) -> Decision:
    """The video room is for the members, and for everybody where the meeting is public."""
    return may_sign_in(actor, about, is_member=is_member)


def may_approve_minutes(actor: Actor, about: About, written_by: UUID) -> Decision:
    """Another than the writer, who may call meetings there."""
    if not may_call(actor, about.path):
        return Denied("Your post does not include approving minutes here.")
    if actor.person_id == written_by:
        return Denied("Somebody else has to approve what you wrote.")
    return ALLOWED


def may_follow(actor: Actor, path: str) -> Decision:
    """Say what became of a resolution: the site, when the order it became has ended, or staff."""
    if actor.kind is ActorKind.SYSTEM:
        return ALLOWED
    return may_call(actor, path)


def may_object(actor: Actor, *, belongs: bool) -> Decision:
    """Whoever lives or owns a home in the place."""
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return Denied("Please sign in first.")
    return may_be_heard(belongs=belongs)


def may_be_heard(*, belongs: bool) -> Decision:
    """Whose objection is taken, on their own page or at the counter: of whoever lives or owns there."""
    if not belongs:
        return Denied("Objections are for those who live here or own a home here.")
    return ALLOWED


def may_note_objection(actor: Actor, path: str) -> Decision:
    """Write down what somebody objects to at the counter: who answers there and may look residents up."""
    kept = may_keep_board(actor, path)
    if kept and not actor.may(PeoplePower.READ, path):
        return Denied("Your post does not include looking residents up.")
    return kept


def may_answer(actor: Actor, path: str, objector: UUID) -> Decision:
    """Staff who post there, and never their own objection."""
    kept = may_keep_board(actor, path)
    if not kept:
        return kept
    if actor.person_id == objector:
        return Denied("Somebody else has to answer your own objection.")
    return ALLOWED


def may_keep_board(actor: Actor, path: str) -> Decision:
    """See who objects, and answer: staff who post there."""
    if actor.person_id is not None and (actor.may(Power.HOLD, path) or actor.may(Power.DISCLOSE, path)):
        return ALLOWED
    return Denied("Your post does not include answering objections here.")


def may_post(actor: Actor, path: str) -> Decision:
    """Post what a meeting resolved."""
    return may_call(actor, path)


def may_hang(actor: Actor, path: str) -> Decision:
    """Note that a sheet hangs, or that it was taken down early: staff who post there."""
    if actor.person_id is not None and (actor.may(Power.HOLD, path) or actor.may(Power.DISCLOSE, path)):
        return ALLOWED
    return Denied("Your post does not include posting here.")


def may_disclose(actor: Actor, path: str) -> Decision:
    """Lay affairs open and keep the list of classes: staff whose post includes it."""
    if actor.person_id is not None and actor.may(Power.DISCLOSE, path):
        return ALLOWED
    return Denied("Your post does not include laying affairs open here.")


def may_adopt_classes(actor: Actor, path: str) -> Decision:
    """Begin a community's list: the same, and the set-up."""
    if actor.kind is ActorKind.SYSTEM:
        return ALLOWED
    return may_disclose(actor, path)


def may_have_feed(actor: Actor) -> Decision:
    """Everybody with an account may subscribe to their own meetings."""
    if actor.kind is ActorKind.PERSON and actor.person_id is not None:
        return ALLOWED
    return Denied("Please sign in first.")
