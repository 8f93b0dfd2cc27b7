"""Works laid open: who keeps their file, who sees it, doubts, answers, accepts, claims the warranty."""

from datetime import date
from uuid import UUID

from linli.deliberation.kinds import Power, WorksStage
from linli.deliberation.rules import works as rules
from linli.kernel.actor import Actor
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

NOT_HERE = "These works are not here."
MOVED_ON = "The works have moved on. Look at them again."
LAID_OPEN = frozenset({WorksStage.PLANNED, WorksStage.BUILDING, WorksStage.ACCEPTING})


def may_keep(actor: Actor, place_path: str) -> Decision:
    """Keep the file of works: staff whose post includes it at the place."""
    if actor.person_id is not None and actor.may(Power.WORKS, place_path):
        return ALLOWED
    return Denied("Your post does not include works at this place.")


def may_go_round(actor: Actor, place_path: str) -> Decision:
    """Write down what is heard and explained at doors: who keeps the file, and whoever is sent round."""
    if may_keep(actor, place_path):
        return ALLOWED
    if actor.person_id is not None and actor.may(Power.WORKS_DOOR, place_path):
        return ALLOWED
    return Denied("Your post does not include works at this place.")


def may_see(actor: Actor, *, belongs: bool, stage: WorksStage, place_path: str) -> Decision:
    """A draft is its writers'; laid open, works are for all who belong there and who go round."""
    if may_keep(actor, place_path):
        return ALLOWED
    if stage is not WorksStage.DRAFT and (belongs or may_go_round(actor, place_path)):
        return ALLOWED
    return Denied(NOT_HERE)


def may_write(actor: Actor, *, stage: WorksStage, place_path: str) -> Decision:
    """Change the head, parts, materials, papers or warranties: until the works are accepted or stopped."""
    decision = may_keep(actor, place_path)
    if decision and stage is not WorksStage.DRAFT and stage not in LAID_OPEN:
        return Denied("The works are over; their file stays as it is.")
    return decision


def may_compare(actor: Actor, *, stage: WorksStage, place_path: str) -> Decision:
    """Change the options or the rule of acceptance: only before it is decided which one is built."""
    decision = may_keep(actor, place_path)
    if decision and stage not in (WorksStage.DRAFT, WorksStage.PLANNED):
        return Denied("It is decided what is built; the options stay as they were.")
    return decision


def may_lead_to(actor: Actor, *, stage: WorksStage, wanted: WorksStage, place_path: str) -> Decision:
    """Take works into another stage."""
    decision = may_keep(actor, place_path)
    if decision and not rules.may_follow(stage, wanted):
        return Denied(MOVED_ON)
    return decision


def may_put(
    actor: Actor, *, stage: WorksStage, unfinished: int, unanswered: int, warranties: int, place_path: str
) -> Decision:
    """Ask those who live there whether they accept: every part is done, every doubt answered, and it stands
    what is under warranty."""
    decision = may_lead_to(actor, stage=stage, wanted=WorksStage.ACCEPTING, place_path=place_path)
    if decision and unfinished:
        return Denied("%(count)s parts are not done yet.", {"count": unfinished})
    if decision and unanswered:
        return Denied("%(count)s doubts wait for an answer. Answer them first.", {"count": unanswered})
    if decision and not warranties:
        return Denied("Write down first what is under warranty.")
    return decision


def may_conclude(
    actor: Actor,
    *,
    stage: WorksStage,
    heard: rules.Heard,
    until: date | None,
    day: date,
    defects: int,
    place_path: str,
) -> Decision:
    """Count the homes: after the last day or once all spoke, where enough did. What enough homes accept is
    accepted once every noted defect is mended."""
    decision = may_keep(actor, place_path)
    if not decision:
        return decision
    if stage is not WorksStage.ACCEPTING or until is None:
        return Denied(MOVED_ON)
    if day <= until and not heard.is_everybody:
        return Denied("Residents have time until the last day. It is counted after that.")
    if not heard.enough_spoke:
        return Denied(
            "%(spoke)s of at least %(least)s homes have spoken. Give more time and go to those who have not.",
            {"spoke": heard.spoke, "least": heard.least_to_speak},
        )
    if heard.accepts and defects:
        return Denied("%(count)s defects are not mended yet.", {"count": defects})
    return ALLOWED


