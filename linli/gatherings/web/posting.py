"""The board at the desk: what is posted, objections to answer, what can be taken down."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door
from linli.frame.paging import page_of
from linli.gatherings import actions, policies
from linli.gatherings.forms.outcomes import AnswerForm
from linli.gatherings.read import postings as read
from linli.gatherings.rules import postings as rules
from linli.gatherings.web.asking import POSTERS, id_of
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require


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
        "objections": [
            {"row": each, "can": bool(policies.may_answer(actor, path, each.person_id))} for each in found
        ],
        "form": AnswerForm(),
        "can_settle": row.settled_at is None
        and bool(rules.may_settle(row.ends, today(), sum(each.answered_at is None for each in found))),
        **_listed(request, actor),
    }
    return render(request, "gatherings/desk/posting.html", context)


@door(POSTERS, methods=("POST",))
def settle(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Take a posting down."""
    actor = actor_of(request)

    def act() -> str:
        actions.settle(by=actor, posting_id=posting_id)
        return reverse("gatherings_desk:posting", args=[posting_id])

    return done(request, act, _("Taken down. It stays to be read."))


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
