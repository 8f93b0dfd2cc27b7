"""我的事: a resident's own matters, one of them, and what they may do with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from linli.frame.doors import SIGNED_IN, Request, actor_of, door
from linli.frame.paging import page_of
from linli.kernel.decision import Refused
from linli.matters.read import resident
from linli.matters.web.acts import ACTS, matter_page, run
from linli.matters.web.case import cards, of_raiser

PER_PAGE = 12


@never_cache
@door(SIGNED_IN)
def mine(request: Request) -> HttpResponse:
    """The matters somebody raised or joined: those going on, or those that ended."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise Refused("Please sign in first.")
    closed = request.GET.get("closed") == "1"
    page = page_of(request, resident.with_lines(resident.mine(person_id, closed=closed)), PER_PAGE)
    context = {"page": page, "cards": cards(page.rows, reader=actor_of(request).person_id), "closed": closed}
    return render(request, "matters/resident/mine.html", context)


@never_cache
@door(SIGNED_IN)
def one(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """One of them: who has it, until when, its story."""
    return matter_page(request, of_raiser(request, matter_id))


@door(SIGNED_IN, methods=("GET", "POST"))
def supplement(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """补充一句."""
    return run(request, of_raiser(request, matter_id), ACTS["supplement"])


@door(SIGNED_IN, methods=("GET", "POST"))
def urge(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """催一下."""
    return run(request, of_raiser(request, matter_id), ACTS["urge"])


@door(SIGNED_IN, methods=("GET", "POST"))
def withdraw(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """收回."""
    return run(request, of_raiser(request, matter_id), ACTS["withdraw"])


@door(SIGNED_IN, methods=("GET", "POST"))
def reopen(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """没解决: have it opened again."""
    return run(request, of_raiser(request, matter_id), ACTS["reopen"])


@door(SIGNED_IN, methods=("GET", "POST"))
def publication(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """不公开: the raiser decides, and may change their mind."""
    return run(request, of_raiser(request, matter_id), ACTS["publication"])
