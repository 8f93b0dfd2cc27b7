"""Following links: from a few pages to one page of every kind that a link leads to."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import Resolver404, ResolverMatch, resolve
from playwright.sync_api import Error, Page

from tests.browser.test_every_page import judge

LEADS_OUT = ("sign-out/", "language/")


@dataclass
class Walk:
    """Which kinds of page were seen, and what was wrong with them."""

    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def kind(path: str) -> str:
    """Which address in the list of addresses a path is; empty for one that is not of this house."""
    try:
        found: ResolverMatch = resolve(path.split("?")[0].split("#")[0])
    except Resolver404:
        return ""
    return found.route


def wander(page: Page, axe: Callable[[Page], list[str]], *begin: str) -> Walk:
    """Judge the pages given and one of every further kind that their links lead to."""
    walk, waiting = Walk(), deque(begin)
    while waiting:
        path = waiting.popleft()
        if path not in begin and kind(path) in walk.seen:
            continue
        walk.seen.add(kind(path))
        try:
            walk.wrong += judge(page, axe, path)
        except Error as error:
            if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            continue  # a file: it was offered to be kept
        waiting.extend(path for path in links(page) if kind(path) not in {*walk.seen, "", *LEADS_OUT})
    return walk


def links(page: Page) -> list[str]:
    """Where the links of a page lead within the house."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [str(href).split("#")[0] for href in found if str(href).startswith("/")]
