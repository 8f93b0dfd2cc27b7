"""The owners' money at the desk: its two classes begun, an account laid open."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.gatherings import actions, policies, wording
from linli.gatherings.forms.accounts import AccountForm
from linli.gatherings.kinds import AccountKind
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import postings as read
from linli.gatherings.web.asking import DISCLOSERS
from linli.kernel.decision import MISSING, Refused, require


@door(DISCLOSERS, methods=("POST",))
def begin(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Begin to lay the owners' money open in a community."""
    return done(
        request,
        lambda: actions.adopt_owners_classes(by=actor_of(request), place_id=place_id),
        _("On the list."),
        to=reverse("gatherings_desk:affairs", args=[place_id]),
    )


@door(DISCLOSERS, methods=("GET", "POST"))
def account(request: HttpRequest, class_id: UUID) -> HttpResponse:
    """Lay an account of one of the two classes open."""
    actor, row = actor_of(request), read.disclosure_class(class_id)
    require(policies.may_disclose(actor, row.place.path), status=MISSING)
    if row.code not in set(AccountKind):
        raise Refused("This page is not here.", status=MISSING)
    places = [(place.pk, written) for place, written in read_bodies.areas_of(row.place.path)]
    form = AccountForm(request.POST or None, kind=AccountKind(row.code), places=places)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.lay_account_open(
                    by=actor,
                    class_id=row.pk,
                    place_id=form.cleaned_data["place"],
                    account=form.account(),
                    division=form.division_said(),
                    agreed=form.agreed(),
                ),
                _("Laid open, and on the board from today."),
                to=lambda posting: reverse("gatherings_desk:posting", args=[posting.pk]),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "place": row.place, "title": wording.class_title(row)}
    return render(request, "gatherings/desk/account.html", context, status=status_of(form))
