"""Who pays what: who proposes, who reads it, who answers for a home. Pure."""

from linli.deliberation.policies.works import may_go_round
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied

NOT_HERE = "This is kept to the people of the entrance."


def may_see(actor: Actor, place_path: str, *, belongs: bool) -> Decision:
    """Those who live or own a home there, and the staff who go from door to door."""
    return ALLOWED if belongs or may_go_round(actor, place_path) else Denied(NOT_HERE)


def may_answer(*, owns: bool, is_latest: bool, is_closed: bool) -> Decision:
    """An owner answers for their home, and changes the answer, until the next round or the end."""
    if not owns:
        return Denied("The owner of the home answers for it.")
    if is_closed:
        return Denied("It is over; nothing is answered any more.")
    if not is_latest:
        return Denied("There is a new proposal. Look at that one.")
    return ALLOWED
