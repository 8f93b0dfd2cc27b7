"""Beginning the second round of an election from the result of the first."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import second_round as actions
from linli.ballots.forms.second_round import SecondRoundForm
from linli.ballots.kinds import BallotState
from linli.ballots.read import ballots, counting
from linli.ballots.rules import drafting, second_round
from linli.ballots.rules.drafting import LONGEST_TITLE
from linli.ballots.web.desk import RUNNERS, listed, seen
from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.kernel.clock import local, today
from linli.kernel.decision import CONFLICT, Decision, Refused, require


def may_follow(row: ballots.Ballot, results: list[counting.Result]) -> Decision:
    """Whether a second round can be begun from a ballot."""
    return second_round.may_follow(
        results,
        is_published=row.state == BallotState.PUBLISHED,
        has_followed=ballots.second_round_of(row) is not None,
    )


@door(RUNNERS, methods=("GET", "POST"))
def begin(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """What was left empty, who stands for it, when it is voted again. Refused where there is nothing to."""
    row = seen(request, ballot_id)
    require(policies.may_run(actor_of(request), row.place.path))
    results = counting.results(row, in_full=True)
    require(may_follow(row, results), status=CONFLICT)
    asked = second_round.questions(results)
    form = SecondRoundForm(request.POST if request.method == "POST" else None, initial=_start(row, asked))
    if form.is_bound and form.is_valid():

        def act() -> str:
            made = actions.begin_second_round(by=actor_of(request), ballot_id=row.pk, again=form.again())
            return reverse("ballots_desk:ballot", args=[made.pk])

        try:
            return done(request, act, _("Kept as a draft."))
        except Refused as refused:
            told_in(form, refused)
    context = listed(request) | {"ballot": row, "form": form, "asked": asked}
    return render(request, "ballots/desk_second_round.html", context, status=status_of(form))


def _start(row: ballots.Ballot, asked: tuple[drafting.Asked, ...]) -> dict[str, object]:
    """The first days on which it can be voted again, at the same hours and for as long as the first round."""
    days = drafting.notice_days([each.rule for each in asked]) + 1
    hour = local(row.opens_at).timetz()
    opens = datetime.combine(today() + timedelta(days=days), hour)
    title = (_("%(title)s, second round") % {"title": row.title})[:LONGEST_TITLE]
    return {"title": title, "opens_at": opens, "closes_at": opens + (row.closes_at - row.opens_at)}
