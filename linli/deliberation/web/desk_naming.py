"""The desk: choosing among the names that came in, calling the vote, giving the place its name."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import naming as acts
from linli.deliberation.forms.fields import WhyForm
from linli.deliberation.forms.naming import GiveForm, ShortlistForm, VoteForm
from linli.deliberation.read import naming as read
from linli.deliberation.web.desk_topics import LEADERS, address, led, listed, page
from linli.deliberation.web.sight import moderated
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.decision import MISSING, Refused


@door(LEADERS, methods=("POST",))
def shortlist(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Publish which names go before the vote and why the others do not."""
    by = actor_of(request)
    led(request, topic_id)
    form = ShortlistForm(request.POST, names=read.names(topic_id))
    if not form.is_valid():
        return page(request, topic_id, shortlist_form=form)
    left_out = form.left_out()
    return done(
        request,
        lambda: acts.shortlist(by=by, topic_id=topic_id, left_out=left_out),
        _("Published with the reasons. Next comes the vote."),
        to=address(topic_id),
    )


@door(LEADERS, methods=("POST",))
def vote(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Draft the vote and go on with it among the ballots."""
    form, by = VoteForm(request.POST), actor_of(request)
    if not form.is_valid():
        return page(request, topic_id, vote_form=form)
    led(request, topic_id)
    kept = form.cleaned_data
    return done(
        request,
        lambda: acts.call_ballot(
            by=by, topic_id=topic_id, opens_at=kept["opens_at"], closes_at=kept["closes_at"]
        ),
        _("The vote is drafted. Announce it here; its result goes back to the names."),
        to=lambda ballot: reverse("ballots_desk:ballot", args=[ballot.pk]),
    )


@door(LEADERS, methods=("POST",))
def give(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Give the place the name that won."""
    led(request, topic_id)
    form, by = GiveForm(request.POST), actor_of(request)
    if not form.is_valid():
        return page(request, topic_id, give_form=form)
    since = form.cleaned_data["since"]
    return done(
        request,
        lambda: acts.give_name(by=by, topic_id=topic_id, since=since),
        _("The place has its new name."),
        to=address(topic_id),
    )


@door(LEADERS, methods=("GET", "POST"))
def name(request: HttpRequest, topic_id: UUID, name_id: UUID) -> HttpResponse:
    """Take a name out of sight, or show it again."""
    topic, by, row = led(request, topic_id), actor_of(request), read.name(name_id)
    if row.topic_id != topic.pk:
        raise Refused("This name is not here.", status=MISSING)

    def drawn(form: WhyForm) -> HttpResponse:
        context = listed(request) | {"topic": topic, "name": row, "form": form}
        return render(request, "deliberation/topics/desk_name.html", context, status=status_of(form))

    return moderated(
        request,
        hide=lambda reason: acts.hide(by=by, name_id=name_id, reason=reason),
        show=lambda: acts.show(by=by, name_id=name_id),
        page=drawn,
        to=address(topic_id),
    )
