"""The board at the desk: what is posted, objections to answer, what can be taken down."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.frame.paging import page_of
from linli.gatherings import actions, policies
from linli.gatherings.forms.outcomes import AnswerForm, CounterObjectionForm
from linli.gatherings.kinds import PostingKind
from linli.gatherings.read import postings as read
from linli.gatherings.rules import postings as rules
from linli.gatherings.web import for_groups
from linli.gatherings.web.asking import POSTERS, id_of
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import id_in
from linli.people import read as people


def _listed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    return {"page": page_of(request, read.posted_at_desk(actor)), "today": today()}


@door(POSTERS)
def postings(request: HttpRequest) -> HttpResponse:
    """Everything posted in the places of this actor."""
    return render(request, "gatherings/desk/postings.html", _listed(request, actor_of(request)))


@door(POSTERS)
def posting(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """One posting with its objections, those without an answer first in need of one."""
    actor, row = actor_of(request), read.posting(posting_id)
    path = row.place.path
    require(policies.may_keep_board(actor, path), status=MISSING)
    found = read.objections(row.pk)
    context = {
        "p": row,
        "copy": for_groups.of_posting(request, row),
        "objections": [
            {"row": each, "can": bool(policies.may_answer(actor, path, each.person_id))} for each in found
        ],
        "form": AnswerForm(),
        "can_note": row.settled_at is None
        and today() <= row.ends
        and bool(policies.may_note_objection(actor, path)),
        "can_take_down": row.kind == PostingKind.STEP
        and bool(policies.may_hang(actor, path))
        and bool(rules.may_take_down(row.ends, today(), is_settled=row.settled_at is not None)),
        "can_settle": row.settled_at is None
        and bool(rules.may_settle(row.ends, today(), sum(each.answered_at is None for each in found))),
        **_listed(request, actor),
    }
    return render(request, "gatherings/desk/posting.html", context)


@door(POSTERS, methods=("GET", "POST"))
def counter(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Write down what somebody objects to at the counter: found in the register, then in their words."""
    actor, row = actor_of(request), read.posting(posting_id)
    path = row.place.path
    require(policies.may_note_objection(actor, path))
    sent = request.POST if request.method == "POST" else None
    chosen = people.found(id_in((sent or request.GET).get("person", "")), [path], today())
    form = CounterObjectionForm(sent)
    if form.is_bound and chosen is None:
        raise Refused("Choose who objects.", status=UNPROCESSABLE)
    if form.is_bound and form.is_valid() and chosen is not None:
        who, text = chosen.id, form.cleaned_data["text"]

        def act() -> str:
            actions.note_objection(by=actor, posting_id=row.pk, person_id=who, text=text)
            return reverse("gatherings_desk:posting", args=[row.pk])

        try:
            return done(request, act, _("Written down. They will be told the answer."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    words = request.GET.get("q", "").strip()[:60]
    context = {
        "p": row,
        "form": form,
        "chosen": chosen,
        "words": words,
        "found": people.find(words, [path], today()) if words else [],
        **_listed(request, actor),
    }
    return render(request, "gatherings/desk/counter.html", context, status=status_of(form))


@door(POSTERS, methods=("POST",))
def settle(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Take a posting down."""
    actor = actor_of(request)

    def act() -> str:
        actions.settle(by=actor, posting_id=posting_id)
        return reverse("gatherings_desk:posting", args=[posting_id])

    return done(request, act, _("Taken down. It stays to be read."))


@door(POSTERS, methods=("POST",))
def take_down(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Note that a sheet was taken down before its last day."""
    actor, reason = actor_of(request), request.POST.get("reason", "")

    def act() -> str:
        actions.take_down(by=actor, posting_id=posting_id, reason=reason)
        return reverse("gatherings_desk:posting", args=[posting_id])

    return done(request, act, _("Noted. Its days have stopped; post it again so that they begin anew."))


@door(POSTERS, methods=("POST",))
def answer(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """Answer an objection."""
    actor, posting_id = actor_of(request), id_of(request, "posting")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Refused("Write an answer first.", status=422)

    def act() -> str:
        actions.answer(by=actor, objection_id=objection_id, text=form.cleaned_data["text"])
        return reverse("gatherings_desk:posting", args=[posting_id])

    return done(request, act, _("Answered. Whoever objected is told."))
