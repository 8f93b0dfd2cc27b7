"""The desk: what is on me now, what just came in, what I sent out, and the whistles."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.frame.doors import Holds, actor_of, door, explain, holds, once
from linli.kernel.decision import Refused
from linli.matters.actions import moving
from linli.matters.kinds import Power
from linli.matters.read import one
from linli.matters.web.desk_items import shown
from linli.places import read as places

# Whoever works on matters: staff of a place, and handlers of units.
DESK: Holds = holds(Power.READ, Power.ENTER, Power.ORDER_HANDLE, Power.WHISTLE_ANSWER, Power.NOTE)
READERS: Holds = holds(Power.READ)
MOST_AT_ONCE = 100


@door(DESK)
def home(request: HttpRequest) -> HttpResponse:
    """在我手上: one list, ordered by what expires."""
    return _list(request, "mine")


@door(READERS)
def new(request: HttpRequest) -> HttpResponse:
    """新来的: what nobody has sorted yet."""
    return _list(request, "new")


@door(DESK)
def sent(request: HttpRequest) -> HttpResponse:
    """派出去的: orders of my posts that are not settled."""
    return _list(request, "sent")


@door(DESK)
def whistles(request: HttpRequest) -> HttpResponse:
    """吹哨: who has reported in, who is late."""
    return _list(request, "whistles")


def _list(request: HttpRequest, code: str) -> HttpResponse:
    context = {
        "list": shown(request, code),
        "may_enter": may_enter(request),
        "unpublished_years": places.calendar().warnings,
    }
    return render(request, "matters/desk/home.html", context)


def may_enter(request: HttpRequest) -> bool:
    """Whether the actor writes down what others say, anywhere."""
    return bool(actor_of(request).paths(Power.ENTER))


@door(READERS, methods=("POST",))
def claim_chosen(request: HttpRequest) -> HttpResponse:
    """Take several matters in hand at once; those that cannot be taken are named with the reason."""
    chosen = chosen_ids(request.POST.getlist("selected"))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/desk/"
    if not chosen:
        messages.warning(request, _("Choose at least one matter first."))
        return HttpResponseRedirect(back)

    def act() -> str:
        taken = sum(_claim(request, matter_id) for matter_id in chosen)
        if taken:
            said = ngettext("%(n)s matter is yours now.", "%(n)s matters are yours now.", taken)
            messages.success(request, said % {"n": taken})
        return back

    return HttpResponseRedirect(once(request, act))


def _claim(request: HttpRequest, matter_id: UUID) -> bool:
    number = ""
    try:
        number = one.matter(matter_id).number
        moving.claim(by=actor_of(request), matter_id=matter_id)
    except Refused as refusal:
        messages.warning(request, f"{number} {explain(refusal)}")
        return False
    return True


def chosen_ids(texts: list[str]) -> list[UUID]:
    """The ids among what a form sent, each once."""
    found = []
    for text in dict.fromkeys(texts):
        with suppress(ValueError):
            found.append(UUID(text))
    return found[:MOST_AT_ONCE]
