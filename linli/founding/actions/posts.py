"""The first posts of a community and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.founding import policies, read
from linli.founding.kinds import Event
from linli.founding.rules.posts import Need, organization_of
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.organizations import actions as organizations
from linli.organizations import read as organization_read
from linli.people import actions as people
from linli.people import read as people_read
from linli.people.actions.person import Details
from linli.places import read as place_read

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Name:
    """Who is to hold a needed post; without a name the post is opened vacant."""

    kind: str
    place_id: UUID
    name: str = ""
    phone: str = ""


def fill_posts(*, by: Actor, community_id: UUID, names: Sequence[Name], bodies: dict[str, str]) -> int:
    """Open every post the community's practice needs, and appoint those who are named; how many were.

    `bodies` says what an organization that is missing is to be called, by its kind. The widest posts come
    first, so that each finds the one its vacancies fall to.
    """
    with transaction.atomic():
        community = read.lock(community_id)
        if community is None:
            raise Refused("There is no such community here.", status=MISSING)
        require(policies.may_set_up(by, community.path))
        said = {(each.kind, each.place_id): each for each in names}
        appointed = 0
        for need in read.wanted(community):
            place = place_read.place(need.ground.id)
            assert place is not None
            post_id = _post(by, community, need, place, bodies)
            named = said.get((need.kind, place.id))
            if named is not None and named.name.strip():
                appointed += appoint_named(by, post_id, place, named)
        data = {"count": appointed}
        audit.record(Event.POSTS_FILLED, by=by, subject=community, place_path=community.path, data=data)
    return appointed


def _post(by: Actor, community: "Place", need: Need, place: "Place", bodies: dict[str, str]) -> UUID:
    """The open post of a kind over the place, opened where it is missing."""
    known = organization_read.holder_post(need.kind, place.path, today())
    if known is not None and known.place_id == place.id:
        return known.id
    kind = read.kinds()[need.kind]
    organization = read.organization_for(need, kind.level, community)
    if organization is None:
        wanted = organization_of(need.kind, kind.level)
        organization = organizations.found(by=by, kind=wanted, name=bodies[wanted.value], at=place)
    above = organization_read.holder_post(kind.above, place.path, today()) if kind.above else None
    post = organizations.open_post(
        by=by,
        kind_code=need.kind,
        organization_id=organization.id,
        place_id=place.id,
        above_id=above.id if above else None,
    )
    return post.id


def appoint_named(by: Actor, post_id: UUID, place: "Place", named: Name) -> int:
    """Appoint somebody: found by phone and name, else registered. 0 when they hold the post already."""
    same_phone = people_read.by_phone(named.phone)
    known = next((row for row in same_phone if row.name == named.name.strip()), None)
    if known is None and people_read.with_accounts(row.id for row in same_phone):
        raise Refused(
            "The phone written for %(name)s belongs to somebody who signs in with it.",
            {"name": named.name},
            status=CONFLICT,
        )
    if known is None:
        if not named.phone.strip():
            raise Refused(
                "Write a mobile number for %(name)s: it is what they sign in with.",
                {"name": named.name},
                status=UNPROCESSABLE,
            )
        details = Details(name=named.name, phone=named.phone)
        known = people.register_person(by=by, at=place, details=details)
    holders = organization_read.holders_of([post_id], today()).get(post_id, [])
    if any(holder.person_id == known.id for holder in holders):
        return 0
    organizations.appoint(by=by, post_id=post_id, person_id=known.id, starts=today())
    return 1
