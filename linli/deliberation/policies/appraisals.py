"""Appraisals: who runs one, nominates, agrees, sees, chooses, judges, doubts and answers."""

from uuid import UUID

from linli.deliberation.kinds import AppraisalStage, NominationState, Power
from linli.deliberation.rules.appraisals import MOST_NOMINATIONS, Objected, Reader
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

NOT_HERE = "This appraisal is not here."
NOMINATION_NOT_HERE = "This nomination is not here any more."
MOVED_ON = "The appraisal has moved on. Look at it again."
UNDECIDED = frozenset({AppraisalStage.NOMINATING, AppraisalStage.ASKING})
OVER = frozenset({AppraisalStage.HONOURED, AppraisalStage.CALLED_OFF})
ANNOUNCED = frozenset({AppraisalStage.POSTED, AppraisalStage.HONOURED})


def may_run(actor: Actor, place_path: str) -> Decision:
    """Open an appraisal and lead it: staff whose post includes it at the place."""
    if actor.person_id is not None and actor.may(Power.APPRAISE, place_path):
        return ALLOWED
    return Denied("Your post does not include appraisals at this place.")


def may_look_up(actor: Actor, place_path: str) -> Decision:
    """Find a resident by name: who runs the appraisal and may look residents up."""
    decision = may_run(actor, place_path)
    if decision and not actor.may(PeoplePower.READ, place_path):
        return Denied("Your post does not include looking residents up.")
    return decision


def may_see(
    actor: Actor, *, belongs: bool, is_juror: bool, stage: AppraisalStage, place_path: str
) -> Decision:
    """Who belongs to the place, its jury and its staff; once a result is posted, everybody."""
    if stage in ANNOUNCED or may_run(actor, place_path):
        return ALLOWED
    return ALLOWED if actor.person_id is not None and (belongs or is_juror) else Denied(NOT_HERE)


def may_call_off(actor: Actor, *, stage: AppraisalStage, place_path: str) -> Decision:
    """Call an appraisal off: until it stands on the honours roll."""
    decision = may_run(actor, place_path)
    return Denied(MOVED_ON) if decision and stage in OVER else decision


def may_prolong(actor: Actor, *, stage: AppraisalStage, place_path: str) -> Decision:
    """Give an appraisal more days: until its last day to choose; what was chosen is not waited for longer."""
    decision = may_run(actor, place_path)
    if decision and stage not in UNDECIDED | {AppraisalStage.CHOOSING}:
        return Denied("Its days are over; they stay as they were.")
    return decision


# Nominations


