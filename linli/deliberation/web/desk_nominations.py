"""The desk's nominations: whom a neighbour means, somebody the desk puts forward, a word given on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.deliberation.actions import nominations
from linli.deliberation.actions.nominations import Consent
from linli.deliberation.forms.appraisals import ConsentForm, EnterForm
from linli.deliberation.kinds import NominationState
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours
from linli.deliberation.rules.appraisals import MOST_PHOTOS
from linli.deliberation.web.desk_appraisals import RUNNERS, address, chosen, listed, run
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.ids import id_in
from linli.people import read as people


@door(RUNNERS)
def nomination(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> HttpResponse:
    """One nomination: finding who is meant, writing down their word, taking it out."""
    row, made = _of(request, appraisal_id, nomination_id)
    actor, stage, state = actor_of(request), read.stage_of(row), NominationState(made.state)
    path = row.place.path
    can_find = bool(policies.may_find(actor, state=state, stage=stage, place_path=path))
    words = request.GET.get("q", "").strip()
    found = people.search(words, path, today()) if words and can_find else []
    context = listed(request) | {
        "appraisal": row,
        "stage": stage,
        "nomination": made,
        "name": honours.called(made, row.honours),
        "full": people.names([made.person_id]).get(made.person_id, "") if made.person_id else "",
        "recorder": people.names([made.recorded_by_id]).get(made.recorded_by_id, "")
        if made.recorded_by_id
        else "",
        "words": words,
        "found": [{"id": each.pk, "person": people.masked(each)} for each in found],
        "can_find": can_find,
        "can_record": bool(policies.may_record_consent(actor, state=state, stage=stage, place_path=path)),
        "can_set_aside": bool(policies.may_set_aside(actor, state=state, stage=stage, place_path=path)),
        "form": ConsentForm(),
    }
    return render(request, "deliberation/appraisals/desk_nomination.html", context)


@door(RUNNERS, methods=("POST",))
def find(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> HttpResponse:
    """Say which resident is meant."""
    _of(request, appraisal_id, nomination_id)
    by, person_id = actor_of(request), chosen(request, "person")
    return done(
        request,
        lambda: nominations.find(by=by, nomination_id=nomination_id, person_id=person_id),
        _("They are asked. Who has no phone is on the list of calls and slips."),
        to=address(appraisal_id),
    )


@door(RUNNERS, methods=("POST",))
def consent(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> HttpResponse:
    """Write down that they agreed on paper."""
    _of(request, appraisal_id, nomination_id)
    by, form = actor_of(request), ConsentForm(request.POST)
    form.is_valid()
    kept = form.cleaned_data
    given = Consent(full_name=kept["full_name"], with_photos=kept["with_photos"])
    return done(
        request,
        lambda: nominations.record_consent(by=by, nomination_id=nomination_id, consent=given),
        _("Written down with your name."),
        to=address(appraisal_id),
    )


@door(RUNNERS, methods=("POST",))
def set_aside(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> HttpResponse:
    """Take a nomination out that names nobody or does not fit."""
    _of(request, appraisal_id, nomination_id)
    by = actor_of(request)
    return done(
        request,
        lambda: nominations.set_aside(by=by, nomination_id=nomination_id),
        _("Taken out, with its photos."),
        to=address(appraisal_id),
    )


@door(RUNNERS, methods=("POST",))
def withdraw(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> HttpResponse:
    """They say no, or not any more."""
    _of(request, appraisal_id, nomination_id)
    by = actor_of(request)
    return done(
        request,
        lambda: nominations.withdraw(by=by, nomination_id=nomination_id),
        _("Taken out, with its photos."),
        to=address(appraisal_id),
    )


@door(RUNNERS, methods=("GET", "POST"))
def enter(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Put a resident forward from the desk: found first, then the words."""
    row, actor = run(request, appraisal_id), actor_of(request)
    decision = policies.may_enter(
        actor,
        stage=read.stage_of(row),
        is_juror=read.is_juror(row.pk, actor.person_id),
        place_path=row.place.path,
    )
    require(decision)
    form = EnterForm(request.POST or None, request.FILES or None, honours=row.honours)
    if request.method == "POST" and form.is_valid():
        person_id = chosen(request, "person")
        words = form.words(people.names([person_id]).get(person_id, ""))
        return done(
            request,
            lambda: nominations.enter(by=actor, appraisal_id=row.pk, person_id=person_id, words=words),
            _("They are asked. Who has no phone is on the list of calls and slips."),
            to=address(row.pk),
        )
    return _entering(request, row, form)


def _entering(request: HttpRequest, row: Any, form: EnterForm) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    asked = id_in(request.POST.get("person") or request.GET.get("person", ""))
    found = people.search(words, row.place.path, today()) if words else []
    who = read.person_at(asked, row.place.path) if asked else None
    context = listed(request) | {
        "appraisal": row,
        "form": form,
        "words": words,
        "who": {"id": who.pk, "person": people.masked(who)} if who else None,
        "found": [{"id": each.pk, "person": people.masked(each)} for each in found],
        "most_photos": MOST_PHOTOS,
    }
    return render(request, "deliberation/appraisals/desk_enter.html", context, status=status_of(form))


def _of(request: HttpRequest, appraisal_id: UUID, nomination_id: UUID) -> tuple[Any, Any]:
    row, made = run(request, appraisal_id), read.nomination(nomination_id)
    if made.appraisal_id != row.pk:
        raise Refused(read.NOMINATION_NOT_HERE, status=MISSING)
    return row, made
