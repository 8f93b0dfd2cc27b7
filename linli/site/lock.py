"""Staff computers are shared: a locked screen keeps the session and asks for the password to go on."""

from collections.abc import Callable
from typing import Final

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from linli.frame.doors import SIGNED_IN, door

Answer = Callable[[HttpRequest], HttpResponse]

LOCKED: Final = "locked"
TRIED: Final = "unlock_tried"
TRIES: Final = 5  # wrong passwords before the session ends
OPEN_WHILE_LOCKED: Final = ("/sign-out/", "/language/", "/healthz", "/readyz", "/static/")


def locked(get_response: Answer) -> Answer:
    """While the session is locked, every page of it leads to the password; nothing is lost."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.COOKIES or not request.session.get(LOCKED):
            return get_response(request)
        url = reverse("lock")
        if request.path == url or request.path.startswith(OPEN_WHILE_LOCKED):
            return get_response(request)
        back = request.get_full_path() if request.method == "GET" else "/desk/"
        target = f"{url}?{urlencode({'next': back})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=200, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)

    return middleware


@door(SIGNED_IN, methods=("GET", "POST"))
def lock(request: HttpRequest) -> HttpResponse:
    """POST without a password locks; with the right one opens; after five wrong ones one signs in anew."""
    back = _back(request)
    if request.method == "POST" and "password" not in request.POST:
        request.session[LOCKED] = True
        request.session[TRIED] = 0
        return HttpResponseRedirect(f"{reverse('lock')}?{urlencode({'next': _from(request)})}")
    if not request.session.get(LOCKED):
        return HttpResponseRedirect(back)
    if request.method != "POST":
        return render(request, "site/lock.html", {"next": back, "error": ""})
    if request.user.check_password(request.POST["password"][:128]):
        del request.session[LOCKED]
        request.session.cycle_key()
        return HttpResponseRedirect(back)
    request.session[TRIED] = request.session.get(TRIED, 0) + 1
    if request.session[TRIED] >= TRIES:
        logout(request)
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    wrong = _("That is not your password. Please try again.")
    return render(request, "site/lock.html", {"next": back, "error": wrong}, status=422)


def _safe(request: HttpRequest, url: str) -> str:
    ours = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if ours and not url.startswith(reverse("lock")) else "/desk/"


def _back(request: HttpRequest) -> str:
    return _safe(request, request.POST.get("next") or request.GET.get("next") or "/desk/")


def _from(request: HttpRequest) -> str:
    """The page the lock was pressed on, to come back to."""
    came = request.headers.get("Referer", "")
    host = f"{request.scheme}://{request.get_host()}"
    return _safe(request, came.removeprefix(host) if came.startswith(host) else "/desk/")
