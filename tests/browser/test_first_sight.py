"""The browser itself: the first page has Chinese letters, fits a phone, and passes the judge."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_sign_in_page_fits_a_phone(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/sign-in/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


def test_chinese_has_glyphs(page: Page) -> None:
    """Two characters of one width but different ink: without a font both would be the same empty box."""
    page.goto("/sign-in/")
    inks = page.evaluate(
        """() => ['一', '龘'].map(letter => {
            const canvas = document.createElement('canvas'); const pen = canvas.getContext('2d');
            pen.font = '80px "Noto Sans SC"'; pen.fillText(letter, 10, 100);
            const points = pen.getImageData(0, 0, 200, 150).data;
            return points.filter((value, at) => at % 4 === 3 && value > 0).length;
        })"""
    )
    assert inks[1] > inks[0] * 1.5 > 0


def test_it_shows_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit(javascript=False)
    page.goto("/sign-in/")
    assert page.locator("form input[type=password]").is_visible()
