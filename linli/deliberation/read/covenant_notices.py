"""Who hears of a covenant, and which of them are due for their yearly review."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q

from linli.deliberation.kinds import CovenantStage
from linli.deliberation.models import Covenant
from linli.deliberation.rules.covenants import REVIEW_AHEAD
from linli.frame.scopes import in_force
from linli.people.kinds import ResidenceKind
from linli.people.models import Holding, Residence
from linli.people.rules import is_adult


def belonging(place_path: str, day: date) -> frozenset[UUID]:
    """The adults who live, are registered or own a home at the place: who may speak to a draft."""
    lived = Residence.objects.filter(in_force(day), place__path__startswith=place_path)
    held = Holding.objects.filter(in_force(day), home__path__startswith=place_path)
    rows = lived.values_list("person_id", "person__born_year")
    return _adults([*rows, *held.values_list("person_id", "person__born_year")], day)


def living(place_path: str, day: date) -> frozenset[UUID]:
    """The adults who usually live at the place: who may sign for their household."""
    rows = Residence.objects.filter(
        in_force(day), kind=ResidenceKind.USUAL.value, place__path__startswith=place_path
    )
    return _adults(list(rows.values_list("person_id", "person__born_year")), day)


def reviews_to_tell(day: date, path: str = "") -> list[UUID]:
    """The covenants in force under this path whose yearly review is near or past and whose staff have not
    heard of it."""
    rows = Covenant.objects.filter(
        Q(review_told__isnull=True) | ~Q(review_told=F("review_due")),
        stage=CovenantStage.PUBLISHED.value,
        review_due__lte=day + REVIEW_AHEAD,
        place__path__startswith=path,
    )
    return list(rows.order_by("review_due", "pk").values_list("pk", flat=True))


def _adults(rows: list[tuple[UUID, int | None]], day: date) -> frozenset[UUID]:
    return frozenset(person_id for person_id, born in rows if is_adult(born, day.year))