def may_nominate(
    actor: Actor, *, belongs: bool, is_juror: bool, stage: AppraisalStage, so_far: int
) -> Decision:
    """Put somebody forward: who belongs to the place, in its days, a few times; the jury judges instead."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This appraisal is for those who live or own a home there.")
    if stage is not AppraisalStage.NOMINATING:
        return Denied("The days for nominations are over.")
    if is_juror:
        return Denied("You are on the jury; who judges does not nominate.")
    if so_far >= MOST_NOMINATIONS:
        return Denied("You have put forward %(count)s already. Leave some to others.", {"count": so_far})
    return ALLOWED


def may_nominate_self(decision: Decision, *, self_allowed: bool) -> Decision:
    """Put oneself forward, where the appraisal says so."""
    if decision and not self_allowed:
        return Denied("In this appraisal people are put forward by others.")
    return decision


def may_enter(actor: Actor, *, stage: AppraisalStage, is_juror: bool, place_path: str) -> Decision:
    """Put somebody forward from the desk, as who runs the appraisal and may look residents up."""
    decision = may_look_up(actor, place_path)
    if decision and stage is not AppraisalStage.NOMINATING:
        return Denied("The days for nominations are over.")
    if decision and is_juror:
        return Denied("You are on the jury; who judges does not nominate.")
    return decision


def may_be_named(*, is_juror: bool, has_declined: bool, is_there: bool) -> Decision:
    """Whether somebody can be put forward: not a juror, not twice, not after they said no."""
    if is_juror:
        return Denied("They are on the jury, so they are not put forward.")
    if is_there:
        return Denied("They are put forward already.")
    if has_declined:
        return Denied("They do not want to be put forward in this appraisal.")
    return ALLOWED


def may_find(actor: Actor, *, state: NominationState, stage: AppraisalStage, place_path: str) -> Decision:
    """Say which resident is meant, so that they are asked: until the choosing begins."""
    decision = may_look_up(actor, place_path)
    if decision and (stage not in UNDECIDED or state is not NominationState.NAMED):
        return Denied(MOVED_ON)
    return decision


def may_set_aside(
    actor: Actor, *, state: NominationState, stage: AppraisalStage, place_path: str
) -> Decision:
    """Take out a nomination nobody has agreed to yet, because it names nobody or does not fit."""
    decision = may_run(actor, place_path)
    if decision and (stage in ANNOUNCED or stage in OVER or state is NominationState.AGREED):
        return Denied(MOVED_ON)
    return decision


def may_take_back(
    actor: Actor, *, nominator_id: UUID | None, state: NominationState, stage: AppraisalStage
) -> Decision:
    """Take back what one wrote oneself, before they agreed."""
    if actor.person_id is None or actor.person_id != nominator_id:
        return Denied(NOMINATION_NOT_HERE)
    if stage not in UNDECIDED or state is NominationState.AGREED:
        return Denied("They have agreed already; now it is theirs.")
    return ALLOWED


def may_agree(
    actor: Actor, *, person_id: UUID | None, is_child: bool, state: NominationState, stage: AppraisalStage
) -> Decision:
    """Agree to be put forward: oneself, before the choosing begins."""
    if actor.person_id is None or actor.person_id != person_id:
        return Denied(NOMINATION_NOT_HERE)
    if is_child:
        return Denied("Under 18 a parent agrees, on paper; the community writes it down.")
    return _agreeable(state, stage)


def may_record_consent(
    actor: Actor, *, state: NominationState, stage: AppraisalStage, place_path: str
) -> Decision:
    """Write down that somebody agreed on paper or by word of mouth."""
    decision = may_run(actor, place_path)
    return _agreeable(state, stage) if decision else decision


def _agreeable(state: NominationState, stage: AppraisalStage) -> Decision:
    if stage not in UNDECIDED:
        return Denied("The choosing has begun, so nobody joins any more.")
    if state is not NominationState.ASKED:
        return Denied("They have agreed already.")
    return ALLOWED


def may_withdraw(actor: Actor, *, person_id: UUID | None, place_path: str) -> Decision:
    """Refuse, or take one's word back at any time: oneself, or staff for whoever says so to them."""
    if actor.person_id is not None and actor.person_id == person_id:
        return ALLOWED
    return may_run(actor, place_path) or Denied(NOMINATION_NOT_HERE)


def may_read_nomination(
    actor: Actor,
    reader: Reader,
    *,
    people: tuple[UUID | None, UUID | None],
    state: NominationState,
    is_honoured: bool,
    stage: AppraisalStage,
    place_path: str,
) -> Decision:
    """A nomination with its photos. `people`: who is nominated and who nominated them.

    Staff and these two always; with their consent who belongs to the place, and the jury, while they choose;
    the honoured everybody.
    """
    if may_run(actor, place_path) or (actor.person_id is not None and actor.person_id in people):
        return ALLOWED
    if is_honoured and stage in ANNOUNCED:
        return ALLOWED
    choosing = stage in (AppraisalStage.CHOOSING, AppraisalStage.COUNTING)
    inside = actor.person_id is not None and (reader.belongs or reader.is_juror)
    if state is NominationState.AGREED and choosing and inside:
        return ALLOWED
    return Denied(NOMINATION_NOT_HERE)


