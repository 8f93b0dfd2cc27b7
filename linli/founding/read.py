"""What is there of a community being set up. Nothing is kept beside its places, posts and procedures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linli.founding.rules.posts import Facts, Ground, Need, kinds_needed, needs, organization_of
from linli.frame.scopes import in_force
from linli.kernel.clock import today
from linli.matters.models import Adoption, ProcedureVersion
from linli.matters.procedures import loader
from linli.matters.procedures.practice import LoadedPractice, PostKind
from linli.matters.procedures.schema import Words
from linli.matters.read import settings
from linli.matters.triage.taxonomy import load_taxonomy
from linli.organizations import read as organizations
from linli.organizations.models import Appointment, Invitation, Organization, Post
from linli.organizations.read.acting import Holder
from linli.organizations.read.units import Served
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

LEVEL_OF = {
    PlaceKind.DIVISION.value: "district",
    PlaceKind.STREET.value: "street",
    PlaceKind.COMMUNITY.value: "community",
    PlaceKind.COURTYARD.value: "courtyard",
    PlaceKind.GRID.value: "grid",
}


@lru_cache(maxsize=1)
def shipped() -> tuple[LoadedPractice, ...]:
    """The practices this version brings, read once."""
    return tuple(loader.load_folder())


def practice(code: str) -> LoadedPractice | None:
    """One of them."""
    return next((each for each in shipped() if each.code == code), None)


def versions_of(code: str) -> list[ProcedureVersion]:
    """The newest stored version of each procedure of a practice."""
    newest: dict[str, ProcedureVersion] = {}
    for row in ProcedureVersion.objects.filter(practice=code).order_by("name", "-version"):
        newest.setdefault(row.name, row)
    return list(newest.values())


def stored_kinds() -> set[str]:
    """The kinds of post that are there already."""
    return {kind.code for kind in organizations.post_kinds()}


def communities() -> QuerySet[Place]:
    """Every open community, with what is there of it, in one query; the latest first."""
    inside = Place.objects.filter(kind=PlaceKind.BUILDING.value, path__startswith=OuterRef("path"))
    adopted = Adoption.objects.filter(community=OuterRef("pk"), ends__isnull=True)
    held = Appointment.objects.filter(in_force(today()), post__place__path__startswith=OuterRef("path"))
    return (
        places.communities("/", today())
        .annotate(has_buildings=Exists(inside), has_practice=Exists(adopted), has_posts=Exists(held))
        .select_related("parent")
        .order_by("-id")
    )


def community(community_id: UUID) -> Place | None:
    """One community."""
    return Place.objects.filter(id=community_id, kind=PlaceKind.COMMUNITY.value).first()


def lock(community_id: UUID) -> Place | None:
    """The same, locked until the transaction ends: two browsers set up one community one after the other."""
    rows = Place.objects.select_for_update(of=("self",))
    return rows.filter(id=community_id, kind=PlaceKind.COMMUNITY.value).first()


def short_codes(division_path: str) -> set[str]:
    """The short codes of communities in a division: a matter's number must tell them apart."""
    rows = Place.objects.filter(path__startswith=division_path, kind=PlaceKind.COMMUNITY.value)
    return set(rows.exclude(short_code="").values_list("short_code", flat=True))


def facts(row: Place) -> Facts:
    """How far a community is."""
    without = [each for each in holders(row, today()) if not each.has_account and each.invitation is None]
    held = Appointment.objects.filter(in_force(today()), post__place__path__startswith=row.path).count()
    return Facts(
        buildings=places.counts_by_kind(row.path, today()).get(PlaceKind.BUILDING.value, 0),
        practices=len(settings.adopted_procedures(row.id)),
        held=held,
        waiting=len(without),
    )


def grounds(row: Place) -> list[Ground]:
    """The places posts can be over: from the division down to the grids."""
    above = [each for each in places.chain(row) if each.id != row.id]
    inside = places.subtree(row.path).filter(kind__in=[PlaceKind.GRID.value, PlaceKind.COURTYARD.value])
    found = [*above, row, *inside.order_by("order_key", "path")]
    return [Ground(each.id, LEVEL_OF[each.kind], each.name) for each in found]


def kinds() -> dict[str, PostKind]:
    """Every kind of post the shipped practices describe."""
    return {code: kind for each in shipped() for code, kind in each.posts.items()}


def wanted(row: Place) -> list[Need]:
    """The posts the community's procedures need, the widest first; none before it has chosen a practice."""
    adopted = settings.adopted_procedures(row.id)
    if not adopted:
        return []
    holding = [step.holder for each in adopted for step in settings.procedure(each.procedure).steps]
    known = kinds()
    return needs(kinds_needed(holding, known), known, grounds(row))


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that is needed: the open one, if there is, and who holds it."""

    need: Need
    post: Post | None
    holders: tuple[Holder, ...]


def seats(row: Place) -> list[Seat]:
    """Every needed post with who holds it, in three queries."""
    needed = wanted(row)
    open_posts = Post.objects.select_related("kind", "place", "organization").filter(
        closed_on__isnull=True, place_id__in={need.ground.id for need in needed}
    )
    by_need = {(post.kind_id, post.place_id): post for post in open_posts}
    held = organizations.holders_of([post.id for post in by_need.values()], today())
    found = []
    for need in needed:
        post = by_need.get((need.kind, need.ground.id))
        found.append(Seat(need, post, tuple(held.get(post.id, ())) if post else ()))
    return found


def duties() -> dict[str, Words]:
    """What units answer for, in the order of the word list."""
    return dict(load_taxonomy().units)


def units(row: Place) -> list[Served]:
    """Who answers for what in the community."""
    return organizations.units_over(row.path, today())


def organization_for(need: Need, level: str, row: Place) -> Organization | None:
    """The organization a needed post sits in: of its kind, working at the post's place or above it."""
    kind = organization_of(need.kind, level)
    place = places.place(need.ground.id)
    path = place.path if place else row.path
    return next((each for each in organizations.organizations_over(path, today()) if each.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who holds a post here: whether they can sign in, and the slip they were given."""

    person_id: UUID
    name: str
    posts: tuple[Post, ...]
    has_account: bool
    invitation: Invitation | None


def holders(row: Place, on: date) -> list[Invitee]:
    """Who holds a post in the community or above it on the way up, in four queries."""
    within = Appointment.objects.filter(in_force(on), post__place__path__startswith=row.path)
    above = Appointment.objects.filter(
        in_force(on), post__place__path__in=[each.path for each in places.chain(row)]
    )
    ids: Sequence[UUID] = list((within | above).values_list("person_id", flat=True).distinct())
    names, with_account = people.names(ids), people.with_accounts(ids)
    slips, posts = organizations.open_invitations(ids), organizations.posts_of_persons(ids, on)
    found = [
        Invitee(person, names[person], tuple(posts[person]), person in with_account, slips.get(person))
        for person in ids
    ]
    return sorted(found, key=lambda each: (each.has_account, each.name))
