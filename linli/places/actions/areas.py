"""Writers of the areas of homes and other owned parts."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.decision import UNPROCESSABLE, Refused, require
from linli.places import policies, read
from linli.places.kinds import AreaSource, Event
from linli.places.models import OwnedArea, Place

MOST_AREA: Final = 10**8  # a million m²: more than any building


@transaction.atomic
def note_areas(*, by: Actor, under_id: UUID, areas: Mapping[UUID, int], source: AreaSource) -> int:
    """Note the areas of many homes of a place from one source, with one entry in the record; how many."""
    under = read.place(under_id)
    if under is None:
        raise Refused("This place is not known.", status=UNPROCESSABLE)
    require(policies.may_edit_place(by, under.path))
    known = Place.objects.filter(id__in=areas, path__startswith=under.path)
    if any(not 1 <= area <= MOST_AREA for area in areas.values()):
        raise Refused("Write the area in square metres.", status=UNPROCESSABLE)
    rows = [OwnedArea(place=place, source=source.value, area=areas[place.id]) for place in known]
    OwnedArea.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place", "source"], update_fields=["area"]
    )
    data = {"source": source.value, "count": len(rows)}
    audit.record(Event.AREA_NOTED, by=by, subject=under, place_path=under.path, data=data)
    return len(rows)
