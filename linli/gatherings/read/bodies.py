"""Bodies: who belongs to them, when they met last, and when they are due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from linli.frame.crypto import blind_index
from linli.frame.scopes import in_force, under
from linli.gatherings.kinds import VOTING, BodyKind, Entitled, Power, Role, State
from linli.gatherings.models import AgendaItem, Body, BodyDuty, CalendarFeed, Gathering, Membership
from linli.gatherings.read import owners, residents
from linli.gatherings.rules import dates
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.rules.meetings import OVER
from linli.kernel.actor import Actor
from linli.kernel.clock import local, today
from linli.kernel.decision import MISSING, Refused
from linli.organizations import read as organizations
from linli.organizations.kinds import OrganizationKind
from linli.organizations.models import Post
from linli.people.models import Holding
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind
from linli.places.models import Place

MOST_BODIES = 300
MOST_LIAISONS = 30


def body(body_id: UUID) -> Body:
    """One body with its place. Raises `Refused` (404) when there is none."""
    row = Body.objects.select_related("place", "organization").filter(pk=body_id).first()
    if row is None:
        raise Refused("This body is not here.", status=MISSING)
    return row


def body_for_update(body_id: UUID) -> Body:
    """The same, locked."""
    row = Body.objects.select_for_update(of=("self",)).select_related("place").filter(pk=body_id).first()
    if row is None:
        raise Refused("This body is not here.", status=MISSING)
    return row


def body_of_code(code: str, path: str) -> Body | None:
    """The open body a procedure's step names, at the deepest place from the path upward."""
    rows = Body.objects.filter(code=code, closed_on__isnull=True, place__path__in=places.prefixes(path))
    return rows.select_related("place").order_by(Length("place__path").desc(), "pk").first()


def code_for(kind: BodyKind, place: Place) -> str:
    """The code of a place's next body of a kind: the kind's own, numbered where there may be several."""
    if not STANDINGS[kind].may_be_several:
        return kind.value
    before = Body.objects.filter(kind=kind.value, place=place).count()
    return f"{kind.value}-{before + 1}" if before else kind.value


def bodies_with_members(paths: Collection[str]) -> list[Body]:
    """The open bodies of several places, in them and around them, that are the people who belong to them."""
    here = [places.along(path) for path in paths]
    kinds = [kind.value for kind, standing in STANDINGS.items() if standing.entitled is Entitled.MEMBERS]
    rows = Body.objects.filter(reduce(or_, here, Q(pk__in=[])), kind__in=kinds, closed_on__isnull=True)
    return list(rows.order_by("name", "pk")[:MOST_BODIES])


def open_bodies(actor: Actor) -> list[Body]:
    """The open bodies of the places where this actor holds meetings, by place and name."""
    here = under("place__path", actor.paths(Power.HOLD))
    rows = Body.objects.filter(here, closed_on__isnull=True).select_related("place")
    return list(rows.order_by("place__path", "name", "pk")[:MOST_BODIES])


def bodies_to_hand_to(actor: Actor, path: str, but: UUID | None) -> list[Body]:
    """The open bodies an item of a place can be handed to: of the place, of those around it, and of this
    actor's other places; never the one that has it."""
    here = under("place__path", actor.paths(Power.HOLD)) | Q(place__path__in=places.prefixes(path))
    rows = Body.objects.filter(here, closed_on__isnull=True).select_related("place")
    rows = rows.exclude(pk=but) if but else rows
    return list(rows.order_by("place__path", "name", "pk")[:MOST_BODIES])


