"""Every address carries a policy object: who may knock is decided before any view runs."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from linli.frame.doors import ANYONE, door
from tests.house.reading import expect_none

# Addresses whose views are not ours, or that know no actor, by the view's module, and why.
NOT_OURS: Mapping[str, str] = {
    "allauth.": "signing in and out: open to all by nature, limited in rate by allauth",
    "django.contrib.staticfiles.": "the built styles and scripts: public files",
    "django.views.static": "the same, outside the demo",
    "django.views.i18n": "sets the reader's language cookie",
    "linli.site.health": "asked by machines before anybody is known; says ready or not, and nothing else",
}


def leaves(
    patterns: list[URLPattern | URLResolver], above: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of a resolver, its whole name, and the pattern it ends in."""
    for pattern in patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from leaves(pattern.url_patterns, here, inner)
        else:
            yield here, f"{space}{pattern.name or ''}", pattern


def unguarded(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Addresses without a policy."""
    wrong = []
    for address, _name, pattern in leaves(patterns):
        view = pattern.callback
        module = getattr(view, "view_class", view).__module__
        if module.startswith(tuple(NOT_OURS)):
            continue
        if not callable(getattr(view, "policy", None)):
            wrong.append(f"/{address} ({module}.{getattr(view, '__name__', '?')})")
    return wrong


def test_every_address_carries_a_policy() -> None:
    expect_none(unguarded(get_resolver().url_patterns))


def test_there_are_addresses_to_look_at() -> None:
    assert len(list(leaves(get_resolver().url_patterns))) > 30


def test_every_address_has_a_name_of_its_own() -> None:
    """Templates link by name; two addresses under one name are allowed only as forms of the same page."""
    views: dict[str, set[object]] = {}
    for _address, name, pattern in leaves(get_resolver().url_patterns):
        if pattern.name and getattr(pattern.callback, "policy", None) is not None:
            views.setdefault(name, set()).add(pattern.callback)
    assert {name for name, callbacks in views.items() if len(callbacks) > 1} == set()


def test_an_unguarded_address_is_seen() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    guarded = door(ANYONE)(bare)
    found = unguarded([path("bare/", bare), path("guarded/", guarded)])
    assert [line.split(" ")[0] for line in found] == ["/bare/"]
