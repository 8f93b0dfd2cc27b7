"""Whatever a link leads to, in each language and in 长辈版: nothing serious, nothing too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from linli.people.models import Account
from tests import world as worlds
from tests.browser import deciding, talking_over
from tests.browser.test_every_page import announced
from tests.browser.wandering import wander
from tests.matters.telling import move, raise_one
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(town: World) -> World:
    """A community in which something of everything goes on."""
    deciding.build(town)
    talking_over.build(town)
    worlds.end(town, raise_one(town).id)
    move(town, "grid", raise_one(town), "act", "dispatch")
    announced(town)
    return town


@pytest.mark.parametrize(
    ("who", "begin", "reader", "kinds"),
    [
        ("wang", "/", "zh-hans", 40),
        ("wang", "/", "zh-hant", 40),
        ("wang", "/", "en", 40),
        ("wang", "/", "elder", 40),
        ("secretary", "/desk/", "en", 100),
        ("secretary", "/desk/", "elder", 100),
    ],
)
def test_wherever_links_lead(
    sign_in: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    busy: World,
    who: str,
    begin: str,
    reader: str,
    kinds: int,
) -> None:
    Account.objects.filter(person=busy.persons[who]).update(elder=reader == "elder")
    page = sign_in(who, desk=who == "secretary", language=reader if reader in ("zh-hant", "en") else "")
    walk = wander(page, axe, begin)
    assert walk.wrong == []
    assert len(walk.seen) > kinds, "the links lead on"
