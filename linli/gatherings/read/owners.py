"""Owners of a place: how many are entitled to their assembly, with how much area, and whose presence counts.

They are whom the roll of an owners' ballot has: by homes and by parking bays that are owned parts.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.gatherings.models import Attendance, Gathering
from linli.people import read as people
from linli.people.rules import owning


@dataclass(frozen=True, slots=True)
class Owners:
    """How many owners a place has on a day, their area in 0.01 m², and of how many homes and bays the
    register has no area yet."""

    on: date
    heads: int
    area: int
    without_area: int


def entitled_in(path: str, on: date) -> Owners:
    """What the register says of the owners of a place on a day."""
    owned = people.owned_in(path, on)
    return Owners(on, owned.heads, owned.area, len(owned.without_area))


def is_counted(row: Gathering, person_id: UUID, on: date) -> bool:
    """Whether somebody's presence counts for the quorum: an owner's; of several who own together the first
    who came or is stood in for, since they are one head."""
    mine = [each.owners for each in owning.voters(people.owned_in(row.place.path, on).units)]
    mine = [owners for owners in mine if person_id in owners]
    others = Attendance.objects.filter(gathering=row, counts=True, person__isnull=False)
    present = set(others.exclude(person=person_id).values_list("person", flat=True))
    return any(not owners & present for owners in mine)
