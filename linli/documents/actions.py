"""The only writers of stored files and drafts."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.documents import policies, read, rules
from linli.documents.kinds import Event
from linli.documents.models import Draft, StoredFile
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import person_of, require


@transaction.atomic
def store(*, by: Actor, content: BinaryIO | bytes, name: str) -> StoredFile:
    """Keep a photo or PDF: its type told by its content, a picture turned upright and stripped of metadata.

    Who may add it to what is decided by the calling action, before. Raises `Refused` (422) for a file that is
    empty, too big, damaged or of another kind. Bytes left by an act that fails are swept after a day.
    """
    raw = content if isinstance(content, bytes) else content.read(rules.MOST_BYTES + 1)
    kept = rules.examine(raw)
    digest = hashlib.sha256(kept.content).hexdigest()
    _write(read.path_of(digest), kept.content)
    if kept.thumbnail is not None:
        _write(read.thumbnail_path_of(digest), kept.thumbnail)
    file = StoredFile.objects.create(
        media_type=kept.media_type.value,
        name=rules.kept_name(name, kept.media_type),
        sha256=digest,
        size=len(kept.content),
        width=kept.width,
        height=kept.height,
    )
    audit.record(
        Event.STORED, by=by, subject=file, data={"type": kept.media_type.value, "size": len(kept.content)}
    )
    return file


@transaction.atomic
def remove(*, by: Actor, file_id: UUID) -> None:
    """Forget a file that its owner has let go; its bytes are swept when no other file has the same."""
    file = read.file_for_update(file_id)
    audit.record(Event.REMOVED, by=by, subject=file)
    file.delete()


def sweep(*, by: Actor) -> int:
    """Delete bytes that no file names, left by removed files or acts that failed; gives how many.

    Touches no table, so there is nothing to lock or record: what was removed was recorded when it was.
    """
    unclaimed = read.unclaimed_paths()
    for path in unclaimed:
        path.unlink(missing_ok=True)
    return len(unclaimed)


@transaction.atomic
def save_draft(*, by: Actor, form: str, body: str) -> None:
    """Keep what the person has typed so far, in place of what was kept before; `body` is JSON text.

    Not recorded in the audit: it is saved every few seconds and only the writer ever sees it.
    """
    require(policies.may_keep_draft(by))
    draft = Draft(
        person_id=person_of(by),
        form=rules.checked_form(form),
        body=rules.checked_draft(body),
        saved_at=now(),
    )
    Draft.objects.bulk_create(
        [draft], update_conflicts=True, unique_fields=["person", "form"], update_fields=["body", "saved_at"]
    )


@transaction.atomic
def discard_draft(*, by: Actor, form: str) -> None:
    """Forget what was typed, once it has been sent or is no longer wanted. Not recorded, as above."""
    require(policies.may_keep_draft(by))
    Draft.objects.filter(person_id=person_of(by), form=form).delete()


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: readers and a crash never meet half a file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="unfinished-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
