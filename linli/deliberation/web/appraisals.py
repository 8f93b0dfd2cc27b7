"""Residents: an appraisal, putting somebody forward, choosing, judging, the posted result, the poster."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.deliberation.actions import choosing, nominations
from linli.deliberation.actions.nominations import Consent
from linli.deliberation.forms.appraisals import DoubtForm, NominateForm, SelfForm
from linli.deliberation.kinds import AppraisalStage
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours, prolonging
from linli.deliberation.rules.appraisals import MOST_PHOTOS, MOST_POINTS, Reader
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door, explain, status_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Decision, Denied, Refused, person_of, require

CANDIDATES_SHOWN = frozenset({AppraisalStage.CHOOSING, AppraisalStage.COUNTING})


@door(SIGNED_IN)
def appraisals(request: HttpRequest) -> HttpResponse:
    """The appraisals of the places somebody belongs to, and their honours roll."""
    rows = read.of_person(person_of(actor_of(request)), today())
    listed = [{"row": row, "stage": read.stage_of(row)} for row in rows]
    widest = min(rows, key=lambda row: len(row.place.path), default=None)
    return render(request, "deliberation/appraisals/all.html", {"rows": listed, "widest": widest})


@door(ANYONE)
def appraisal(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """One appraisal as it stands for the reader."""
    return _page(request, appraisal_id)


@door(SIGNED_IN, methods=("GET", "POST"))
def nominate(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Put a neighbour forward."""
    row, actor = _seen(request, appraisal_id)[0], actor_of(request)
    form = NominateForm(request.POST or None, request.FILES or None, honours=row.honours)
    if request.method == "POST" and form.is_valid():
        words = form.words(form.cleaned_data["named"])
        return done(
            request,
            lambda: nominations.nominate(by=actor, appraisal_id=row.pk, words=words),
            _("Thank you. They are asked; nothing is shown until they agree."),
            to=address(row.pk),
        )
    require(nominations_open(request, row))
    return _form_page(request, row, form, "nominate")


