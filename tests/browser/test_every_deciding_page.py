"""Every page of meetings, ballots and covenants, in each language and in 长辈版, before the same judge."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import deciding
from tests.browser.test_every_page import in_large_print, judge, smallest_text
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def decided(town: World) -> dict[str, str]:
    """What is decided together: ballots, a covenant, meetings."""
    return deciding.build(town)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_residents_pages_of_deciding_together(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], decided: dict[str, str], language: str
) -> None:
    page = sign_in("wang", language=language)
    wrong = [fault for path in deciding.RESIDENT for fault in judge(page, axe, path.format(**decided))]
    assert wrong == []


def test_deciding_together_for_old_eyes(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], decided: dict[str, str]
) -> None:
    page = in_large_print(sign_in("wang"))
    wrong = [fault for path in deciding.RESIDENT for fault in judge(page, axe, path.format(**decided))]
    assert wrong == []
    page.goto(f"/ballots/{decided['vote']}/")
    assert smallest_text(page) >= 18


@pytest.mark.parametrize(("language", "desk"), [("zh-hans", True), ("en", True), ("zh-hant", False)])
def test_staff_pages_of_deciding_together(
    sign_in: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    decided: dict[str, str],
    language: str,
    desk: bool,
) -> None:
    page = sign_in("secretary", desk=desk, language="" if language == "zh-hans" else language)
    wrong = [fault for path in deciding.STAFF for fault in judge(page, axe, path.format(**decided))]
    assert wrong == []
