"""One matter out of two, two out of one: merging duplicates and taking apart what was said in one breath."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine, raising
from linli.matters.actions.raising import Raised
from linli.matters.kinds import Channel, Event, MatterKind, Outcome
from linli.matters.models import Compared, Matter, Raiser
from linli.matters.procedures.kinds import CLOSED
from linli.matters.read import alike, suggesting
from linli.matters.read import one as read
from linli.notices.kinds import Topic


@transaction.atomic
def merge(*, by: Actor, matter_id: UUID, into_number: str) -> Matter:
    """并案: the same matter twice becomes one. Its raisers stand behind the other and stay informed.

    Both are locked in the order of their ids, so that two merges never wait for each other.
    """
    target_id = read.id_of_number(into_number)
    if target_id == matter_id:
        raise Refused("That is this matter itself.", status=422)
    first, second = sorted((matter_id, target_id))
    locked = {row.id: row for row in (engine.locked(first), engine.locked(second))}
    matter, target = locked[matter_id], locked[target_id]
    require(policies.may_merge(by, matter, target))
    engine.refuse_running_orders(matter)
    _compare(matter, target, by=by, same=True)
    for raiser_id in read.raisers(matter):
        Raiser.objects.get_or_create(
            matter=target, person_id=raiser_id, defaults={"joined_at": clock.now(), "is_first": False}
        )
    step = read.current_step(matter)
    if step is not None:
        engine.leave(step, by=by, verb="merge", target=CLOSED)
    matter.suspensions.filter(resumed_at__isnull=True).update(resumed_at=clock.now())
    matter.merged_into = target
    engine.close(matter, Outcome.MERGED, by=by)
    note = f"{matter.number} → {target.number}"
    engine.note(target, note, by=by)
    engine.tell_raisers(Topic.MATTER_MERGED, matter, by=by, text=engine.title_for_others(target))
    audit.record(
        Event.MERGED, by=by, subject=matter, place_path=matter.place_path, data={"into": str(target.id)}
    )
    return matter


@transaction.atomic
def tell_apart(*, by: Actor, matter_id: UUID, other_number: str) -> Matter:
    """不是同一件: two matters that looked alike are two. Neither is suggested for the other again."""
    other_id = read.id_of_number(other_number)
    if other_id == matter_id:
        raise Refused("That is this matter itself.", status=422)
    first, second = sorted((matter_id, other_id))
    locked = {row.id: row for row in (engine.locked(first), engine.locked(second))}
    matter, other = locked[matter_id], locked[other_id]
    require(policies.may_tell_apart(by, matter, other))
    _compare(matter, other, by=by, same=False)
    audit.record(
        Event.TOLD_APART, by=by, subject=matter, place_path=matter.place_path, data={"other": str(other.id)}
    )
    return matter


def _compare(matter: Matter, other: Matter, *, by: Actor, same: bool) -> None:
    """Keep what a person said of two matters, beside how close they seemed. The latest word counts."""
    first, second = sorted((matter.id, other.id))
    said = {"same": same, "at": clock.now(), "community_id": matter.community_id}
    close, shown = alike.closeness(matter, other, suggesting.lenience(matter))
    Compared.objects.update_or_create(
        one_id=first,
        other_id=second,
        defaults=said,
        create_defaults={**said, "suggested": shown, "closeness": close},
    )


@transaction.atomic
def split(*, by: Actor, matter_id: UUID, title: str, text: str) -> Matter:
    """拆分: what was said in one breath but is another matter gets its own number, procedure and promise.

    Everybody behind the first stands behind the new one too. Gives the new matter.
    """
    matter = engine.locked(matter_id)
    require(policies.may_split(by, matter))
    raised = Raised(
        place_id=matter.place_id,
        text=text,
        title=title,
        kind=MatterKind(matter.kind),
        channel=Channel(matter.channel),
        where=matter.where,
        forbids_publication=matter.forbids_publication,
        confidential=matter.confidential,
        is_demo=matter.is_demo,
    )
    made = raising.enter_part(by=by, raised=raised, raiser_id=matter.raised_by_id).matter
    made.split_from = matter
    made.save(update_fields=["split_from"])
    for raiser_id in read.raisers(matter):
        Raiser.objects.get_or_create(
            matter=made, person_id=raiser_id, defaults={"joined_at": clock.now(), "is_first": False}
        )
    engine.note(matter, f"{matter.number} → {matter.number}, {made.number}", by=by)
    engine.tell_raisers(Topic.MATTER_SPLIT, matter, by=by, text=made.number)
    audit.record(
        Event.SPLIT, by=by, subject=matter, place_path=matter.place_path, data={"part": str(made.id)}
    )
    return made
