"""查进度: following a matter by its code. The code stands in forms alone: in no address, session or log."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.frame import attempts
from linli.frame.doors import ANYONE, door, explain
from linli.kernel.decision import MISSING, Refused
from linli.matters.web.acts import ACTS, matter_page, run
from linli.matters.web.case import Case, of_code

CODES = "codes"
TOO_MANY = 429


class TooMany(Exception):
    """This address has tried too many wrong codes within the minute."""


@never_cache
@door(ANYONE, methods=("GET", "POST"))
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code, and shows the matter it belongs to."""
    if request.method != "POST":
        return _ask(request)
    try:
        return matter_page(request, _case(request))
    except TooMany:
        return _wait(request)
    except Refused as refusal:
        return _ask(request, explain(refusal))


@never_cache
@door(ANYONE, methods=("GET", "POST"))
def act(request: HttpRequest, act: str) -> HttpResponse:
    """One act on the matter of the code sent along."""
    if request.method != "POST" or act not in ACTS:
        return HttpResponseRedirect(reverse("matters:code"))
    try:
        case = _case(request)
    except TooMany:
        return _wait(request)
    except Refused as refusal:
        return _ask(request, explain(refusal))
    return run(request, case, ACTS[act])


def _case(request: HttpRequest) -> Case:
    """The matter of the code. Every wrong code counts against the address, so codes cannot be guessed."""
    if attempts.too_many(request, CODES):
        raise TooMany
    try:
        return of_code(request.POST.get("code", "")[:64])
    except Refused:
        attempts.count_wrong(request, CODES)
        raise


def _ask(request: HttpRequest, error: str = "") -> HttpResponse:
    typed = request.POST.get("code", "")[:64] if request.method == "POST" else ""
    context = {"error": error, "typed": typed}
    return render(request, "matters/resident/code.html", context, status=MISSING if error else 200)


def _wait(request: HttpRequest) -> HttpResponse:
    error = _("Too many wrong codes from here. Please wait a minute and try again.")
    context = {"error": error, "typed": ""}
    response = render(request, "matters/resident/code.html", context, status=TOO_MANY)
    response["Retry-After"] = "60"
    return response
