"""The desk's surveys: written, opened, ended, published, exported, archived, asked again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.deliberation.actions import surveys as acts
from linli.deliberation.actions.surveys import Ask
from linli.deliberation.forms.surveys import ChangedForm, DraftForm, QuestionForm, RunForm, SummaryForm
from linli.deliberation.kinds import Event, Power, SurveyStage
from linli.deliberation.policies import surveys as policies
from linli.deliberation.read import surveys as read
from linli.deliberation.rules.surveys import FEWEST_TOLD
from linli.deliberation.web.surveys import results_of, told_answered
from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.exports import Column, book_response
from linli.frame.paging import page_of
from linli.kernel.decision import CONFLICT, MISSING, Decision, Refused, require

ASKERS = holds(Power.SURVEY)


@door(ASKERS)
def surveys(request: HttpRequest) -> HttpResponse:
    """All surveys of this desk's places."""
    return render(request, "deliberation/surveys/desk_all.html", listed(request))


@door(ASKERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a survey."""
    actor = actor_of(request)
    form = DraftForm(request.POST or None, places=read.places_to_ask_at(actor))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        return done(
            request,
            lambda: acts.draft(
                by=actor,
                place_id=kept["place"],
                title=kept["title"],
                about=kept["about"],
                per_household=kept["per_household"],
            ),
            _("Begun. Add the questions now; only the desk sees them."),
            to=lambda row: address(row.pk),
        )
    context = listed(request) | {"form": form}
    return render(request, "deliberation/surveys/desk_new.html", context, status=status_of(form))


@door(ASKERS)
def survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """One survey: its questions, how many answered, what can be done now."""
    return _page(request, survey_id)


@door(ASKERS, methods=("POST",))
def add(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Add a question."""
    asked(request, survey_id)
    form, by = QuestionForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, survey_id, question_form=form)
    kept = form.cleaned_data
    ask = Ask(kept["kind"], kept["text"], kept["options"], kept["at_most"])
    said = _("Added.")
    return done(
        request, lambda: acts.add_question(by=by, survey_id=survey_id, ask=ask), said, to=address(survey_id)
    )


@door(ASKERS, methods=("POST",))
def remove(request: HttpRequest, survey_id: UUID, number: int) -> HttpResponse:
    """Take a question out."""
    asked(request, survey_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.remove_question(by=by, survey_id=survey_id, number=number),
        _("The question is taken out."),
        to=address(survey_id),
    )


