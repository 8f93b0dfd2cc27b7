"""What a step of a matter posts: whether it hangs, until when, and what stands in the way."""

from datetime import date, datetime, time
from uuid import UUID

from linli.gatherings.models import Posting
from linli.gatherings.read import postings
from linli.kernel import clock
from linli.kernel.references import Reference
from linli.matters.models import Matter, Step
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.matters.rules.steps import Posted


def asked(opening_id: UUID) -> Reference:
    """What a step opened, as a posting keeps it."""
    return Reference("opening", opening_id)


def hanging(opening_id: UUID) -> Posting | None:
    """The sheet that hangs for what a step opened."""
    return postings.hanging(asked(opening_id))


def posted(one: Matter, step: Step | None, opening_id: UUID | None) -> Posted | None:
    """How what the present step posts stands. Where its procedure opens no posting, as those did that were
    adopted before, it is up since the step was entered."""
    if step is None:
        return None
    if opening_id is None:
        until = posting_ends(one, clock.local(step.entered_at).date())
        return Posted(until, clock.now() >= until)
    sheet = hanging(opening_id)
    if sheet is None:
        gone = postings.taken_down(asked(opening_id))
        day = gone.taken_down_on if gone is not None else None
        return Posted(taken_down=(day, gone.taken_down_reason) if gone is not None and day else None)
    until = posting_ends(one, sheet.starts)
    return Posted(until, clock.now() >= until, postings.waiting_count(sheet.pk))


def posting_ends(one: Matter, since: date) -> datetime:
    """Until when what a matter posts stays up that hangs since a day, by the days of its place then."""
    noon = datetime.combine(since, time(12), clock.SHANGHAI)
    return clocks.posting_ends(noon, settings.times_at(one.place_path, since))
