"""Residents: the nomination one is asked about or wrote, its photos, objections; the honours roll."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import choosing, nominations
from linli.deliberation.actions.nominations import Consent
from linli.deliberation.forms.appraisals import ConsentForm, DoubtForm
from linli.deliberation.kinds import AppraisalStage, NominationState
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours
from linli.deliberation.rules.appraisals import is_child
from linli.deliberation.web.appraisals import address
from linli.documents.web import serve
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door, explain, status_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Denied, Refused, require


@door(SIGNED_IN)
def nomination(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """What was written of somebody, for them to agree or refuse; for its writer what became of it."""
    return _page(request, _read(request, nomination_id))


@door(SIGNED_IN, methods=("POST",))
def agree(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Agree to be put forward, with what may be shown."""
    actor = actor_of(request)
    form = ConsentForm(request.POST)
    form.is_valid()
    kept = form.cleaned_data
    consent = Consent(full_name=kept["full_name"], with_photos=kept["with_photos"])
    return done(
        request,
        lambda: nominations.agree(by=actor, nomination_id=nomination_id, consent=consent),
        _("You take part. You can take it back at any time, without a reason."),
        to=reverse("appraisals:nomination", args=[nomination_id]),
    )


@door(SIGNED_IN, methods=("POST",))
def withdraw(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Refuse, or take one's word back."""
    actor, row = actor_of(request), _read(request, nomination_id)
    return done(
        request,
        lambda: nominations.withdraw(by=actor, nomination_id=nomination_id),
        _("It is gone everywhere, with its photos. Nobody asks why."),
        to=address(row.appraisal_id),
    )


@door(SIGNED_IN, methods=("POST",))
def take_back(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Take back what one wrote."""
    actor, row = actor_of(request), _read(request, nomination_id)
    return done(
        request,
        lambda: nominations.take_back(by=actor, nomination_id=nomination_id),
        _("Taken back."),
        to=address(row.appraisal_id),
    )


@door(SIGNED_IN, methods=("GET", "POST"))
def doubt(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Object to somebody's honour while it is posted."""
    actor, row = actor_of(request), _read(request, nomination_id)
    form = DoubtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: choosing.doubt(by=actor, nomination_id=nomination_id, words=form.cleaned_data["words"]),
            _("Sent. You will be told the answer."),
            to=address(row.appraisal_id),
        )
    stage = read.stage_of(row.appraisal)
    decision = policies.may_doubt(
        actor,
        belongs=read.reader_of(actor, row.appraisal).belongs,
        is_honoured=row.is_honoured,
        is_over=read.is_posting_over(row.appraisal),
        stage=stage,
        has_doubted=row.pk in honours.doubts_by(actor.person_id, row.appraisal_id),
    )
    require(decision)
    context = {"appraisal": row.appraisal, "form": form, "name": honours.called(row, row.appraisal.honours)}
    return render(request, "deliberation/appraisals/doubt.html", context, status=status_of(form))


@door(ANYONE)
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """A photo, for whoever may read its nomination."""
    found = read.photo(photo_id)
    _require_readable(request, found.nomination)
    return serve(found.file, thumbnail=request.GET.get("thumbnail") == "1")


@door(ANYONE)
def roll(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The honours roll of a community, year by year."""
    return render(request, "deliberation/appraisals/roll.html", _roll(request, place_id))


@door(ANYONE)
def roll_printed(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The roll of a year, to hang up."""
    context = _roll(request, place_id)
    link = request.build_absolute_uri(reverse("appraisals:roll", args=[place_id]))
    context["qr"] = qr.svg(link, label=_("Opens the honours roll"))
    return render(request, "deliberation/appraisals/roll_print.html", context)


def _roll(request: HttpRequest, place_id: UUID) -> dict[str, Any]:
    place = honours.community(place_id)
    years = honours.years_of_roll(place.path)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else (years[0] if years else today().year)
    tabs = [{"label": str(each), "url": f"?year={each}", "on": each == year} for each in years]
    return {"place": place, "year": year, "years": tabs, "honours": honours.roll(place.path, year)}


def _read(request: HttpRequest, nomination_id: UUID) -> Any:
    row = read.nomination(nomination_id)
    _require_readable(request, row)
    return row


def _require_readable(request: HttpRequest, row: Any) -> None:
    actor = actor_of(request)
    decision = policies.may_read_nomination(
        actor,
        read.reader_of(actor, row.appraisal),
        people=(row.person_id, row.nominated_by_id),
        state=NominationState(row.state),
        is_honoured=row.is_honoured,
        stage=read.stage_of(row.appraisal),
        place_path=row.appraisal.place.path,
    )
    require(decision, status=MISSING)


def _page(request: HttpRequest, row: Any) -> HttpResponse:
    actor, stage = actor_of(request), read.stage_of(row.appraisal)
    is_mine = actor.person_id is not None and actor.person_id == row.person_id
    if not is_mine and actor.person_id != row.nominated_by_id:
        raise Refused(read.NOMINATION_NOT_HERE, status=MISSING)
    state = NominationState(row.state)
    child = row.person is not None and is_child(row.person.born_year, today())
    consent = policies.may_agree(actor, person_id=row.person_id, is_child=child, state=state, stage=stage)
    context = {
        "appraisal": row.appraisal,
        "stage": stage,
        "nomination": row,
        "name": honours.called(row, row.appraisal.honours),
        "is_mine": is_mine,
        "can_agree": bool(consent),
        "not_agreeing": explain(consent)
        if isinstance(consent, Denied) and is_mine and state is NominationState.ASKED
        else "",
        "can_take_back": bool(
            policies.may_take_back(actor, nominator_id=row.nominated_by_id, state=state, stage=stage)
        ),
        "is_counted": stage in (AppraisalStage.CHOOSING, AppraisalStage.COUNTING),
        "form": ConsentForm(),
    }
    return render(request, "deliberation/appraisals/nomination.html", context)
