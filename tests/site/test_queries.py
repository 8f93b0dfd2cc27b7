"""No page makes more than eight queries, whoever opens it.

Pages whose address names one thing are counted beside their own tests.
"""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind
from linli.kernel.actor import SYSTEM
from tests import world as worlds
from tests.gatherings import meeting as making
from tests.matters.desking import MOST_QUERIES, desk, queries
from tests.matters.telling import dispatch, raise_one
from tests.world import World, on

LISTS_NOTHING = {
    "/",  # a resident's first page: a line or two from every part of the house
    "/desk/ballots/new/",  # a form that offers places, groups and what waits for a decision
    "/desk/meetings/templates/new/",  # a form that shows how the last meeting's minutes would read
}
LEAVES = {"/sign-out/", "/language/"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of a page that takes nothing in it."""
    for each in resolver.url_patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, whole)
        elif isinstance(each, URLPattern) and not re.search(r"[<^$\\]|/api/", whole):
            yield whole


@pytest.fixture
def plain_world(db: None) -> World:
    """A community that follows the plain default."""
    return worlds.build(practice="plain")


@pytest.mark.parametrize("who", ["wang", "clerk", "secretary", "street", "power"])
def test_pages_take_few_queries_however_much_there_is(plain_world: World, who: str) -> None:
    with on("2026-11-16"):
        for number in range(6):
            matter = raise_one(
                plain_world, title=f"第 {number} 件", place="home" if number % 2 else "building4"
            )
            if number % 2:
                dispatch(plain_world, "clerk", matter, days=1 + number // 2)
        for kind in (BodyKind.JOINT_CONFERENCE, BodyKind.BUILDING_COUNCIL, BodyKind.DELIBERATION):
            meeting = making.opened(plain_world, making.body(plain_world, kind), "secretary", "clerk", "grid")
            making.resolved(plain_world, meeting, unit="power")
            making.posted(plain_world, making.published(plain_world, meeting))
        actions.adopt_classes(by=SYSTEM, place_id=plain_world.place("community"))
        client = desk(plain_world, who)
        searches = ("/desk/matters/?q=件", "/desk/orders/?q=件", "/desk/people/?q=王")
        asked = sorted({*addresses(get_resolver()), *searches} - LISTS_NOTHING - LEAVES)
        counted = {}
        for path in asked:
            answer = client.get(path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                counted[path] = queries(client, path)
    assert len(counted) > 15, "the addresses are found"
    assert {path: count for path, count in counted.items() if count > MOST_QUERIES} == {}
