"""Writing the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Act:
    """One act to record: what was done by whom, to what, where, and from which post."""

    event: EventKind
    by: Actor
    subject: Subject
    place_path: str = ""
    post_id: UUID | None = None
    fields: Sequence[str] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


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

    Without `post_id` the entry names the one post the actor has at the place: from which it was done.
    `data` may hold ids, kinds, counts and dates; never free text or a personal value. When the event is
    marked `reacts`, an outbox row goes in with it, so the reaction happens if and only if the act did.
    """
    return record_all([Act(event, by, subject, place_path, post_id, fields, data or {})])[0]


def record_all(acts: Sequence[Act]) -> list[Entry]:
    """Add an entry for each act, as `record` does, in one statement."""
    entries = Entry.objects.bulk_create([_entry(act) for act in acts])
    for act, entry in zip(acts, entries, strict=True):
        if act.event.reacts:
            payload = {"subject": str(act.subject.id), "entry": str(entry.id), **act.data}
            outbox.put(act.event.value, payload)
    return entries


def _entry(act: Act) -> Entry:
    return Entry(
        event=act.event.value,
        actor_kind=act.by.kind.value,
        actor_id=act.by.on_record,
        post_id=act.post_id or act.by.post_at(act.place_path),
        subject_kind=type(act.subject).__name__,
        subject_id=act.subject.id,
        place_path=act.place_path,
        fields=list(act.fields),
        data=dict(act.data),
        request_id=current_request_id(),
    )


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
