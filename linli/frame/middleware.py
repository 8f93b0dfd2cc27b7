"""Around every request: an id, a content security policy, and calm pages for refusals."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from linli.frame.doors import explain
from linli.frame.request import current_request_id, remembering, set_request_id
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7

Answer = Callable[[HttpRequest], HttpResponse]

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,40}")
PICTURES = "img-src 'self' data: blob:"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    f"{PICTURES}; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


def request_id(get_response: Answer) -> Answer:
    """Name the request (a trusted proxy may have named it already) and say the name in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        name = given if GIVEN_ID.fullmatch(given) else uuid7().hex[-16:]
        request.request_id = name  # type: ignore[attr-defined]
        set_request_id(name)
        response = get_response(request)
        response["X-Request-Id"] = name
        return response

    return middleware


def reading(get_response: Answer) -> Answer:
    """While a page is only read, its parts share what they read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with remembering():
            return get_response(request)

    return middleware


def content_security(get_response: Answer) -> Answer:
    """No inline script or style, no framing, nothing from elsewhere but the map pictures of a server that
    the installation names."""
    tiles = settings.TILES
    policy = POLICY.replace(PICTURES, " ".join([PICTURES, *tiles.sources])) if tiles else POLICY

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        return response

    return middleware


def readable(get_response: Answer) -> Answer:
    """Turn away addresses with a NUL in them: no page means one, and the database cannot hold it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


SENTENCE = 4  # characters from which a text is worth giving back


class faults:
    """Turns a refusal into a page that says why, and a database that is away into a page to try again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return refusal_page(request, error)
        if isinstance(error, OperationalError | PoolTimeout):
            return retry_page(request)
        return None


def refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Says what was not done and why; a fragment for htmx, a page otherwise."""
    fragment = bool(request.headers.get("HX-Request"))
    template = "base/refusal_fragment.html" if fragment else "base/refusal.html"
    back = request.headers.get("Referer", "") or "/"
    context = {
        "reason": explain(refusal),
        "back": back,
        "status": refusal.status,
        "typed": [] if fragment else typed(request),
    }
    return render(request, template, context, status=refusal.status)


def typed(request: HttpRequest) -> list[str]:
    """Sentences of a form that was not accepted, so that nobody writes them twice. Never a password."""
    names = [name for name in request.POST if "password" not in name]
    texts = [text.strip() for name in names for text in request.POST.getlist(name)]
    return [text for text in texts if len(text) >= SENTENCE and (" " in text or not text.isascii())]


def retry_page(request: HttpRequest) -> HttpResponse:
    """The database is away for a moment: nothing was saved, and the page says to try again."""
    # Without the request: what every page shows is read from the database that is away.
    context = {"page": request.get_full_path(), "request_id": current_request_id()}
    response = HttpResponse(render_to_string("base/retry.html", context), status=503)
    response["Retry-After"] = "5"
    return response
