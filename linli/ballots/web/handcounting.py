"""The public count by hand of an election: one form, compared by somebody else."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ballots import policies
from linli.ballots.actions import handcounting as actions
from linli.ballots.forms.handcounting import HandCountForm
from linli.ballots.read import ballots, counting
from linli.ballots.rules.answers import Question
from linli.ballots.web.desk import STAFF, listed, seen
from linli.ballots.web.doors import photo_of
from linli.frame.doors import actor_of, done, door, told_in
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused

STEPS: Mapping[str, tuple[Callable[..., object], Any]] = {
    "confirm": (actions.confirm_hand_count, gettext_lazy("Compared. The result can be settled on it.")),
    "set-aside": (actions.set_aside_hand_count, gettext_lazy("Set aside. It can be entered again.")),
}


@door(STAFF, methods=("GET", "POST"))
def hand_count(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Enter the figures, or compare what another entered with the signed sheet."""
    row, actor = seen(request, ballot_id), actor_of(request)
    if not row.is_by_hand:
        raise Refused("Only an election of the residents’ committee is counted by hand.", status=MISSING)
    questions, found = ballots.asked(row), counting.hand_count(row)
    sent = request.method == "POST"
    form = HandCountForm(request.POST if sent else None, request.FILES if sent else None, questions=questions)
    if sent and form.is_valid():

        def act() -> str:
            actions.enter_hand_count(
                by=actor, ballot_id=row.pk, figures=form.figures(), photo=photo_of(request)
            )
            return reverse("ballots_desk:hand_count", args=[row.pk])

        try:
            return done(request, act, _("Entered. Somebody else compares it with the sheet."))
        except Refused as refused:
            told_in(form, refused)
    about = ballots.about(row)
    context = listed(request) | {
        "ballot": row,
        "form": form,
        "found": found,
        "figures": [_shown(each, found.counts[each.id]) for each in questions] if found else [],
        "may_enter": bool(policies.may_enter_count(actor, about)),
        "may_confirm": found is not None
        and bool(
            policies.may_confirm_count(
                actor,
                about,
                entered_by=found.entered_by_id,
                is_confirmed=found.confirmed_by_id is not None,
            )
        ),
    }
    return render(request, "ballots/hand_count.html", context, status=UNPROCESSABLE if sent else 200)


def _shown(question: Question, slips: dict[str, Any]) -> dict[str, Any]:
    """One question's figures, with the candidates by name."""
    votes = [(option.title, slips["votes"].get(option.id, 0)) for option in question.options]
    votes += [
        (_("%(name)s, written in") % {"name": each["name"]}, each["votes"])
        for each in slips.get("written", [])
    ]
    return {"title": question.title, "slips": slips, "votes": votes}


@door(STAFF, methods=("POST",))
def take_step(request: HttpRequest, ballot_id: UUID, step: str) -> HttpResponse:
    """Confirm the count, or set it aside."""
    if step not in STEPS:
        raise Refused("This ballot is not here.", status=MISSING)
    action, said = STEPS[step]
    return done(
        request,
        lambda: action(by=actor_of(request), ballot_id=ballot_id),
        said,
        to=reverse("ballots_desk:hand_count", args=[ballot_id]),
    )
