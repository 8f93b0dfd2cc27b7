"""Paper at the desk: printing sheets, entering one by its code, comparing what another entered."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import voting
from linli.ballots.forms.voting import CodeForm, SheetForm
from linli.ballots.forms.words import WordsForm
from linli.ballots.kinds import Channel, Electorate, HouseRuleKind, SheetState
from linli.ballots.read import ballots, counting, entrusting, roll, settling
from linli.ballots.rules.entrusting import ENTRUSTING, may_sign
from linli.ballots.templatetags.ballots import boxes, how_to_mark
from linli.ballots.web.desk import RUNNERS, STAFF, seen
from linli.ballots.web.doors import photo_of
from linli.documents import web as documents
from linli.frame import paper, qr
from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.kernel.clock import local
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code
from linli.kernel.names import mask_name
from linli.places.templatetags.places import square_metres

SHEETS = Path(__file__).parent.parent / "typst" / "sheets.typ"
MOST_PRINTED = 500  # sheets of one file to print


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
    whole, entered = bool(policies.may_see_names(actor, about)), counting.sheets(row, SheetState.ENTERED)
    together = roll.signed_together(row, [each.entry for each in entered if each.entry])
    waiting = [
        {
            "sheet": each,
            "said": [{"question": one, "answer": each.answers.get(one.id)} for one in questions],
            "may": bool(policies.may_confirm(actor, about, row.place.path, entered_by=each.entered_by_id)),
            "signed_by": _names(each.proxy, whole=whole) if each.proxy else None,
            "together": each.entry_id in together,
        }
        for each in entered
    ]
    counts = counting.sheet_counts(row)
    context = {
        "ballot": row,
        "form": form,
        "waiting": waiting,
        "counts": [{"state": state, "count": counts.get(state, 0)} for state in SheetState],
        "files": _files(counts.get(SheetState.PRINTED, 0)),
        "rejected": counting.sheets(row, SheetState.REJECTED),
        "reject_form": WordsForm(),
        "takes_proxies": row.electorate in ENTRUSTING,
        "may_print": bool(policies.may_print(actor, about)),
    }
    return render(request, "ballots/sheets.html", context)


@door(RUNNERS, methods=("GET", "POST"))
def printed(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Make the sheets that are missing; asked for, the PDF to print them from, so many at a time."""
    row = seen(request, ballot_id)
    if request.method == "POST":
        spare = request.POST.get("spare", "0")

        def act() -> str:
            voting.print_sheets(
                by=actor_of(request),
                ballot_id=row.pk,
                spare=int(spare) if spare.isdecimal() and len(spare) < 5 else 0,
            )
            return reverse("ballots_desk:sheets", args=[row.pk])

        return done(request, act, _("The sheets are ready to be printed."))
    part = request.GET.get("part", "")
    first = MOST_PRINTED * (int(part) - 1 if part.isdecimal() and 0 < len(part) < 5 and int(part) else 0)
    rows = counting.sheets_to_print(row)[first : first + MOST_PRINTED]
    if not rows:
        raise Refused("No sheet is left to print: every sheet that was made has come back.", status=MISSING)
    link = request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))
    return paper.answer(paper.pdf(SHEETS, contents(row, rows, link)), row.title)


def _files(count: int) -> list[dict[str, int]]:
    """The files that hold so many sheets, each with its first and its last."""
    starts = range(0, count, MOST_PRINTED)
    return [
        {"part": part, "first": first + 1, "last": min(first + MOST_PRINTED, count)}
        for part, first in enumerate(starts, 1)
    ]


def contents(row: ballots.Ballot, rows: list[Any], link: str) -> dict[str, Any]:
    """What the document of sheets shows, in the reader's language."""
    until = f"{local(row.closes_at):%Y-%m-%d %H:%M}"
    is_opinion = row.electorate == Electorate.ANYONE
    return {
        "title": row.title,
        "place": ballots.where(row),
        "qr": str(qr.svg(link)),
        "opinion": _("An opinion only. Nothing is decided by it.") if is_opinion else "",
        "questions": [
            {"title": f"{number}. {each.title}", "how": how_to_mark(each), "boxes": boxes(each)}
            for number, each in enumerate(ballots.questions(row), 1)
        ],
        "sheets": [{"code": sheet.code, "owner": _owner(sheet.entry)} for sheet in rows],
        "words": {
            "code": _("Code of this sheet: each counts once"),
            "qr": _("Read about it on your phone"),
            "back": _("Give it back by %(day)s: to whoever brought it, or at the community office.")
            % {"day": until},
            "signs": [_("Signature of the owner"), _("Date"), _("Who brought the sheet")],
            "proxy": _proxy_words(row),
        },
    }


def _takes_proxies(row: ballots.Ballot) -> bool:
    """Whether a sheet can come in that somebody entrusted signed."""
    return row.electorate in ENTRUSTING and any(
        may_sign(row.electorate, Channel(each)) for each in row.channels
    )


def _proxy_words(row: ballots.Ballot) -> str:
    """Who signs a sheet beside whom it belongs to."""
    if row.electorate == Electorate.OWNERS:
        personally = _("The owner signs personally.")
        if any(each.kind is HouseRuleKind.CO_OWNERS_SIGN and each.is_on for each in settling.concerning(row)):
            personally = _("The owner signs personally; where several own a home, all of them sign.")
        at_the_meeting = _("At the meeting whoever is entrusted in writing may sign, with their own name.")
        return f"{personally} {at_the_meeting}" if _takes_proxies(row) else personally
    if not _takes_proxies(row):
        return ""
    return _("Whoever is entrusted in writing signs with their own name, for the owner.")


def _owner(entry: Any) -> str:
    """Whose a sheet is: the number and home on the roll, and its area where it is counted."""
    if entry is None:
        return ""
    home = _("Developer: not sold or not handed over") if entry.is_developer else entry.label
    number = _("Number %(number)s on the roll") % {"number": entry.number}
    area = [f"{square_metres(entry.area)} m²"] if entry.area else []
    return " · ".join([number, str(home), *area])


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
        proxies=_signing_for(request, row, sheet),
        electorate=row.electorate,
        initial={"channel": channel, "proxy": ""},
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
                no_photo=said.get("no_photo", ""),
                proxy_id=said.get("proxy"),
            )
            return reverse("ballots_desk:sheets", args=[row.pk])

        try:
            return done(request, act, _("Entered. It counts once somebody else has compared it."))
        except Refused as refused:
            told_in(form, refused)
    takes_proxies = sheet.entry is not None and _takes_proxies(row)
    together = sheet.entry is not None and bool(roll.signed_together(row, [sheet.entry]))
    context = {
        "ballot": row,
        "sheet": sheet,
        "form": form,
        "takes_proxies": takes_proxies,
        "together": together,
    }
    return render(request, "ballots/sheet.html", context, status=status_of(form))


def _signing_for(request: HttpRequest, row: ballots.Ballot, sheet: Any) -> list[tuple[UUID, str]]:
    """Who may have signed a sheet for another, and for whom; whole names for those who may read them."""
    if not _takes_proxies(row):
        return []
    whole = policies.may_see_names(actor_of(request), ballots.about(row))
    return [
        (each.pk, _("%(holder)s, entrusted by %(giver)s") % _names(each, whole=bool(whole)))
        for each in entrusting.signing_for(sheet.entry)
    ]


def _names(proxy: Any, *, whole: bool) -> dict[str, str]:
    named = {"holder": proxy.holder.name, "giver": proxy.giver.name}
    return named if whole else {key: mask_name(name) for key, name in named.items()}


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
