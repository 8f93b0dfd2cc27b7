"""Who may see, move and speak about a matter."""

from datetime import datetime
from uuid import UUID

from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import Outcome, Power, State
from linli.matters.models import Matter
from linli.matters.policies.held import by_power
from linli.matters.rules.ties import Ties


def may_see(actor: Actor, matter: Matter, ties: Ties) -> Decision:
    """The whole matter: its raisers, staff over its place, units with an order on it."""
    if ties.is_party or ties.handles_order or ties.supervises or is_staff(actor, matter):
        return ALLOWED
    return Denied("There is no such matter for you to see.")


def may_read_words(actor: Actor, matter: Matter, ties: Ties) -> Decision:
    """The raiser's own words and photos: raiser, staff, units at work; who joined only what is published."""
    own = ties.is_raiser or ties.holds_tracking_code
    if own or ties.handles_order or ties.supervises or is_staff(actor, matter):
        return ALLOWED
    return Denied("The raiser's own words are for the raiser and staff only.")


def may_see_point(actor: Actor, matter: Matter, ties: Ties) -> Decision:
    """The very spot the raiser showed: who raised it and staff; it may be somebody's own door."""
    if ties.is_raiser or ties.holds_tracking_code or is_staff(actor, matter):
        return ALLOWED
    return Denied("The spot on the map is for the raiser and staff only.")


def may_see_file(actor: Actor, matter: Matter, ties: Ties, internal: bool) -> Decision:
    """Its photos and files; those of orders and notes never go to who raised it."""
    works = ties.handles_order or ties.supervises or is_staff(actor, matter)
    if works or (not internal and may_read_words(actor, matter, ties)):
        return ALLOWED
    return Denied("There is no such file for you to see.")


def may_see_published(matter: Matter) -> Decision:
    """The published title and summary: everybody."""
    if matter.published_at is not None:
        return ALLOWED
    return Denied("There is no such matter for you to see.")


def may_see_raiser(actor: Actor, matter: Matter) -> Decision:
    """Who raised it, masked: staff over the place; never a unit or the person complained of."""
    if matter.anonymous:
        return Denied("It was raised without a name.")
    if is_staff(actor, matter):
        return ALLOWED
    return Denied("Who raised this is known to the community's staff only.")


def is_staff(actor: Actor, matter: Matter) -> bool:
    """Whether the actor reads matters over the place of this one."""
    return actor.may(Power.READ, matter.place_path)


def may_raise(actor: Actor) -> Decision:
    """Everybody may raise something, with or without a name."""
    return ALLOWED


def may_join(actor: Actor, matter: Matter, lives_here: bool) -> Decision:
    """Standing behind a published, open matter of one's own community."""
    if actor.kind is not ActorKind.PERSON:
        return Denied("Please sign in first.")
    if matter.published_at is None or matter.state == State.CLOSED:
        return Denied("Only an open, published matter can be joined.")
    return ALLOWED if lives_here else Denied("Only residents of this community can join.")


def may_enter_for_others(actor: Actor, path: str) -> Decision:
    """Writing down what somebody said: staff of the place."""
    return by_power(actor, Power.ENTER, path, "Entering matters for others is for the staff of this place.")


def may_triage(actor: Actor, matter: Matter) -> Decision:
    """Confirming category, level and unit of an open matter."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    return by_power(
        actor, Power.TRIAGE, matter.place_path, "Your post does not include sorting new matters here."
    )


def may_sort_again(actor: Actor, matter: Matter) -> Decision:
    """Correcting how a sorted matter was sorted."""
    if matter.triaged_at is None:
        return Denied("This matter is not sorted yet.")
    return may_triage(actor, matter)


def may_claim(actor: Actor, matter: Matter) -> Decision:
    """Of several holders one claims; who already has it is not pushed aside."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    if matter.holder_id not in actor.posts:
        return Denied("This matter is not on your post.")
    if matter.claimed_by_id not in (None, actor.person_id):
        return Denied("A colleague is already on it.")
    return ALLOWED


