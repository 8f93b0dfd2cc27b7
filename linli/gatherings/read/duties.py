"""What bodies owe: which of it is late, and who is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.gatherings.kinds import BodyKind, DutyKind, Power
from linli.gatherings.models import Body, BodyDuty
from linli.gatherings.rules import duties as rules
from linli.kernel.decision import MISSING, Refused
from linli.organizations import read as organizations
from linli.organizations.kinds import OrganizationKind
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class Owed:
    """Something a body owes or has done, and whether it was or is late."""

    row: BodyDuty
    is_late: bool


def of_body(body_id: UUID, today: date) -> list[Owed]:
    """What a body owes, what is due first; then what it has done, the latest first."""
    rows = list(BodyDuty.objects.filter(body=body_id).select_related("recorded_by"))
    owed = sorted((row for row in rows if row.done_on is None), key=lambda row: (row.due_on, row.pk))
    done = sorted((row for row in rows if row.done_on), key=lambda row: (row.done_on, row.pk), reverse=True)
    return [Owed(row, rules.is_late(row.due_on, row.done_on, today)) for row in (*owed, *done)]


def duty_for_update(duty_id: UUID) -> BodyDuty:
    """One of them with its body, locked. Raises `Refused` (404) when there is none."""
    rows = BodyDuty.objects.select_for_update(of=("self",)).select_related("body__place")
    row = rows.filter(pk=duty_id).first()
    if row is None:
        raise Refused("This page is not here.", status=MISSING)
    return row


def duty(duty_id: UUID) -> BodyDuty:
    """The same, to be shown."""
    row = BodyDuty.objects.select_related("body__place").filter(pk=duty_id).first()
    if row is None:
        raise Refused("This page is not here.", status=MISSING)
    return row


def owes(body_id: UUID, kinds: Collection[DutyKind]) -> bool:
    """Whether a body owes one of some things now."""
    return BodyDuty.objects.filter(body=body_id, kind__in=kinds, done_on__isnull=True).exists()


def to_tell_late(today: date, path: str = "") -> list[UUID]:
    """What is late under this path and nobody was told of yet."""
    rows = BodyDuty.objects.filter(done_on__isnull=True, due_on__lt=today, late_told_at__isnull=True)
    rows = rows.filter(body__closed_on__isnull=True, body__place__path__startswith=path)
    return list(rows.order_by("due_on", "pk").values_list("pk", flat=True))


def told(row: BodyDuty, today: date) -> list[UUID]:
    """Who hears that a body is late: whoever acts for meetings at the residents' committee (条例 20)."""
    committee = OrganizationKind.RESIDENTS_COMMITTEE
    return organizations.acting_with(Power.HOLD, row.body.place.path, today, of=committee)


def elected_at(kind: BodyKind, path: str) -> Body | None:
    """The open body of a kind that a ballot of a place elects: of the place itself, else of the nearest
    around it."""
    rows = Body.objects.filter(kind=kind.value, closed_on__isnull=True, place__path__in=places.prefixes(path))
    found = sorted(rows.select_related("place"), key=lambda row: len(row.place.path), reverse=True)
    return found[0] if found else None
