"""Conversations: who leads one, who takes part, who sees the map."""

from uuid import UUID

from linli.deliberation.kinds import Power, Stage, StatementState
from linli.deliberation.rules.opinions import MOST_WAITING
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied

NOT_HERE = "This conversation is not here."


def may_lead(actor: Actor, place_path: str) -> Decision:
    """Open a conversation at a place, read what waits, judge statements: staff whose post includes it."""
    if actor.person_id is not None and actor.may(Power.LEAD, place_path):
        return ALLOWED
    return Denied("Your post does not include leading conversations at this place.")


def may_see(actor: Actor, *, belongs: bool, stage: Stage, place_path: str) -> Decision:
    """Who belongs to the place, and its staff; once the result is published, everybody."""
    if stage is Stage.PUBLISHED or actor.may(Power.LEAD, place_path):
        return ALLOWED
    if actor.person_id is not None and belongs and stage is not Stage.COMING:
        return ALLOWED
    return Denied(NOT_HERE)


def may_print(*, stage: Stage) -> Decision:
    """Print what was found, to hang up: once it is published, whoever may see it."""
    if stage is Stage.PUBLISHED:
        return ALLOWED
    return Denied("The result has not been published yet.")


def may_take_part(actor: Actor, *, belongs: bool, stage: Stage) -> Decision:
    """Answer statements: who lives, is registered or owns a home at the place, while it runs.

    Staff who do not belong there lead the conversation and are not counted in it.
    """
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This question is for those who live or own a home there.")
    if stage is Stage.COMING:
        return Denied("This conversation has not begun yet.")
    if stage is not Stage.RUNNING:
        return Denied("This conversation has ended. What came of it can still be read.")
    return ALLOWED


def may_propose(actor: Actor, *, belongs: bool, stage: Stage, waiting: int) -> Decision:
    """Add a statement: whoever may answer, as long as few of their own still wait to be read."""
    decision = may_take_part(actor, belongs=belongs, stage=stage)
    if decision and waiting >= MOST_WAITING:
        return Denied(
            "%(count)s of your statements are still waiting to be read. Wait for them first.",
            {"count": MOST_WAITING},
        )
    return decision


def may_add(actor: Actor, *, stage: Stage, place_path: str) -> Decision:
    """Add a statement as staff, before it begins and while it runs."""
    decision = may_lead(actor, place_path)
    if decision and stage not in (Stage.COMING, Stage.RUNNING):
        return Denied("This conversation has ended. What came of it can still be read.")
    return decision


def may_judge(actor: Actor, *, author_id: UUID | None, stage: Stage, place_path: str) -> Decision:
    """Let a statement in or take it out: not one proposed oneself, and not once the result is published."""
    decision = may_lead(actor, place_path)
    if decision and stage is Stage.PUBLISHED:
        return Denied("The result is published; it stays as it was counted.")
    if decision and author_id is not None and author_id == actor.person_id:
        return Denied("Somebody else has to decide about your own statement.")
    return decision


def may_answer(*, state: StatementState) -> Decision:
    """Only what has been let in can be answered."""
    if state is StatementState.IN:
        return ALLOWED
    return Denied("This statement is not part of the conversation any more.")


def may_close(actor: Actor, *, stage: Stage, place_path: str) -> Decision:
    """End a conversation before its last day."""
    decision = may_lead(actor, place_path)
    if decision and stage not in (Stage.COMING, Stage.RUNNING):
        return Denied("This conversation has already ended.")
    return decision


def may_publish(actor: Actor, *, stage: Stage, place_path: str) -> Decision:
    """Publish what was found: after the end, once."""
    decision = may_lead(actor, place_path)
    if decision and stage is Stage.PUBLISHED:
        return Denied("The result is already published.")
    if decision and stage is not Stage.ENDED:
        return Denied("A result is published after the conversation has ended.")
    return decision
