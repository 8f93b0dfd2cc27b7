"""Finding stored bytes and drafts. Who may see a file is asked by the app that owns it, beforehand."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from linli.documents.models import Draft, StoredFile
from linli.kernel.clock import now
from linli.kernel.decision import MISSING, Refused

GRACE_SECONDS = 24 * 3600  # bytes without a row may belong to an act that is still running


def path_of(sha256: str) -> Path:
    """Where bytes with this digest lie."""
    return Path(settings.DOCUMENTS_ROOT) / sha256[:2] / sha256[2:4] / sha256


def thumbnail_path_of(sha256: str) -> Path:
    """Where the small copy of a picture lies."""
    return path_of(sha256).with_name(f"{sha256}.thumbnail")


def bytes_of(file: StoredFile) -> bytes:
    """The whole file. Raises `Refused` (404) when its bytes are gone."""
    return _bytes_at(path_of(file.sha256))


def thumbnail_of(file: StoredFile) -> bytes:
    """A picture's small copy, always a JPEG. Raises `Refused` (404) for a file that is no picture."""
    return _bytes_at(thumbnail_path_of(file.sha256))


def _bytes_at(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("This file is no longer kept here.", status=MISSING) from error


def file_for_update(file_id: UUID) -> StoredFile:
    """One file, locked. Raises `Refused` (404) when there is none."""
    file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        raise Refused("This file is no longer kept here.", status=MISSING)
    return file


def unclaimed_paths() -> list[Path]:
    """Stored bytes that no row names and that have lain untouched for a day."""
    oldest = now().timestamp() - GRACE_SECONDS
    lying = [path for path in Path(settings.DOCUMENTS_ROOT).glob("??/??/*") if path.stat().st_mtime < oldest]
    digests = {path.name.partition(".")[0] for path in lying}
    claimed = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    return [path for path in lying if path.name.partition(".")[0] not in claimed]


def draft_of(person_id: UUID, form: str) -> Draft | None:
    """What the person had typed in that form; `body` is JSON text of its fields."""
    return Draft.objects.filter(person_id=person_id, form=form).first()
