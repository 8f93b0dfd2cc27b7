"""The units that answer for duties in a community, each with the post that takes its orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.founding import policies, read
from linli.founding.actions.posts import Name, appoint_named
from linli.founding.kinds import Event
from linli.founding.rules.posts import HANDLER
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.organizations import actions as organizations
from linli.organizations import read as organization_read
from linli.organizations.kinds import OrganizationKind

if TYPE_CHECKING:
    from linli.places.models import Place

KIND_OF: Final[Mapping[str, OrganizationKind]] = {
    "property_company": OrganizationKind.PROPERTY_COMPANY,
    "owners_committee": OrganizationKind.OWNERS_COMMITTEE,
    "community": OrganizationKind.RESIDENTS_COMMITTEE,
    "mediation_committee": OrganizationKind.SOCIAL_ORGANIZATION,
    "volunteers": OrganizationKind.SOCIAL_ORGANIZATION,
    "telecom": OrganizationKind.FIRM,
}
ABOVE: Final = "street_dispatcher"  # whom a unit's vacant post falls to


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its duty, its name, its office's phone, and who takes its orders. Without that person it works
    on paper: its orders are printed."""

    duty: str
    name: str
    phone: str = ""
    contact: str = ""
    contact_phone: str = ""


def add_units(*, by: Actor, community_id: UUID, units: Sequence[Unit]) -> int:
    """Note which units answer for what in the community; how many duties are new."""
    with transaction.atomic():
        community = read.lock(community_id)
        if community is None:
            raise Refused("There is no such community here.", status=MISSING)
        require(policies.may_set_up(by, community.path))
        if not {each.duty for each in units} <= read.duties().keys():
            raise Refused("This duty is not known.", status=UNPROCESSABLE)
        added = sum(_add(by, community, each) for each in units)
        data = {"count": added}
        audit.record(Event.UNITS_ADDED, by=by, subject=community, place_path=community.path, data=data)
    return added


def _add(by: Actor, community: "Place", unit: Unit) -> int:
    known = organization_read.unit_candidates(unit.duty, community.path, today())
    if any(each.name == unit.name.strip() for each in known):
        raise Refused("%(unit)s answers for this already.", {"unit": unit.name.strip()}, status=CONFLICT)
    here = organization_read.organizations_over(community.path, today())
    row = next((each for each in here if each.name == unit.name.strip()), None)
    if row is None:
        row = organizations.found(
            by=by,
            kind=KIND_OF.get(unit.duty, OrganizationKind.DEPARTMENT),
            name=unit.name,
            at=community,
            phone=unit.phone,
            has_computer=bool(unit.contact.strip()),
        )
    organizations.serve_area(
        by=by, organization_id=row.id, place_id=community.id, duty=unit.duty, starts=today()
    )
    post = organization_read.handler_post(row.id, community.path)
    if post is None:
        above = organization_read.holder_post(ABOVE, community.path, today())
        post = organizations.open_post(
            by=by,
            kind_code=HANDLER,
            organization_id=row.id,
            place_id=community.id,
            above_id=above.id if above else None,
        )
    if unit.contact.strip():
        named = Name(HANDLER, community.id, unit.contact, unit.contact_phone)
        appoint_named(by, post.id, community, named)
    return 1
