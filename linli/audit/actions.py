"""Writing the record."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from linli.audit.kinds import EventKind
from linli.audit.models import Entry
from linli.frame import outbox
from linli.frame.request import current_request_id
from linli.kernel.actor import Actor


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
        actor_id=by.person_id,
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
