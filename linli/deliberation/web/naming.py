"""Residents: entering a name, taking it back, being named with it or not."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import naming as acts
from linli.deliberation.forms.naming import NameForm
from linli.deliberation.web.topics import page, seen
from linli.frame.doors import SIGNED_IN, actor_of, done, door


@door(SIGNED_IN, methods=("POST",))
def enter(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Enter a name with what it means."""
    seen(request, topic_id)
    form, by = NameForm(request.POST), actor_of(request)
    if not form.is_valid():
        return page(request, topic_id, form=form)
    kept = form.cleaned_data
    return done(
        request,
        lambda: acts.enter(by=by, topic_id=topic_id, text=kept["text"], why=kept["why"], shown=kept["shown"]),
        _("Entered. Neighbours can read the name and what it means."),
        to=reverse("topics:topic", args=[topic_id]),
    )


@door(SIGNED_IN, methods=("POST",))
def take_back(request: HttpRequest, topic_id: UUID, proposer_id: UUID) -> HttpResponse:
    """Take one's name back."""
    seen(request, topic_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.take_back(by=by, proposer_id=proposer_id),
        _("Taken back. You can enter another one."),
        to=reverse("topics:topic", args=[topic_id]),
    )


@door(SIGNED_IN, methods=("POST",))
def credit(request: HttpRequest, topic_id: UUID, proposer_id: UUID) -> HttpResponse:
    """Be named with one's name, or not any more."""
    seen(request, topic_id)
    by, shown = actor_of(request), request.POST.get("shown") == "on"
    return done(
        request,
        lambda: acts.set_credit(by=by, proposer_id=proposer_id, shown=shown),
        _("If it wins, you are named.") if shown else _("You are not named; only your family name is shown."),
        to=reverse("topics:topic", args=[topic_id]),
    )
