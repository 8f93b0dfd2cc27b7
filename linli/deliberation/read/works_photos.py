"""Photos of what is doubted about works."""

from uuid import UUID

from linli.deliberation.models import DoubtPhoto
from linli.kernel.decision import MISSING, Refused


def photo(photo_id: UUID) -> DoubtPhoto:
    """One photo with its doubt and the works. Raises `Refused` (404) when there is none."""
    rows = DoubtPhoto.objects.select_related("file", "doubt__works__place")
    row = rows.filter(pk=photo_id).first()
    if row is None:
        raise Refused("This photo is not here any more.", status=MISSING)
    return row
