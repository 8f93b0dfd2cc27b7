"""The doors of all apps for other systems, put together below /api/."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from linli import __version__
from linli.frame import api as doors
from linli.frame.doors import explain
from linli.frame.problems import PROBLEM_WORDS, path_of, problem, validation_words
from linli.kernel.decision import Refused
from linli.kernel.errors import InvalidCode
from linli.matters.api import judging, matters, orders, procedures, sending
from linli.places import api as places

api = NinjaAPI(
    title="Linli",
    version=__version__,
    description="What a neighbourhood raises and how it ended, for the systems of a city and of its units.",
    parser=doors.StrictParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="linli-api",
)
for router in (
    matters.router,
    orders.router,
    sending.router,
    judging.router,
    procedures.router,
    places.router,
):
    api.add_router("", router)


def urls() -> list[URLPattern | URLResolver]:
    """The addresses of the operations; the empty root of the framework is left out."""
    return [pattern for pattern in api.urls[0] if getattr(pattern, "name", "") != "api-root"]


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problem(refusal.status, explain(refusal))


@api.exception_handler(InvalidCode)
def _invalid(request: HttpRequest, wrong: InvalidCode) -> HttpResponse:
    return problem(422, explain(Refused(wrong.reason, wrong.params)))


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    faults: list[dict[str, Any]] = wrong.errors
    errors = [{"path": path_of(fault), "words": validation_words(fault)} for fault in faults]
    return problem(422, errors=errors)


@api.exception_handler(doors.KeyRefused)
def _key(request: HttpRequest, refusal: doors.KeyRefused) -> HttpResponse:
    return doors.refused(request, refusal)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    return doors.refused(request, doors.KeyRefused(401))


@api.exception_handler(doors.NotJson)
def _not_json(request: HttpRequest, wrong: doors.NotJson) -> HttpResponse:
    return problem(415)


@api.exception_handler(doors.TooLarge)
def _too_large(request: HttpRequest, wrong: doors.TooLarge) -> HttpResponse:
    return problem(413, explain(Refused(PROBLEM_WORDS[413], {"most": doors.MOST_BYTES})))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    return problem(wrong.status_code)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, wrong: Http404) -> HttpResponse:
    return problem(404)
