"""What the worker would have done in a community's past, done at the hours of it and told to nobody."""

from datetime import date, datetime, time

from django.db import transaction

from linli.audit.models import Entry
from linli.deliberation import jobs as deliberation
from linli.frame.models import OutboxRow
from linli.gatherings import jobs as gatherings
from linli.kernel import clock
from linli.matters import jobs as matters
from linli.notices.actions import replaying
from linli.places.models import Place
from linli.site.reactions import REACTIONS


def react(community: Place) -> None:
    """Everything its acts set off above them, each at the hour of the act, and what that sets off in turn."""
    while rows := _waiting(community):
        for row in rows:
            with transaction.atomic(), clock.at(row.created_at):
                REACTIONS[row.event](row.payload)
                row.delete()


def _waiting(community: Place) -> list[OutboxRow]:
    """The community's own: others are replayed beside it and have an hour of their own."""
    rows = list(OutboxRow.objects.order_by("id"))
    entries = Entry.objects.filter(
        id__in=[row.payload["entry"] for row in rows], place_path__startswith=community.path
    )
    own = {str(entry) for entry in entries.values_list("id", flat=True)}
    return [row for row in rows if row.payload["entry"] in own]


def settle(community: Place, today: date) -> int:
    """Note what became late or due before the demo's day, so that the worker tells only what does from then
    on."""
    path = community.path
    with replaying(frozenset()), clock.at(datetime.combine(today, time(0, 30), clock.SHANGHAI)):
        of_bodies = gatherings.tell_of_late_duties(path)
        return matters.sweep(path) + of_bodies + deliberation.remind_of_reviews(path)
