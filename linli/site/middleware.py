"""Around every request: its language, and its actor, built once from what the person holds."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.functional import SimpleLazyObject

from linli.frame.problems import BELOW
from linli.kernel.actor import ANONYMOUS, Actor
from linli.kernel.clock import now
from linli.organizations import read as organizations

Answer = Callable[[HttpRequest], HttpResponse]


class Language(LocaleMiddleware):
    """The reader's language: what they chose, else what their browser asks for.

    Where the installation's own is to come first, the browser is not asked; other systems still are.
    """

    def process_request(self, request: HttpRequest) -> None:
        if settings.LANGUAGE_FIRST and not request.path.startswith(BELOW):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


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
