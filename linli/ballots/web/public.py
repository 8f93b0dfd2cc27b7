"""A published result for everybody: the file, a table, a poster, and whether a receipt is in the list."""

import csv
from io import StringIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from linli.ballots import policies
from linli.ballots.read import ballots, counting
from linli.ballots.rules.recount import figures
from linli.ballots.web.record import answer as record_of
from linli.ballots.web.record import poster as poster_of
from linli.frame import paper
from linli.frame.doors import ANYONE, door
from linli.kernel.decision import MISSING, require
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code


def _published(ballot_id: UUID) -> ballots.Ballot:
    row = ballots.ballot(ballot_id)
    require(policies.may_see_result(ballots.about(row)), status=MISSING)
    return row


@door(ANYONE)
def file(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The published file, byte for byte as it was sealed; `linli ballots recount` counts it again."""
    row = _published(ballot_id)
    response = HttpResponse(row.document, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{row.title}.json") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@door(ANYONE)
def result_csv(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The figures of every question as a table for a spreadsheet: one row for each comparison and option."""
    row = _published(ballot_id)
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["question", "part", "check", "measure", "have", "of", "needed", "holds", "passed"])
    for result in counting.results(row):
        shown = figures(result)
        for each in shown["checks"]:
            cells = [each.get("part", ""), each["check"], each["measure"], each["have"], each["of"]]
            table.writerow([shown["id"], *cells, each["needed"], each["holds"], shown["passed"]])
        for each in shown.get("options", []):
            votes = each["votes"]["heads"]
            table.writerow(
                [shown["id"], "", each["id"], "heads", votes, "", "", each["won"], shown["passed"]]
            )
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{row.title}.csv") or "attachment"
    return response


@door(ANYONE)
def record(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The record to sign and keep, as PDF."""
    return record_of(request, _published(ballot_id))


@door(ANYONE)
def poster(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The result as a sheet for the notice board (`?paper=a3` for a large one), as PDF."""
    row = _published(ballot_id)
    link = request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))
    made = paper.poster(poster_of(row, link), paper.size_in(request.GET.get("paper", "")))
    return paper.answer(made, row.title)


@door(ANYONE)
def receipt(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Whether a receipt is in the published list, and what the vote says that is counted under it."""
    row = _published(ballot_id)
    typed, found = request.GET.get("receipt", "")[:40], None
    if typed:
        try:
            found = counting.vote_of_receipt(row, normalise_tracking_code(typed))
        except InvalidCode:
            found = None
    counted = found if found is not None and found.counts else None
    said = [
        {"question": each, "answer": counted.answers[each.id]} for each in ballots.questions(row) if counted
    ]
    context = {"ballot": row, "typed": typed, "said": said, "is_there": found is not None}
    return render(request, "ballots/receipt.html", context)
