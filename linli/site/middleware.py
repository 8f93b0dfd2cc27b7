"""Builds the actor of a request once, from what the person holds."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from linli.kernel.actor import ANONYMOUS, Actor
from linli.kernel.clock import now
from linli.organizations import read as organizations

Answer = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Answer) -> Answer:
    """Put `request.account` and `request.actor` on the request, read when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.account = SimpleLazyObject(lambda: _account(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _account(request: HttpRequest) -> object:
    return request.user if request.user.is_authenticated else None


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return organizations.actor_for(request.user.person_id, now())
