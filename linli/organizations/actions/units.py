"""Organizations, and what they answer for."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.codes import check_credit_code
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.errors import InvalidCode
from linli.kernel.text import normalise
from linli.organizations import policies, read, rules
from linli.organizations.kinds import Event, OrganizationKind
from linli.organizations.models import Organization, ServiceArea
from linli.places import read as places

if TYPE_CHECKING:
    from linli.places.models import Place


def found(
    *,
    by: Actor,
    kind: OrganizationKind,
    name: str,
    at: "Place",
    credit_code: str | None = None,
    phone: str = "",
    has_computer: bool = True,
    is_demo: bool = False,
) -> Organization:
    """Add an organization that will work at a place. `phone` is the office's; it is shown on boards."""
    with transaction.atomic():
        require(policies.may_found(by, at.path))
        called = normalise(name)
        if not called or len(called) > rules.NAME_LENGTH:
            raise Refused(
                "A name has 1 to %(length)s characters.", {"length": rules.NAME_LENGTH}, status=UNPROCESSABLE
            )
        row = Organization(
            kind=kind.value,
            name=called,
            credit_code=_checked(credit_code),
            phone=normalise(phone)[:20],
            has_computer=has_computer,
            is_demo=is_demo,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as clash:
            raise Refused("An organization with this code is already there.", status=CONFLICT) from clash
        audit.record(Event.FOUNDED, by=by, subject=row, place_path=at.path, data={"kind": kind.value})
    return row


def serve_area(*, by: Actor, organization_id: UUID, place_id: UUID, duty: str, starts: date) -> ServiceArea:
    """Note that an organization answers for a duty over a place from a day on."""
    with transaction.atomic():
        place = places.place(place_id)
        organization = read.organization(organization_id)
        if place is None or organization is None:
            raise Refused("This place or organization is not known.", status=MISSING)
        require(policies.may_serve_area(by, place.path))
        if rules.DUTY.fullmatch(duty) is None:
            raise Refused("This duty is not known.", status=UNPROCESSABLE)
        row = ServiceArea(organization=organization, place=place, duty=duty, starts=starts)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as clash:
            raise Refused("This organization already has this duty here.", status=CONFLICT) from clash
        audit.record(
            Event.AREA_SERVED, by=by, subject=organization, place_path=place.path, data={"duty": duty}
        )
    return row


def end_area(*, by: Actor, area_id: UUID, ends: date) -> ServiceArea:
    """Note the first day an organization no longer answers for a duty over a place."""
    with transaction.atomic():
        row = (
            ServiceArea.objects.select_for_update(of=("self",))
            .select_related("place", "organization")
            .filter(id=area_id)
            .first()
        )
        if row is None:
            raise Refused("This duty is not known.", status=MISSING)
        require(policies.may_serve_area(by, row.place.path))
        if ends <= row.starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        row.ends = ends
        row.save(update_fields=["ends"])
        data = {"duty": row.duty, "ends": ends.isoformat()}
        audit.record(Event.AREA_SERVED, by=by, subject=row.organization, place_path=row.place.path, data=data)
    return row


def _checked(code: str | None) -> str | None:
    if not code:
        return None
    try:
        return check_credit_code(code)
    except InvalidCode as bad:
        raise Refused(bad.reason, bad.params, status=UNPROCESSABLE) from bad
