"""Residents: one statement at a time, a statement of one's own, one's answers, and the map."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import answers, statements
from linli.deliberation.forms import StatementForm
from linli.deliberation.kinds import Answer, Stage, StatementState
from linli.deliberation.policies import opinions as policies
from linli.deliberation.read import opinions as read
from linli.deliberation.rules.opinions import next_statement
from linli.deliberation.web.maps import shown
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, person_of, require


@door(SIGNED_IN)
def conversations(request: HttpRequest) -> HttpResponse:
    """What is and was asked of the places somebody belongs to."""
    person_id = person_of(actor_of(request))
    rows = read.asked_of(person_id, today())
    listed = [{"row": row, "stage": read.stage_of(row)} for row in rows]
    return render(request, "deliberation/conversations.html", {"listed": listed})


@door(SIGNED_IN)
def talk(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The next statement to answer, or the one asked for by number; who has answered all is thanked."""
    actor = actor_of(request)
    row, stage = _seen(actor, conversation_id)
    if stage is not Stage.RUNNING or not read.belongs(actor.person_id, row.place.path):
        return HttpResponseRedirect(reverse("opinions:map", args=[row.pk]))
    return render(request, "deliberation/talk.html", _asked(request, row) | {"form": StatementForm()})


@door(SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Agree, disagree or pass. The latest counts, so sending twice changes nothing and needs no key."""
    try:
        chosen = Answer(int(request.POST.get("answer", "")))
        statement_id = UUID(request.POST.get("statement", ""))
    except ValueError as fault:
        raise Refused("Choose agree, disagree or pass.", status=UNPROCESSABLE) from fault
    answers.respond(by=actor_of(request), statement_id=statement_id, answer=chosen)
    back = "opinions:mine" if request.POST.get("then") == "mine" else "opinions:talk"
    return HttpResponseRedirect(reverse(back, args=[conversation_id]))


@door(SIGNED_IN, methods=("POST",))
def propose(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """A statement of one's own; staff read it before it is shown."""
    actor = actor_of(request)
    row, _stage = _seen(actor, conversation_id)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return render(request, "deliberation/talk.html", _asked(request, row) | {"form": form}, status=422)

    return done(
        request,
        lambda: statements.propose(by=actor, conversation_id=conversation_id, text=form.cleaned_data["text"]),
        _("Thank you. It is shown as soon as it has been read."),
        to=reverse("opinions:talk", args=[conversation_id]),
    )


@door(SIGNED_IN)
def mine(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """One's own answers, which can be changed while it runs, and one's own statements."""
    actor = actor_of(request)
    row, stage = _seen(actor, conversation_id)
    person_id = person_of(actor)
    given = read.answers_of(person_id, row.pk)
    every = [each for each in read.statements(row.pk) if each.state == StatementState.IN]
    answered = [{"row": each, "answer": given[each.number]} for each in every if each.number in given]
    context = {
        "conversation": row,
        "answered": answered,
        "proposed": read.proposed_by(person_id, row.pk),
        "is_running": stage is Stage.RUNNING,
    }
    return render(request, "deliberation/mine.html", context)


@door(ANYONE)
def opinion_map(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The groups of opinion, what each holds and what all hold; once published, for everybody."""
    actor = actor_of(request)
    row, stage = _seen(actor, conversation_id)
    every = read.statements(row.pk)
    texts = {each.number: each.text for each in every if each.state == StatementState.IN}
    given = read.answers_of(actor.person_id, row.pk) if actor.person_id else {}
    context = {
        "conversation": row,
        "is_running": stage is Stage.RUNNING,
        "is_published": stage is Stage.PUBLISHED,
        "has_answers": bool(given),
        "map": shown(read.picture_of(row.pk), texts, given),
    }
    return render(request, "deliberation/map.html", context)


@door(ANYONE)
def printed(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What was found, on paper: what all agree on, what each group holds, what comes of it."""
    row, stage = _seen(actor_of(request), conversation_id)
    require(policies.may_print(stage=stage), status=MISSING)
    texts = {each.number: each.text for each in read.statements(row.pk) if each.state == StatementState.IN}
    link = request.build_absolute_uri(reverse("opinions:map", args=[row.pk]))
    context = {
        "conversation": row,
        "map": shown(read.picture_of(row.pk), texts, {}),
        "qr": qr.svg(link, label=_("Opens this opinion map")),
    }
    return render(request, "deliberation/print.html", context)


def _seen(actor: Actor, conversation_id: UUID) -> tuple[Any, Stage]:
    row = read.conversation(conversation_id)
    stage = read.stage_of(row)
    belongs = read.belongs(actor.person_id, row.place.path)
    require(policies.may_see(actor, belongs=belongs, stage=stage, place_path=row.place.path), status=MISSING)
    return row, stage


def _asked(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The statement to answer now, and how far somebody has come."""
    person_id = person_of(actor_of(request))
    open_ones = {each.number: each for each in read.statements(row.pk) if each.state == StatementState.IN}
    given = read.answers_of(person_id, row.pk)
    answered = [number for number in open_ones if number in given]
    wanted = request.GET.get("n", "")
    if wanted.isdecimal() and int(wanted) in open_ones:
        number: int | None = int(wanted)
    else:
        left = [each for each in open_ones if each not in given]
        seed = f"{person_id} {row.pk} {len(answered)}"
        number = next_statement(left, read.priorities(row.pk), seed)
    return {
        "conversation": row,
        "statement": open_ones[number] if number is not None else None,
        "before": given.get(number) if number is not None else None,
        "answered": len(answered),
        "whole": len(open_ones),
    }
