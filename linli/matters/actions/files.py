"""Photos and files put with a matter, and the record that a list was exported."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.documents import actions as documents
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Denied, Refused, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import Event
from linli.matters.models import Attachment
from linli.matters.rules.ties import Ties
from linli.places import read as places

MOST_FILES = 9


@transaction.atomic
def attach(
    *, by: Actor, matter_id: UUID, ties: Ties, content: bytes, name: str, order_id: UUID | None = None
) -> Attachment:
    """Put a photo or file with a matter: its raisers, staff over its place, and units working on it."""
    matter = engine.locked(matter_id)
    if not policies.may_see(by, matter, ties):
        require(Denied("There is no such matter for you to see."), status=404)
    if matter.attachments.count() >= MOST_FILES:
        raise Refused("A matter holds up to %(count)s files.", {"count": MOST_FILES}, status=422)
    stored = documents.store(by=by, content=content, name=name)
    attachment = Attachment.objects.create(
        matter=matter, file=stored, order_id=order_id, internal=order_id is not None, added_at=clock.now()
    )
    audit.record(
        Event.FILE_ATTACHED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"file": str(stored.id)},
    )
    return attachment


@transaction.atomic
def record_export(*, by: Actor, place_id: UUID, listing: str, filters: Mapping[str, Any], rows: int) -> None:
    """Note that a list left the house: which, with what filters, how many rows."""
    place = places.place(place_id)
    if place is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    require(policies.may_export(by, place.path))
    audit.record(
        Event.EXPORTED,
        by=by,
        subject=place,
        place_path=place.path,
        data={"list": listing, "filters": sorted(filters), "rows": rows},
    )