@door(SIGNED_IN, methods=("GET", "POST"))
def nominate_self(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Put oneself forward."""
    row, actor = _seen(request, appraisal_id)[0], actor_of(request)
    form = SelfForm(request.POST or None, request.FILES or None, honours=row.honours)
    if request.method == "POST" and form.is_valid():
        words = form.words(_("Oneself"))
        consent = Consent(full_name=form.cleaned_data["full_name"])
        return done(
            request,
            lambda: nominations.nominate_self(by=actor, appraisal_id=row.pk, words=words, consent=consent),
            _("You are put forward. You can take it back at any time."),
            to=lambda made: reverse("appraisals:nomination", args=[made.pk]),
        )
    require(policies.may_nominate_self(nominations_open(request, row), self_allowed=row.self_allowed))
    return _form_page(request, row, form, "self")


@door(SIGNED_IN, methods=("POST",))
def choose(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Give one's voice. No key of the form is kept: beside it, what was sent could be told."""
    try:
        chosen = {UUID(key) for key in request.POST.getlist("chosen")}
    except ValueError as fault:
        raise Refused(policies.NOMINATION_NOT_HERE, status=UNPROCESSABLE) from fault
    choosing.choose(by=actor_of(request), appraisal_id=appraisal_id, chosen=chosen)
    messages.success(request, _("Thank you. Nobody can see whom you chose."))
    return HttpResponseRedirect(address(appraisal_id))


@door(SIGNED_IN, methods=("GET", "POST"))
def judge(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """A juror's sheet: points for everybody, criterion by criterion."""
    row, actor = _seen(request, appraisal_id)[0], actor_of(request)
    seat = read.juror(row.pk, actor.person_id)
    if request.method == "POST":
        points = _points(request)
        return done(
            request,
            lambda: choosing.judge(by=actor, appraisal_id=row.pk, points=points),
            _("Kept. You can change it until the last day."),
            to=address(row.pk),
        )
    require(policies.may_judge(actor, is_juror=seat is not None, stage=read.stage_of(row)))
    given = honours.points_of(seat.pk) if seat else {}
    criteria = read.criteria(row.pk)
    sheets = [
        {
            "one": each,
            "asked": [
                {
                    "name": f"p-{each.row.pk}-{one.pk}",
                    "text": one.text,
                    "given": given.get((each.row.pk, one.pk)),
                }
                for one in criteria
            ],
        }
        for each in honours.shown(row, only_honoured=False)
    ]
    context = {"appraisal": row, "sheets": sheets, "most": MOST_POINTS}
    return render(request, "deliberation/appraisals/judge.html", context)


@door(ANYONE)
def printed(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """The posted result, or the honoured, to hang up."""
    row, _reader = _seen(request, appraisal_id)
    stage = read.stage_of(row)
    if stage not in policies.ANNOUNCED:
        raise Refused("The result has not been posted yet.", status=MISSING)
    link = request.build_absolute_uri(address(row.pk))
    context = {
        "appraisal": row,
        "stage": stage,
        "shown": honours.shown(row, only_honoured=True),
        "until": read.posted_until(row),
        "qr": qr.svg(link, label=_("Opens this appraisal")),
    }
    return render(request, "deliberation/appraisals/print.html", context)


def address(appraisal_id: UUID) -> str:
    """An appraisal's page."""
    return reverse("appraisals:appraisal", args=[appraisal_id])


def nominations_open(request: HttpRequest, row: Any) -> Decision:
    """Whether the reader may put somebody forward now."""
    actor = actor_of(request)
    reader = read.reader_of(actor, row)
    so_far = len(read.nominated_by(row.pk, actor.person_id)) if actor.person_id else 0
    return policies.may_nominate(
        actor, belongs=reader.belongs, is_juror=reader.is_juror, stage=read.stage_of(row), so_far=so_far
    )


def _seen(request: HttpRequest, appraisal_id: UUID) -> tuple[Any, Reader]:
    """The appraisal, if it may be seen, and how the reader stands to it."""
    actor, row = actor_of(request), read.appraisal(appraisal_id)
    reader = read.reader_of(actor, row)
    decision = policies.may_see(
        actor,
        belongs=reader.belongs,
        is_juror=reader.is_juror,
        stage=read.stage_of(row),
        place_path=row.place.path,
    )
    require(decision, status=MISSING)
    return row, reader


def _page(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    row, reader = _seen(request, appraisal_id)
    actor, stage = actor_of(request), read.stage_of(row)
    has_chosen = read.has_chosen(row.pk, actor.person_id)
    choice = policies.may_choose(actor, belongs=reader.belongs, stage=stage, has_chosen=has_chosen)
    announced = stage in policies.ANNOUNCED
    shown = []
    if announced or (stage in CANDIDATES_SHOWN and (reader.belongs or reader.is_juror)):
        shown = honours.shown(row, only_honoured=announced)
    mine = read.nomination_of(row.pk, actor.person_id)
    nomination = nominations_open(request, row)
    context = {
        "appraisal": row,
        "stage": stage,
        "criteria": read.criteria(row.pk),
        "prolonged": prolonging.prolonged(row.pk),
        "jury": honours.jury(row.pk, get_language() or ""),
        "shown": shown,
        "mine": mine,
        "written": read.nominated_by(row.pk, actor.person_id) if actor.person_id else [],
        "can_nominate": bool(nomination),
        "not_nominating": explain(nomination) if isinstance(nomination, Denied) and reader.is_juror else "",
        "can_self": bool(policies.may_nominate_self(nomination, self_allowed=row.self_allowed)) and not mine,
        "can_choose": bool(choice),
        "not_choosing": explain(choice)
        if isinstance(choice, Denied) and stage is AppraisalStage.CHOOSING
        else "",
        "can_judge": bool(policies.may_judge(actor, is_juror=reader.is_juror, stage=stage)),
        "until": read.posted_until(row),
        "is_posting_over": read.is_posting_over(row),
        "doubts": honours.doubts_by(actor.person_id, row.pk),
        "can_doubt": reader.belongs and stage is AppraisalStage.POSTED and not read.is_posting_over(row),
        "doubt_form": DoubtForm(),
    }
    return render(request, "deliberation/appraisals/one.html", context)


def _form_page(request: HttpRequest, row: Any, form: Any, way: str) -> HttpResponse:
    context = {"appraisal": row, "form": form, "way": way, "most_photos": MOST_PHOTOS}
    return render(request, "deliberation/appraisals/nominate.html", context, status=status_of(form))


def _points(request: HttpRequest) -> dict[tuple[UUID, UUID], int]:
    """Fields named `p-<nomination>-<criterion>`; what is not a number counts as left empty."""
    found = {}
    for name, value in request.POST.items():
        key = name.removeprefix("p-")
        if key != name and len(key) == 73 and str(value).isdecimal() and len(str(value)) < 3:
            try:
                found[UUID(key[:36]), UUID(key[37:])] = int(str(value))
            except ValueError:
                continue
    return found
