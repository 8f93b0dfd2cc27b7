"""Writing the record."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from linli.audit import policies
from linli.audit.kinds import EventKind
from linli.audit.models import Entry
from linli.frame import outbox
from linli.frame.request import current_request_id
from linli.kernel.actor import Actor
from linli.kernel.decision import require


class Subject(Protocol):
    """Anything with a UUID id: the row an act was done to."""

    id: Any


def record(
    event: EventKind,
    *,
    by: Actor,
    subject: Subject,
    place_path: str = "",
    post_id: UUID | None = None,
    fields: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Add one entry about `subject`, in the caller's transaction.

    `data` may hold ids, kinds, counts and dates; never free text or a personal value. When the event is
    marked `reacts`, an outbox row goes in with it, so the reaction happens if and only if the act did.
    """
    entry = Entry.objects.create(
        event=event.value,
        actor_kind=by.kind.value,
        actor_id=by.on_record,
        post_id=post_id,
        subject_kind=type(subject).__name__,
        subject_id=subject.id,
        place_path=place_path,
        fields=list(fields),
        data=dict(data or {}),
        request_id=current_request_id(),
    )
    if event.reacts:
        outbox.put(event.value, {"subject": str(subject.id), "entry": str(entry.id), **(data or {})})
    return entry


@transaction.atomic
def record_export(
    event: EventKind,
    *,
    by: Actor,
    subject: Subject,
    place_path: str,
    listing: str,
    filters: Mapping[str, object],
    rows: int,
) -> None:
    """Note that a list left the house: which, narrowed by what, how many rows. Refused without `export`.

    Only the names of the filters in use are kept; what they were set to may be somebody's name or number.
    """
    require(policies.may_export(by, place_path))
    used = sorted(name for name, value in filters.items() if value)
    data = {"list": listing, "filters": used, "rows": rows}
    record(event, by=by, subject=subject, place_path=place_path, data=data)