@door(ASKERS, methods=("POST",))
def drop(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    asked(request, survey_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.drop(by=by, survey_id=survey_id),
        _("Thrown away."),
        to=reverse("surveys_desk:surveys"),
    )


@door(ASKERS, methods=("POST",))
def begin(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Put it to people."""
    asked(request, survey_id)
    form, by = RunForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, survey_id, run_form=form)
    ends = form.cleaned_data["ends"]
    said = _("Open. People can answer now.")
    return done(
        request, lambda: acts.open_survey(by=by, survey_id=survey_id, ends=ends), said, to=address(survey_id)
    )


@door(ASKERS, methods=("POST",))
def close(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """End it before its last day."""
    asked(request, survey_id)
    by = actor_of(request)
    return done(request, lambda: acts.close(by=by, survey_id=survey_id), _("Ended."), to=address(survey_id))


@door(ASKERS, methods=("POST",))
def publish(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Publish the counts with the summary."""
    asked(request, survey_id)
    form, by = SummaryForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, survey_id, summary_form=form)
    words = form.cleaned_data["summary"]
    return done(
        request,
        lambda: acts.publish(by=by, survey_id=survey_id, summary=words),
        _("Published. Who answered is forgotten for good."),
        to=address(survey_id),
    )


@door(ASKERS, methods=("POST",))
def archive(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Put it away, with what changed."""
    asked(request, survey_id)
    form, by = ChangedForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, survey_id, changed_form=form)
    words = form.cleaned_data["changed"]
    said = _("Archived. Everybody reads what changed.")
    return done(
        request, lambda: acts.archive(by=by, survey_id=survey_id, changed=words), said, to=address(survey_id)
    )


@door(ASKERS, methods=("POST",))
def repeat(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Draft the next round."""
    asked(request, survey_id)
    by = actor_of(request)

    def act() -> str:
        return address(acts.repeat(by=by, survey_id=survey_id).pk)

    return done(request, act, _("The next round is drafted with the same questions."))


@door(ASKERS)
def texts(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """What people wrote: for staff, to be summed up."""
    row = asked(request, survey_id)
    require(_texts_open(request, row), status=CONFLICT)
    context = listed(request) | {"survey": row, "texts": read.texts(row.pk)}
    return render(request, "deliberation/surveys/desk_texts.html", context)


@door(ASKERS)
def book(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The counts as a book, once published: nothing in it that the page does not tell."""
    row, by = asked(request, survey_id), actor_of(request)
    if read.stage_of(row) not in policies.PUBLIC:
        raise Refused("The counts leave the house once they are published.", status=CONFLICT)
    rows = [
        [
            each["question"].number,
            each["question"].text,
            line["name"],
            _hidden(line["line"].count),
            _hidden(line["line"].share),
            line["line"].before,
        ]
        for each in results_of(row)
        for line in each["lines"]
    ]
    audit.record_export(
        Event.EXPORTED,
        by=by,
        subject=row,
        place_path=row.place.path,
        listing="survey",
        filters={"survey": row.title},
        rows=len(rows),
    )
    answered = told_answered(row)
    filters = [
        row.place.name,
        row.title,
        _("%(first)s to %(last)s") % {"first": row.opened_on, "last": row.ends},
        _("%(count)s answers") % {"count": answered} if answered else _("fewer than five answers"),
        _("one for each household") if row.per_household else _("one for each person"),
    ]
    columns = [
        Column(_("Number"), 8),
        Column(_("Question"), 40),
        Column(_("Answer"), 24),
        Column(_("Count"), 10),
        Column(_("Share (%)"), 12),
        Column(_("Share last time (%)"), 18),
    ]
    return book_response(title=row.title, filters=filters, columns=columns, rows=rows)


def address(survey_id: UUID) -> str:
    """A survey's page on the desk."""
    return reverse("surveys_desk:survey", args=[survey_id])


def listed(request: HttpRequest) -> dict[str, Any]:
    """The desk's middle column: every survey with where it stands."""
    page = page_of(request, read.at_desk(actor_of(request)))
    rows = [
        {
            "row": row,
            "stage": read.stage_of(row),
            "answered": row.answered if row.published_at else row.so_far,
        }
        for row in page.rows
    ]
    return {"page": page, "rows": rows}


def asked(request: HttpRequest, survey_id: UUID) -> Any:
    """The survey, if this desk leads it."""
    row = read.survey(survey_id)
    require(policies.may_ask(actor_of(request), row.place.path), status=MISSING)
    return row


def _hidden(value: int | None) -> object:
    return _("fewer than five, or hidden with one") if value is None else value


def _texts_open(request: HttpRequest, row: Any) -> Decision:
    is_told = read.answered(row) >= FEWEST_TOLD
    return policies.may_read_texts(
        actor_of(request), stage=read.stage_of(row), is_told=is_told, place_path=row.place.path
    )


def _page(request: HttpRequest, survey_id: UUID, **forms: Any) -> HttpResponse:
    actor, row = actor_of(request), asked(request, survey_id)
    stage, path = read.stage_of(row), row.place.path
    questions, waiting = read.questions(row.pk), read.sheets_waiting(row.pk)
    following = read.next_round(row.pk)
    publishing = policies.may_publish(actor, stage=stage, waiting=waiting, place_path=path)
    context = (
        listed(request)
        | {
            "survey": row,
            "stage": stage,
            "questions": questions,
            "answered": read.answered(row),
            "waiting": waiting,
            "can_write": bool(policies.may_write(actor, stage=stage, place_path=path)),
            "can_open": bool(
                policies.may_open(actor, stage=stage, questions=len(questions), place_path=path)
            ),
            "can_close": bool(policies.may_close(actor, stage=stage, place_path=path)),
            "can_publish": bool(publishing),
            "can_archive": bool(policies.may_archive(actor, stage=stage, place_path=path)),
            "can_repeat": bool(
                policies.may_repeat(actor, stage=stage, has_next=following is not None, place_path=path)
            ),
            "can_read": bool(_texts_open(request, row)),
            "can_export": stage in policies.PUBLIC and bool(may_export(actor, path)),
            "on_paper": stage in (SurveyStage.RUNNING, SurveyStage.ENDED),
            "results": results_of(row) if stage in policies.PUBLIC else [],
            "next": following,
            "question_form": QuestionForm(),
            "run_form": RunForm(),
            "summary_form": SummaryForm(),
            "changed_form": ChangedForm(),
            "link": request.build_absolute_uri(reverse("surveys:survey", args=[row.pk])),
        }
        | forms
    )
    return render(request, "deliberation/surveys/desk_one.html", context, status=422 if forms else 200)
