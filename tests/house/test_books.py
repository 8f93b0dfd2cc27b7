"""Every list of the desk is taken out as a book 台账 from its page, or it is said here why not."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import get_resolver

from tests.house.reading import expect_none, templates
from tests.house.test_urls import leaves

ONE_THING_OR_FILE = re.compile(r"(>/|\.[a-z]+)$")
EMPTY_STATES = ("<c-empty", "{% empty %}")
TEMPLATE = re.compile(r'"([a-z_/]+\.html)"')

# Pages whose books are not called after them: `<page>_xlsx`.
BOOKS: Mapping[str, tuple[str, ...]] = {
    "desk:home": ("desk:list_xlsx",),
    "desk:new": ("desk:list_xlsx",),
    "desk:sent": ("desk:list_xlsx",),
    "desk:whistles": ("desk:list_xlsx",),
    "gatherings_desk:home": ("gatherings_desk:bodies_xlsx", "gatherings_desk:meetings_xlsx"),
    "gatherings_desk:over": ("gatherings_desk:meetings_xlsx",),
    "notices_desk:slips": ("notices_desk:calls_xlsx",),
}
NO_BOOK: Mapping[str, str] = {
    "backups": "files of the machine, which looks after them itself",
    "ballots_desk:hand_count": "a sheet that is filled in; the record of the ballot holds what came of it",
    "ballots_desk:nominations": "sheets that say who named whom; the candidates stand on the ballot",
    "ballots_desk:sheets": "work at the table: a list of sheets beside the roll could tell who voted how",
    "desk:draft_try": "a trial: nothing of it happened",
    "desk:learning": "versions of what was learnt, not of what was done",
    "desk:map": "a picture of the register of matters, which has its book",
    "desk:procedures": "procedures are taken out as files that can be brought in again",
    "desk:procedure_try": "a trial: nothing of it happened",
    "desk:search": "finds what stands in lists that have their books",
    "founding:home": "chooses a community",
    "founding:posts": "a form",
    "founding:slips": "codes to sign in with never leave as a list",
    "gatherings_desk:affairs_home": "chooses a community",
    "gatherings_desk:appraisal": "a form",
    "gatherings_desk:bring": "a form",
    "gatherings_desk:hand_on": "a form",
    "gatherings_desk:templates": "texts to write minutes with, not a record of what was done",
    "organizations:keys": "what opens doors to other systems never leaves as a list",
    "organizations:post_open": "a form",
    "outbox": "a fault list for whoever repairs it: empty when all is well",
    "people:move_in": "a form",
    "people:own": "a form",
    "places:tree": "chooses a community",
    "surveys_desk:texts": "what people wrote is read here and does not leave; the counts have their book",
}


def desk_pages() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The desk's pages: what answers to being looked at, and is neither one thing's own page nor a file."""
    for address, name, pattern in leaves(get_resolver().url_patterns):
        view = pattern.callback
        if not address.startswith("desk/") or ONE_THING_OR_FILE.search(address):
            continue
        if inspect.isfunction(view) and "GET" in methods_of(view):
            yield name, view


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """What an address answers to."""
    found: tuple[str, ...] = inspect.getclosurevars(view).nonlocals.get("methods", ())
    return found


def is_list(view: Callable[..., Any]) -> bool:
    """Whether the page has an empty state of its own. The page a form shares with others is no list."""
    deep = 2 if methods_of(view) == ("GET",) else 0
    return any(mark in drawn.get(name, "") for name in drawn_by(view, deep) for mark in EMPTY_STATES)


def drawn_by(view: Callable[..., Any], deep: int) -> set[str]:
    """The templates a view names, itself or by a function of its own module that it calls."""
    plain = inspect.unwrap(view)
    found = set(TEMPLATE.findall(inspect.getsource(plain)))
    called = inspect.getclosurevars(plain).globals.values() if deep and not found else ()
    own = [each for each in called if inspect.isfunction(each) and each.__module__ == plain.__module__]
    return found.union(*(drawn_by(each, deep - 1) for each in own))


def books_of(page: str) -> tuple[str, ...]:
    """What a page's books are called."""
    return BOOKS.get(page, (f"{page}_xlsx",))


@cache
def addresses() -> frozenset[str]:
    """The names of all addresses."""
    return frozenset(name for _address, name, _pattern in leaves(get_resolver().url_patterns))


drawn = {path.split("/templates/", 1)[1]: text for path, text in templates()}


def lists() -> set[str]:
    """The names of the desk's pages that are lists."""
    return {name for name, view in desk_pages() if name in BOOKS or is_list(view)}


def test_every_list_of_the_desk_has_its_book() -> None:
    without = [page for page in lists() - set(NO_BOOK) if not addresses().issuperset(books_of(page))]
    expect_none(sorted(without))


def test_the_pages_said_to_have_no_book_are_lists_without_one() -> None:
    gone = [page for page in NO_BOOK if page not in lists()]
    grown = [page for page in NO_BOOK if addresses().issuperset(books_of(page))]
    expect_none([*gone, *grown, *(page for page in BOOKS if page not in lists())])


def test_there_are_lists_to_look_at() -> None:
    assert len(lists()) > 35


def test_every_book_is_a_button_on_a_page() -> None:
    linked = "".join(text for text in drawn.values())
    made_in_python = {"desk:list_xlsx", "desk:rates_xlsx", "desk:rates_behind_xlsx"}
    books = {name for name in addresses() if name.endswith("_xlsx")} - made_in_python
    expect_none(sorted(name for name in books if f"'{name}'" not in linked))


def test_a_list_without_a_book_is_seen() -> None:
    assert books_of("desk:cellars") == ("desk:cellars_xlsx",)
    assert not addresses().issuperset(books_of("desk:cellars"))
