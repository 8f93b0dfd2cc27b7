"""The desk's ballots: the list, and one ballot with its next step."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ballots import policies
from linli.ballots.actions import preparing, running
from linli.ballots.forms.words import WordsForm
from linli.ballots.kinds import BallotState, Power
from linli.ballots.read import ballots, counting, roll, settling
from linli.ballots.rules import second_round
from linli.ballots.rules.entrusting import ENTRUSTING
from linli.ballots.templatetags.ballots import STATE_LABELS
from linli.ballots.web import for_groups
from linli.ballots.web.record import answer as record_of
from linli.ballots.web.timing import days_of
from linli.frame.doors import actor_of, done, door, holds
from linli.frame.paging import page_of
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, MISSING, Refused, require

RUNNERS = holds(Power.RUN)
STAFF = holds(Power.RUN, Power.ENTER)
TABS = (BallotState.ANNOUNCED, BallotState.OPEN, BallotState.CLOSED, BallotState.PUBLISHED, BallotState.DRAFT)

# What can be done next, by the state it is done in: the button, the action, what is said afterwards.
STEPS: Mapping[str, tuple[str, Any, Callable[..., object], Any]] = {
    "announce": ("draft", gettext_lazy("Announce"), preparing.announce, gettext_lazy("Announced.")),
    "freeze": (
        "announced",
        gettext_lazy("Write the roll and publish it"),
        preparing.freeze_roll,
        gettext_lazy("The roll is written. It can be objected to for five days."),
    ),
    "open": (
        "announced",
        gettext_lazy("Open the vote"),
        running.open_ballot,
        gettext_lazy("Voting is open."),
    ),
    "close": ("open", gettext_lazy("End the vote"), running.close, gettext_lazy("Voting has ended.")),
    "count": ("closed", gettext_lazy("Count"), running.count, gettext_lazy("Counted.")),
    "publish": (
        "counted",
        gettext_lazy("Publish the result"),
        running.publish,
        gettext_lazy("Published. Everybody on the roll is being told."),
    ),
}


def seen(request: HttpRequest, ballot_id: UUID) -> ballots.Ballot:
    """A ballot this desk may look at. Raises `Refused` (404)."""
    row = ballots.ballot(ballot_id)
    require(policies.may_see_at_desk(actor_of(request), ballots.about(row)), status=MISSING)
    return row


@door(STAFF)
def ballots_page(request: HttpRequest) -> HttpResponse:
    """All ballots of this desk's places."""
    return render(request, "ballots/desk_ballots.html", listed(request))


@door(STAFF)
def ballot(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """One ballot: how far it is, what comes next, who has voted so far, what came of it."""
    row, actor = seen(request, ballot_id), actor_of(request)
    is_counted = row.state in (BallotState.COUNTED, BallotState.PUBLISHED)
    counts = counting.sheet_counts(row)
    where = ballots.where(row)
    questions, results = ballots.questions(row), counting.results(row) if is_counted else []
    context = listed(request) | {
        "ballot": row,
        "where": where,
        "questions": questions,
        "settled": settling.concerning(row),
        "applicant": ballots.applicant(row),
        "turnout": roll.turnout(row) if row.frozen_at else None,
        "waiting_sheets": counts.get("entered", 0),
        "steps": _steps(row) if policies.may_run(actor, row.place.path) else [],
        "may_change": bool(policies.may_change(actor, ballots.about(row))),
        "may_withdraw": bool(policies.may_withdraw(actor, ballots.about(row))),
        "withdraw_form": WordsForm(),
        "takes_proxies": row.electorate in ENTRUSTING,
        "may_post": bool(policies.may_post_announcement(ballots.about(row))),
        "results": results,
        "copy": for_groups.of_ballot(request, row, where, results),
        "second_round": ballots.second_round_of(row) if row.is_by_hand else None,
        "may_follow": bool(
            results
            and second_round.may_follow(
                results, is_published=row.state == BallotState.PUBLISHED, has_followed=False
            )
        ),
        **days_of(row, questions, results),
    }
    return render(request, "ballots/desk_ballot.html", context)


def _steps(row: ballots.Ballot) -> list[dict[str, Any]]:
    """The steps of this state; the first is the one that comes next."""
    found = [
        {"label": label, "url": reverse("ballots_desk:step", args=[row.pk, step]), "step": step}
        for step, (state, label, _act, _said) in STEPS.items()
        if state == row.state
    ]
    if row.state == BallotState.ANNOUNCED and row.frozen_at is not None:
        found.reverse()
    is_over = now() >= row.closes_at
    return [each for each in found if each["step"] != "close" or is_over]


@door(STAFF)
def record(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The record of a counted ballot, to be signed before its result is published."""
    row = seen(request, ballot_id)
    require(policies.may_see_record(ballots.about(row)), status=CONFLICT)
    return record_of(request, row)


@door(RUNNERS, methods=("POST",))
def take_step(request: HttpRequest, ballot_id: UUID, step: str) -> HttpResponse:
    """Take a ballot one step on; whether it may is for the action to say."""
    if step not in STEPS:
        raise Refused("This ballot is not here.", status=MISSING)
    _state, _label, action, said = STEPS[step]
    return done(
        request,
        lambda: action(by=actor_of(request), ballot_id=ballot_id),
        said,
        to=reverse("ballots_desk:ballot", args=[ballot_id]),
    )


@door(RUNNERS, methods=("POST",))
def withdraw(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Take a ballot back, with the reason."""
    words = request.POST.get("words", "")
    return done(
        request,
        lambda: running.withdraw(by=actor_of(request), ballot_id=ballot_id, reason=words),
        _("Withdrawn."),
        to=reverse("ballots_desk:ballot", args=[ballot_id]),
    )


def state_asked(request: HttpRequest) -> str:
    """The state the list is narrowed to; "" for all."""
    asked = request.GET.get("state", "")
    return asked if asked in TABS else ""


def listed(request: HttpRequest) -> dict[str, Any]:
    """The middle column: the list, narrowed by the state asked for."""
    state = state_asked(request)
    tabs = [{"label": _("All"), "url": "?", "on": not state}]
    tabs += [{"label": STATE_LABELS[each], "url": f"?state={each}", "on": each == state} for each in TABS]
    return {
        "listing": page_of(request, ballots.at_desk(actor_of(request), state)),
        "tabs": tabs,
        "state": state,
        "may_run": bool(RUNNERS(actor_of(request))),
    }
