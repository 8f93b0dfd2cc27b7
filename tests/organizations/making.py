"""Organizations and posts for tests: a chain from the grid to the street."""

from dataclasses import dataclass
from datetime import date

from linli.organizations.models import Appointment, Organization, Post, PostKind, ServiceArea, StandIn
from linli.people.models import Person
from linli.places.models import Place
from tests.places.making import COMMUNITY, GRID, STREET, territory

SINCE = date(2024, 1, 1)
KINDS = {
    "grid_worker": ("网格员", "Grid worker", "grid", ["matter.enter", "matter.read"]),
    "community_clerk": ("社区干事", "Community clerk", "community", ["matter.triage", "person.read"]),
    "community_secretary": ("社区书记", "Community secretary", "community", ["supervise", "post.appoint"]),
    "street_dispatcher": ("街道调度员", "Street dispatcher", "street", ["whistle.issue", "post.appoint"]),
    "unit_handler": ("责任单位经办人", "Handler", "community", ["order.handle"]),
    "building_head": ("楼栋长", "Building head", "building", ["matter.enter"]),
}


@dataclass
class Chain:
    """The posts from a grid up to the street, all vacant."""

    places: dict[str, Place]
    committee: Organization
    worker: Post
    clerk: Post
    secretary: Post
    street: Post


def kind(code: str, powers: list[str] | None = None) -> PostKind:
    """A kind of post, made once; with powers of its own for one test."""
    zh, en, level, usual = KINDS[code]
    powers = usual if powers is None else powers
    defaults = {"title_zh": zh, "title_en": en, "level": level, "powers": powers}
    return PostKind.objects.get_or_create(code=code, defaults=defaults)[0]


def organization(name: str = "建设社区居民委员会", what: str = "residents_committee") -> Organization:
    """An organization with an office phone."""
    return Organization.objects.create(kind=what, name=name, phone="0937-5550100")


def post(code: str, at: Place, of: Organization, above: Post | None = None) -> Post:
    """A post."""
    return Post.objects.create(kind=kind(code), organization=of, place=at, above=above)


def chain(**powers: list[str]) -> Chain:
    """The whole chain; `community_clerk=[…]` gives that kind these powers."""
    here = territory()
    for code, given in powers.items():
        kind(code, given)
    committee, office = organization(), organization("钢城街道办事处", "street_office")
    street = post("street_dispatcher", here[STREET], office)
    secretary = post("community_secretary", here[COMMUNITY], committee, street)
    clerk = post("community_clerk", here[COMMUNITY], committee, secretary)
    worker = post("grid_worker", here[GRID], committee, clerk)
    return Chain(here, committee, worker, clerk, secretary, street)


def holds(someone: Person, seat: Post, starts: date = SINCE, ends: date | None = None) -> Appointment:
    """An appointment."""
    return Appointment.objects.create(post=seat, person=someone, starts=starts, ends=ends)


def stands_in(someone: Person, held: Appointment, starts: date, last_day: date) -> StandIn:
    """A stand-in."""
    return StandIn.objects.create(appointment=held, person=someone, starts=starts, last_day=last_day)


def serves(unit: Organization, duty: str, at: Place, ends: date | None = None) -> ServiceArea:
    """A duty over a place."""
    return ServiceArea.objects.create(organization=unit, place=at, duty=duty, starts=SINCE, ends=ends)
