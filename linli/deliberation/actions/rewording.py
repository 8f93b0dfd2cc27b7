"""A topic's words changed after it was opened: what it read before is kept."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions import topics as parts
from linli.deliberation.kinds import Event
from linli.deliberation.models import Topic
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import topics as read
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require


@transaction.atomic
def reword(*, by: Actor, topic_id: UUID, title: str, about: str) -> Topic:
    """Give a topic other words. Its days change by `topics.extend`; its promise to reply never does."""
    row = read.topic_for_update(topic_id)
    path = row.place.path
    require(policies.may_lead(by, path))
    require(policies.may_reword(by, stage=read.stage_of(row), place_path=path), status=CONFLICT)
    words = parts.worded(title, about)
    if words == (row.title, row.about):
        raise Refused("It reads like this already.", status=UNPROCESSABLE)
    parts.keep_before(row, by=by)
    row.title, row.about = words
    row.save(update_fields=["title", "about"])
    audit.record(Event.TOPIC_REWORDED, by=by, subject=row, place_path=path)
    return row