def may_move(actor: Actor, matter: Matter) -> Decision:
    """Moving a matter along: who holds its step, unless a colleague claimed it."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    if matter.state == State.SUSPENDED:
        return Denied("This matter is suspended. Resume it first.")
    if matter.holder_id not in actor.posts:
        return Denied("This matter is not on your post.")
    if not actor.may(Power.MOVE, matter.place_path):
        return Denied("Your post does not include moving matters here.")
    if matter.claimed_by_id not in (None, actor.person_id):
        return Denied("A colleague is already on it.")
    return ALLOWED


def may_record_outcome(actor: Actor, matter: Matter) -> Decision:
    """What a meeting or a ballot decided: the meeting or ballot itself, or who holds the step."""
    return ALLOWED if actor.kind is ActorKind.SYSTEM else may_move(actor, matter)


def may_withdraw(actor: Actor, matter: Matter, ties: Ties) -> Decision:
    """Only the first raiser takes a matter back, and only while it is open."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    if ties.is_raiser or ties.holds_tracking_code:
        return ALLOWED
    return Denied("Only who raised a matter can withdraw it.")


def may_reopen(matter: Matter, ties: Ties, until: datetime, now: datetime) -> Decision:
    """A raiser for whom it is not solved may open it again, for a while after it closed."""
    if matter.state != State.CLOSED:
        return Denied("This matter is still open.")
    if matter.outcome == Outcome.MERGED:
        return Denied("It goes on together with another matter. Please look there.")
    if matter.outcome == Outcome.WITHDRAWN:
        return Denied("You withdrew this matter. Please raise it anew.")
    if not ties.is_party:
        return Denied("Only who raised a matter can open it again.")
    if now > until:
        return Denied("It closed too long ago to open again. Please raise it anew.")
    return ALLOWED


def may_hand_over(actor: Actor, matter: Matter) -> Decision:
    """Handing on what is not our duty, by staff who hold the power here."""
    if matter.state != State.OPEN:
        return Denied("Only an open matter can be handed over.")
    return by_power(
        actor, Power.HAND_OVER, matter.place_path, "Your post does not include handing matters over."
    )


def may_merge(actor: Actor, matter: Matter, into: Matter) -> Decision:
    """并案: whoever sorts matters over both places. A matter without a name has only its code."""
    if matter.state == State.CLOSED or into.state == State.CLOSED:
        return Denied("Only open matters can be merged.")
    if matter.anonymous:
        return Denied("It was raised without a name: its code leads to this matter only.")
    for one in (matter, into):
        decision = may_triage(actor, one)
        if not decision:
            return decision
    return ALLOWED


def may_tell_apart(actor: Actor, matter: Matter, other: Matter) -> Decision:
    """Saying that two matters are not the same: whoever sorts matters over both places."""
    for one in (matter, other):
        decision = may_triage(actor, one)
        if not decision:
            return decision
    return ALLOWED


def may_split(actor: Actor, matter: Matter) -> Decision:
    """拆分: whoever sorts matters here."""
    if matter.state != State.OPEN:
        return Denied("Only an open matter can be split.")
    if matter.anonymous:
        return Denied("It was raised without a name: its code leads to this matter only.")
    return may_triage(actor, matter)


def may_postpone(actor: Actor, matter: Matter) -> Decision:
    """延期 of the promise: who approves more time, and never for a matter they have in hand themselves."""
    if matter.state != State.OPEN:
        return Denied("Only an open matter can be given more time.")
    if matter.claimed_by_id is not None and matter.claimed_by_id == actor.person_id:
        return Denied("Nobody decides on their own request.")
    return by_power(
        actor, Power.EXTENSION_APPROVE, matter.place_path, "Your post does not include deciding on more time."
    )


def may_suspend(actor: Actor, matter: Matter) -> Decision:
    """Stopping a clock: staff with the power, on an open matter."""
    if matter.state != State.OPEN:
        return Denied("Only an open matter can be suspended.")
    return by_power(actor, Power.SUSPEND, matter.place_path, "Your post does not include suspending matters.")


def may_resume(actor: Actor, matter: Matter) -> Decision:
    if matter.state != State.SUSPENDED:
        return Denied("This matter is not suspended.")
    return by_power(actor, Power.SUSPEND, matter.place_path, "Your post does not include suspending matters.")


