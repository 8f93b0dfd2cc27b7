"""A ballot on the board before its result: the announcement, the roll, the homes whose sheet found nobody."""

from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.kinds import Channel, Electorate
from linli.ballots.read import ballots, counting, roll
from linli.ballots.rules import timetable
from linli.ballots.rules.answers import Question
from linli.ballots.templatetags.ballots import asked, boxes, by_law, how_to_mark
from linli.ballots.web.desk import RUNNERS, STAFF, seen
from linli.ballots.web.record import MOMENT, hours, manner
from linli.ballots.web.resident import shown
from linli.frame import paper, qr
from linli.frame.doors import ANYONE, actor_of, door
from linli.frame.paper import Part, Poster
from linli.kernel.clock import local
from linli.kernel.decision import CONFLICT, require
from linli.places import read as places
from linli.places.templatetags.places import lacking, square_metres

ROLL = Path(__file__).parent.parent / "typst" / "roll.typ"
ONE_COLUMN = 40  # entries that stand under each other; more stand in two columns


@door(ANYONE)
def announcement(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """What is asked, of whom, when and how, and how to object, as a sheet for the board (`?paper=a3`)."""
    row = shown(ballot_id)
    require(policies.may_post_announcement(ballots.about(row)), status=CONFLICT)
    return _poster(request, row, announced(row, _link(request, row)))


@door(STAFF)
def roll_pdf(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The roll as it is published, to post where there is no phone to read it on."""
    row = seen(request, ballot_id)
    require(policies.may_see_roll(actor_of(request), ballots.about(row)), status=CONFLICT)
    return paper.answer(paper.pdf(ROLL, contents(row, _link(request, row))), row.title)


@door(RUNNERS)
def unreached(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The homes where no sheet could be handed over, by number alone, as a sheet for the board."""
    row = seen(request, ballot_id)
    doors = counting.doors(row)
    found = counting.delivered(row, doors)
    may = policies.may_post_unreached(
        actor_of(request), ballots.about(row), untried=len(found.untried), missed=len(found.missed)
    )
    require(may, status=CONFLICT)
    left = set(found.missed)
    homes = [home for home, _entry in doors if home.pk in left]
    return _poster(request, row, fetched(row, homes, _link(request, row)))


def _poster(request: HttpRequest, row: ballots.Ballot, what: Poster) -> HttpResponse:
    size = paper.size_in(request.GET.get("paper", ""))
    return paper.answer(paper.poster(what, size), row.title)


def _link(request: HttpRequest, row: ballots.Ballot) -> str:
    return request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))


def announced(row: ballots.Ballot, link: str) -> Poster:
    """An announced ballot as it hangs on the board."""
    only = _("An opinion only. Nothing is decided by it.")
    opinion = [Part(strong=only)] if row.electorate == Electorate.ANYONE else []
    facts = [
        _("Who is asked: %(who)s") % {"who": asked(row)},
        _("Voting: %(hours)s") % {"hours": hours(row)},
        _("How: %(ways)s") % {"ways": manner(row)},
    ]
    if row.is_by_hand:
        facts.append(_("There is a booth to write the slip in secret; the slips are counted in public."))
    return Poster(
        title=row.title,
        place=ballots.where(row),
        lead=_("Announcement of a vote"),
        parts=[
            *opinion,
            Part(lines=[line for line in row.body.splitlines() if line.strip()]),
            *(_question(each) for each in ballots.questions(row)),
            Part(title=_("Who votes, and when"), lines=facts),
        ],
        foot=[_objecting(row), _("Questions: %(office)s.") % {"office": ballots.office(row)}],
        link=link,
        caption=_("Read it on your phone"),
    )


def _question(question: Question) -> Part:
    lines = [by_law(question), how_to_mark(question), "   ".join(boxes(question))]
    return Part(title=question.title, lines=[line for line in lines if line])


def _objecting(row: ballots.Ballot) -> str:
    """How and until when to object to the roll."""
    if row.objections_until is None:
        days = {"days": timetable.OBJECTION}
        return _("Before voting begins, the roll is posted and can be objected to for %(days)s days.") % days
    said = {"last": row.objections_until, "office": ballots.office(row)}
    return (
        _(
            "The roll is posted. Whoever is missing on it or finds it wrong says so by %(last)s: "
            "scan the code, or tell %(office)s."
        )
        % said
    )


def contents(row: ballots.Ballot, link: str) -> dict[str, Any]:
    """The roll as its page shows it, and nothing besides: number, home or masked name, area."""
    everybody = roll.turnout(row).everybody
    developer = _("Developer: not sold or not handed over")
    head = [_("Number"), _("Who")] + ([_("Area")] if everybody.area else [])
    rows = [
        [str(each.number), developer if each.is_developer else each.label]
        + ([f"{square_metres(each.area)} m²"] if everybody.area else [])
        for each in roll.entries(row)
    ]
    frozen = row.frozen_at
    written = {"heads": everybody.heads, "day": f"{local(frozen):{MOMENT}}" if frozen else ""}
    return {
        "title": row.title,
        "place": ballots.where(row),
        "kind": _("Roll"),
        "written": _("%(heads)s on the roll, as the register stood on %(day)s.") % written,
        "area": f"{square_metres(everybody.area)} m²" if everybody.area else "",
        "objecting": _objecting(row),
        "head": head,
        "rows": rows,
        "columns": 1 if len(rows) <= ONE_COLUMN else 2,
        "left_out": _left_out(row),
        "digest": [_("The roll, SHA-256"), roll.digest(row)],
        "qr": str(qr.svg(link)),
        "caption": _("Read it on your phone"),
    }


def _left_out(row: ballots.Ballot) -> list[str]:
    """The parking bays that count for nobody, and why, as lines."""
    found = [f"{address}: {lacking(lacks)}" for address, lacks in roll.bays_left_out(row)]
    return [_("Parking bays that do not count"), *found] if found else []


def fetched(row: ballots.Ballot, homes: list[Any], link: str) -> Poster:
    """The homes to be told on the board, in the order of the doors."""
    addresses = places.address_map(homes)
    pairs = [(addresses[home.pk].removesuffix(home.name).strip(), home.name) for home in homes]
    grouped = groupby(pairs, key=lambda pair: pair[0])
    until = {"until": f"{local(row.closes_at):{MOMENT}}", "office": ballots.office(row)}
    ways = _("The owners fetch it at %(office)s and give it back by %(until)s.") % until
    if Channel.ONLINE in row.channels:
        ways = f"{ways} {_('They can vote online just as well: scan the code.')}"
    return Poster(
        title=row.title,
        place=ballots.where(row),
        lead=_("Told on the board: sheets that could not be handed over"),
        parts=[
            Part(lines=[_("At these homes no sheet could be handed over:")]),
            *(
                Part(title=around, lines=[_(", ").join(name for _a, name in each)])
                for around, each in grouped
            ),
        ],
        foot=[ways],
        link=link,
        caption=_("Read it on your phone"),
    )
