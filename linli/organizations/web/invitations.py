"""Slips with a code: printed for those who need one, and the page where the code sets a password."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.frame import qr
from linli.frame.doors import ANYONE, actor_of, door, explain, holds, once, status_of
from linli.frame.limits import Limit
from linli.kernel.clock import now, today
from linli.kernel.decision import UNPROCESSABLE, Denied, Refused
from linli.organizations import actions, policies, read
from linli.organizations.forms import PasswordForm
from linli.organizations.kinds import Power
from linli.people.kinds import Power as PeoplePower

INVITERS = holds(Power.APPOINT, Power.SET_UP, PeoplePower.EDIT)
WRONG_SLIPS = Limit("slips", most=10)
MOST_AT_ONCE = 60  # slips on one print-out
TOO_MANY = 429


@never_cache
@door(INVITERS, methods=("POST",))
def slips(request: HttpRequest) -> HttpResponse:
    """Make a new slip for each person chosen and show them to be printed: this once, since no code is kept.

    Sent twice, the later print-out holds and the former does not; nothing else happens twice.
    """
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Choose at least one person first."))
        return HttpResponseRedirect(_back(request))
    made: list[actions.Slip] = []
    for person_id in chosen:
        try:
            made.append(actions.invite(by=actor_of(request), person_id=person_id))
        except Refused as refusal:
            messages.warning(request, explain(refusal))
    if not made:
        return HttpResponseRedirect(_back(request))
    context = {"slips": [_printed(request, slip) for slip in made], "back": _back(request)}
    return render(request, "organizations/slips.html", context)


def _printed(request: HttpRequest, slip: actions.Slip) -> dict[str, Any]:
    """What stands on one slip. The code is in the part of the address that browsers send to nobody."""
    address = request.build_absolute_uri(reverse("organizations:welcome"))
    titles = read.posts_of_persons([slip.person.id], today())[slip.person.id]
    return {
        "name": slip.person.name,
        "posts": _(", ").join(read.post_title(each, get_language() or "") for each in titles),
        "code": slip.code,
        "address": address,
        "until": slip.invitation.expires_at,
        "qr": qr.svg(f"{address}#{slip.code}"),
    }


@door(INVITERS, methods=("POST",))
def withdraw(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take back a slip that was not used."""

    def act() -> str:
        actions.withdraw_invitation(by=actor_of(request), person_id=person_id)
        messages.success(request, _("Withdrawn. The slip opens nothing any more."))
        return _back(request)

    return HttpResponseRedirect(once(request, act))


def _chosen(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in dict.fromkeys(request.POST.getlist("person"))][:MOST_AT_ONCE]
    except ValueError as wrong:
        raise Refused("This person is not known.", status=UNPROCESSABLE) from wrong


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours and wanted.startswith("/") else reverse("organizations:posts")


@never_cache
@door(ANYONE, methods=("GET", "POST"))
def welcome(request: HttpRequest) -> HttpResponse:
    """Type the code of the slip, see whose it is, choose a password, and be signed in."""
    if request.method != "POST":
        return _ask(request)
    address = get_adapter(request).get_client_ip(request) or ""
    if WRONG_SLIPS.is_spent(address):
        error = _("Too many wrong codes from here. Please wait a minute and try again.")
        return _ask(request, error, TOO_MANY)
    code = request.POST.get("code", "")[:64]
    found = read.invitation_of_code(code)
    allowed = policies.may_use_invitation(found, now())
    if isinstance(allowed, Denied):
        WRONG_SLIPS.count(address)
        return _ask(request, explain(allowed), UNPROCESSABLE)
    assert found is not None
    form = PasswordForm(request.POST if "password" in request.POST else None)
    if form.is_bound and form.is_valid():
        return _take_up(request, code, form.cleaned_data["password"])
    context = {"form": form, "code": code, "name": found.person.name, "phone": found.person.phone}
    return render(request, "organizations/welcome.html", context, status=status_of(form))


def _take_up(request: HttpRequest, code: str, password: str) -> HttpResponse:
    try:
        account = actions.use_invitation(
            by=actor_of(request), code=code, password_hash=make_password(password)
        )
    except Refused as refusal:
        return _ask(request, explain(refusal), refusal.status)
    get_adapter(request).login(request, account)
    messages.success(
        request, _("Welcome. From now on you sign in with your mobile number and this password.")
    )
    return HttpResponseRedirect(reverse("arrive"))


def _ask(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    typed = request.POST.get("code", "")[:64]
    context = {"error": error, "typed": typed, "name": ""}
    return render(request, "organizations/welcome.html", context, status=status)
