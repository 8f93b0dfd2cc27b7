"""Adult residents of a place and their households: who is counted in a residents' assembly, and how many; and
their representatives.

They are whom the roll of a ballot of residents has too: usual residents, the grown ones. A home whose
households nobody told apart is one household.
"""

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.frame.scopes import in_force
from linli.gatherings.kinds import BodyKind, Counted, Role
from linli.gatherings.models import Attendance, Gathering, Membership
from linli.people.kinds import ResidenceKind
from linli.people.models import Residence
from linli.people.rules import ADULT

HOUSEHOLD = Coalesce("household_id", "place_id")


def dwelling(path: str, on: date) -> QuerySet[Residence]:
    """Where the adults of a place usually live on the day; each person once."""
    grown = Q(person__born_year__isnull=True) | Q(person__born_year__lte=on.year - ADULT)
    usual = Q(kind=ResidenceKind.USUAL.value, place__path__startswith=path)
    return Residence.objects.filter(in_force(on), usual, grown)


def entitled_in(path: str, on: date, counted: Counted) -> int:
    """How many are entitled to take part in the assembly of a place: its adults, or its households."""
    return numbers_in(path, on)[counted]


def numbers_in(path: str, on: date) -> dict[Counted, int]:
    """Both figures of a place, in one query."""
    found = dwelling(path, on).aggregate(
        adults=Count("person", distinct=True), households=Count(HOUSEHOLD, distinct=True)
    )
    return {Counted.ADULTS: found["adults"], Counted.HOUSEHOLDS: found["households"]}


def is_counted(row: Gathering, person_id: UUID, on: date) -> bool:
    """Whether somebody's presence at an assembly counts: an adult's who lives there; where households are
    counted, only of the first of each who came or is stood in for."""
    here = dwelling(row.place.path, on)
    own = here.filter(person=person_id).values_list(HOUSEHOLD, flat=True).first()
    if own is None or row.counted != Counted.HOUSEHOLDS:
        return own is not None
    others = Attendance.objects.filter(gathering=row, counts=True).exclude(person=person_id)
    present = others.filter(person__isnull=False).values("person")
    return not here.annotate(home_of=HOUSEHOLD).filter(person__in=present, home_of=own).exists()


def reps_of(place_id: UUID, on: date) -> QuerySet[Membership]:
    """The residents' representatives of a place on a day."""
    return Membership.objects.filter(
        in_force(on),
        body__kind=BodyKind.REP_ASSEMBLY.value,
        body__place=place_id,
        body__closed_on__isnull=True,
        role=Role.REP.value,
    )
