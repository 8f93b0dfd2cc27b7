"""Covenants: who keeps one, who speaks to its draft, who signs."""

from datetime import date
from uuid import UUID

from linli.deliberation.kinds import AmendmentState, CovenantStage, Power
from linli.deliberation.rules.covenants import Signer, may_follow
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

NOT_HERE = "This covenant is not here."
IN_FORCE = frozenset({CovenantStage.PUBLISHED, CovenantStage.REPLACED})


def may_keep(actor: Actor, place_path: str) -> Decision:
    """Draft a covenant, lead it from stage to stage: staff whose post includes it at the place."""
    if actor.person_id is not None and actor.may(Power.COVENANT, place_path):
        return ALLOWED
    return Denied("Your post does not include covenants at this place.")


def may_see(actor: Actor, *, belongs: bool, stage: CovenantStage, place_path: str) -> Decision:
    """A draft is its writers'; from the consultation on it is for all who belong; once published for all."""
    if stage in IN_FORCE or may_keep(actor, place_path):
        return ALLOWED
    if actor.person_id is not None and belongs and stage is not CovenantStage.DRAFT:
        return ALLOWED
    return Denied(NOT_HERE)


def may_write(actor: Actor, *, stage: CovenantStage, place_path: str) -> Decision:
    """Change the text by hand: only while it is a draft. Later it changes by amendments."""
    decision = may_keep(actor, place_path)
    if decision and stage is not CovenantStage.DRAFT:
        return Denied("People have this text before them; it changes by amendments only.")
    return decision


def may_lead_to(
    actor: Actor, *, stage: CovenantStage, wanted: CovenantStage, open_amendments: int, place_path: str
) -> Decision:
    """Take a covenant into another stage. A consultation ends when every proposed change is decided."""
    decision = may_keep(actor, place_path)
    if decision and not may_follow(stage, wanted):
        return Denied("The covenant has moved on. Look at it again.")
    if decision and wanted is CovenantStage.DECIDING and open_amendments:
        return Denied(
            "%(count)s proposed changes wait for a decision. Decide on them first.",
            {"count": open_amendments},
        )
    return decision


def may_speak(actor: Actor, *, belongs: bool, stage: CovenantStage, ends: date | None, day: date) -> Decision:
    """Comment on a paragraph or propose other words: who belongs to the place, until the last day."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("This covenant is for those who live or own a home there.")
    if stage is not CovenantStage.CONSULT or ends is None or day > ends:
        return Denied("The consultation on this text has ended.")
    return ALLOWED


def may_decide(
    actor: Actor, *, author_id: UUID, state: AmendmentState, stage: CovenantStage, place_path: str
) -> Decision:
    """Take or refuse a proposed change, once, during the consultation; not one proposed oneself."""
    decision = may_keep(actor, place_path)
    if decision and (stage is not CovenantStage.CONSULT or state is not AmendmentState.OPEN):
        return Denied("This change has been decided on.")
    if decision and author_id == actor.person_id:
        return Denied("Somebody else has to decide about your own proposal.")
    return decision


def may_moderate(actor: Actor, *, author_id: UUID, place_path: str) -> Decision:
    """Take a remark out of sight, or show it again; not one's own."""
    decision = may_keep(actor, place_path)
    if decision and author_id == actor.person_id:
        return Denied("Somebody else has to decide about your own words.")
    return decision


def may_file(actor: Actor, *, stage: CovenantStage, filed_on: date | None, place_path: str) -> Decision:
    """Note that the street has it on file: after it was adopted, once."""
    decision = may_keep(actor, place_path)
    if decision and stage not in (CovenantStage.ADOPTED, CovenantStage.PUBLISHED):
        return Denied("A covenant is filed with the street after it has been adopted.")
    if decision and filed_on is not None:
        return Denied("The street has it on file already.")
    return decision


def may_review(actor: Actor, *, stage: CovenantStage, place_path: str) -> Decision:
    """Write down the yearly review of a covenant in force."""
    decision = may_keep(actor, place_path)
    if decision and stage is not CovenantStage.PUBLISHED:
        return Denied("Only a covenant in force is reviewed.")
    return decision


def may_remind(actor: Actor, place_path: str) -> Decision:
    """Tell the staff that a review is due: the house itself, and who keeps the covenant."""
    return ALLOWED if actor.kind is ActorKind.SYSTEM else may_keep(actor, place_path)


def may_sign(*, signer: Signer, stage: CovenantStage, has_signed: bool) -> Decision:
    """Sign for a household: an adult who lives there, while the covenant is in force, once a household."""
    if stage is CovenantStage.REPLACED:
        return Denied("A newer covenant has replaced this one.")
    if stage is not CovenantStage.PUBLISHED:
        return Denied("A covenant is signed after it has been published.")
    if signer.home_id is None:
        return Denied("Households that live there sign. If you do, ask the community to note your home.")
    if not signer.is_adult:
        return Denied("Adults sign for a household. Ask somebody older at home.")
    if has_signed:
        return Denied("Your household has signed already.")
    return ALLOWED


def may_change_signature(*, signer: Signer, has_signed: bool) -> Decision:
    """Withdraw a signature or say whether it is shown: any adult who lives in the household."""
    if not has_signed:
        return Denied("Your household has not signed.")
    if signer.is_adult:
        return ALLOWED
    return Denied("Adults sign for a household. Ask somebody older at home.")


def may_enter(actor: Actor, place_path: str) -> Decision:
    """Write down a signature given on paper: who keeps the covenant and may look residents up."""
    decision = may_keep(actor, place_path)
    if decision and not actor.may(PeoplePower.READ, place_path):
        return Denied("Your post does not include looking residents up.")
    return decision


def may_strike(actor: Actor, *, on_paper: bool, place_path: str) -> Decision:
    """Staff take back what they entered from paper; what was signed on a phone is its household's."""
    decision = may_keep(actor, place_path)
    if decision and not on_paper:
        return Denied("This household signed for itself and takes it back itself.")
    return decision
