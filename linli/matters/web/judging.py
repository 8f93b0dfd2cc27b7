"""评一评: the raiser's judgement and the one comment that may follow it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from linli.frame.doors import SIGNED_IN, door
from linli.matters.web.acts import ACTS, run
from linli.matters.web.case import of_raiser


@door(SIGNED_IN, methods=("GET", "POST"))
def evaluate(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Solved or not, and one of five levels."""
    return run(request, of_raiser(request, matter_id), ACTS["evaluate"])


@door(SIGNED_IN, methods=("GET", "POST"))
def follow_up(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """追评."""
    return run(request, of_raiser(request, matter_id), ACTS["follow_up"])
