"""Residents: the surveys of their places, answering one, what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import survey_answers
from linli.deliberation.forms.surveys import AnswersForm
from linli.deliberation.kinds import QuestionKind, SurveyStage
from linli.deliberation.policies import surveys as policies
from linli.deliberation.read import surveys as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules.surveys import FEWEST_TOLD, Line
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door, explain
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Decision, Denied, person_of, require

LEVEL_NAMES = {5: "Very satisfied", 4: "Satisfied", 3: "So-so", 2: "Dissatisfied", 1: "Very dissatisfied"}


@door(SIGNED_IN)
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of the places somebody belongs to."""
    rows = read.of_person(person_of(actor_of(request)), today())
    listed = [{"row": row, "stage": read.stage_of(row)} for row in rows]
    return render(request, "deliberation/surveys/all.html", {"rows": listed})


@door(ANYONE)
def survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """One survey: to be answered, being counted, or with what came of it."""
    row = _seen(request, survey_id)
    return _page(request, row, AnswersForm(questions=read.questions(row.pk)))


@door(SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Answer. No key of the form is kept: beside it, what was sent could be told."""
    row = _seen(request, survey_id)
    form = AnswersForm(request.POST, questions=read.questions(row.pk))
    if not form.is_valid():
        return _page(request, row, form, status=422)
    survey_answers.respond(by=actor_of(request), survey_id=row.pk, sent=form.sent())
    messages.success(request, _("Thank you. What you said is kept without your name."))
    return HttpResponseRedirect(reverse("surveys:survey", args=[row.pk]))


@door(ANYONE)
def printed(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The questions as a sheet of paper to fill in; once published, the results to hang up."""
    row = _seen(request, survey_id)
    stage = read.stage_of(row)
    link = request.build_absolute_uri(reverse("surveys:survey", args=[row.pk]))
    context = {
        "survey": row,
        "stage": stage,
        "questions": [{"row": each, "options": options_of(each)} for each in read.questions(row.pk)],
        "results": results_of(row) if stage in policies.PUBLIC else [],
        "answered": told_answered(row),
        "qr": qr.svg(link, label=_("Opens this survey")),
    }
    return render(request, "deliberation/surveys/print.html", context)


def options_of(question: Any) -> list[str]:
    """What can be ticked at a question, in words."""
    if question.kind == QuestionKind.LEVEL.value:
        return [_(name) for name in LEVEL_NAMES.values()]
    return list(question.options)


def results_of(row: Any) -> list[dict[str, Any]]:
    """Every question with what is told of its answers, each line named."""
    found = []
    for question, result in read.results(row.pk):
        lines = [{"name": line_name(question, line), "line": line} for line in result.lines]
        found.append({"question": question, "result": result, "lines": lines})
    return found


def line_name(question: Any, line: Line) -> str:
    """What a line of a result stands for."""
    if question.kind == QuestionKind.LEVEL.value:
        return _(LEVEL_NAMES[line.key])
    return str(question.options[line.key - 1])


def told_answered(row: Any) -> int | None:
    """How many answered; None below five."""
    count = read.answered(row)
    return count if count >= FEWEST_TOLD else None


def _seen(request: HttpRequest, survey_id: UUID) -> Any:
    """The survey, if it may be seen."""
    actor, row = actor_of(request), read.survey(survey_id)
    here = belongs(actor.person_id, row.place.path)
    decision = policies.may_see(actor, belongs=here, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=MISSING)
    return row


def _may_answer(request: HttpRequest, row: Any) -> Decision:
    actor = actor_of(request)
    who = read.asked_as(row, actor.person_id)
    return policies.may_answer(
        actor,
        belongs=belongs(actor.person_id, row.place.path),
        signer=who,
        stage=read.stage_of(row),
        has_answered=read.has_answered(row, actor.person_id, who),
    )


def _page(request: HttpRequest, row: Any, form: AnswersForm, *, status: int = 200) -> HttpResponse:
    stage, decision = read.stage_of(row), _may_answer(request, row)
    context = {
        "survey": row,
        "stage": stage,
        "form": form,
        "can_answer": bool(decision),
        "not_answering": explain(decision)
        if isinstance(decision, Denied) and stage is SurveyStage.RUNNING
        else "",
        "results": results_of(row) if stage in policies.PUBLIC else [],
        "answered": told_answered(row),
        "next": read.next_round(row.pk),
    }
    return render(request, "deliberation/surveys/one.html", context, status=status)
