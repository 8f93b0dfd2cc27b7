"""A real Chromium with this project's own font, and the accessibility judge."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import chromium
from tests.environment import ROOT, RUN
from tests.serving import LiveServer

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FONTS = (ROOT / "linli" / "site" / "static", ROOT / "node_modules" / "@expo-google-fonts")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
# A busy machine fails no test: how long something takes is measured by `make bench` alone.
PATIENCE = 60_000  # ms
expect.set_options(timeout=PATIENCE)
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans SC</string></edit></match>
</fontconfig>
"""


def fontconfig() -> Path:
    """A font configuration with the project's font alone: the machine may have none that knows Chinese."""
    folders = sorted({font.parent for place in FONTS for font in place.rglob("*.ttf")})
    path = RUN / "fonts.conf"
    lines = "\n".join(f"<dir>{folder}</dir>" for folder in folders)
    path.write_text(FONTCONFIG.format(folders=lines, cache=RUN / "font-cache"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser(ci: bool) -> Iterator[Browser]:
    """One Chromium for the whole run; without one the tests are skipped by name, and fail under CI."""
    program = chromium.find()
    if program is None:
        (pytest.fail if ci else pytest.skip)(chromium.ADVICE)
    # The driver keeps an event loop in this thread: Django then asks whether it is in a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    env = dict(os.environ) | {"FONTCONFIG_FILE": str(fontconfig()), "LC_ALL": "C.UTF-8"}
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=[*chromium.FLAGS], env=env)
        yield running
        running.close()


def close(context: BrowserContext) -> None:
    """Close it with nothing under way: closing beside a navigation can leave the driver waiting for ever.

    A test that ends while a page is still on its way fails here, with the address it did not wait for.
    """
    for page in context.pages:
        page.goto("about:blank")
    context.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens pages with cookies of their own: `visit()`, `visit(desk=True)`, `visit(javascript=False)`.

    A script's error or a console error fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(*, desk: bool = False, javascript: bool = True, locale: str = "zh-CN") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=DESK if desk else PHONE,
            has_touch=not desk,
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        return page

    yield open_page
    for context in contexts:
        close(context)
    expected = "Failed to load resource: the server responded with a status of 4"  # a refusal under test
    assert [error for error in errors if not error.startswith(expected)] == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """One page at a phone's size."""
    return visit()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Serious and critical accessibility faults of a page: `assert axe(page) == []`."""
    source = AXE.read_text(encoding="utf-8")

    def judge(page: Page) -> list[str]:
        page.evaluate(source)
        result: dict[str, Any] = page.evaluate(
            """() => axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
                resultTypes: ['violations'],
            })"""
        )
        return [
            f"{fault['id']}: {fault['help']} — {node['html'][:160]}"
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]

    return judge
