"""The desk's survey sheets: who handed one in, and apart from that what is on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import survey_answers
from linli.deliberation.forms.surveys import AnswersForm, SheetForm
from linli.deliberation.policies import surveys as policies
from linli.deliberation.read import surveys as read
from linli.deliberation.web.desk_surveys import ASKERS, asked, listed
from linli.frame.doors import actor_of, done, door, id_sent, once
from linli.kernel.clock import today
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.people import read as people
from linli.people.kinds import Power as PeoplePower


@door(ASKERS)
def paper(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Sheets handed in and entered, and a search for who hands one in."""
    form = AnswersForm(questions=read.questions(survey_id))
    return _page(request, survey_id, form, SheetForm())


@door(ASKERS, methods=("POST",))
def hand_in(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Note that somebody handed in a sheet, or take that note back."""
    row, by = asked(request, survey_id), actor_of(request)
    person_id = id_sent(request, "person", Refused("Choose somebody.", status=UNPROCESSABLE))
    back = request.POST.get("do") == "back"
    note = survey_answers.give_back if back else survey_answers.hand_in
    return done(
        request,
        lambda: note(by=by, survey_id=row.pk, person_id=person_id),
        _("The note is taken back.") if back else _("Noted. What is on the sheet is entered without a name."),
        to=_address(row.pk),
    )


@door(ASKERS, methods=("POST",))
def enter(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Enter what is on one sheet."""
    row, by = asked(request, survey_id), actor_of(request)
    form = AnswersForm(request.POST, questions=read.questions(row.pk))
    if not form.is_valid():
        return _page(request, survey_id, form, SheetForm(), status=422)
    code: list[str] = []

    def act() -> str:
        code.append(survey_answers.enter(by=by, survey_id=row.pk, sent=form.sent()))
        return _address(row.pk)

    to = once(request, act)
    if code:
        said = _("Entered. Write %(code)s on the sheet, so that it can be found again.") % {"code": code[0]}
        messages.success(request, said)
    return HttpResponseRedirect(to)


@door(ASKERS, methods=("POST",))
def strike(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Take out a sheet that was entered wrongly."""
    row, by = asked(request, survey_id), actor_of(request)
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _page(
            request, survey_id, AnswersForm(questions=read.questions(row.pk)), form, status=UNPROCESSABLE
        )
    sheet = form.cleaned_data["sheet"]
    return done(
        request,
        lambda: survey_answers.strike(by=by, survey_id=row.pk, sheet=sheet),
        _("Taken out. Enter the sheet again."),
        to=_address(row.pk),
    )


def _address(survey_id: UUID) -> str:
    return reverse("surveys_desk:paper", args=[survey_id])


def _page(
    request: HttpRequest, survey_id: UUID, form: AnswersForm, sheet_form: SheetForm, *, status: int = 200
) -> HttpResponse:
    row, actor = asked(request, survey_id), actor_of(request)
    path, words = row.place.path, request.GET.get("q", "").strip()
    stage, waiting = read.stage_of(row), read.sheets_waiting(row.pk)
    can_look = actor.may(PeoplePower.READ, path)
    found = people.search(words, path, today()) if words and can_look else []
    context = listed(request) | {
        "survey": row,
        "stage": stage,
        "handed_in": read.handed_in(row.pk),
        "entered": read.sheets_entered(row.pk),
        "waiting": waiting,
        "words": words,
        "found": [{"id": each.pk, "person": people.masked(each)} for each in found],
        "can_look": can_look,
        "can_enter": bool(policies.may_enter_sheet(actor, stage=stage, waiting=waiting, place_path=path)),
        "can_strike": bool(policies.may_strike_sheet(actor, stage=stage, place_path=path)),
        "form": form,
        "sheet_form": sheet_form,
    }
    return render(request, "deliberation/surveys/desk_paper.html", context, status=status)
