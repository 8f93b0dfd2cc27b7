"""Many organizations, posts and appointments of a place at once: one COPY a table, one entry a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.bulk import all_or_nothing, copy_in
from linli.kernel.actor import Actor
from linli.kernel.decision import require
from linli.organizations import policies
from linli.organizations.kinds import Event, OrganizationKind
from linli.organizations.models import Appointment, Organization, Post, ServiceArea, StandIn

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One organization; `phone` is the office's."""

    id: UUID
    kind: OrganizationKind
    name: str
    phone: str = ""
    has_computer: bool = True
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One duty of an organization over a place."""

    id: UUID
    organization_id: UUID
    place_id: UUID
    duty: str
    starts: date


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post; posts above come first."""

    id: UUID
    kind_code: str
    organization_id: UUID
    place_id: UUID
    above_id: UUID | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One person's holding of a post."""

    id: UUID
    post_id: UUID
    person_id: UUID
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class StandInRow:
    """Somebody acting for a holder, both days included."""

    id: UUID
    appointment_id: UUID
    person_id: UUID
    starts: date
    last_day: date


ORGANIZATION: Final = ("id", "kind", "name", "credit_code", "phone", "has_computer", "is_demo")
AREA: Final = ("id", "organization", "place", "duty", "starts", "ends")
POST: Final = ("id", "kind", "organization", "place", "above", "closed_on", "is_demo")
APPOINTMENT: Final = ("id", "post", "person", "starts", "ends")
STAND_IN: Final = ("id", "appointment", "person", "starts", "last_day")


def import_organizations(
    *,
    by: Actor,
    under: "Place",
    organizations: Sequence[OrganizationRow] = (),
    areas: Sequence[AreaRow] = (),
    posts: Sequence[PostRow] = (),
    appointments: Sequence[AppointmentRow] = (),
    stand_ins: Sequence[StandInRow] = (),
) -> int:
    """Add organizations with their duties, posts and holders; how many posts were added.

    Only for whoever sets up the installation, since it can seat anybody. All of it is added or nothing.
    """
    with transaction.atomic():
        require(policies.may_set_post_kind(by))
        with all_or_nothing():
            copy_in(Organization, ORGANIZATION, map(_organization, organizations))
            copy_in(ServiceArea, AREA, map(_area, areas))
            copy_in(Post, POST, map(_post, posts))
            copy_in(Appointment, APPOINTMENT, map(_appointment, appointments))
            copy_in(StandIn, STAND_IN, map(_stand_in, stand_ins))
        data = {
            "organizations": len(organizations),
            "areas": len(areas),
            "posts": len(posts),
            "appointments": len(appointments),
            "stand_ins": len(stand_ins),
        }
        audit.record(Event.IMPORTED, by=by, subject=under, place_path=under.path, data=data)
    return len(posts)


def _organization(row: OrganizationRow) -> tuple[object, ...]:
    return (row.id, row.kind.value, row.name, None, row.phone, row.has_computer, row.is_demo)


def _area(row: AreaRow) -> tuple[object, ...]:
    return (row.id, row.organization_id, row.place_id, row.duty, row.starts, None)


def _post(row: PostRow) -> tuple[object, ...]:
    return (row.id, row.kind_code, row.organization_id, row.place_id, row.above_id, None, row.is_demo)


def _appointment(row: AppointmentRow) -> tuple[object, ...]:
    return (row.id, row.post_id, row.person_id, row.starts, row.ends)


def _stand_in(row: StandInRow) -> tuple[object, ...]:
    return (row.id, row.appointment_id, row.person_id, row.starts, row.last_day)
