"""A community behind the running site, for faults that need real processes."""

import pytest

from tests import world as worlds
from tests.serving import LiveServer
from tests.visitor import Visitor
from tests.world import PASSWORD, World


@pytest.fixture
def town(live_server: LiveServer) -> World:
    """建设社区 on the plain way, with accounts for a resident and the clerk."""
    world = worlds.build(practice="plain", at=None)
    for key in ("wang", "clerk", "grid", "secretary"):
        worlds.open_account(world, key)
    return world


def sign_in(server: LiveServer, world: World, key: str) -> Visitor:
    """Somebody's browser, signed in through the form."""
    visitor = Visitor(server.url)
    visitor.get("/sign-in/")
    answer = visitor.post("/sign-in/", {"login": world.phones[key], "password": PASSWORD})
    assert answer.status == 200, answer.text[:500]
    assert answer.path != "/sign-in/", answer.text[-3000:]
    return visitor