@dataclass(frozen=True, slots=True)
class Coming:
    """The meeting a body holds next."""

    pk: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A body, when it met last, by when it is due, how many periods it missed, what comes next, how many
    items wait for it, and whether it owes something (a filing, a handover) whose day has passed."""

    body: Body
    last_held: date | None
    due: date | None
    missed: int
    coming: Coming | None
    waiting: int
    owes: bool


def dues(rows: Collection[Body]) -> list[Due]:
    """When each of several bodies is due, in one query; the latest first, then by the due day."""
    of_body = Gathering.objects.filter(body=OuterRef("pk"))
    held = of_body.filter(state__in=[state.value for state in OVER]).order_by(F("opened_at").desc())
    ahead = of_body.filter(state__in=[State.PLANNED, State.NOTICED, State.OPEN]).order_by("starts_at", "pk")
    waits = AgendaItem.objects.filter(body=OuterRef("pk"), gathering__isnull=True).order_by().values("body")
    owed = BodyDuty.objects.filter(body=OuterRef("pk"), done_on__isnull=True, due_on__lt=today())
    known = {
        body_id: asked
        for body_id, *asked in Body.objects.filter(pk__in=[row.pk for row in rows]).values_list(
            "pk",
            Subquery(held.values("opened_at")[:1]),
            Subquery(ahead.values("pk")[:1]),
            Subquery(ahead.values("starts_at")[:1]),
            Coalesce(Subquery(waits.annotate(count=Count("pk")).values("count")), 0),
            Exists(owed),
        )
    }
    found = []
    for row in rows:
        opened_at, coming_id, starts_at, waiting, owes = known[row.pk]
        last = local(opened_at).date() if opened_at else None
        due = dates.next_due(row.every_months, row.began_on, last)
        missed = dates.missed(row.every_months, due, today())
        coming = Coming(coming_id, starts_at) if coming_id else None
        found.append(Due(row, last, due, missed, coming, waiting, owes))
    return sorted(found, key=lambda each: (-each.missed, each.due or date.max, each.body.name))


def members(body_id: UUID, on: date) -> list[Membership]:
    """Who belongs to a body on the day: chair, members, advisers, invited; each with name and area."""
    order = {role.value: number for number, role in enumerate(Role)}
    rows = Membership.objects.filter(in_force(on), body=body_id)
    found = rows.select_related("person", "organization", "liaison")
    return sorted(found, key=lambda row: (order[row.role], row.person.name_key if row.person else "", row.pk))


def membership_for_update(membership_id: UUID) -> Membership:
    """One membership with its body, locked. Raises `Refused` (404) when there is none."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("body__place")
    row = rows.filter(pk=membership_id).first()
    if row is None:
        raise Refused("This membership is not here.", status=MISSING)
    return row


def is_member(actor: Actor, body_id: UUID | None) -> bool:
    """Whether the actor belongs to a body today, themselves or through a post of a unit that does."""
    if actor.person_id is None or body_id is None:
        return False
    units = organizations.org_of_posts(actor.posts).values() if actor.posts else []
    mine = Q(person=actor.person_id) | Q(organization__in=list(units))
    return Membership.objects.filter(in_force(today()), mine, body=body_id).exists()


def member_unit(actor: Actor, body_id: UUID) -> UUID | None:
    """The unit that belongs to a body today and that the actor holds a post of."""
    units = list(organizations.org_of_posts(actor.posts).values()) if actor.posts else []
    rows = Membership.objects.filter(in_force(today()), body=body_id, organization__in=units)
    return rows.order_by("pk").values_list("organization", flat=True).first()


def voting_count(body_id: UUID, on: date) -> int:
    """How many members are counted on the day."""
    return Membership.objects.filter(in_force(on), body=body_id, role__in=VOTING).count()


def counts(row: Gathering, *, person_id: UUID | None, organization_id: UUID | None, on: date) -> bool:
    """Whether somebody's presence counts for the quorum: a member's, a resident's or an owner's, as the kind
    of body has it; at a talk without a quorum everybody's."""
    entitled = STANDINGS[BodyKind(row.body.kind)].entitled if row.body else Entitled.NOBODY
    if entitled is Entitled.NOBODY:
        return True
    if entitled is Entitled.MEMBERS:
        who = Q(organization=organization_id) if organization_id else Q(person=person_id)
        found = Membership.objects.filter(in_force(on), who, body=row.body_id, role__in=VOTING)
        return bool(organization_id or person_id) and found.exists()
    if person_id is None:
        return False
    if entitled is Entitled.OWNERS:
        return owners.is_counted(row, person_id, on)
    return residents.is_counted(row, person_id, on)


def invited(row: Gathering) -> set[UUID]:
    """Everybody who is to have notice of a body's meeting: its members, whoever holds a post of a member
    unit, the residents or owners an assembly is for; of the owners' also the residents' committee (条例 14).
    """
    if row.body is None:
        return set()
    day = local(row.starts_at).date()
    belonging = members(row.body.pk, day)
    found = {each.person_id for each in belonging if each.person_id}
    found |= _acting_for([each.organization_id for each in belonging if each.organization_id], day)
    entitled = STANDINGS[BodyKind(row.body.kind)].entitled
    if entitled is Entitled.RESIDENTS:
        found |= set(residents.dwelling(row.place.path, day).values_list("person", flat=True))
    if entitled is Entitled.OWNERS:
        owned = Holding.objects.filter(in_force(day), home__path__startswith=row.place.path)
        committee = OrganizationKind.RESIDENTS_COMMITTEE
        found |= set(owned.values_list("person", flat=True))
        found.update(organizations.acting_with(Power.HOLD, row.place.path, day, of=committee))
    return found


