"""What people hear of a covenant: that it is before them, what was decided, that it can be signed, that its
yearly review is due."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.kinds import CovenantStage, Event, Power
from linli.deliberation.models import Covenant
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenant_notices as people
from linli.deliberation.read import covenants as read
from linli.deliberation.rules import covenants as rules
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import require
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.organizations import read as organizations


def of_consultation(*, by: Actor, row: Covenant) -> None:
    """A draft is before them until a day."""
    assert row.consult_ends is not None  # the table asks for it in this stage
    words = {"by": row.place.name, "until": row.consult_ends.isoformat()}
    _tell(Topic.COVENANT_CONSULTED, by=by, row=row, to=people.belonging(row.place.path, today()), words=words)


def of_decision(*, by: Actor, row: Covenant, adopted: bool) -> None:
    """What the meeting decided."""
    topic = Topic.COVENANT_ADOPTED if adopted else Topic.COVENANT_NOT_ADOPTED
    _tell(topic, by=by, row=row, to=people.belonging(row.place.path, today()))


def of_publication(*, by: Actor, row: Covenant) -> None:
    """It is in force, and households can sign it."""
    _tell(Topic.COVENANT_PUBLISHED, by=by, row=row, to=people.living(row.place.path, today()))


@transaction.atomic
def remind_of_review(*, by: Actor, covenant_id: UUID) -> bool:
    """Tell whoever keeps covenants at the place that the yearly review is due; once for each year."""
    row = read.covenant_for_update(covenant_id)
    require(policies.may_remind(by, row.place.path))
    due = row.review_due
    if (
        row.stage != CovenantStage.PUBLISHED
        or due is None
        or not rules.is_told(due, row.review_told, today())
    ):
        return False
    row.review_told = due
    row.save(update_fields=["review_told"])
    notices.notify(
        Topic.COVENANT_REVIEW,
        by=by,
        to=organizations.acting_with(Power.COVENANT, row.place.path, today()),
        params={"title": row.title, "due": due.isoformat()},
        url=reverse("covenants_desk:covenant", args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )
    audit.record(Event.COVENANT_REVIEW_TOLD, by=by, subject=row, place_path=row.place.path)
    return True


def _tell(
    topic: Topic, *, by: Actor, row: Covenant, to: Iterable[UUID], words: Mapping[str, str] | None = None
) -> None:
    notices.notify(
        topic,
        by=by,
        to=to,
        params={"title": row.title, **(words or {})},
        url=reverse("covenants:covenant", args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )
