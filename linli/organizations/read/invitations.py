"""Invitations: who was given a slip, whether it still holds, and who still needs one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from linli.frame.crypto import blind_index
from linli.frame.scopes import in_force
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code
from linli.organizations.models import Administrator, Appointment, Invitation


@dataclass(frozen=True, slots=True)
class Seat:
    """A post somebody holds, as the policy asks about it."""

    path: str
    powers: frozenset[str]


def invitation_of_code(code: str) -> Invitation | None:
    """The invitation a typed code belongs to; None for what is no code."""
    try:
        index = blind_index(normalise_tracking_code(code))
    except InvalidCode:
        return None
    return Invitation.objects.select_related("person").filter(code_index=index).first()


def open_invitations(person_ids: Iterable[UUID]) -> dict[UUID, Invitation]:
    """The invitations of several persons neither used nor withdrawn; expired ones too, shown as such."""
    rows = Invitation.objects.filter(
        person_id__in=list(person_ids), used_at__isnull=True, withdrawn_at__isnull=True
    )
    return {row.person_id: row for row in rows}


def seats_of(person_id: UUID, on: date) -> list[Seat]:
    """The posts somebody is, or will be, appointed to."""
    rows = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), person_id=person_id)
    found = rows.values_list("post__place__path", "post__kind__powers")
    return [Seat(path, frozenset(powers)) for path, powers in found]


def is_administrator(person_id: UUID, on: date) -> bool:
    """Whether the person runs the installation on the day."""
    return Administrator.objects.filter(in_force(on), person_id=person_id).exists()


def administrators(on: date) -> list[Administrator]:
    """Who runs the installation, the longest first."""
    rows = Administrator.objects.filter(in_force(on)).select_related("person")
    return list(rows.order_by("starts", "id"))
