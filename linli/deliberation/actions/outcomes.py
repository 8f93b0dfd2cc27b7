"""What came of a proposal: whoever stood behind it hears how the matter made of it ended."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions import topics as parts
from linli.deliberation.kinds import Event
from linli.deliberation.models import Proposal
from linli.deliberation.read import history
from linli.deliberation.read import topics as read
from linli.kernel.actor import Actor
from linli.matters.kinds import Outcome, State
from linli.matters.procedures.wording import OUTCOMES
from linli.notices.kinds import Topic as About


@transaction.atomic
def tell_closing(*, by: Actor, matter_id: UUID) -> Proposal | None:
    """Tell who raised and supported a proposal that its matter is closed, and with what outcome.

    Nothing where no proposal became this matter, or where the matter is open again. One closing is told once.
    """
    found = history.proposal_of(matter_id)
    if found is None:
        return None
    topic = read.topic_for_update(found.topic_id)
    row = read.proposal(found.pk)  # as it stands now that others wait
    matter = row.matter
    if matter is None or matter.state != State.CLOSED or matter.closed_at == row.told_closing:
        return None
    row.told_closing = matter.closed_at
    row.save(update_fields=["told_closing"])
    outcome = OUTCOMES[Outcome(matter.outcome)]
    told = read.raisers(row.pk) | read.supporters(row.pk)
    words = {"text": outcome.zh, "text_en": outcome.en}
    parts.tell(About.PROPOSAL_CLOSED, by=by, to=told, topic=topic, row=row, **words)
    data = {"outcome": matter.outcome}
    audit.record(Event.PROPOSAL_OUTCOME_TOLD, by=by, subject=row, place_path=topic.place.path, data=data)
    return row
