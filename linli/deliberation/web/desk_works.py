"""The desk's works: the file begun, laid open, decided, put to the homes, counted."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import acceptance
from linli.deliberation.actions import works as acts
from linli.deliberation.forms.works import DecideForm, HeadForm, OpenForm
from linli.deliberation.forms.works_photos import DefectForm, MendedWithPhotos
from linli.deliberation.forms.works_voices import PutForm, SayForm, WordsForm
from linli.deliberation.kinds import Power, WorksStage
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.paging import page_of
from linli.kernel.clock import now, today
from linli.kernel.decision import MISSING, require
from linli.kernel.ids import id_in
from linli.kernel.names import mask_name, mask_phone
from linli.kernel.references import reference_in
from linli.people import read as people
from linli.places import read as places

KEEPERS = holds(Power.WORKS)
ROUNDS = holds(Power.WORKS, Power.WORKS_DOOR)
OPENING = "opening"


@door(ROUNDS)
def all_works(request: HttpRequest) -> HttpResponse:
    """All works of this desk's places."""
    return render(request, "deliberation/works/desk_all.html", listed(request))


@door(KEEPERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a file; for a matter whose step asked for it (`?asked=`), the one it has already is opened."""
    actor = actor_of(request)
    asked = reference_in(request.GET.get("asked", ""))
    opening = asked.id if asked and asked.kind == OPENING else None
    matter = read.matter_asking(opening) if opening else None
    begun = read.of_matter(matter.pk) if matter else None
    if begun is not None:
        return HttpResponseRedirect(address(begun.pk))
    rows = list(read.places_to_keep_at(actor)[:500])
    written = places.address_map(rows)
    initial = {"title": request.GET.get("title", "")[:60], "place": matter.place_id if matter else None}
    form = OpenForm(request.POST or None, initial=initial, places=[(row.pk, written[row.pk]) for row in rows])
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: acts.open_works(
                by=actor,
                place_id=form.cleaned_data["place"],
                head=form.head(),
                house=form.house(),
                opening_id=opening,
            ),
            _("Begun. Only the desk sees it until you lay it open."),
            to=lambda row: address(row.pk),
        )
    return form_page(request, None, form, _("Begin a works’ file"), submit=_("Begin it"))


@door(ROUNDS)
def works(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """One file with what can be done now."""
    return page(request, works_id)


@door(KEEPERS, methods=("GET", "POST"))
def edit(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Write the head anew."""
    row, by = kept(request, works_id), actor_of(request)
    initial = {"title": row.title, "about": row.about, "builder": row.builder, "contact": row.contact}
    form = HeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: acts.rewrite(by=by, works_id=works_id, head=form.head()),
            _("The file has the new words."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Write the head anew"))


@door(KEEPERS, methods=("POST",))
def lay_open(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Show the file to those who belong to the place."""
    by = actor_of(request)
    said = _("Residents have it before them now.")
    return done(request, lambda: acts.lay_open(by=by, works_id=works_id), said, to=address(works_id))


@door(KEEPERS, methods=("GET", "POST"))
def decide(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Write down what the owners chose; the works begin."""
    row, by = kept(request, works_id), actor_of(request)
    options = [(each.pk, each.title) for each in read.inside(row.pk).options]
    ballots = [(each.pk, each.title) for each in read.decided_ballots(row.place.path)]
    form = DecideForm(request.POST or None, initial={"decided_on": today()}, options=options, ballots=ballots)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return done(
            request,
            lambda: acts.decide(
                by=by,
                works_id=works_id,
                option_id=said["option"],
                decided_on=said["decided_on"],
                words=said["words"],
                ballot_id=said["ballot"],
            ),
            _("Written down. The works can begin."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("What the owners decided"), submit=_("The works begin"))


@door(KEEPERS, methods=("GET", "POST"))
def put(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Ask the homes whether they accept, or give them more time."""
    row, by = kept(request, works_id), actor_of(request)
    form = PutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: acceptance.put(by=by, works_id=works_id, until=form.cleaned_data["ends"]),
            _("The homes are asked now."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Ask the homes whether they accept"), submit=_("Ask them"))


@door(KEEPERS, methods=("POST",))
def conclude(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Count the homes."""
    by = actor_of(request)
    said = _("Counted by the rule written down at the beginning.")
    return done(request, lambda: acceptance.conclude(by=by, works_id=works_id), said, to=address(works_id))


@door(KEEPERS, methods=("GET", "POST"))
def stop(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Stop the works for good."""
    row, by = kept(request, works_id), actor_of(request)
    form = WordsForm(request.POST or None, label=_("Why the works stop"))
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: acts.stop(by=by, works_id=works_id, reason=form.cleaned_data["text"]),
            _("Stopped. The file stays to be read with the reason."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Stop the works"), submit=_("Stop them for good"))


@door(KEEPERS, methods=("GET", "POST"))
def defect(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Note what was not done as agreed."""
    row, by = kept(request, works_id), actor_of(request)
    initial = {"text": request.GET.get("text", "")[:500]}
    form = DefectForm(request.POST or None, request.FILES or None, initial=initial, label=_("The defect"))
    if request.method == "POST" and form.is_valid():
        text, photos = form.cleaned_data["text"], form.sent()
        return done(
            request,
            lambda: acceptance.note_defect(by=by, works_id=works_id, text=text, photos=photos),
            _("Noted. It is mended before the works are accepted."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Note a defect"))


@door(KEEPERS, methods=("GET", "POST"))
def mend(request: HttpRequest, works_id: UUID, defect_id: UUID) -> HttpResponse:
    """Note how a defect was mended."""
    row, by = kept(request, works_id), actor_of(request)
    form = MendedWithPhotos(request.POST or None, request.FILES or None, initial={"mended_on": today()})
    if request.method == "POST" and form.is_valid():
        mended, photos = form.mended(), form.sent()
        return done(
            request,
            lambda: acceptance.mend(
                by=by, works_id=works_id, defect_id=defect_id, mended=mended, photos=photos
            ),
            _("Noted as mended."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("How it was mended"))


@door(ROUNDS, methods=("GET", "POST"))
def homes(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """The homes nobody has spoken for, and writing down what somebody said at the door."""
    row, by = kept(request, works_id, at_doors=True), actor_of(request)
    words, form = request.GET.get("q", ""), SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (person := id_in(request.POST.get("person", ""))):
        said = form.cleaned_data
        to = reverse("works_desk:homes", args=[works_id])
        return done(
            request,
            lambda: acceptance.enter(
                by=by, works_id=works_id, person_id=person, accepts=said["accepts"], reason=said["reason"]
            ),
            _("Written down for that home."),
            to=to,
        )
    enters = bool(policies.may_enter(by, row.place.path))
    silent = read.silent_homes(row, today()) if row.stage == WorksStage.ACCEPTING.value else []
    found = people.search(words, row.place.path, today()) if words and enters else []
    context = listed(request) | {
        "works": row,
        "heard": read.heard(row, today()),
        "silent": places.address_map(silent).values(),
        "can_enter": enters,
        "words": words,
        "found": [(each, mask_name(each.name), mask_phone(each.phone or "")) for each in found],
        "form": form,
        "person": request.POST.get("person", ""),
    }
    return render(request, "deliberation/works/desk_homes.html", context, status=status_of(form))


def address(works_id: UUID) -> str:
    """A file's page on the desk."""
    return reverse("works_desk:works", args=[works_id])


def listed(request: HttpRequest) -> dict[str, Any]:
    """The desk's middle column: all works, with the doubts that wait."""
    rows = page_of(request, read.at_desk(actor_of(request), now()))
    return {"page": rows, "rows": rows.rows}


def kept(request: HttpRequest, works_id: UUID, *, at_doors: bool = False) -> Any:
    """The works, if this desk keeps them; `at_doors` lets in who is sent from door to door."""
    row = read.works(works_id)
    may = policies.may_go_round if at_doors else policies.may_keep
    require(may(actor_of(request), row.place.path), status=MISSING)
    return row


def form_page(
    request: HttpRequest, row: Any, form: forms.Form, title: str, *, submit: str = "", back: str = ""
) -> HttpResponse:
    """A form beside the list."""
    context = listed(request) | {
        "works": row,
        "form": form,
        "title": title,
        "submit": submit or _("Keep it"),
        "back": back or (address(row.pk) if row else reverse("works_desk:all")),
    }
    return render(request, "deliberation/works/desk_form.html", context, status=status_of(form))


def page(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """The file on the desk: what it holds, what waits, what can be done."""
    actor, row = actor_of(request), kept(request, works_id, at_doors=True)
    stage, path, day = WorksStage(row.stage), row.place.path, today()
    held, heard = read.inside(row.pk), read.heard(row, day)

    def can(wanted: WorksStage) -> bool:
        return bool(policies.may_lead_to(actor, stage=stage, wanted=wanted, place_path=path))

    asked = stage is WorksStage.ACCEPTING
    context = listed(request) | {
        "works": row,
        "inside": held,
        "doubts": read.doubts(row.pk, with_hidden=True),
        "community": read.community_of(row),
        "heard": heard if asked else None,
        "refusals": read.refusals(row) if asked else [],
        "acceptances": read.acceptances(row.pk),
        "claims": read.claims(row.pk),
        "can_write": bool(policies.may_write(actor, stage=stage, place_path=path)),
        "can_compare": bool(policies.may_compare(actor, stage=stage, place_path=path)),
        "can_open": stage is WorksStage.DRAFT and can(WorksStage.PLANNED),
        "can_decide": stage is WorksStage.PLANNED and can(WorksStage.BUILDING),
        "can_put": can(WorksStage.ACCEPTING),
        "can_conclude": asked and can(WorksStage.ACCEPTED),
        "can_stop": can(WorksStage.STOPPED),
        "can_note": bool(policies.may_note_defect(actor, stage=stage, place_path=path)),
        "can_hear": bool(policies.may_enter_doubt(actor, stage=stage, place_path=path)),
        "keeps": bool(policies.may_keep(actor, path)),
        "moment": now(),
        "today": day,
        "link": request.build_absolute_uri(reverse("works:works", args=[row.pk])),
    }
    return render(request, "deliberation/works/desk_one.html", context)
