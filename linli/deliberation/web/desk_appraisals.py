"""The desk's appraisals: opened, called off, posted, put on the roll; their jury; objections answered."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.deliberation.actions import appraisals as acts
from linli.deliberation.actions import choosing
from linli.deliberation.actions.appraisals import Plan
from linli.deliberation.forms.appraisals import AnswerForm, JurorForm, OpenForm
from linli.deliberation.forms.fields import WhyForm
from linli.deliberation.kinds import AppraisalStage, Honours, Power, TieRule
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours, prolonging
from linli.frame.doors import actor_of, done, door, explain, holds, id_sent, status_of
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Denied, Refused, require
from linli.organizations import read as organizations
from linli.people import read as people

RUNNERS = holds(Power.APPRAISE)


@door(RUNNERS)
def appraisals(request: HttpRequest) -> HttpResponse:
    """All appraisals of this desk's places."""
    return render(request, "deliberation/appraisals/desk_all.html", listed(request))


@door(RUNNERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open an appraisal."""
    actor = actor_of(request)
    form = OpenForm(request.POST or None, places=read.places_to_run_at(actor))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        plan = Plan(
            title=kept["title"],
            about=kept["about"],
            honours=Honours(kept["honours"]),
            criteria=kept["criteria"],
            seats=kept["seats"],
            choices=kept["choices"],
            weights=form.weights(),
            tie=TieRule(kept["tie"]),
            self_allowed=kept["self_allowed"],
        )
        return done(
            request,
            lambda: acts.open_appraisal(by=actor, place_id=kept["place"], plan=plan, days=form.days()),
            _("Open. Residents can put others forward now."),
            to=lambda row: address(row.pk),
        )
    context = listed(request) | {"form": form}
    return render(request, "deliberation/appraisals/desk_new.html", context, status=status_of(form))


@door(RUNNERS)
def appraisal(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """One appraisal: those put forward, the jury, and what can be done now."""
    return _page(request, appraisal_id)


@door(RUNNERS, methods=("POST",))
def call_off(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Call it off, with the reason."""
    run(request, appraisal_id)
    form, by = WhyForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, appraisal_id, off_form=form)
    return done(
        request,
        lambda: acts.call_off(by=by, appraisal_id=appraisal_id, reason=form.cleaned_data["reason"]),
        _("Called off. What was written of anybody is gone."),
        to=address(appraisal_id),
    )