def may_answer(actor: Actor, matter: Matter) -> Decision:
    """Speaking officially for the community."""
    return by_power(
        actor, Power.ANSWER, matter.place_path, "Your post does not include answering officially."
    )


def may_note(actor: Actor, matter: Matter) -> Decision:
    """Internal notes and records of first contact."""
    return by_power(actor, Power.NOTE, matter.place_path, "Notes are for the staff of this place.")


def may_supplement(matter: Matter, ties: Ties) -> Decision:
    """Adding a word to one's own open matter."""
    if not ties.is_party:
        return Denied("Only who raised a matter can add to it.")
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    return ALLOWED


def may_comment(actor: Actor, matter: Matter, ties: Ties, comments_are_open: bool) -> Decision:
    """Neighbours speak on a published matter while its step is open to comments."""
    if actor.kind is not ActorKind.PERSON:
        return Denied("Please sign in first.")
    if matter.published_at is None:
        return Denied("There is no such matter for you to see.")
    if not (ties.lives_in_community or ties.is_party):
        return Denied("Only residents of this community can comment here.")
    if not comments_are_open:
        return Denied("This matter is not open to comments now.")
    return ALLOWED


def may_publish(actor: Actor, matter: Matter) -> Decision:
    """Publishing a title and summary, unless the raiser forbade it."""
    if matter.forbids_publication:
        return Denied("The raiser does not want this matter published.")
    if matter.confidential:
        return Denied("This matter is confidential.")
    return by_power(actor, Power.PUBLISH, matter.place_path, "Your post does not include publishing matters.")


def may_unpublish(actor: Actor, matter: Matter) -> Decision:
    return by_power(actor, Power.PUBLISH, matter.place_path, "Your post does not include publishing matters.")


def may_forbid_publication(matter: Matter, ties: Ties) -> Decision:
    """The raiser decides, at any time."""
    if ties.is_raiser or ties.holds_tracking_code:
        return ALLOWED
    return Denied("Only who raised a matter decides this.")


def may_urge(actor: Actor, matter: Matter, ties: Ties) -> Decision:
    """催办: the raiser, or staff over the place."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    if ties.is_party or is_staff(actor, matter):
        return ALLOWED
    return Denied("Only who raised a matter, or staff, can urge it.")


def may_supervise(actor: Actor, matter: Matter) -> Decision:
    """督办: a post above."""
    if matter.state == State.CLOSED:
        return Denied("This matter is closed.")
    return by_power(actor, Power.SUPERVISE, matter.place_path, "Your post does not include supervising.")


def may_call_back(actor: Actor, matter: Matter, workers: frozenset[UUID]) -> Decision:
    """回访: somebody with the power who did not work on the matter. A key is judged by its post.

    `workers` are the persons who worked on it, and the posts for which keys did.
    """
    if actor.person_id in workers or (actor.kind is ActorKind.KEY and actor.posts & workers):
        return Denied("Nobody calls back their own work.")
    return by_power(actor, Power.CALLBACK, matter.place_path, "Your post does not include calling back.")


def may_evaluate(matter: Matter, ties: Ties, evaluation_is_open: bool) -> Decision:
    """Judging: raisers and joiners, once the matter asks for it or has closed."""
    if not ties.is_party:
        return Denied("Only who raised a matter can judge it.")
    if matter.state == State.CLOSED and matter.outcome not in (Outcome.WITHDRAWN, Outcome.MERGED):
        return ALLOWED
    if evaluation_is_open:
        return ALLOWED
    return Denied("This matter is not ready to be judged yet.")


def may_ask_exclusion(actor: Actor, matter: Matter) -> Decision:
    return by_power(
        actor, Power.TRIAGE, matter.place_path, "Your post does not include sorting new matters here."
    )


def may_approve_exclusion(actor: Actor, matter: Matter, asked_by: UUID) -> Decision:
    """剔除 needs another person's approval (rules.md §4)."""
    if asked_by == actor.person_id:
        return Denied("Nobody decides on their own request.")
    return by_power(
        actor, Power.EXCLUDE, matter.place_path, "Your post does not include approving exclusions."
    )
