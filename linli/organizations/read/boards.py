"""What the boards on a building and at an estate's gate show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.functions import Length

from linli.organizations.models import Post
from linli.organizations.read.acting import holders_of
from linli.organizations.read.posts import open_on
from linli.organizations.read.units import Served, units_over
from linli.places.models import Place
from linli.places.rules import prefixes

# In the order a resident would look for them.
ON_BUILDING_BOARDS = (
    "building_head",
    "residents_representative",
    "grid_worker",
    "grid_branch_secretary",
    "area_branch_secretary",
    "community_police",
    "legal_officer",
    "legal_adviser",
    "mediator",
)
ON_ESTATE_BOARDS = (
    "courtyard_branch_secretary",
    "area_branch_secretary",
    "grid_branch_secretary",
    "owners_committee_director",
    "grid_worker",
    "community_secretary",
)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A post on a board: who acts and the office's phone. No private number is ever on a board."""

    post: Post
    names: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class EstateBoard:
    """Who answers for an estate: the people, and the units by duty."""

    lines: list[BoardLine]
    units: list[Served]


def _lines(path: str, kinds: tuple[str, ...], on: date) -> list[BoardLine]:
    """The nearest post of each kind at or above the place (all of them where several share that place)."""
    posts = list(
        Post.objects.select_related("kind", "place", "organization")
        .filter(open_on(on), kind_id__in=kinds, place__path__in=prefixes(path))
        .order_by(Length("place__path").desc(), "id")
    )
    holders = holders_of([each.id for each in posts], on)
    offices = _office_phones(posts)
    nearest: dict[str, str] = {}
    lines = []
    for each in posts:
        if nearest.setdefault(each.kind_id, each.place.path) != each.place.path:
            continue
        names = tuple(holder.stand_in or holder.name for holder in holders.get(each.id, []))
        lines.append(BoardLine(each, names, offices[each.id]))
    return sorted(lines, key=lambda line: kinds.index(line.post.kind_id))


def _office_phones(posts: list[Post]) -> dict[UUID, str]:
    return {each.id: each.organization.phone for each in posts}


def building_board(place: Place, on: date) -> list[BoardLine]:
    """居民公示牌: building head, residents' representatives, grid worker, officers, legal adviser."""
    return _lines(place.path, ON_BUILDING_BOARDS, on)


def estate_board(place: Place, on: date) -> EstateBoard:
    """责任公示牌: who is responsible for the estate, and each duty's unit with its phone."""
    return EstateBoard(_lines(place.path, ON_ESTATE_BOARDS, on), units_over(place.path, on))