def may_doubt(actor: Actor, *, belongs: bool, stage: WorksStage, waiting: int) -> Decision:
    """Ask in public what one doubts: who belongs to the place, while the works are on."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("These works are for those who live or own a home there.")
    if stage not in LAID_OPEN:
        return Denied("The works are over. What is broken goes to the warranty.")
    if waiting >= rules.MOST_WAITING:
        return Denied("%(count)s of your doubts wait for an answer. Wait for them first.", {"count": waiting})
    return ALLOWED


def may_share(actor: Actor, *, belongs: bool, hidden: bool, answered: bool) -> Decision:
    """Say that one doubts the same: who belongs, until it is answered."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if hidden or not belongs:
        return Denied(NOT_HERE)
    if answered:
        return Denied("This has been answered. If you still doubt it, ask what the answer leaves open.")
    return ALLOWED


def may_enter_doubt(actor: Actor, *, stage: WorksStage, place_path: str) -> Decision:
    """Write down a doubt heard at the door."""
    decision = may_go_round(actor, place_path)
    if decision and stage not in LAID_OPEN:
        return Denied("The works are over. What is broken goes to the warranty.")
    return decision


def may_answer(actor: Actor, *, asked_by: UUID | None, place_path: str) -> Decision:
    """Answer a doubt officially: not one's own."""
    decision = may_keep(actor, place_path)
    if decision and asked_by is not None and asked_by == actor.person_id:
        return Denied("Somebody else has to answer what you asked.")
    return decision


def may_moderate(actor: Actor, *, asked_by: UUID | None, place_path: str) -> Decision:
    """Take a doubt out of sight, or show it again: not one's own."""
    decision = may_keep(actor, place_path)
    if decision and asked_by is not None and asked_by == actor.person_id:
        return Denied("Somebody else has to decide about your own words.")
    return decision


def may_remove_photo(actor: Actor, *, asked_by: UUID | None, place_path: str) -> Decision:
    """Take a photo of a doubt out for good: who asked, and who keeps the file: a face, a neighbour's door."""
    if actor.person_id is not None and asked_by == actor.person_id:
        return ALLOWED
    return may_keep(actor, place_path)


def may_explain(actor: Actor, *, answered: bool, place_path: str) -> Decision:
    """Write down a round from door to door: once there is an answer to explain."""
    decision = may_go_round(actor, place_path)
    if decision and not answered:
        return Denied("Answer it first; then there is something to explain.")
    return decision


def may_speak(
    *, home_id: UUID | None, adult: bool | None, stage: WorksStage, until: date | None, day: date
) -> Decision:
    """Say for one's home whether the works are accepted: an adult who lives there, until the last day."""
    if stage is not WorksStage.ACCEPTING or until is None or day > until:
        return Denied("Nobody is asked about these works now.")
    if home_id is None:
        return Denied("Homes there are asked. If you live there, ask the community to note your home.")
    if adult is None:
        return Denied("Adults speak for a home. Ask the community to note your year of birth.")
    if not adult:
        return Denied("Adults speak for a home. Ask somebody older at home.")
    return ALLOWED


def may_enter(actor: Actor, place_path: str) -> Decision:
    """Write down what somebody said at the door or on paper: who may look residents up."""
    decision = may_go_round(actor, place_path)
    if decision and not actor.may(PeoplePower.READ, place_path):
        return Denied("Your post does not include looking residents up.")
    return decision


def may_note_defect(actor: Actor, *, stage: WorksStage, place_path: str) -> Decision:
    """Note a defect, or that it is mended: while building and until acceptance."""
    decision = may_keep(actor, place_path)
    if decision and stage not in (WorksStage.BUILDING, WorksStage.ACCEPTING):
        return Denied("Defects are noted from the beginning of the works until they are accepted.")
    return decision


def may_claim(actor: Actor, *, belongs: bool, stage: WorksStage, ends: date | None, day: date) -> Decision:
    """Claim the warranty: who belongs to the place, until its last day."""
    if actor.person_id is None:
        return Denied("Please sign in first.")
    if not belongs:
        return Denied("These works are for those who live or own a home there.")
    if stage is not WorksStage.ACCEPTED or ends is None:
        return Denied("The warranty begins with acceptance.")
    if day > ends:
        return Denied("This warranty has ended. You can still say what is broken, as with anything else.")
    return ALLOWED
