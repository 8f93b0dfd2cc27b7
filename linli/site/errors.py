"""Pages for what goes wrong. Each shows the request's id, and none needs the database to be there."""

import sys

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from linli.frame.middleware import retry_page
from linli.frame.request import current_request_id

log = structlog.get_logger(__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is stale: the page was open too long or cookies are off. The draft is kept."""
    return _page(request, "stale", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What arrived cannot be read: too many bytes, broken text, a forged host."""
    return _page(request, "unreadable", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this person."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none this person may see: the two look the same."""
    return _page(request, "missing", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; the id leads to the log line. A database that is away asks to try again."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | PoolTimeout):
        return retry_page(request)
    return _page(request, "fault", 500)


def _page(request: HttpRequest, case: str, status: int) -> HttpResponse:
    # Without the request: what every page shows may be the very thing that failed.
    context = {"case": case, "status": status, "request_id": current_request_id()}
    return HttpResponse(render_to_string("base/error.html", context), status=status)
