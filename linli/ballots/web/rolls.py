"""The roll at the desk: what it lacks, who is on it, what was said against it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import preparing
from linli.ballots.forms.preparing import AreasForm
from linli.ballots.forms.words import CounterForm, RulingForm
from linli.ballots.kinds import Ruling
from linli.ballots.read import ballots, roll
from linli.ballots.web.desk import RUNNERS, STAFF, listed, seen
from linli.frame.doors import actor_of, done, door, once, status_of
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.ids import id_in
from linli.people import read as people
from linli.places import actions as places
from linli.places import read as places_read

MOST_AREAS = 60  # fields on one page; the next ones come when these are filled


@door(STAFF)
def roll_page(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The roll as it is written, or before that as it would be, with what is missing."""
    row, actor = seen(request, ballot_id), actor_of(request)
    about = ballots.about(row)
    page = page_of(request, roll.entries(row))
    may_freeze = bool(policies.may_freeze(actor, about))
    preview = roll.preview(row, today()) if not row.frozen_at or may_freeze else None
    missing = preview.without_area[:MOST_AREAS] if preview else []
    names = roll.names_of(page.rows) if policies.may_see_names(actor, about) else {}
    units = roll.with_units(page.rows)
    context = listed(request) | {
        "ballot": row,
        "page": page,
        "rows": [{"entry": e, "names": names.get(e.pk, []), "units": units.get(e.pk, [])} for e in page.rows],
        "preview": preview,
        "left_out": roll.bays_left_out(row, preview),
        "areas_form": _areas_form(missing) if missing and may_freeze else None,
        "may_freeze": may_freeze,
        "turnout": roll.turnout(row) if row.frozen_at else None,
        "objections": roll.objections(row),
        "ruling_form": RulingForm(),
        "may_note": bool(policies.may_note_objection(actor, about, today())),
        "may_rule": bool(policies.may_run(actor, row.place.path)),
    }
    return render(request, "ballots/desk_roll.html", context)


def _areas_form(missing: list[roll.Place], data: object = None) -> AreasForm:
    addresses = places_read.address_map(missing)
    return AreasForm(data, homes=[(home.id, addresses[home.id]) for home in missing])


@door(RUNNERS, methods=("POST",))
def areas(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Note areas that were missing."""
    row = seen(request, ballot_id)
    form = _areas_form(roll.preview(row, today()).without_area[:MOST_AREAS], request.POST)
    if not form.is_valid():
        raise Refused("Write the area in square metres.", status=UNPROCESSABLE)

    return done(
        request,
        lambda: places.note_areas(
            by=actor_of(request), under_id=row.place_id, areas=form.areas(), source=form.source_said()
        ),
        _("The areas are noted."),
        to=reverse("ballots_desk:roll", args=[row.pk]),
    )


@door(RUNNERS, methods=("POST",))
def consent(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Mark, or no longer mark, that an entry has to agree besides."""
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 7:
        raise Refused("This number is not on the roll.", status=UNPROCESSABLE)

    def act() -> str:
        preparing.ask_consent(
            by=actor_of(request),
            ballot_id=ballot_id,
            number=int(number),
            is_needed=request.POST.get("needed") == "yes",
        )
        return reverse("ballots_desk:roll", args=[ballot_id])

    return HttpResponseRedirect(once(request, act))


@door(STAFF, methods=("GET", "POST"))
def counter(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Write down what somebody says against the roll at the counter: found in the register, then in their
    words."""
    row, actor = seen(request, ballot_id), actor_of(request)
    require(policies.may_note_objection(actor, ballots.about(row), today()), status=CONFLICT)
    sent = request.POST if request.method == "POST" else None
    area = roll.around(row, actor)
    chosen = people.found(id_in((sent or request.GET).get("person", "")), [area], today())
    form = CounterForm(sent)
    if form.is_bound and chosen is None:
        raise Refused("Choose who objects.", status=UNPROCESSABLE)
    if form.is_bound and form.is_valid() and chosen is not None:
        who, words = chosen.id, form.cleaned_data["words"]
        return done(
            request,
            lambda: preparing.note_objection(by=actor, ballot_id=row.pk, person_id=who, words=words),
            _("Written down. They will be told what comes of it."),
            to=reverse("ballots_desk:roll", args=[row.pk]) + "#objections",
        )
    words = request.GET.get("q", "").strip()[:60]
    context = listed(request) | {
        "ballot": row,
        "form": form,
        "chosen": chosen,
        "words": words,
        "found": people.find(words, [area], today()) if words else [],
    }
    return render(request, "ballots/desk_counter.html", context, status=status_of(form))


@door(RUNNERS, methods=("POST",))
def rule(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """Rule on an objection."""
    form = RulingForm(request.POST)
    if not form.is_valid():
        raise Refused("Say whether the objection is right, and why.", status=UNPROCESSABLE)
    said = form.cleaned_data
    return done(
        request,
        lambda: preparing.rule_on_objection(
            by=actor_of(request),
            objection_id=objection_id,
            ruling=Ruling(said["ruling"]),
            words=said["words"],
        ),
        _("Ruled. Whoever objected has been told."),
        to=lambda row: reverse("ballots_desk:roll", args=[row.ballot_id]),
    )
