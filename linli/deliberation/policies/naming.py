"""Naming contests: who enters a name, chooses those that go before the vote, calls it, gives the name."""

from uuid import UUID

from linli.ballots.kinds import BallotState
from linli.deliberation.kinds import TopicKind, TopicStage
from linli.deliberation.policies.topics import may_lead, may_speak
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied

# A vote that came to nothing, or was taken back, leaves room for another.
OVER = frozenset({BallotState.PUBLISHED, BallotState.WITHDRAWN})


def may_enter(
    actor: Actor, *, belongs: bool, stage: TopicStage, kind: TopicKind, entered: int, names_each: int
) -> Decision:
    """Enter a name: who belongs to the place, while it runs, as many as the contest allows each."""
    decision = may_speak(actor, belongs=belongs, stage=stage)
    if decision and kind is not TopicKind.NAMING:
        return Denied("No name is looked for here. Raise a proposal.")
    if decision and entered >= names_each:
        return Denied(
            "Each enters %(count)s here. Take yours back first to enter another.", {"count": names_each}
        )
    return decision


def may_take_back(actor: Actor, *, person_id: UUID, stage: TopicStage) -> Decision:
    """Take one's own name back while names still come in."""
    if actor.person_id is None or actor.person_id != person_id:
        return Denied("Only who entered it can take it back.")
    if stage is not TopicStage.RUNNING:
        return Denied(
            "Names have stopped coming in, so this one stays. You can still choose not to be named."
        )
    return ALLOWED


def may_be_named(actor: Actor, *, person_id: UUID) -> Decision:
    """Agree to be named with the name one entered, or not any more: at any time."""
    if actor.person_id is not None and actor.person_id == person_id:
        return ALLOWED
    return Denied("Only who entered it decides whether they are named.")


def may_hide(actor: Actor, *, is_own: bool, stage: TopicStage, place_path: str) -> Decision:
    """Take a name out of sight, or show it again, before names go before the vote; not one's own."""
    decision = may_lead(actor, place_path)
    if decision and stage in (TopicStage.CHOOSING, TopicStage.DECIDED):
        return Denied("The names are before the vote already.")
    if decision and is_own:
        return Denied("Somebody else has to decide about your own words.")
    return decision


def may_shortlist(
    actor: Actor,
    *,
    kind: TopicKind,
    stage: TopicStage,
    has_entered: bool,
    ballot: BallotState | None,
    place_path: str,
) -> Decision:
    """Choose the names that go before the vote, or choose again until a vote is called."""
    decision = may_lead(actor, place_path)
    if decision and kind is not TopicKind.NAMING:
        return Denied("No name is looked for here. Raise a proposal.")
    if decision and stage in (TopicStage.COMING, TopicStage.RUNNING):
        return Denied("Names can still be entered. Choose among them after the last day.")
    if decision and (stage is TopicStage.DECIDED or ballot not in (None, BallotState.WITHDRAWN)):
        return Denied("The names are before the vote already.")
    if decision and has_entered:
        return Denied("You have entered a name yourself. Somebody else has to choose.")
    return decision


def may_call_ballot(
    actor: Actor, *, stage: TopicStage, ballot: BallotState | None, place_path: str
) -> Decision:
    """Draft the vote on the names chosen; again where the one before was withdrawn or decided nothing."""
    decision = may_lead(actor, place_path)
    if decision and stage is TopicStage.DECIDED:
        return Denied("The name has been decided on.")
    if decision and stage is not TopicStage.CHOOSING:
        return Denied("Choose first which names go before the vote.")
    if decision and ballot is not None and ballot not in OVER:
        return Denied("A vote on these names is on its way.")
    return decision


def may_give_name(actor: Actor, *, stage: TopicStage, is_given: bool, place_path: str) -> Decision:
    """Give the place the name that won, once; whether the post renames places is theirs to say."""
    decision = may_lead(actor, place_path)
    if decision and stage is not TopicStage.DECIDED:
        return Denied("The vote has not decided yet.")
    if decision and is_given:
        return Denied("The place has this name already.")
    return decision
