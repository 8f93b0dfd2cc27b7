"""Entrusting somebody with one's vote: a resident's page, and the desk's page of papers that were signed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import entrusting as actions
from linli.ballots.forms.entrusting import PaperProxyForm, ProxyForm
from linli.ballots.read import ballots, entrusting, roll
from linli.ballots.rules.entrusting import MOST_PROXIES
from linli.ballots.web.desk import STAFF, listed, seen
from linli.ballots.web.doors import photo_of
from linli.ballots.web.resident import shown
from linli.documents import web as documents
from linli.frame.doors import SIGNED_IN, actor_of, done, door, status_of, told_in
from linli.kernel.decision import CONFLICT, MISSING, Refused, require


@door(SIGNED_IN, methods=("GET", "POST"))
def proxy(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Say whom one entrusts, by name and phone."""
    row, actor = shown(ballot_id), actor_of(request)
    own = roll.entries_of(row, actor.person_id)
    decision = policies.may_entrust(
        actor, ballots.about(row), is_on_roll=bool(own), has_voted=all(entry.voted for entry in own)
    )
    require(decision, status=CONFLICT)
    form = ProxyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            actions.entrust(by=actor, ballot_id=row.pk, whom=form.whom())
            return reverse("ballots:ballot", args=[row.pk])

        try:
            return done(request, act, _("They have been told, and can vote for you."))
        except Refused as refused:
            told_in(form, refused)
    context = {"ballot": row, "form": form, "most": MOST_PROXIES}
    return render(request, "ballots/proxy.html", context, status=status_of(form))


@door(SIGNED_IN, methods=("POST",))
def withdraw(request: HttpRequest, ballot_id: UUID, proxy_id: UUID) -> HttpResponse:
    """Take it back."""
    return _withdrawn(request, proxy_id, reverse("ballots:ballot", args=[ballot_id]))


@door(STAFF, methods=("GET", "POST"))
def proxies(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Who votes for whom, and noting one from a signed paper."""
    row, actor = seen(request, ballot_id), actor_of(request)
    form = PaperProxyForm(
        request.POST if request.method == "POST" else None, request.FILES or None, auto_id="p_%s"
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.note_proxy(
                by=actor,
                ballot_id=row.pk,
                number=said["number"],
                giver=said["giver"],
                whom=form.whom(),
                photo=photo_of(request),
            )
            return reverse("ballots_desk:proxies", args=[row.pk])

        try:
            return done(request, act, _("Noted. They have been told."))
        except Refused as refused:
            told_in(form, refused)
    may_note = policies.may_note_proxy(actor, ballots.about(row), is_on_roll=True, has_voted=False)
    context = listed(request) | {
        "ballot": row,
        "form": form,
        "rows": entrusting.listed(row),
        "may_note": bool(may_note),
        "names": bool(policies.may_see_names(actor, ballots.about(row))),
    }
    return render(request, "ballots/desk_proxies.html", context, status=status_of(form))


@door(STAFF, methods=("POST",))
def withdraw_at_desk(request: HttpRequest, ballot_id: UUID, proxy_id: UUID) -> HttpResponse:
    """Take it back for whoever asks at the desk."""
    return _withdrawn(request, proxy_id, reverse("ballots_desk:proxies", args=[ballot_id]))


def _withdrawn(request: HttpRequest, proxy_id: UUID, address: str) -> HttpResponse:
    return done(
        request,
        lambda: actions.withdraw_proxy(by=actor_of(request), proxy_id=proxy_id),
        _("Taken back. They have been told."),
        to=address,
    )


@door(STAFF)
def photo(request: HttpRequest, ballot_id: UUID, proxy_id: UUID) -> HttpResponse:
    """The photo of a signed paper, for staff who read the people of the place."""
    row, found = seen(request, ballot_id), entrusting.proxy(proxy_id)
    require(policies.may_see_names(actor_of(request), ballots.about(row)))
    if found is None or found.ballot_id != row.pk or found.photo is None:
        raise Refused("This file is no longer kept here.", status=MISSING)
    return documents.serve(found.photo)
