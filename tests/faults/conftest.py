"""A community behind the running site, for faults that need real processes."""

import html

import pytest
from django.utils.translation import gettext, override

from tests import world as worlds
from tests.serving import LiveServer
from tests.visitor import Answer, Visitor
from tests.world import PASSWORD, World


@pytest.fixture
def town(live_server: LiveServer) -> World:
    """建设社区 on the plain way, with accounts for a resident and the clerk."""
    world = worlds.build(practice="plain", at=None)
    for key in ("wang", "clerk", "grid", "secretary"):
        worlds.open_account(world, key)
    return world


def sign_in(server: LiveServer, world: World, key: str, language: str = "") -> Visitor:
    """Somebody's browser, signed in through the form; with a language chosen by its button."""
    visitor = Visitor(server.url)
    visitor.get("/sign-in/")
    answer = visitor.post("/sign-in/", {"login": world.phones[key], "password": PASSWORD})
    assert answer.status == 200, answer.text[:500]
    assert answer.path != "/sign-in/", answer.text[-3000:]
    if language:
        assert visitor.post("/language/", {"language": language, "next": "/"}).status == 200
    return visitor


def told(answer: Answer, language: str, *msgids: str) -> bool:
    """Whether a page tells one of these texts in a language."""
    with override(language):
        return any(gettext(msgid) in html.unescape(answer.text) for msgid in msgids)
