"""No list makes more than eight queries, whoever opens it and however much there is.

Walked are all pages that take no id, and those that take a place, a post, a person or what the record is
about. Pages whose address names another thing are counted beside their own tests.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.organizations.actions import appointments, posts
from linli.places import actions as opening
from linli.places.kinds import PlaceKind
from tests import world as worlds
from tests.gatherings import meeting as making
from tests.matters.desking import MOST_QUERIES, desk, queries
from tests.matters.telling import dispatch, raise_one
from tests.world import World, on

LISTS_NOTHING = {
    "/",  # a resident's first page: a line or two from every part of the house
}
PAGES_OF_ONE = {  # the page of one thing, not a list: how many queries it may make
    "/communities/<uuid:place_id>/": 9,  # a few lines of announcements, matters and whom to call
    "/desk/meetings/templates/new/": 10,  # a form with the last meeting's minutes as they would read
    "/desk/people/<uuid:person_id>/": 10,  # where somebody lives, what they own and what they raised
    "/desk/places/<uuid:place_id>/": 14,  # heads, codes, former names, units and map of a place
    "/desk/posts/<uuid:post_id>/": 9,  # who holds a post, who held it, and the posts above
    "/desk/progress/<uuid:person_id>/": 10,  # a slip with all that somebody waits for
}
SEARCHES = (  # each narrows a list; the last four look in four lists at once
    "/desk/matters/?q=件",
    "/desk/orders/?q=件",
    "/desk/people/?q=王",
    *(f"/desk/search/?q={words}" for words in ("号楼", "3", "王", "路灯")),
)
TAKES = re.compile(r"([^<]*)<uuid:(\w+)>([^<]*)")
LEAVES = {"/sign-out/", "/language/"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of a page, with the names of what it takes."""
    for each in resolver.url_patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, whole)
        elif isinstance(each, URLPattern) and not re.search(r"[\^$\\]|/api/", whole):
            yield whole


def filled_in(address: str, ids: dict[str, list[UUID]]) -> list[str]:
    """The address with each of the ids it takes; none where it takes others."""
    if "<" not in address:
        return [address]
    takes = TAKES.fullmatch(address)
    return [f"{takes[1]}{each}{takes[3]}" for each in ids.get(takes[2], [])] if takes else []


def busy_day(world: World) -> None:
    """Matters, orders, meetings, places, posts and appointments of one day, the last ones the newest."""
    for number in range(8):
        place = "home" if number % 2 else "building4"
        matter = raise_one(world, title=f"第 {number} 件：3号楼王家门口路灯不亮", place=place)
        if number % 2:
            dispatch(world, "clerk", matter, days=1 + number // 2)
    for kind in (BodyKind.JOINT_CONFERENCE, BodyKind.BUILDING_COUNCIL, BodyKind.DELIBERATION):
        meeting = making.opened(world, making.body(world, kind), "secretary", "clerk", "grid")
        making.resolved(world, meeting, unit="power")
        making.posted(world, making.published(world, meeting))
    actions.adopt_classes(by=SYSTEM, place_id=world.place("community"))
    bench = opening.open_place(
        by=SYSTEM, kind=PlaceKind.BUILDING, name="5号楼", label="b05", parent_id=world.place("grid")
    )
    row = posts.open_post(
        by=SYSTEM, kind_code="grid_worker", organization_id=world.unit("committee"), place_id=bench.id
    )
    appointments.appoint(by=SYSTEM, post_id=row.id, person_id=world.persons["clerk"], starts=clock.today())


def ids_of(world: World) -> dict[str, list[UUID]]:
    """What addresses may name: of the record one subject of each kind."""
    subjects = dict(Entry.objects.order_by("at").values_list("subject_kind", "subject_id"))
    return {
        "place_id": [world.place("community"), world.place("building"), world.place("home")],
        "post_id": [world.posts["clerk"].id],
        "person_id": [world.persons["clerk"], world.persons["wang"]],
        "subject_id": list(subjects.values()),
    }


@pytest.fixture
def plain_world(db: None) -> World:
    """A community that follows the plain default."""
    return worlds.build(practice="plain")


@pytest.mark.parametrize("who", ["wang", "clerk", "secretary", "street", "power"])
def test_pages_take_few_queries_however_much_there_is(plain_world: World, who: str) -> None:
    with on("2026-11-16"):
        busy_day(plain_world)
        client, ids = desk(plain_world, who), ids_of(plain_world)
        asked = sorted({*addresses(get_resolver()), *SEARCHES} - LISTS_NOTHING - LEAVES)
        counted = {}
        for address in asked:
            for path in filled_in(address, ids):
                answer = client.get(path)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    counted[address] = max(counted.get(address, 0), queries(client, path))
    assert len(counted) > 15, "the addresses are found"
    over = {path: n for path, n in counted.items() if n > PAGES_OF_ONE.get(path, MOST_QUERIES)}
    assert over == {}
