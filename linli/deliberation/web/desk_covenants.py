"""The desk's covenants: drafted, consulted on, decided, filed, published, reviewed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from linli.deliberation.actions import covenants as acts
from linli.deliberation.actions.covenants import Text
from linli.deliberation.forms.covenants import (
    ConsultForm,
    CovenantForm,
    FiledForm,
    MeetingForm,
    ReviewForm,
    SourceForm,
    TextForm,
)
from linli.deliberation.kinds import CovenantKind, CovenantStage, Power
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenant_sources as read_sources
from linli.deliberation.read import covenants as read
from linli.deliberation.rules.covenants import is_overdue, is_statutory, points
from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, require
from linli.places import read as places

KEEPERS = holds(Power.COVENANT)
LONGEST_LINE = 30  # characters of a resolution in a list to choose from


@door(KEEPERS)
def covenants(request: HttpRequest) -> HttpResponse:
    """All covenants of this desk's places."""
    return render(request, "deliberation/covenants/desk_all.html", listed(request))


@door(KEEPERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Draft a covenant."""
    actor = actor_of(request)
    rows = list(read.places_to_keep_at(actor)[:500])
    written = places.address_map(rows)
    form = CovenantForm(request.POST or None, places=[(row.pk, written[row.pk]) for row in rows])
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        words = Text(kept["title"], kept["about"], kept["text"])
        return done(
            request,
            lambda: acts.draft(by=actor, place_id=kept["place"], kind=kept["kind"], words=words),
            _("Kept as a draft. Only the desk sees it."),
            to=lambda row: address(row.pk),
        )
    context = listed(request) | {"form": form}
    return render(request, "deliberation/covenants/desk_new.html", context, status=status_of(form))


@door(KEEPERS)
def covenant(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """One covenant: its text with what is said to it, and what can be done now."""
    return _page(request, covenant_id)


@door(KEEPERS, methods=("GET", "POST"))
def edit(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Write a draft anew."""
    row, actor = kept(request, covenant_id), actor_of(request)
    require(policies.may_write(actor, stage=CovenantStage(row.stage), place_path=row.place.path), status=409)
    text = "\n".join(each.text for each in read.paragraphs(row.pk))
    form = TextForm(request.POST or None, initial={"title": row.title, "about": row.about, "text": text})
    if request.method == "POST" and form.is_valid():
        words = Text(form.cleaned_data["title"], form.cleaned_data["about"], form.cleaned_data["text"])
        return done(
            request,
            lambda: acts.rewrite(by=actor, covenant_id=covenant_id, words=words),
            _("The draft has the new words."),
            to=address(covenant_id),
        )
    context = listed(request) | {"covenant": row, "form": form}
    return render(request, "deliberation/covenants/desk_edit.html", context, status=status_of(form))


@door(KEEPERS, methods=("POST",))
def consult(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Put the text to everybody."""
    kept(request, covenant_id)
    form, by = ConsultForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, covenant_id, consult_form=form)
    return done(
        request,
        lambda: acts.consult(by=by, covenant_id=covenant_id, ends=form.cleaned_data["ends"]),
        _("Residents have the text before them now."),
        to=address(covenant_id),
    )


@door(KEEPERS, methods=("POST",))
def close(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """End the consultation."""
    kept(request, covenant_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.end_consultation(by=by, covenant_id=covenant_id),
        _("Closed. Next comes the meeting."),
        to=address(covenant_id),
    )


@door(KEEPERS, methods=("POST",))
def decide(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Write down the meeting."""
    by = actor_of(request)
    row = kept(request, covenant_id)
    mandates = _mandates(row)
    form = MeetingForm(request.POST, consulted_until=row.consult_ends, mandates=mandates)
    if not form.is_valid():
        return _page(request, covenant_id, meeting_form=form)
    meeting, note = form.meeting(), form.cleaned_data["note"]
    return done(
        request,
        lambda: acts.decide(by=by, covenant_id=covenant_id, meeting=meeting, note=note),
        _("Written down. Whether it is adopted follows from the figures."),
        to=address(covenant_id),
    )


@door(KEEPERS, methods=("POST",))
def take_over(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Let a vote or a resolution of the place decide, with its figures."""
    by, row = actor_of(request), kept(request, covenant_id)
    form = SourceForm(request.POST, sources=_choices(read_sources.sources(row)), mandates=_mandates(row))
    if not form.is_valid():
        return _page(request, covenant_id, source_form=form)
    said = form.cleaned_data
    return done(
        request,
        lambda: acts.take_over(
            by=by,
            covenant_id=covenant_id,
            about=said["source"],
            mandate=form.given(),
            note=said["note"],
        ),
        _("Written down. Whether it is adopted follows from the figures."),
        to=address(covenant_id),
    )


def _mandates(row: Any) -> list[Any]:
    """What the assembly resolved, each with a line to know it by."""
    return [
        (mandate, f"{mandate.on.isoformat()} {Truncator(words).chars(LONGEST_LINE)}")
        for mandate, words in read_sources.mandates(row)
    ]


def _choices(sources: Sequence[Any]) -> list[Any]:
    """What could have decided, each with a line to know it by and its figures."""
    return [
        (
            each.about,
            _("%(held)s, %(day)s: %(title)s")
            % {
                "held": each.held,
                "day": each.meeting.met_on.isoformat(),
                "title": Truncator(each.title).chars(LONGEST_LINE),
            },
            each.meeting,
        )
        for each in sources
    ]


@door(KEEPERS, methods=("POST",))
def file(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Note the filing with the street."""
    kept(request, covenant_id)
    form, by = FiledForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, covenant_id, filed_form=form)
    day = form.cleaned_data["filed_on"]
    return done(
        request,
        lambda: acts.file(by=by, covenant_id=covenant_id, filed_on=day),
        _("Noted: the street has it on file."),
        to=address(covenant_id),
    )


@door(KEEPERS, methods=("POST",))
def publish(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Put it in force."""
    kept(request, covenant_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.publish(by=by, covenant_id=covenant_id),
        _("Published. Households can sign it now."),
        to=address(covenant_id),
    )


@door(KEEPERS, methods=("POST",))
def review(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """The yearly review; a new text to draft is opened at once."""
    form, by = ReviewForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, covenant_id, review_form=form)
    chosen = form.cleaned_data
    kept(request, covenant_id)
    return done(
        request,
        lambda: acts.review(by=by, covenant_id=covenant_id, outcome=chosen["outcome"], note=chosen["note"]),
        _("Reviewed. The next review is due in a year."),
        to=lambda row: address(row.pk),
    )


def address(covenant_id: UUID) -> str:
    """A covenant's page on the desk."""
    return reverse("covenants_desk:covenant", args=[covenant_id])


def listed(request: HttpRequest) -> dict[str, Any]:
    """The desk's middle column: every covenant, those with a review overdue marked."""
    page = page_of(request, read.at_desk(actor_of(request)))
    rows = [
        {"row": row, "overdue": is_overdue(row.review_due, today()), "unfiled": _is_unfiled(row)}
        for row in page.rows
    ]
    return {"page": page, "rows": rows}


def _is_unfiled(row: Any) -> bool:
    """Whether the law asks that it is on file, it has been adopted, and it is not."""
    adopted = row.stage in (CovenantStage.ADOPTED, CovenantStage.PUBLISHED)
    return adopted and is_statutory(CovenantKind(row.kind)) and row.filed_on is None


def kept(request: HttpRequest, covenant_id: UUID) -> Any:
    """The covenant, if this desk keeps it."""
    row = read.covenant(covenant_id)
    require(policies.may_keep(actor_of(request), row.place.path), status=MISSING)
    return row


def _page(request: HttpRequest, covenant_id: UUID, **forms: Any) -> HttpResponse:
    actor, row = actor_of(request), kept(request, covenant_id)
    stage, voiced = CovenantStage(row.stage), read.voiced(row.pk, with_hidden=True)
    waiting = [(each, change) for each in voiced for change in each.amendments if change.state == "open"]
    path = row.place.path
    sources = read_sources.sources(row) if stage is CovenantStage.DECIDING else []
    mandates = _mandates(row) if stage is CovenantStage.DECIDING else []
    decisions = read.decisions_on(row.pk)
    adopted_on = next((each.met_on for each in decisions if each.adopted), None)

    def can(wanted: CovenantStage) -> bool:
        decision = policies.may_lead_to(
            actor, stage=stage, wanted=wanted, open_amendments=len(waiting), place_path=path
        )
        return bool(decision)

    context = (
        listed(request)
        | {
            "covenant": row,
            "voiced": voiced,
            "waiting": waiting,
            "decisions": decisions,
            "points": points(CovenantKind(row.kind), adopted_on, row.filed_on),
            "reviews": read.reviews_of(row.pk),
            "overdue": is_overdue(row.review_due, today()),
            "successor": read.successor_of(row.pk),
            "can_write": bool(policies.may_write(actor, stage=stage, place_path=path)),
            "can_consult": can(CovenantStage.CONSULT),
            "can_close": can(CovenantStage.DECIDING),
            "can_decide": can(CovenantStage.ADOPTED),
            "can_publish": can(CovenantStage.PUBLISHED),
            "can_file": bool(policies.may_file(actor, stage=stage, filed_on=row.filed_on, place_path=path)),
            "can_review": bool(policies.may_review(actor, stage=stage, place_path=path)),
            "is_signed": stage in policies.IN_FORCE,
            "consult_form": ConsultForm(),
            "meeting_form": MeetingForm(mandates=mandates),
            "sources": sources,
            "source_form": SourceForm(sources=_choices(sources), mandates=mandates),
            "filed_form": FiledForm(),
            "review_form": ReviewForm(),
            "link": request.build_absolute_uri(reverse("covenants:covenant", args=[row.pk])),
        }
        | forms
    )
    return render(request, "deliberation/covenants/desk_one.html", context, status=422 if forms else 200)