# The jury, the residents, the result


def may_name_juror(
    actor: Actor,
    *,
    stage: AppraisalStage,
    is_there: bool,
    is_nominated: bool,
    has_nominated: bool,
    place_path: str,
) -> Decision:
    """Call somebody to the jury, before the choosing begins: nobody who is nominated or has nominated."""
    decision = may_run(actor, place_path)
    if not decision:
        return decision
    if stage not in UNDECIDED:
        return Denied("The choosing has begun; the jury stays as it is.")
    if is_there:
        return Denied("They are on the jury already.")
    if is_nominated:
        return Denied("They are put forward themselves, so they do not judge.")
    if has_nominated:
        return Denied("They have put somebody forward, so they do not judge.")
    return ALLOWED


def may_release(actor: Actor, *, stage: AppraisalStage, place_path: str) -> Decision:
    """Let a juror go: before the choosing begins."""
    decision = may_run(actor, place_path)
    if decision and stage not in UNDECIDED:
        return Denied("The choosing has begun; the jury stays as it is.")
    return decision


def may_choose(actor: Actor, *, belongs: bool, stage: AppraisalStage, has_chosen: bool) -> Decision:
    """Give one's voice: who belongs to the place, in the days for it, once and secretly."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This appraisal is for those who live or own a home there.")
    if stage in UNDECIDED:
        return Denied("Choosing has not begun yet.")
    if stage is not AppraisalStage.CHOOSING:
        return Denied("The days for choosing are over.")
    if has_chosen:
        return Denied("You have chosen already. Nobody can see whom, so it cannot be changed.")
    return ALLOWED


def may_judge(actor: Actor, *, is_juror: bool, stage: AppraisalStage) -> Decision:
    """Give points, and change them until the last day of choosing: the jury."""
    if not is_juror:
        return Denied("Points are given by the jury.")
    if stage in UNDECIDED:
        return Denied("Choosing has not begun yet.")
    return ALLOWED if stage is AppraisalStage.CHOOSING else Denied("The days for choosing are over.")


def may_post(actor: Actor, *, stage: AppraisalStage, place_path: str) -> Decision:
    """Post the result: after the last day of choosing, once."""
    decision = may_run(actor, place_path)
    if decision and stage is not AppraisalStage.COUNTING:
        return Denied("A result is posted after the last day of choosing, and once.")
    return decision


def may_doubt(
    actor: Actor, *, belongs: bool, is_honoured: bool, is_over: bool, stage: AppraisalStage, has_doubted: bool
) -> Decision:
    """Object to somebody's honour: who belongs to the place, while it is posted, once for each."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This appraisal is for those who live or own a home there.")
    if stage is not AppraisalStage.POSTED or is_over or not is_honoured:
        return Denied("Objections are made while the result is posted.")
    if has_doubted:
        return Denied("You have already objected to this. You will be told the answer.")
    return ALLOWED


def may_answer(actor: Actor, objected: Objected, place_path: str) -> Decision:
    """Answer an objection: staff who did not nominate them, are not them, and did not object."""
    decision = may_run(actor, place_path)
    if not decision:
        return decision
    if objected.is_answered or objected.stage is not AppraisalStage.POSTED:
        return Denied("This objection has its answer.")
    if actor.person_id in objected.involved:
        return Denied("Somebody answers who did not nominate them and does not object.")
    return ALLOWED


def may_conclude(
    actor: Actor, *, stage: AppraisalStage, is_over: bool, waiting: int, place_path: str
) -> Decision:
    """Put them on the honours roll: when the posting is over and every objection has its answer."""
    decision = may_run(actor, place_path)
    if not decision:
        return decision
    if stage is not AppraisalStage.POSTED:
        return Denied(MOVED_ON)
    if not is_over:
        return Denied("The result stays posted until its last day has passed.")
    if waiting:
        return Denied("%(count)s objections wait for an answer.", {"count": waiting})
    return ALLOWED
