"""Who pays what, for the people of the entrance: the figures of each round, and their own home's answer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import sharing as acts
from linli.deliberation.forms.sharing import AnswerForm
from linli.deliberation.policies import sharing as policies
from linli.deliberation.read import sharing as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import sharing as rules
from linli.deliberation.templatetags.works import yuan
from linli.frame import paper
from linli.frame.doors import SIGNED_IN, actor_of, done, door, status_of, told_in
from linli.frame.paper import Part, Poster, Table
from linli.kernel.clock import local, today
from linli.kernel.decision import MISSING, Refused, require
from linli.places import read as places


@door(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """What is talked over where the reader lives or owns a home."""
    context = {"rows": read.mine(actor_of(request).person_id)}
    return render(request, "deliberation/sharing/mine.html", context)


@door(SIGNED_IN)
def sharing(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The latest proposal with what changed, the reader's own home, and the rounds before."""
    return _page(request, _seen(request, sharing_id), AnswerForm())


def _seen(request: HttpRequest, sharing_id: UUID) -> Any:
    row, actor = read.sharing(sharing_id), actor_of(request)
    here = belongs(actor.person_id, row.place.path)
    require(policies.may_see(actor, row.place.path, belongs=here), status=MISSING)
    return row


def _page(request: HttpRequest, row: Any, form: AnswerForm) -> HttpResponse:
    rounds = read.rounds(row, read.owned_by(actor_of(request).person_id, today()))
    latest = rounds[0] if rounds else None
    context = {
        "sharing": row,
        "latest": latest,
        "told": rules.told(latest.heard) if latest else None,
        "own": [each for each in latest.lines if each.is_own] if latest else [],
        "before": rounds[1:],
        "form": form,
        "where": places.address(row.place),
    }
    return render(request, "deliberation/sharing/one.html", context, status=status_of(form))


@door(SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Say for one's own home whether it agrees."""
    line, form = read.line(line_id), AnswerForm(request.POST)
    row = _seen(request, line.round.sharing_id)
    if not form.is_valid():
        return _page(request, row, form)

    def act() -> str:
        acts.answer(by=actor_of(request), line_id=line.pk, **form.said())
        return reverse("shares:sharing", args=[row.pk])

    try:
        said = _("Your home’s answer is kept. You can change it until the next proposal.")
        return done(request, act, said)
    except Refused as refused:
        told_in(form, refused)
        return _page(request, row, form)


@door(SIGNED_IN)
def printed(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The latest proposal as a sheet for the door of the entrance, as PDF; nobody's answer is on it."""
    row = _seen(request, sharing_id)
    rounds = read.rounds(row)
    if not rounds:
        raise Refused("Nothing is proposed yet.", status=MISSING)
    link = request.build_absolute_uri(reverse("shares:sharing", args=[row.pk]))
    made = paper.poster(poster_of(row, rounds[0], link), paper.size_in(request.GET.get("paper", "")))
    return paper.answer(made, row.title)


def poster_of(row: Any, latest: read.Round, link: str) -> Poster:
    """The figures of a round, home by home, with their sums."""
    one = latest.row
    head = [_("Which home"), _("Pays, in yuan"), _("Gets, in yuan")]
    lines = [[each.row.home.name, yuan(each.row.pays), yuan(each.row.gets)] for each in latest.lines]
    sums = [
        [_("What it costs"), yuan(one.cost)],
        *([[_("Compensation for homes"), yuan(one.compensation)]] if one.compensation else []),
        *([[_("Given from outside"), f"−{yuan(one.subsidy)}"]] if one.subsidy else []),
        [_("Paid by the homes"), yuan(one.paid)],
    ]
    return Poster(
        title=row.title,
        place=places.address(row.place),
        lead=_("Who pays what: proposal %(number)s") % {"number": one.number},
        parts=[
            Part(lines=[line for line in one.words.splitlines() if line]),
            Part(tables=[Table([_("In all"), _("yuan")], sums), Table(head, lines)]),
        ],
        foot=[
            _("Proposed %(day)s. The owner of each home says whether it agrees.")
            % {"day": local(one.proposed_at).date()},
            _("Scan the code to answer, or tell whoever comes to your door."),
        ],
        link=link,
        caption=_("Answer on your phone"),
    )