def voices(memberships: QuerySet[Membership], on: date) -> list[tuple[Membership, tuple[UUID, ...]]]:
    """The chairs and members among these on the day, each with who speaks for it: the person, or whoever acts
    for the unit."""
    rows = memberships.filter(in_force(on), role__in=VOTING).select_related("person", "organization")
    found = []
    for row in rows.order_by("person__name_key", "organization__name", "pk"):
        units = [row.organization_id] if row.organization_id else []
        found.append((row, (row.person_id,) if row.person_id else tuple(sorted(_acting_for(units, on)))))
    return found


def _acting_for(organization_ids: Collection[UUID], on: date) -> set[UUID]:
    if not organization_ids:
        return set()
    posts = Post.objects.filter(organization__in=organization_ids, closed_on__isnull=True)
    by_post = organizations.persons_of_posts(list(posts.values_list("pk", flat=True)), on)
    return {person for persons in by_post.values() for person in persons}


def waiting_for_update(body_id: UUID) -> list[AgendaItem]:
    """What waits for a body, the longest first, locked."""
    rows = AgendaItem.objects.select_for_update().filter(body=body_id, gathering__isnull=True)
    return list(rows.order_by("added_at", "pk"))


def waiting(body_id: UUID) -> list[AgendaItem]:
    """What waits for a body, the longest first."""
    rows = AgendaItem.objects.filter(body=body_id, gathering__isnull=True)
    return list(rows.order_by("added_at", "pk")[:100])


def places_to_meet_in(actor: Actor, *powers: str) -> list[tuple[Place, str]]:
    """Open places of the actor's posts down to buildings, each with how it is written."""
    here = under("path", actor.paths(*powers))
    wide = Place.objects.filter(here, closed_on__isnull=True).exclude(kind__in=[PlaceKind.ENTRANCE, *UNITS])
    found = list(wide.order_by("path")[:MOST_BODIES])
    written = places.address_map(found)
    return [(row, written[row.pk]) for row in found]


def areas_of(path: str) -> list[tuple[Place, str]]:
    """The places within a body's own that a member can keep in touch with, each with how it is written."""
    rows = Place.objects.filter(path__startswith=path, closed_on__isnull=True)
    found = list(rows.exclude(kind__in=[PlaceKind.ENTRANCE, *UNITS]).order_by("path")[:MOST_BODIES])
    written = places.address_map(found)
    return [(row, written[row.pk]) for row in found]


def sat_before(body_id: UUID, day: date) -> int:
    """How many members who are counted had begun in a body before a day, those who have left among them."""
    return Membership.objects.filter(body=body_id, role__in=VOTING, starts__lt=day).count()


def feed_of(person_id: UUID) -> CalendarFeed | None:
    """The feed somebody's calendar reads now."""
    return CalendarFeed.objects.filter(person=person_id, revoked_at__isnull=True).first()


def person_of_feed(token: str) -> UUID | None:
    """Whose feed a token opens; None for one that is wrong or was replaced."""
    row = CalendarFeed.objects.filter(token_index=blind_index(token), revoked_at__isnull=True).first()
    return row.person_id if row else None


def bodies_of(person_id: UUID, on: date) -> list[UUID]:
    """The bodies somebody belongs to on the day, themselves or by a post of a unit that does."""
    units = {post.organization_id for post in organizations.posts_of(person_id, on)}
    mine = Q(person=person_id) | Q(organization__in=units)
    rows = Membership.objects.filter(in_force(on), mine, body__closed_on__isnull=True)
    return list(rows.values_list("body", flat=True).distinct())


def liaisons(path: str, on: date) -> list[Membership]:
    """Who of the public bodies keeps in touch with a place: with it, with where it lies, or with part of it;
    those of the nearest area first."""
    near = places.along(path, "liaison__path")
    rows = Membership.objects.filter(in_force(on), near, role__in=VOTING)
    rows = rows.filter(body__is_public=True, body__closed_on__isnull=True)
    found = rows.select_related("person", "organization", "liaison", "body")
    return list(found.order_by(Length("liaison__path").desc(), "body__name", "pk")[:MOST_LIAISONS])
