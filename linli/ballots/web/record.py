"""A result on paper: the record to be signed and kept, with where its proofs are, and the poster."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots.kinds import Electorate
from linli.ballots.read import ballots, counting, roll, settling
from linli.ballots.rules import timetable
from linli.ballots.rules.published import SEAL
from linli.ballots.templatetags.ballots import (
    CHANNEL_LABELS,
    asked,
    bars,
    by_law,
    called,
    decided_by,
    holds,
    reason,
    standings,
)
from linli.ballots.web.timing import revocation
from linli.frame import paper
from linli.frame.paper import Part, Poster, Table
from linli.kernel.clock import local
from linli.places.templatetags.places import square_metres

DOCUMENT = Path(__file__).parent.parent / "typst" / "record.typ"
MOMENT = "%Y-%m-%d %H:%M"


def answer(request: HttpRequest, row: ballots.Ballot) -> HttpResponse:
    """The record of a counted ballot as a file to keep."""
    link = request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))
    return paper.answer(paper.pdf(DOCUMENT, contents(row, link)), row.title, to_keep=True)


def poster(row: ballots.Ballot, link: str) -> Poster:
    """A published result as it hangs on the board, with the day until which it does."""
    published, results = ballots.announced_on(row), counting.results(row)
    right = revocation(row, results)
    days = {"day": published, "until": timetable.posted_until(published) if published else None}
    return Poster(
        title=row.title,
        place=ballots.where(row),
        lead=_("Result of the vote"),
        parts=[*_opinion(row), *(_part(_question(result)) for result in results)],
        foot=[
            _("Published %(day)s, posted until %(until)s.") % days,
            *([right] if right else []),
            _("Whoever doubts it can count the published file again: scan the code."),
            _("Questions and objections: %(office)s.") % {"office": ballots.office(row)},
        ],
        link=link,
        caption=_("Count it again on your phone"),
    )


def _opinion(row: ballots.Ballot) -> list[Part]:
    only = _("An opinion only. Nothing is decided by it.")
    return [Part(strong=only)] if row.electorate == Electorate.ANYONE else []


def _part(question: dict[str, Any]) -> Part:
    given = ((_checks_head(), question["checks"]), (_options_head(), question["options"]))
    return Part(
        title=question["title"],
        strong=question["reason"],
        lines=[line for line in (question["law"], question["counts"]) if line],
        tables=[Table(head, rows) for head, rows in given if rows],
    )


def _checks_head() -> list[str]:
    return [_("What is counted"), _("Attained"), _("Out of"), _("Needed"), _("Enough")]


def _options_head() -> list[str]:
    return [_("To choose from"), _("Votes"), _("Result")]


def contents(row: ballots.Ballot, link: str) -> dict[str, Any]:
    """Everything the document shows, in the reader's language."""
    results = counting.results(row)
    return {
        "title": row.title,
        "place": ballots.where(row),
        "kind": _("Record of a vote"),
        "opinion": _("An opinion only. Nothing is decided by it.")
        if row.electorate == Electorate.ANYONE
        else "",
        "facts": _facts(row),
        "questions": [_question(result) for result in results],
        "right": revocation(row, results),
        "proofs": _proofs(row, link),
        "signers": [_("Counted by"), _("Watched by"), _("For the community"), _("For those who were asked")],
        "words": {
            "checks": _checks_head(),
            "options": _options_head(),
            "proofs": _("What this can be compared with"),
            "how": _(
                "Whoever downloads the file and works out its SHA-256 (sha256sum, certutil -hashfile) gets "
                "the number above; `linli ballots recount` counts the file again."
            ),
            "signed": _("Signatures"),
            "date": _("Date"),
        },
    }


def hours(row: ballots.Ballot) -> str:
    """From when to when it is voted."""
    return f"{local(row.opens_at):{MOMENT}} – {local(row.closes_at):{MOMENT}}"


def manner(row: ballots.Ballot) -> str:
    """The ways to vote, and whether by name."""
    ways = _(", ").join(str(CHANNEL_LABELS[channel]) for channel in CHANNEL_LABELS if channel in row.channels)
    return f"{ways} · {_('secret') if row.is_secret else _('by name')}"


def _facts(row: ballots.Ballot) -> list[list[str]]:
    seen = roll.turnout(row).everybody
    size = f"{seen.heads}" + (f" · {_metres(seen.area)}" if seen.area else "")
    found = [
        [_("Where"), ballots.where(row)],
        [_("Who is asked"), asked(row)],
        [_("On the roll"), size],
        [_("Voting"), hours(row)],
        [_("How"), manner(row)],
    ]
    hand = counting.hand_count(row)
    if hand is not None:
        found.append([_("Slips handed out"), str(hand.handed_out)])
        found.append([_("Slips collected"), str(hand.collected)])
    if row.applicant_id is not None:
        home = {"applicant": ballots.applicant(row)}
        words = _("%(applicant)s: its owners are not asked, all others of the building are") % home
        found.append([_("Home to be used for business"), words])
    found += [[called(each.kind, "house_rule"), holds(each)] for each in settling.concerning(row)]
    if row.counted_at is not None:
        found.append([_("Counted"), f"{local(row.counted_at):{MOMENT}}"])
    return found


def _metres(area: int) -> str:
    return f"{square_metres(area)} m²"


def _question(result: Any) -> dict[str, Any]:
    checks = [
        [
            str(bar["label"]),
            _amount(bar["value"], bar["unit"]),
            _amount(bar["whole"], bar["unit"]),
            str(bar["need_label"]),
            _("yes") if bar["tone"] == "go" else _("no"),
        ]
        for bar in bars(result)
    ]
    options = [
        [
            each["title"],
            str(each["points"] or each["votes"]),
            _("Chosen") if each["won"] else _("Tied") if each["tied"] else "",
        ]
        for each in (standings(result) if result.outcome else [])
    ]
    count = result.count
    words = _("For %(yes)s, against %(no)s, abstained %(abstain)s, spoilt %(spoilt)s") % {
        "yes": count.yes.heads,
        "no": count.no.heads,
        "abstain": count.abstain.heads,
        "spoilt": count.spoilt.heads,
    }
    return {
        "title": result.question.title,
        "reason": reason(result),
        "rule": decided_by(result.question),
        "law": by_law(result.question),
        "checks": checks,
        "options": options,
        "counts": "" if result.outcome else words,
    }


def _amount(value: int | Decimal, unit: str) -> str:
    return f"{value} {unit}".strip()


def _proofs(row: ballots.Ballot, link: str) -> list[list[str]]:
    """Numbers that anybody can work out from the published file and the published roll."""
    content = row.document.encode()
    return [
        [_("Page"), link],
        [_("The published file, SHA-256"), hashlib.sha256(content).hexdigest()],
        [_("The seal inside it"), str(json.loads(content)[SEAL])],
        [_("The roll, SHA-256"), roll.digest(row)],
    ]
