"""Surveys: who asks, who answers, who reads what came of one."""

from linli.deliberation.kinds import Power, SurveyStage
from linli.deliberation.rules.covenants import Signer
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

NOT_HERE = "This survey is not here."
PUBLIC = frozenset({SurveyStage.PUBLISHED, SurveyStage.ARCHIVED})


def may_ask(actor: Actor, place_path: str) -> Decision:
    """Write surveys and lead them: staff whose post includes it at the place."""
    if actor.person_id is not None and actor.may(Power.SURVEY, place_path):
        return ALLOWED
    return Denied("Your post does not include surveys at this place.")


def may_see(actor: Actor, *, belongs: bool, stage: SurveyStage, place_path: str) -> Decision:
    """A draft is its writers'; then it is for all who belong; once published for everybody."""
    if stage in PUBLIC or may_ask(actor, place_path):
        return ALLOWED
    if actor.person_id is not None and belongs and stage is not SurveyStage.DRAFT:
        return ALLOWED
    return Denied(NOT_HERE)


def may_write(actor: Actor, *, stage: SurveyStage, place_path: str) -> Decision:
    """Change the questions, or drop the survey: only while nobody has it before them."""
    decision = may_ask(actor, place_path)
    if decision and stage is not SurveyStage.DRAFT:
        return Denied("People have these questions before them; they stay as they are.")
    return decision


def may_open(actor: Actor, *, stage: SurveyStage, questions: int, place_path: str) -> Decision:
    """Put it to people: once, with at least one question."""
    decision = may_write(actor, stage=stage, place_path=place_path)
    return Denied("Write a question first.") if decision and not questions else decision


def may_answer(
    actor: Actor, *, belongs: bool, signer: Signer | None, stage: SurveyStage, has_answered: bool
) -> Decision:
    """Answer: who belongs to the place, once; where households are asked, one adult who lives there for all.

    `signer` is given only where households are asked.
    """
    if actor.person_id is None:
        return Denied("Please sign in first.")
    return _answerable(belongs=belongs, signer=signer, stage=stage, has_answered=has_answered)


def may_hand_in(
    actor: Actor,
    *,
    belongs: bool,
    signer: Signer | None,
    stage: SurveyStage,
    has_answered: bool,
    place_path: str,
) -> Decision:
    """Note that somebody handed in a sheet of paper: staff who may look residents up."""
    decision = may_ask(actor, place_path)
    if decision and not actor.may(PeoplePower.READ, place_path):
        return Denied("Your post does not include looking residents up.")
    if not decision:
        return decision
    return _answerable(belongs=belongs, signer=signer, stage=stage, has_answered=has_answered)


def _answerable(*, belongs: bool, signer: Signer | None, stage: SurveyStage, has_answered: bool) -> Decision:
    if not belongs:
        return Denied("This survey is for those who live or own a home there.")
    if stage is not SurveyStage.RUNNING:
        return Denied("This survey is not open for answers.")
    if signer is not None and signer.home_id is None:
        return Denied("Here each household answers once. Ask the community to note your home.")
    if signer is not None and not signer.is_adult:
        return Denied("Here an adult answers for the household.")
    if has_answered:
        return Denied(
            "Your household has answered already." if signer else "You have answered already. It counts once."
        )
    return ALLOWED


def may_enter_sheet(actor: Actor, *, stage: SurveyStage, waiting: int, place_path: str) -> Decision:
    """Enter what is on a sheet: as many as were handed in, until the result is published."""
    decision = may_ask(actor, place_path)
    if decision and stage not in (SurveyStage.RUNNING, SurveyStage.ENDED):
        return Denied("This survey is not open for answers.")
    if decision and waiting < 1:
        return Denied("Every sheet handed in has been entered. Note first who hands one in.")
    return decision


def may_strike_sheet(actor: Actor, *, stage: SurveyStage, place_path: str) -> Decision:
    """Take back a sheet that was entered wrongly, to enter it again."""
    decision = may_ask(actor, place_path)
    if decision and stage not in (SurveyStage.RUNNING, SurveyStage.ENDED):
        return Denied("The result is published; it stays as it was counted.")
    return decision


def may_close(actor: Actor, *, stage: SurveyStage, place_path: str) -> Decision:
    """End it before its last day."""
    decision = may_ask(actor, place_path)
    if decision and stage is not SurveyStage.RUNNING:
        return Denied("This survey is not open for answers.")
    return decision


def may_read_texts(actor: Actor, *, stage: SurveyStage, is_told: bool, place_path: str) -> Decision:
    """Read the words people wrote: staff, after the end, and when at least five people answered."""
    decision = may_ask(actor, place_path)
    if decision and stage in (SurveyStage.DRAFT, SurveyStage.RUNNING):
        return Denied("The answers can be read when the survey has ended.")
    if decision and not is_told:
        return Denied("Fewer than five people answered: nothing of it is told.")
    return decision


def may_publish(actor: Actor, *, stage: SurveyStage, waiting: int, place_path: str) -> Decision:
    """Publish the counts: after the end, once, when every sheet handed in has been entered."""
    decision = may_ask(actor, place_path)
    if decision and stage in PUBLIC:
        return Denied("The result is already published.")
    if decision and stage is not SurveyStage.ENDED:
        return Denied("A result is published after the survey has ended.")
    if decision and waiting:
        return Denied("%(count)s sheets handed in have not been entered.", {"count": waiting})
    return decision


def may_archive(actor: Actor, *, stage: SurveyStage, place_path: str) -> Decision:
    """Put it away, with what changed because of it."""
    decision = may_ask(actor, place_path)
    if decision and stage is not SurveyStage.PUBLISHED:
        return Denied("A survey is archived once its result is published.")
    return decision


def may_repeat(actor: Actor, *, stage: SurveyStage, has_next: bool, place_path: str) -> Decision:
    """Ask the same again: once the result is published; one next round follows it."""
    decision = may_ask(actor, place_path)
    if decision and stage not in PUBLIC:
        return Denied("Ask again when this result is published.")
    if decision and has_next:
        return Denied("The next round has been drafted.")
    return decision