@door(RUNNERS)
def jury(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """The jury, and calling somebody to it."""
    row, actor = run(request, appraisal_id), actor_of(request)
    words = request.GET.get("q", "").strip()
    can = bool(policies.may_release(actor, stage=read.stage_of(row), place_path=row.place.path))
    can_look = can and bool(policies.may_look_up(actor, row.place.path))
    found = people.search(words, row.place.path, today()) if words and can_look else []
    context = listed(request) | {
        "appraisal": row,
        "stage": read.stage_of(row),
        "jury": honours.jury(row.pk, get_language() or ""),
        "can_change": can,
        "can_look": can_look,
        "words": words,
        "found": [{"id": each.pk, "person": people.masked(each)} for each in found],
        "form": _juror_form(row),
    }
    return render(request, "deliberation/appraisals/desk_jury.html", context)


@door(RUNNERS, methods=("POST",))
def name_juror(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Call somebody to the jury, by name or by post."""
    row, by = run(request, appraisal_id), actor_of(request)
    person_id = chosen(request, "person") if "person" in request.POST else None
    post_id = chosen(request, "post") if person_id is None else None

    def act() -> str:
        if person_id is not None:
            acts.name_juror(by=by, appraisal_id=row.pk, person_id=person_id)
        elif post_id is not None:
            acts.name_post(by=by, appraisal_id=row.pk, post_id=post_id)
        return reverse("appraisals_desk:jury", args=[row.pk])

    return done(request, act, _("On the jury. They have been told."))


@door(RUNNERS, methods=("POST",))
def release_juror(request: HttpRequest, appraisal_id: UUID, juror_id: UUID) -> HttpResponse:
    """Let a juror go."""
    row, by = run(request, appraisal_id), actor_of(request)
    return done(
        request,
        lambda: acts.release_juror(by=by, appraisal_id=row.pk, juror_id=juror_id),
        _("Not on the jury any more."),
        to=reverse("appraisals_desk:jury", args=[row.pk]),
    )


@door(RUNNERS, methods=("POST",))
def post(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Work out the result and post it."""
    run(request, appraisal_id)
    by = actor_of(request)
    said = _("Posted. Residents can object until the last day.")
    return done(request, lambda: acts.post(by=by, appraisal_id=appraisal_id), said, to=address(appraisal_id))


@door(RUNNERS, methods=("POST",))
def conclude(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Put them on the honours roll."""
    run(request, appraisal_id)
    by = actor_of(request)
    said = _("They stand on the honours roll.")
    return done(
        request, lambda: acts.conclude(by=by, appraisal_id=appraisal_id), said, to=address(appraisal_id)
    )


@door(RUNNERS, methods=("GET", "POST"))
def answer(request: HttpRequest, appraisal_id: UUID, doubt_id: UUID) -> HttpResponse:
    """Answer an objection."""
    row, by = run(request, appraisal_id), actor_of(request)
    objection = read.doubt(doubt_id)
    if objection.nomination.appraisal_id != row.pk:
        raise Refused("This objection is not here.", status=MISSING)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("do")
        if wanted not in ("uphold", "reject"):
            raise Refused("Say whether the objection is right.", status=UNPROCESSABLE)
        words, upheld = form.cleaned_data["words"], wanted == "uphold"
        return done(
            request,
            lambda: choosing.answer(by=by, doubt_id=doubt_id, upheld=upheld, words=words),
            _("Answered. Who objected has been told."),
            to=address(appraisal_id),
        )
    made = objection.nomination
    decision = policies.may_answer(by, read.objected(objection, made, row), row.place.path)
    context = listed(request) | {
        "appraisal": row,
        "doubt": objection,
        "name": honours.called(made, row.honours),
        "form": form,
        "can_answer": bool(decision),
        "not_answering": explain(decision) if isinstance(decision, Denied) else "",
    }
    return render(request, "deliberation/appraisals/desk_doubt.html", context, status=status_of(form))


def address(appraisal_id: UUID) -> str:
    """An appraisal's page on the desk."""
    return reverse("appraisals_desk:appraisal", args=[appraisal_id])


def chosen(request: HttpRequest, name: str) -> UUID:
    """Whom or what a form names. Raises `Refused` (422) for what is no id."""
    return id_sent(request, name, Refused("Choose somebody.", status=UNPROCESSABLE))


def listed(request: HttpRequest) -> dict[str, Any]:
    """The desk's middle column: every appraisal with where it stands."""
    page = page_of(request, read.at_desk(actor_of(request)))
    return {"page": page, "rows": [{"row": row, "stage": read.stage_of(row)} for row in page.rows]}


def run(request: HttpRequest, appraisal_id: UUID) -> Any:
    """The appraisal, if this desk runs it."""
    row = read.appraisal(appraisal_id)
    require(policies.may_run(actor_of(request), row.place.path), status=MISSING)
    return row


def _juror_form(row: Any) -> JurorForm:
    posts = [each.pk for each in honours.posts_for_jury(row)]
    labels = organizations.label_with_holder(posts, get_language() or "", today())
    return JurorForm(posts=[(key, labels[key]) for key in posts if key in labels])


def _page(request: HttpRequest, appraisal_id: UUID, **forms: Any) -> HttpResponse:
    actor, row = actor_of(request), run(request, appraisal_id)
    stage, path = read.stage_of(row), row.place.path
    waiting = honours.waiting_doubts(row.pk)
    over = read.is_posting_over(row)
    conclusion = policies.may_conclude(actor, stage=stage, is_over=over, waiting=waiting, place_path=path)
    context = (
        listed(request)
        | {
            "appraisal": row,
            "stage": stage,
            "criteria": read.criteria(row.pk),
            "nominations": honours.at_desk_of(row),
            "jury": honours.jury(row.pk, get_language() or ""),
            "doubts": honours.doubts_of(row),
            "voters": honours.voters(row),
            "until": read.posted_until(row),
            "undecided": stage in policies.UNDECIDED,
            "can_enter": bool(
                policies.may_enter(
                    actor, stage=stage, is_juror=read.is_juror(row.pk, actor.person_id), place_path=path
                )
            ),
            "can_post": bool(policies.may_post(actor, stage=stage, place_path=path)),
            "can_conclude": bool(conclusion),
            "not_concluding": explain(conclusion)
            if isinstance(conclusion, Denied) and stage is AppraisalStage.POSTED
            else "",
            "can_prolong": bool(policies.may_prolong(actor, stage=stage, place_path=path)),
            "prolonged": prolonging.prolonged(row.pk),
            "can_call_off": bool(policies.may_call_off(actor, stage=stage, place_path=path)),
            "off_form": WhyForm(),
            "link": request.build_absolute_uri(reverse("appraisals:appraisal", args=[row.pk])),
        }
        | forms
    )
    return render(request, "deliberation/appraisals/desk_one.html", context, status=422 if forms else 200)
