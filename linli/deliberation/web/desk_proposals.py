"""The desk: replies to a proposal, merging, moderation with the reason, a matter made of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import comments
from linli.deliberation.actions import proposals as acts
from linli.deliberation.forms.fields import WhyForm
from linli.deliberation.forms.topics import MergeForm, ReplyForm
from linli.deliberation.kinds import ProposalState, Verdict
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import topics as read
from linli.deliberation.web.desk_topics import LEADERS, led, listed
from linli.deliberation.web.sight import moderated
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.decision import MISSING, Refused


@door(LEADERS)
def proposal(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """One proposal with all that is said to it, and what can be done."""
    return _page(request, topic_id, proposal_id)


@door(LEADERS, methods=("POST",))
def reply(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Reply for the community."""
    row, by = _led(request, topic_id, proposal_id), actor_of(request)
    form = ReplyForm(request.POST, state=ProposalState(row.state))
    if not form.is_valid():
        return _page(request, topic_id, proposal_id, reply_form=form)
    kept = form.cleaned_data
    return done(
        request,
        lambda: acts.reply(by=by, proposal_id=proposal_id, verdict=kept["verdict"], text=kept["text"]),
        _("Replied. Who raised and supported it is told."),
        to=_address(topic_id, proposal_id),
    )


@door(LEADERS, methods=("POST",))
def merge(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Merge it into another proposal of the topic."""
    row, by = _led(request, topic_id, proposal_id), actor_of(request)
    form = MergeForm(request.POST, targets=read.merge_targets(row))
    if not form.is_valid():
        return _page(request, topic_id, proposal_id, merge_form=form)
    into = form.cleaned_data["into"]
    return done(
        request,
        lambda: acts.merge(by=by, proposal_id=proposal_id, into_id=into),
        _("Merged. Everybody’s support counts once there; they are told."),
        to=_address(topic_id, into),
    )


@door(LEADERS, methods=("POST",))
def part(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Undo a merger."""
    _led(request, topic_id, proposal_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.part(by=by, proposal_id=proposal_id),
        _("It stands by itself again."),
        to=_address(topic_id, proposal_id),
    )


@door(LEADERS, methods=("POST",))
def matter(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Make a matter of it; the proposal's page says how it goes on."""
    _led(request, topic_id, proposal_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.make_matter(by=by, proposal_id=proposal_id),
        _("It is a matter now. Its result shows here by itself."),
        to=_address(topic_id, proposal_id),
    )


@door(LEADERS, methods=("POST",))
def hide(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take it out of sight, or show it again."""
    _led(request, topic_id, proposal_id)
    by = actor_of(request)
    return moderated(
        request,
        hide=lambda reason: acts.hide(by=by, proposal_id=proposal_id, reason=reason),
        show=lambda: acts.show(by=by, proposal_id=proposal_id),
        page=lambda form: _page(request, topic_id, proposal_id, hide_form=form),
        to=_address(topic_id, proposal_id),
    )


@door(LEADERS, methods=("GET", "POST"))
def comment(request: HttpRequest, topic_id: UUID, comment_id: UUID) -> HttpResponse:
    """Take somebody's words out of sight, or show them again."""
    said, by = read.comment(comment_id), actor_of(request)
    row = _led(request, topic_id, said.proposal_id)

    def page(form: WhyForm) -> HttpResponse:
        context = listed(request) | {"topic": row.topic, "proposal": row, "said": said, "form": form}
        return render(request, "deliberation/topics/desk_comment.html", context, status=status_of(form))

    return moderated(
        request,
        hide=lambda reason: comments.hide(by=by, comment_id=comment_id, reason=reason),
        show=lambda: comments.show(by=by, comment_id=comment_id),
        page=page,
        to=_address(topic_id, row.pk),
    )


def _address(topic_id: UUID, proposal_id: UUID) -> str:
    return reverse("topics_desk:proposal", args=[topic_id, proposal_id])


def _led(request: HttpRequest, topic_id: UUID, proposal_id: UUID) -> Any:
    """The proposal, if this desk leads its topic."""
    topic, row = led(request, topic_id), read.proposal(proposal_id)
    if row.topic_id != topic.pk:
        raise Refused("This proposal is not here.", status=MISSING)
    return row


def _page(request: HttpRequest, topic_id: UUID, proposal_id: UUID, **forms: Any) -> HttpResponse:
    row, actor = _led(request, topic_id, proposal_id), actor_of(request)
    state, path = ProposalState(row.state), row.topic.place.path
    into = ProposalState(row.merged_into.state) if row.merged_into else None
    own_topic = read.topic_of_its_own(row)
    context = (
        listed(request)
        | {
            "topic": row.topic,
            "proposal": row,
            "supported": len(read.supporters(row.pk)),
            "merged": read.merged_below(row.pk),
            "replies": read.replies(row.pk),
            "said": read.comments(row.pk, with_hidden=True),
            "its_topic": own_topic,
            "can_reply": bool(
                policies.may_reply(
                    actor, author_id=row.author_id, state=state, verdict=Verdict.WORD, place_path=path
                )
            ),
            "can_merge": state is ProposalState.OPEN,
            "can_part": bool(policies.may_part(actor, state=state, into=into, place_path=path)),
            "can_moderate": bool(policies.may_moderate(actor, author_id=row.author_id, place_path=path)),
            "can_make_matter": bool(
                policies.may_make_matter(
                    actor, state=state, is_matter=row.matter_id is not None, place_path=path
                )
            ),
            "can_open": bool(
                policies.may_open_from(actor, state=state, has_topic=own_topic is not None, place_path=path)
            ),
            "reply_form": ReplyForm(state=state),
            "merge_form": MergeForm(targets=read.merge_targets(row)),
            "hide_form": WhyForm(auto_id="hide_%s"),
        }
        | forms
    )
    return render(request, "deliberation/topics/desk_proposal.html", context, status=422 if forms else 200)
