"""Every address carries a policy object: who may knock is decided before any view runs."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI
from ninja.operation import Operation, PathView

from linli.frame.api import ApiKey
from linli.frame.doors import ANYONE, door
from linli.site import api
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
        operations = operations_of(view)
        if operations:
            wrong += [f"/{address} {fault}" for each in operations for fault in open_doors(each)]
        elif not callable(getattr(view, "policy", None)):
            wrong.append(f"/{address} ({module}.{getattr(view, '__name__', '?')})")
    return wrong


def operations_of(view: Callable[..., Any]) -> list[Operation]:
    """The operations of an address of /api/, which answers several methods; none for any other view."""
    inner = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    return inner.operations if isinstance(inner, PathView) else []


def open_doors(operation: Operation) -> list[str]:
    """What is wrong with who may use an operation: its key is asked for, and its policy is the key's."""
    policy = getattr(operation.view_func, "policy", None)
    if not callable(policy):
        return [f"{operation.methods} has no policy"]
    keys = [each for each in operation.auth_callbacks if isinstance(each, ApiKey)]
    if len(keys) != 1 or len(operation.auth_callbacks) != 1 or keys[0].policy is not policy:
        return [f"{operation.methods} does not ask its policy before reading what is sent"]
    if policy == ANYONE:
        return [f"{operation.methods} is open to every key: name the power it takes"]
    return []


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


def test_the_operations_of_the_api_are_looked_at() -> None:
    looked_at = [
        each
        for _address, _name, pattern in leaves(get_resolver().url_patterns)
        for each in operations_of(pattern.callback)
    ]
    known = [
        each
        for bound in api.api._get_bound_routers()
        for view in bound.path_operations.values()
        for each in view.operations
    ]
    assert set(map(id, looked_at)) == set(map(id, known))
    assert len(known) > 15


def test_an_unguarded_operation_is_seen() -> None:
    bare = NinjaAPI(urls_namespace="bare", openapi_url=None, docs_url=None)

    @bare.get("/bare")
    def read(request: HttpRequest) -> str:
        return ""

    @bare.get("/keyed", auth=ApiKey(ANYONE, reads_body=False))
    def keyed(request: HttpRequest) -> str:
        return ""

    keyed.policy = ANYONE  # type: ignore[attr-defined]
    found = unguarded([each for each in bare.urls[0] if each.name != "api-root"])
    assert [line.split(" ", 2)[2] for line in found] == [
        "has no policy",
        "is open to every key: name the power it takes",
    ]
