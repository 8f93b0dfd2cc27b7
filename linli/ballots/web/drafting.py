"""Writing a ballot at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import preparing
from linli.ballots.forms.preparing import MOST_QUESTIONS, BallotForm, QuestionForm
from linli.ballots.read import ballots, groups
from linli.ballots.rules import drafting
from linli.ballots.rules.answers import Question
from linli.ballots.web.desk import RUNNERS, listed, seen
from linli.frame.doors import actor_of, done, door, explain, status_of
from linli.kernel.clock import local
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.references import Reference, reference_in


@door(RUNNERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Write a new ballot; what asked for it (`?asked=`) hears how it ended. It is asked for once.

    The address may also say what decides it, and where: the form then begins with both.
    """
    asked = reference_in(request.GET.get("asked", ""))
    begun = ballots.asked_for(asked) if asked else None
    if begun is not None:
        return HttpResponseRedirect(reverse("ballots_desk:ballot", args=[begun]))
    rule = request.GET.get("rule", "")
    start: dict[str, Any] = {
        "title": request.GET.get("title", "")[:80],
        "place": ballots.nearest_to_run(actor_of(request), request.GET.get("place", "")),
    }
    return _written(request, start | drafting.asked_of(rule), [{"rule": rule}])


@door(RUNNERS, methods=("GET", "POST"))
def edit(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Change a draft."""
    row = seen(request, ballot_id)
    require(policies.may_change(actor_of(request), ballots.about(row)), status=CONFLICT)
    start: dict[str, Any] = {
        "place": row.place_id,
        "title": row.title,
        "body": row.body,
        "electorate": row.electorate,
        "group": str(Reference(row.group_kind, row.group_id)) if row.group_id else "",
        "applicant": ballots.applicant(row),
        "part_kind": row.part_kind,
        "is_secret": row.is_secret,
        "channels": row.channels,
        "opens_at": local(row.opens_at),
        "closes_at": local(row.closes_at),
    }
    return _written(request, start, [_start(each) for each in ballots.questions(row)], row)


def _start(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    options = [f"{each.title} {each.cost}" if each.cost else each.title for each in question.options]
    return {
        "title": question.title,
        "method": question.method.value,
        "matter": question.matter.value if question.matter else "",
        "rule": question.rule.name,
        "every_part": question.rule.every_part,
        "options": "\n".join(options),
        "seats": question.seats,
        "at_most": question.at_most,
        "fund": question.fund or None,
    }


def _written(
    request: HttpRequest,
    start: dict[str, Any],
    asked: list[dict[str, Any]],
    row: ballots.Ballot | None = None,
) -> HttpResponse:
    places = ballots.places_to_choose(actor_of(request))
    sent = request.POST if request.method == "POST" else None
    form = BallotForm(sent, initial=start, places=places, groups=groups.to_choose(actor_of(request)))
    questions = [
        QuestionForm(sent, prefix=f"q{number}", initial=asked[number - 1] if number <= len(asked) else None)
        for number in range(1, MOST_QUESTIONS + 1)
    ]
    is_sound = form.is_bound and all([form.is_valid(), *(each.is_valid() for each in questions)])
    problem = ""
    if is_sound:
        try:
            return done(request, lambda: _kept(request, form, questions, row), _("Kept as a draft."))
        except Refused as refused:
            if refused.status != UNPROCESSABLE:
                raise
            problem = explain(refused)
    context = listed(request) | {"ballot": row, "form": form, "questions": questions, "problem": problem}
    return render(request, "ballots/desk_write.html", context, status=status_of(form))


def _kept(
    request: HttpRequest, form: BallotForm, questions: list[QuestionForm], row: ballots.Ballot | None
) -> str:
    by, said = actor_of(request), form.cleaned_data
    applicant = ballots.home_called(said["place"], said["applicant"]) if said["applicant"] else None
    plan = form.plan(questions, applicant)
    if row is None:
        kept = preparing.draft(
            by=by,
            place_id=said["place"],
            plan=plan,
            group=said["group"],
            asked_by=reference_in(request.GET.get("asked", "")),
        )
    else:
        kept = preparing.change(by=by, ballot_id=row.pk, plan=plan, group=said["group"])
    return reverse("ballots_desk:ballot", args=[kept.pk])
