"""Topics: who leads one, reads it, raises and supports proposals, comments, replies, merges, moderates."""

from uuid import UUID

from linli.deliberation.kinds import Power, ProposalState, TopicKind, TopicStage, Verdict
from linli.deliberation.rules.topics import MOST_COMMENTS, MOST_PROPOSALS, may_become, state_after
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied

NOT_HERE = "This topic is not here."


def may_lead(actor: Actor, place_path: str) -> Decision:
    """Open a topic or a naming contest at a place and lead it: staff whose post includes it."""
    if actor.person_id is not None and actor.may(Power.LEAD, place_path):
        return ALLOWED
    return Denied("Your post does not include leading topics at this place.")


def may_see(actor: Actor, *, belongs: bool, stage: TopicStage, place_path: str) -> Decision:
    """Who belongs to the place, and its staff; how a name was found, everybody."""
    if stage is TopicStage.DECIDED or actor.may(Power.LEAD, place_path):
        return ALLOWED
    if actor.person_id is not None and belongs and stage is not TopicStage.COMING:
        return ALLOWED
    return Denied(NOT_HERE)


def may_speak(actor: Actor, *, belongs: bool, stage: TopicStage) -> Decision:
    """Say anything in a topic: who lives, is registered or owns a home at the place, while it runs."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This topic is for those who live or own a home there.")
    if stage is TopicStage.COMING:
        return Denied("This topic has not begun yet.")
    if stage is not TopicStage.RUNNING:
        return Denied("This topic has ended. What came of it can still be read.")
    return ALLOWED


def may_reword(actor: Actor, *, stage: TopicStage, place_path: str) -> Decision:
    """Change a topic's words: until it ends. What it read before stays to be seen."""
    decision = may_lead(actor, place_path)
    if decision and stage not in (TopicStage.COMING, TopicStage.RUNNING):
        return Denied("This topic has ended; its words stay as people knew them.")
    return decision


def may_raise(actor: Actor, *, belongs: bool, stage: TopicStage, kind: TopicKind, waiting: int) -> Decision:
    """Raise a proposal, as long as few of one's own wait for a reply."""
    decision = may_speak(actor, belongs=belongs, stage=stage)
    if decision and kind is not TopicKind.TALK:
        return Denied("Here names are looked for; enter a name.")
    if decision and waiting >= MOST_PROPOSALS:
        return Denied(
            "%(count)s of your proposals wait for an answer here. Wait for them first.",
            {"count": MOST_PROPOSALS},
        )
    return decision


def may_support(
    actor: Actor, *, belongs: bool, stage: TopicStage, state: ProposalState, author_id: UUID, hidden: bool
) -> Decision:
    """Support a proposal, or withdraw it: while it is open, and not one's own."""
    decision = may_speak(actor, belongs=belongs, stage=stage)
    if decision and hidden:
        return Denied("This proposal is out of sight.")
    if decision and state is ProposalState.MERGED:
        return Denied("This proposal was merged into another. Support that one.")
    if decision and state is not ProposalState.OPEN:
        return Denied("The community has decided on this proposal.")
    if decision and author_id == actor.person_id:
        return Denied("You raised it; it is for others to support.")
    return decision


def may_withdraw(actor: Actor, *, author_id: UUID, state: ProposalState, touched: bool) -> Decision:
    """Take a proposal back: who raised it, as long as nobody has supported, commented or replied."""
    if actor.person_id is None or actor.person_id != author_id:
        return Denied("Only who raised it can take it back.")
    if state is not ProposalState.OPEN or touched:
        return Denied("Others have taken part in it already, so it stays.")
    return ALLOWED


def may_comment(
    actor: Actor, *, belongs: bool, stage: TopicStage, state: ProposalState, hidden: bool, written: int
) -> Decision:
    """Comment on a proposal that is still one by itself."""
    decision = may_speak(actor, belongs=belongs, stage=stage)
    if decision and hidden:
        return Denied("This proposal is out of sight.")
    if decision and state is ProposalState.MERGED:
        return Denied("This proposal was merged into another. Comment there.")
    if decision and written >= MOST_COMMENTS:
        return Denied(
            "%(count)s comments on one proposal are enough; leave room for others.", {"count": MOST_COMMENTS}
        )
    return decision


