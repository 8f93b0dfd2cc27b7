"""Photos of what is doubted and of defects: kept with them, taken out when they show too much."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.kinds import Event, PaperKind
from linli.deliberation.models import Defect, Doubt, DoubtPhoto, Works, WorksPaper
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.deliberation.read import works_photos
from linli.deliberation.rules import works as rules
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require

Sent = tuple[str, bytes]


def of_doubt(*, by: Actor, doubt: Doubt, photos: Sequence[Sent]) -> None:
    """Keep photos with a doubt."""
    for file in _stored(by, photos):
        DoubtPhoto.objects.create(doubt=doubt, file=file)


def of_defect(*, by: Actor, works: Works, defect: Defect, photos: Sequence[Sent]) -> None:
    """Lay photos of a defect open: as it was found, and later as it was mended."""
    if photos and works.papers.count() + len(photos) > rules.MOST_PAPERS:
        raise Refused("%(count)s papers are enough.", {"count": rules.MOST_PAPERS}, status=CONFLICT)
    for file in _stored(by, photos):
        WorksPaper.objects.create(
            works=works, defect=defect, kind=PaperKind.PHOTO.value, file=file, added_by_id=person_of(by)
        )


@transaction.atomic
def remove(*, by: Actor, photo_id: UUID) -> Doubt:
    """Take a photo of a doubt out for good; the doubt stays."""
    found = works_photos.photo(photo_id)
    works = read.works_for_update(found.doubt.works_id)
    row = works_photos.photo(photo_id)  # as it stands now that others wait
    doubt, path = row.doubt, works.place.path
    require(policies.may_remove_photo(by, asked_by=doubt.asked_by_id, place_path=path))
    file_id = row.file_id
    row.delete()
    documents.remove(by=by, file_id=file_id)
    audit.record(Event.WORKS_PHOTO_REMOVED, by=by, subject=works, place_path=path)
    return doubt


def _stored(by: Actor, photos: Sequence[Sent]) -> list[Any]:
    if len(photos) > rules.MOST_PHOTOS:
        raise Refused("At most 3 photos.", status=UNPROCESSABLE)
    files = [documents.store(by=by, content=content, name=name) for name, content in photos]
    if any(file.width is None for file in files):
        raise Refused("Send photos here; documents are laid open with the file.", status=UNPROCESSABLE)
    return files
