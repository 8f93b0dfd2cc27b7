"""Who named the candidates of an election, at the desk."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import nominating as actions
from linli.ballots.forms.nominating import NominationForm
from linli.ballots.read import ballots
from linli.ballots.read import nominating as read
from linli.ballots.rules.nominating import LEAST_VOTERS
from linli.ballots.web.desk import RUNNERS, listed, seen
from linli.frame.doors import actor_of, done, door, explain, status_of, told_in
from linli.kernel.decision import MISSING, Denied, Refused


@door(RUNNERS, methods=("GET", "POST"))
def nominations(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Each candidate with who named them, and noting it for those nobody has named yet."""
    row, actor = seen(request, ballot_id), actor_of(request)
    if not row.is_by_hand:
        raise Refused("This page is not here.", status=MISSING)
    found = read.candidates(row)
    form = NominationForm(
        request.POST if request.method == "POST" else None,
        options=[(each.option.pk, each.option.title) for each in found if each.nomination is None],
        parties=read.party_organizations(row),
    )
    address = reverse("ballots_desk:nominations", args=[row.pk])
    if form.is_bound and form.is_valid():
        said, option = form.cleaned_data, UUID(form.cleaned_data["option"])

        def act() -> str:
            if said["organization"]:
                party = UUID(said["organization"])
                actions.nominate_by_party(by=actor, ballot_id=row.pk, option_id=option, organization_id=party)
            else:
                actions.nominate_by_voters(
                    by=actor, ballot_id=row.pk, option_id=option, numbers=form.voters()
                )
            return address

        try:
            return done(request, act, _("Noted."))
        except Refused as refused:
            told_in(form, refused, conflicts=True)
    may = policies.may_nominate(actor, ballots.about(row))
    context = listed(request) | {
        "ballot": row,
        "form": form,
        "least": LEAST_VOTERS,
        "rows": [
            {"each": each, "why_not": explain(each.stands) if isinstance(each.stands, Denied) else ""}
            for each in found
        ],
        "may": bool(may),
        "why_not": explain(may) if isinstance(may, Denied) else "",
        "is_left": any(each.nomination is None for each in found),
    }
    return render(request, "ballots/desk_nominations.html", context, status=status_of(form))


@door(RUNNERS, methods=("POST",))
def withdraw(request: HttpRequest, ballot_id: UUID, option_id: UUID) -> HttpResponse:
    """Take a nomination back."""
    return done(
        request,
        lambda: actions.withdraw_nomination(by=actor_of(request), ballot_id=ballot_id, option_id=option_id),
        _("Taken back."),
        to=reverse("ballots_desk:nominations", args=[ballot_id]),
    )
