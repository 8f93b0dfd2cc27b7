"""Photos and files put with a matter, and the record that a list was exported."""

from collections.abc import Mapping
from datetime import timedelta
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
from linli.matters.models import Attachment, KeptPhoto, Matter
from linli.matters.rules.ties import Ties
from linli.places import read as places

MOST_FILES = 9
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def attach(
    *, by: Actor, matter_id: UUID, ties: Ties, content: bytes, name: str, order_id: UUID | None = None
) -> Attachment:
    """Put a photo or file with a matter: its raisers, staff over its place, and units working on it."""
    matter = _room_at(by, matter_id, ties)
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
def keep(*, by: Actor, content: bytes, name: str) -> KeptPhoto:
    """Keep a photo while its sender looks whether somebody raised the same: for a day."""
    kept = KeptPhoto.objects.create(
        file=documents.store(by=by, content=content, name=name), kept_at=clock.now()
    )
    audit.record(Event.PHOTO_KEPT, by=by, subject=kept)
    return kept


@transaction.atomic
def attach_kept(*, by: Actor, matter_id: UUID, ties: Ties, kept_id: UUID) -> Attachment | None:
    """Put a photo kept before with the matter that was raised after all; None where it was forgotten."""
    matter = _room_at(by, matter_id, ties)
    kept = KeptPhoto.objects.select_for_update().filter(id=kept_id).first()
    if kept is None:
        return None
    attachment = Attachment.objects.create(matter=matter, file_id=kept.file_id, added_at=clock.now())
    kept.delete()
    audit.record(
        Event.FILE_ATTACHED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"file": str(attachment.file_id)},
    )
    return attachment


@transaction.atomic
def forget_kept(*, by: Actor) -> int:
    """Forget the photos kept for more than a day. Gives how many."""
    old = list(KeptPhoto.objects.select_for_update().filter(kept_at__lt=clock.now() - KEPT_FOR))
    for kept in old:
        audit.record(Event.PHOTO_FORGOTTEN, by=by, subject=kept)
        documents.remove(by=by, file_id=kept.file_id)  # what was kept goes with its file
    return len(old)


def _room_at(by: Actor, matter_id: UUID, ties: Ties) -> Matter:
    """The matter, locked, where the actor may put one more file with it."""
    matter = engine.locked(matter_id)
    if not policies.may_see(by, matter, ties):
        require(Denied("There is no such matter for you to see."), status=404)
    if matter.attachments.count() >= MOST_FILES:
        raise Refused("A matter holds up to %(count)s files.", {"count": MOST_FILES}, status=422)
    return matter


@transaction.atomic
def record_export(
    *,
    by: Actor,
    place_id: UUID,
    listing: str,
    filters: Mapping[str, Any],
    rows: int,
    own: bool = False,
) -> None:
    """Note that a list left the house: which, with what filters, how many rows; `own`: a unit's orders."""
    place = places.place(place_id)
    if place is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    require((policies.may_export_own if own else policies.may_export)(by, place.path))
    audit.record(
        Event.EXPORTED,
        by=by,
        subject=place,
        place_path=place.path,
        data={"list": listing, "filters": sorted(filters), "rows": rows},
    )
