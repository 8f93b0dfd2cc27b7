"""The desk's conversations: opened, their statements judged, closed, published, taken out as files."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.deliberation.actions import conversations as acts
from linli.deliberation.actions import statements
from linli.deliberation.forms import OpenForm, OutcomeForm, ReasonForm, StatementForm, WordsForm
from linli.deliberation.kinds import Event, Power, Stage, StatementState
from linli.deliberation.opinions.pictures import FEWEST
from linli.deliberation.policies import opinions as policies
from linli.deliberation.read import opinions as read
from linli.deliberation.rules import opinions as rules
from linli.deliberation.web.maps import shown
from linli.frame.doors import actor_of, done, door, holds, status_of
from linli.frame.paging import page_of
from linli.kernel.decision import CONFLICT, MISSING, Refused, require
from linli.kernel.references import reference_in

LEADERS = holds(Power.LEAD)


@door(LEADERS)
def conversations(request: HttpRequest) -> HttpResponse:
    """All conversations of this desk's places."""
    return render(request, "deliberation/desk_conversations.html", _listed(request))


@door(LEADERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open a conversation with its first statements; what asked for it (`?asked=`) hears what was found."""
    actor = actor_of(request)
    asked = reference_in(request.GET.get("asked", ""))
    begun = read.asked_for(asked) if asked else None
    if begun is not None:
        return HttpResponseRedirect(_address(begun))
    start = {
        "question": request.GET.get("title", "")[: rules.LONGEST_QUESTION],
        "place": read.nearest_to_lead(actor, request.GET.get("place", "")),
    }
    places = [(place.pk, written) for place, written in read.places_to_lead_at(actor)]
    form = OpenForm(request.POST or None, initial=start, places=places)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        return done(
            request,
            lambda: acts.open_conversation(
                by=actor,
                place_id=kept["place"],
                question=kept["question"],
                about=kept["about"],
                starts=kept["starts"],
                ends=kept["ends"],
                statements=kept["statements"],
                asked_by=asked,
            ),
            _("Opened. Residents find it on their first page."),
            to=lambda row: _address(row.pk),
        )
    return render(
        request, "deliberation/desk_new.html", _listed(request) | {"form": form}, status=status_of(form)
    )


@door(LEADERS)
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation: what waits to be read, its statements, its map, and what can be done now."""
    actor = actor_of(request)
    row = _led(request, conversation_id)
    stage = read.stage_of(row)
    every = read.statements(row.pk)
    texts = {each.number: each.text for each in every if each.state == StatementState.IN}
    path = row.place.path
    context = _listed(request) | {
        "conversation": row,
        "stage": stage,
        "counted": read.participation([row.pk]).get(row.pk),
        "waiting": [each for each in every if each.state == StatementState.WAITING],
        "inside": [each for each in every if each.state == StatementState.IN],
        "outside": [each for each in every if each.state == StatementState.OUT],
        "map": shown(read.picture_of(row.pk), texts, {}),
        "can_add": bool(policies.may_add(actor, stage=stage, place_path=path)),
        "can_judge": stage is not Stage.PUBLISHED,
        "can_close": bool(policies.may_close(actor, stage=stage, place_path=path)),
        "can_publish": bool(policies.may_publish(actor, stage=stage, place_path=path)),
        "can_export": bool(may_export(actor, path)),
        "statement_form": StatementForm(auto_id="add_%s"),
        "outcome_form": OutcomeForm(),
        "link": request.build_absolute_uri(reverse("opinions:talk", args=[row.pk])),
    }
    return render(request, "deliberation/desk_conversation.html", context)


@door(LEADERS, methods=("POST",))
def add(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """A statement of the staff's."""
    _led(request, conversation_id)
    text = request.POST.get("text", "")
    by = actor_of(request)
    return done(
        request,
        lambda: statements.add(by=by, conversation_id=conversation_id, text=text),
        _("Added."),
        to=_address(conversation_id),
    )


@door(LEADERS, methods=("GET", "POST"))
def judge(request: HttpRequest, conversation_id: UUID, statement_id: UUID) -> HttpResponse:
    """Let a statement in, with other words where need be, or take it out with the reason."""
    row, by = _led(request, conversation_id), actor_of(request)
    statement = read.statement(statement_id)
    if statement.conversation_id != row.pk:
        raise Refused("This statement is not here.", status=MISSING)
    takes_out = request.POST.get("do") == "out"
    words = WordsForm(request.POST if request.method == "POST" and not takes_out else None)
    words.fields["text"].initial = statement.text
    reason = ReasonForm(request.POST if request.method == "POST" and takes_out else None)
    if takes_out and reason.is_valid():
        text = reason.cleaned_data["reason"]
        return done(
            request,
            lambda: statements.take_out(by=by, statement_id=statement_id, reason=text),
            _("Taken out. Its author reads the reason."),
            to=_address(conversation_id),
        )
    if not takes_out and words.is_bound and words.is_valid():
        text = words.cleaned_data["text"]
        return done(
            request,
            lambda: statements.let_in(by=by, statement_id=statement_id, text=text),
            _("Let in. Everybody can answer it now."),
            to=_address(conversation_id),
        )
    context = _listed(request) | {
        "conversation": row,
        "statement": statement,
        "words_form": words,
        "reason_form": reason,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "deliberation/desk_statement.html", context, status=status)


@door(LEADERS, methods=("POST",))
def close(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """End it before its last day."""
    _led(request, conversation_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.close(by=by, conversation_id=conversation_id),
        _("Ended."),
        to=_address(conversation_id),
    )


@door(LEADERS, methods=("POST",))
def publish(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Publish what was found; from now on nobody can tell who answered."""
    _led(request, conversation_id)
    outcome = request.POST.get("outcome", "")
    by = actor_of(request)
    return done(
        request,
        lambda: acts.publish(by=by, conversation_id=conversation_id, outcome=outcome),
        _("Published. Everybody can read it."),
        to=_address(conversation_id),
    )


@door(LEADERS)
def statements_csv(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The statements, in the columns of Polis's export; tallies only where five people answered."""
    row = _exported(request, conversation_id, "statements")
    told = (read.picture_of(row.pk) or {"told": {}})["told"]
    moderated = {StatementState.IN.value: 1, StatementState.WAITING.value: 0, StatementState.OUT.value: -1}
    lines: list[list[object]] = [["comment-id", "agrees", "disagrees", "moderated", "comment-body"]]
    for each in read.statements(row.pk):
        counts = told.get(str(each.number), {}).get("all", ["", "", ""])
        lines.append([each.number, counts[0], counts[1], moderated[each.state], each.text])
    return _file(lines, "comments.csv")


@door(LEADERS)
def votes_csv(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Every answer, by numbers that name nobody, once the result is published: what `opinions analyse` reads.

    Without times: when somebody answered might tell who they are.
    """
    row = _led(request, conversation_id)
    counted = read.participation([row.pk]).get(row.pk)
    if row.published_at is None or counted is None or counted.people < FEWEST:
        raise Refused(
            "Answers leave the house after the result is published, and when five people have answered.",
            status=CONFLICT,
        )
    _exported(request, conversation_id, "answers")
    return _file([["comment-id", "voter-id", "vote"], *read.published_answers(row.pk)], "votes.csv")


def _address(conversation_id: UUID) -> str:
    return reverse("opinions_desk:conversation", args=[conversation_id])


def _listed(request: HttpRequest) -> dict[str, Any]:
    page = page_of(request, read.at_desk(actor_of(request)))
    counted = read.participation([row.pk for row in page.rows])
    rows = [{"row": row, "stage": read.stage_of(row), "counted": counted.get(row.pk)} for row in page.rows]
    return {"page": page, "rows": rows}


def _led(request: HttpRequest, conversation_id: UUID) -> Any:
    row = read.conversation(conversation_id)
    require(policies.may_lead(actor_of(request), row.place.path), status=MISSING)
    return row


def _exported(request: HttpRequest, conversation_id: UUID, listing: str) -> Any:
    row, by = _led(request, conversation_id), actor_of(request)
    require(may_export(by, row.place.path))
    audit.record_export(
        Event.EXPORTED,
        by=by,
        subject=row,
        place_path=row.place.path,
        listing=listing,
        filters={},
        rows=read.participation([row.pk]).get(row.pk, read.Participation(0, 0)).answers,
    )
    return row


def _file(lines: Sequence[Sequence[object]], name: str) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    body = text.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that this is UTF-8
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
