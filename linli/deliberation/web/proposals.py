"""Residents: raising a proposal, supporting one, commenting on it, taking one's own words back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import comments
from linli.deliberation.actions import proposals as acts
from linli.deliberation.actions.proposals import Words
from linli.deliberation.forms.topics import CommentForm, ProposalForm
from linli.deliberation.kinds import ProposalState
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import topics as read
from linli.deliberation.web.topics import page, seen
from linli.frame.doors import SIGNED_IN, actor_of, done, door, explain
from linli.kernel.decision import MISSING, Denied, Refused, person_of


@door(SIGNED_IN, methods=("POST",))
def propose(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Raise a proposal."""
    row, _here = seen(request, topic_id)
    form = ProposalForm(request.POST, sections=read.sections(row.pk))
    if not form.is_valid():
        return page(request, topic_id, form=form)
    kept, by = form.cleaned_data, actor_of(request)

    def act() -> str:
        words = Words(kept["title"], kept["text"])
        made = acts.raise_proposal(by=by, topic_id=topic_id, words=words, section=kept.get("section"))
        return _address(topic_id, made.pk)

    return done(request, act, _("Raised. Neighbours can support it now."))


@door(SIGNED_IN)
def proposal(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """One proposal: its support, the community's replies, what neighbours say."""
    return _page(request, topic_id, proposal_id)


@door(SIGNED_IN, methods=("POST",))
def support(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Support a proposal, or support it no more."""
    _seen(request, topic_id, proposal_id)
    by = actor_of(request)
    if request.POST.get("do") == "withdraw":
        return done(
            request,
            lambda: acts.withdraw_support(by=by, proposal_id=proposal_id),
            _("You do not support it any more."),
            to=_address(topic_id, proposal_id),
        )
    return done(
        request,
        lambda: acts.support(by=by, proposal_id=proposal_id),
        _("You support it. You can take that back while it is open."),
        to=_address(topic_id, proposal_id),
    )


@door(SIGNED_IN, methods=("POST",))
def withdraw(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    by = actor_of(request)
    return done(
        request,
        lambda: acts.withdraw(by=by, proposal_id=proposal_id),
        _("Taken back."),
        to=reverse("topics:topic", args=[topic_id]),
    )


@door(SIGNED_IN, methods=("POST",))
def comment(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Say something to a proposal."""
    _seen(request, topic_id, proposal_id)
    form, by = CommentForm(request.POST), actor_of(request)
    if not form.is_valid():
        return _page(request, topic_id, proposal_id, form=form)
    kept = form.cleaned_data
    return done(
        request,
        lambda: comments.comment(by=by, proposal_id=proposal_id, stance=kept["stance"], text=kept["text"]),
        _("Thank you. Neighbours can read it."),
        to=_address(topic_id, proposal_id),
    )


@door(SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, topic_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer a comment."""
    _seen(request, topic_id, read.comment(comment_id).proposal_id)
    by, text = actor_of(request), request.POST.get("text", "")
    return done(
        request,
        lambda: comments.answer(by=by, comment_id=comment_id, text=text),
        _("Thank you. Neighbours can read it."),
        to=_address(topic_id, read.comment(comment_id).proposal_id),
    )


@door(SIGNED_IN, methods=("POST",))
def take_back(request: HttpRequest, topic_id: UUID, comment_id: UUID) -> HttpResponse:
    """Take one's own comment back."""
    _seen(request, topic_id, read.comment(comment_id).proposal_id)
    by = actor_of(request)
    return done(
        request,
        lambda: comments.take_back(by=by, comment_id=comment_id),
        _("Taken back."),
        to=_address(topic_id, read.comment(comment_id).proposal_id),
    )


def _address(topic_id: UUID, proposal_id: UUID) -> str:
    return reverse("topics:proposal", args=[topic_id, proposal_id])


def _seen(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> tuple[Any, Any, bool]:
    """The proposal with its topic, if it may be seen: one out of sight by staff and who raised it only."""
    topic, here = seen(request, topic_id)
    actor, row = actor_of(request), read.proposal(proposal_id)
    readable = (
        row.hidden_at is None
        or row.author_id == actor.person_id
        or bool(policies.may_lead(actor, topic.place.path))
    )
    if row.topic_id != topic.pk or not readable:
        raise Refused("This proposal is not here.", status=MISSING)
    return topic, row, here


def _page(request: HttpRequest, topic_id: UUID, proposal_id: UUID, **forms: Any) -> HttpResponse:
    topic, row, here = _seen(request, topic_id, proposal_id)
    actor = actor_of(request)
    stage, state, hidden = read.stage_of(topic), ProposalState(row.state), row.hidden_at is not None
    person_id = person_of(actor)
    may_support = policies.may_support(
        actor, belongs=here, stage=stage, state=state, author_id=row.author_id, hidden=hidden
    )
    may_comment = policies.may_comment(
        actor,
        belongs=here,
        stage=stage,
        state=state,
        hidden=hidden,
        written=read.comments_of(person_id, row.pk),
    )
    is_own = row.author_id == person_id
    can_withdraw = is_own and policies.may_withdraw(
        actor, author_id=row.author_id, state=state, touched=read.is_touched(row)
    )
    supporters = read.supporters(row.pk)
    context = {
        "topic": topic,
        "proposal": row,
        "supported": len(supporters),
        "supports": person_id in supporters,
        "can_support": bool(may_support),
        "not_supporting": explain(may_support) if isinstance(may_support, Denied) else "",
        "can_withdraw": bool(can_withdraw),
        "merged": [each for each in read.merged_below(row.pk) if each.hidden_at is None],
        "replies": read.replies(row.pk),
        "its_topic": read.topic_of_its_own(row) if state is ProposalState.TAKEN else None,
        "said": read.comments(row.pk),
        "hidden": read.hidden_of(person_id, row.pk),
        "can_comment": bool(may_comment),
        "not_commenting": explain(may_comment) if isinstance(may_comment, Denied) else "",
        "form": CommentForm(),
    } | forms
    return render(request, "deliberation/topics/proposal.html", context, status=422 if forms else 200)
