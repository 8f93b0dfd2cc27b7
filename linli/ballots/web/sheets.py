"""Paper at the desk: printing sheets, entering one by its code, comparing what another entered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import voting
from linli.ballots.forms.voting import CodeForm, SheetForm
from linli.ballots.forms.words import WordsForm
from linli.ballots.kinds import Channel, SheetState
from linli.ballots.read import ballots, counting
from linli.ballots.rules.entrusting import ENTRUSTING
from linli.ballots.web.desk import RUNNERS, STAFF, seen
from linli.ballots.web.doors import photo_of
from linli.documents import web as documents
from linli.frame import qr
from linli.frame.doors import actor_of, done, door, once
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code

MOST_PRINTED = 500  # sheets of one page to print


@door(STAFF, methods=("GET", "POST"))
def sheets_page(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """A sheet's code leads to entering it; below, what waits for another person to compare."""
    row, actor = seen(request, ballot_id), actor_of(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(
            reverse("ballots_desk:sheet", args=[row.pk, _code(form.cleaned_data["code"])])
        )
    about, questions = ballots.about(row), ballots.questions(row)
    waiting = [
        {
            "sheet": each,
            "said": [{"question": one, "answer": each.answers.get(one.id)} for one in questions],
            "may": bool(policies.may_confirm(actor, about, row.place.path, entered_by=each.entered_by_id)),
        }
        for each in counting.sheets(row, SheetState.ENTERED)
    ]
    counts = counting.sheet_counts(row)
    context = {
        "ballot": row,
        "form": form,
        "waiting": waiting,
        "counts": [{"state": state, "count": counts.get(state, 0)} for state in SheetState],
        "rejected": counting.sheets(row, SheetState.REJECTED),
        "reject_form": WordsForm(),
        "takes_proxies": row.electorate in ENTRUSTING,
        "may_print": bool(policies.may_print(actor, about)),
    }
    return render(request, "ballots/sheets.html", context)


@door(RUNNERS, methods=("GET", "POST"))
def printed(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Make the sheets that are missing, then the page to print them from."""
    row = seen(request, ballot_id)
    if request.method == "POST":
        spare = request.POST.get("spare", "0")

        def act() -> str:
            voting.print_sheets(
                by=actor_of(request),
                ballot_id=row.pk,
                spare=int(spare) if spare.isdecimal() and len(spare) < 5 else 0,
            )
            return reverse("ballots_desk:sheets_print", args=[row.pk])

        return HttpResponseRedirect(once(request, act))
    rows = counting.sheets_to_print(row)[:MOST_PRINTED]
    link = request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))
    context = {
        "ballot": row,
        "where": ballots.where(row),
        "questions": ballots.questions(row),
        "sheets": rows,
        "qr": qr.svg(link),
    }
    return render(request, "ballots/sheets_print.html", context)


@door(STAFF, methods=("POST",))
def taken(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Mark on the roll of a secret ballot that somebody took a sheet."""
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 7:
        raise Refused("This number is not on the roll.", status=UNPROCESSABLE)

    return done(
        request,
        lambda: voting.take_paper(
            by=actor_of(request),
            ballot_id=ballot_id,
            number=int(number),
            by_proxy=bool(request.POST.get("by_proxy")),
        ),
        _("Marked on the roll."),
        to=reverse("ballots_desk:sheets", args=[ballot_id]),
    )


@door(STAFF, methods=("GET", "POST"))
def enter(request: HttpRequest, ballot_id: UUID, code: str) -> HttpResponse:
    """Enter what is on one sheet."""
    row = seen(request, ballot_id)
    sheet = counting.sheet(row, _code(code))
    if sheet is None:
        raise Refused("No sheet of this ballot has this code.", status=MISSING)
    channel = request.GET.get("channel", Channel.PAPER.value)
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        questions=ballots.questions(row),
        on_paper=True,
        initial={"channel": channel},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            voting.enter_sheet(
                by=actor_of(request),
                ballot_id=row.pk,
                code=sheet.code,
                answers=form.answers,
                channel=Channel(said["channel"]),
                signed_on=said["signed_on"],
                photo=photo_of(request),
            )
            return reverse("ballots_desk:sheets", args=[row.pk])

        return done(request, act, _("Entered. It counts once somebody else has compared it."))
    context = {"ballot": row, "sheet": sheet, "form": form}
    return render(request, "ballots/sheet.html", context, status=422 if form.is_bound else 200)


@door(STAFF, methods=("POST",))
def confirm(request: HttpRequest, ballot_id: UUID, code: str) -> HttpResponse:
    """The sheet says what was entered: it counts."""
    return done(
        request,
        lambda: voting.confirm_sheet(by=actor_of(request), ballot_id=ballot_id, code=code),
        _("Counted in."),
        to=reverse("ballots_desk:sheets", args=[ballot_id]),
    )


@door(STAFF, methods=("POST",))
def reject(request: HttpRequest, ballot_id: UUID, code: str) -> HttpResponse:
    """The sheet says something else, or is not signed: set aside with the reason."""
    words = request.POST.get("words", "")
    return done(
        request,
        lambda: voting.reject_sheet(by=actor_of(request), ballot_id=ballot_id, code=code, reason=words),
        _("Set aside. It can be entered again."),
        to=reverse("ballots_desk:sheets", args=[ballot_id]),
    )


@door(STAFF)
def photo(request: HttpRequest, ballot_id: UUID, code: str) -> HttpResponse:
    """The photo of a sheet, for those who compare it."""
    row = seen(request, ballot_id)
    sheet = counting.sheet(row, _code(code))
    if sheet is None or sheet.photo is None:
        raise Refused("This file is no longer kept here.", status=MISSING)
    return documents.serve(sheet.photo)


def _code(text: str) -> str:
    try:
        return normalise_tracking_code(text)
    except InvalidCode as wrong:
        raise Refused(wrong.reason, wrong.params, status=MISSING) from wrong
