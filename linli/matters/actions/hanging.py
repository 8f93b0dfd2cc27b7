"""A step that posts begins to count with the sheet that hangs."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import actions as gatherings
from linli.gatherings.actions.hanging import Sheet
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, Refused, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import Event, OpeningKind
from linli.matters.read import one as read
from linli.matters.read import posted, settings
from linli.matters.rules import clocks


@transaction.atomic
def hang(*, by: Actor, matter_id: UUID, sheet: Sheet) -> posted.Posting:
    """Note where the sheet of the present step hangs and since when. Its days count from then, and the step
    is not late before they are over."""
    matter = engine.locked(matter_id)
    require(policies.may_move(by, matter))
    opening, step = read.present_opening(matter.pk, OpeningKind.POSTING), read.current_step(matter)
    if opening is None or step is None:
        raise Refused("This step posts nothing.", status=CONFLICT)
    ends = posted.posting_ends(matter, sheet.since)
    row = gatherings.hang(
        by=by,
        place_id=matter.place_id,
        asked=posted.asked(opening.pk),
        asked_on=clock.local(step.entered_at).date(),
        sheet=sheet,
        ends=clock.local(ends).date(),
    )
    if matter.step_due_at is not None:
        times = settings.times_at(matter.place_path)
        matter.step_due_at = step.due_at = clocks.due_after_posting(matter.step_due_at, ends, times)
        matter.save(update_fields=["step_due_at"])
        step.save(update_fields=["due_at"])
    audit.record(
        Event.HUNG, by=by, subject=matter, place_path=matter.place_path, data={"posting": str(row.pk)}
    )
    return row
