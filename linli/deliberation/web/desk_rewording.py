"""The desk's door to other words for a topic."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.deliberation.actions import rewording
from linli.deliberation.forms.rewording import RewordForm
from linli.deliberation.web.desk_topics import LEADERS, address, page
from linli.frame.doors import actor_of, done, door


@door(LEADERS, methods=("POST",))
def reword(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Give a topic other words."""
    form, by = RewordForm(request.POST), actor_of(request)
    if not form.is_valid():
        return page(request, topic_id, reword_form=form)
    kept = form.cleaned_data
    return done(
        request,
        lambda: rewording.reword(by=by, topic_id=topic_id, title=kept["title"], about=kept["about"]),
        _("Changed. What it said before can still be read."),
        to=address(topic_id),
    )
