"""A resident's ballots: what can be voted on, whether one has a vote and why not, voting, the roll."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots import policies
from linli.ballots.actions import preparing, voting
from linli.ballots.forms.voting import VoteForm
from linli.ballots.forms.words import WordsForm
from linli.ballots.kinds import BallotState, Channel
from linli.ballots.read import ballots, counting, entrusting, roll, settling
from linli.ballots.rules.answers import Question
from linli.ballots.rules.entrusting import ENTRUSTING, MOST_PROXIES
from linli.ballots.web import for_groups
from linli.ballots.web.timing import revocation
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door, explain, status_of
from linli.frame.paging import page_of
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, Denied, Refused, require
from linli.kernel.ids import tracking_code


def shown(ballot_id: UUID) -> ballots.Ballot:
    """A ballot that has been announced. Raises `Refused` (404) for a draft."""
    row = ballots.ballot(ballot_id)
    if row.state == BallotState.DRAFT or (row.state == BallotState.WITHDRAWN and row.announced_at is None):
        raise Refused("This ballot is not here.", status=MISSING)
    return row


@door(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """The ballots somebody is on the roll of, and those of where they live or own."""
    page = page_of(request, ballots.shown_to(actor_of(request).person_id, today()))
    return render(request, "ballots/mine.html", {"page": page})


@door(ANYONE)
def ballot(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """One ballot: what it asks, whether the reader has a vote, how many voted, what came of it."""
    row, actor, moment = shown(ballot_id), actor_of(request), now()
    about = ballots.about(row)
    entries = roll.votable(row, actor.person_id)
    standings, together = [], roll.signed_together(row, [each.entry for each in entries])
    for each in entries:
        entry = each.entry
        mark = policies.Mark(entry.voted, entry.by_proxy)
        decision = policies.may_cast(
            actor,
            about,
            moment,
            is_on_roll=True,
            mark=mark,
            as_proxy=not each.is_own,
            is_signed_together=entry.pk in together,
        )
        why = explain(decision) if isinstance(decision, Denied) else ""
        standings.append({"entry": entry, "is_own": each.is_own, "may": bool(decision), "why": why})
    own = [each.entry for each in entries if each.is_own]
    outside = policies.may_vote(actor, about, moment, is_on_roll=False) if not entries else None
    results = counting.results(row) if row.state == BallotState.PUBLISHED else []
    where = ballots.where(row)
    context: dict[str, Any] = {
        "ballot": row,
        "where": where,
        "questions": ballots.questions(row),
        "settled": settling.concerning(row),
        "applicant": ballots.applicant(row),
        "standings": standings,
        "why_not": explain(outside) if isinstance(outside, Denied) else "",
        "turnout": roll.turnout(row) if row.frozen_at else None,
        "may_object": bool(policies.may_object(actor, about, today())),
        "objection_form": WordsForm(),
        "results": results,
        "copy": for_groups.of_ballot(request, row, where, results),
        "revocation": revocation(row, results),
        "by_paper": Channel.PAPER in row.channels or Channel.DOORSTEP in row.channels,
        "entrusted": entrusting.given_by(row, actor.person_id) if own else None,
        "takes_proxies": row.electorate in ENTRUSTING,
        "most_proxies": MOST_PROXIES,
        "may_entrust": bool(
            policies.may_entrust(actor, about, is_on_roll=bool(own), has_voted=all(e.voted for e in own))
        ),
    }
    return render(request, "ballots/ballot.html", context)


@door(SIGNED_IN, methods=("GET", "POST"))
def vote(request: HttpRequest, ballot_id: UUID, entry_id: UUID) -> HttpResponse:
    """The voting page, and after it the receipt, which is shown on this page and kept nowhere with a name.

    No key of the form is stored: beside a secret vote it would tell what was sent. The receipt the page
    brings along makes a form sent twice one vote.
    """
    row, actor = shown(ballot_id), actor_of(request)
    questions = list(ballots.asked(row))
    form = VoteForm(request.POST if request.method == "POST" else None, questions=questions)
    if form.is_bound and form.is_valid():
        mark = request.POST.get("receipt", "")
        given = voting.cast(by=actor, ballot=row, entry_id=entry_id, answers=form.answers, receipt=mark)
        return _voted(request, row, questions, given)
    found = roll.votable_entry(row, entry_id, actor.person_id)
    if found is None:
        raise Refused("You are not on the roll of this ballot.")
    if not form.is_bound:
        so_far = policies.Mark(found.entry.voted, found.entry.by_proxy)
        decision = policies.may_cast(
            actor,
            ballots.about(row),
            now(),
            is_on_roll=True,
            mark=so_far,
            as_proxy=not found.is_own,
            is_signed_together=bool(roll.signed_together(row, [found.entry])),
        )
        require(decision, status=CONFLICT)
    context = {
        "ballot": row,
        "entry": found.entry,
        "is_own": found.is_own,
        "form": form,
        "receipt": request.POST.get("receipt") or tracking_code(),
        "where": ballots.where(row),
    }
    return render(request, "ballots/vote.html", context, status=status_of(form))


def _voted(
    request: HttpRequest, row: ballots.Ballot, questions: list[Question], given: counting.Vote
) -> HttpResponse:
    """The receipt. Its title names the ballot's place: nothing more is read for this page than it shows."""
    said = [{"question": each, "answer": given.answers[each.id]} for each in questions]
    context = {"ballot": row, "receipt": given.receipt, "said": said, "place_name": row.place.name}
    response = render(request, "ballots/voted.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@door(SIGNED_IN)
def roll_page(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The published roll: homes and masked names, so that what is missing or wrong can be said."""
    row = shown(ballot_id)
    require(policies.may_see_roll(actor_of(request), ballots.about(row)))
    page = page_of(request, roll.entries(row), per_page=100)
    context = {
        "ballot": row,
        "page": page,
        "turnout": roll.turnout(row),
        "digest": roll.digest(row),
        "left_out": roll.bays_left_out(row),
    }
    return render(request, "ballots/roll.html", context)


@door(SIGNED_IN, methods=("POST",))
def objection(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Say what is wrong with the roll."""
    words = request.POST.get("words", "")
    return done(
        request,
        lambda: preparing.object_to_roll(by=actor_of(request), ballot_id=ballot_id, words=words),
        _("Your objection is noted. You will be told what comes of it."),
        to=reverse("ballots:ballot", args=[ballot_id]),
    )
