"""The pages of whoever runs the installation: they fit a phone, and the judge finds nothing serious."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from linli.kernel.actor import SYSTEM
from linli.organizations import actions as organizations
from tests.browser.test_every_page import judge
from tests.world import World

pytestmark = pytest.mark.browser
PAGES = ("/desk/backups/", "/desk/suggestions/", "/desk/setup/")


@pytest.mark.parametrize("desk", [True, False])
def test_the_administrators_pages(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], town: World, desk: bool
) -> None:
    organizations.name_administrator(by=SYSTEM, person_id=town.persons["street"])
    page = sign_in("street", desk=desk)
    assert [fault for path in PAGES for fault in judge(page, axe, path)] == []