def may_answer_comment(*, is_answer: bool, hidden: bool, withdrawn: bool) -> Decision:
    """Answer a comment: one level only, and nothing that is out of sight or taken back."""
    if is_answer:
        return Denied("An answer is not answered again. Write a comment of your own.")
    if hidden or withdrawn:
        return Denied("This comment cannot be read any more.")
    return ALLOWED


def may_take_back(actor: Actor, *, author_id: UUID, withdrawn: bool) -> Decision:
    """Take one's own comment back, at any time, once."""
    if actor.person_id is None or actor.person_id != author_id:
        return Denied("Only who wrote it can take it back.")
    if withdrawn:
        return Denied("You have taken it back already.")
    return ALLOWED


def may_close(actor: Actor, *, stage: TopicStage, place_path: str) -> Decision:
    """End a topic before its last day."""
    decision = may_lead(actor, place_path)
    if decision and stage not in (TopicStage.COMING, TopicStage.RUNNING):
        return Denied("This topic has already ended.")
    return decision


def may_extend(actor: Actor, *, stage: TopicStage, place_path: str) -> Decision:
    """Give a topic more days, also one that has ended; not once names are before a vote."""
    decision = may_lead(actor, place_path)
    if decision and stage not in (TopicStage.COMING, TopicStage.RUNNING, TopicStage.ENDED):
        return Denied("The names are before the vote already.")
    return decision


def may_reply(
    actor: Actor, *, author_id: UUID, state: ProposalState, verdict: Verdict, place_path: str
) -> Decision:
    """Reply officially, with a verdict or without; not to one's own proposal."""
    decision = may_lead(actor, place_path)
    if decision and author_id == actor.person_id:
        return Denied("Somebody else has to reply to your own proposal.")
    if decision and state is ProposalState.MERGED:
        return Denied("This proposal was merged into another. Reply there.")
    wanted = state_after(state, verdict)
    if decision and wanted is state and verdict is not Verdict.WORD:
        return Denied("This has been decided already.")
    if decision and wanted is not state and not may_become(state, wanted):
        return Denied("It has been taken up. Say in a reply what came of it.")
    return decision


def may_merge(
    actor: Actor, *, state: ProposalState, into: ProposalState, same: bool, one_topic: bool, place_path: str
) -> Decision:
    """Merge a proposal into another of the same topic; both still open."""
    decision = may_lead(actor, place_path)
    if decision and (same or not one_topic):
        return Denied("Choose another proposal of this topic.")
    if decision and (state is not ProposalState.OPEN or into is not ProposalState.OPEN):
        return Denied("Only proposals that are still open can be merged.")
    return decision


def may_part(actor: Actor, *, state: ProposalState, into: ProposalState | None, place_path: str) -> Decision:
    """Undo a merger, as long as the other one is still open."""
    decision = may_lead(actor, place_path)
    if decision and state is not ProposalState.MERGED:
        return Denied("This proposal stands by itself.")
    if decision and into is not ProposalState.OPEN:
        return Denied("The other proposal has been decided on, so they stay together.")
    return decision


def may_moderate(actor: Actor, *, author_id: UUID, place_path: str) -> Decision:
    """Take a proposal or a comment out of sight, or show it again; not one's own."""
    decision = may_lead(actor, place_path)
    if decision and author_id == actor.person_id:
        return Denied("Somebody else has to decide about your own words.")
    return decision


def may_make_matter(actor: Actor, *, state: ProposalState, is_matter: bool, place_path: str) -> Decision:
    """Raise a matter for a proposal that was taken up, once; whether the post enters matters, they say."""
    decision = may_lead(actor, place_path)
    if decision and state is not ProposalState.TAKEN:
        return Denied("Take the proposal up first.")
    if decision and is_matter:
        return Denied("It is a matter already.")
    return decision


def may_open_from(actor: Actor, *, state: ProposalState, has_topic: bool, place_path: str) -> Decision:
    """Open a topic of its own for a proposal that was taken up, once."""
    decision = may_lead(actor, place_path)
    if decision and state is not ProposalState.TAKEN:
        return Denied("Take the proposal up first.")
    if decision and has_topic:
        return Denied("It has a topic of its own already.")
    return decision
