"""What a calendar shows: the meetings of one person, or of one body."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from linli.gatherings.kinds import State
from linli.gatherings.models import Gathering
from linli.gatherings.read.bodies import bodies_of
from linli.gatherings.read.gatherings import ANNOUNCED
from linli.kernel.clock import now, today
from linli.people import read as people

KEPT_IN_FEED = timedelta(days=90)


def feed_of_person(person_id: UUID) -> list[Gathering]:
    """The meetings of somebody's bodies, and the public ones of where they live, for their calendar."""
    day = today()
    around = people.paths_around(person_id, day)
    near_home = Q(is_public=True, state__in=ANNOUNCED, place__path__in=around)
    of_mine = Q(body__in=bodies_of(person_id, day)) & ~Q(state=State.PLANNED.value)
    return _feed(Q(of_mine | near_home))


def feed_of_body(body_id: UUID) -> list[Gathering]:
    """The public meetings of one body, for anybody's calendar."""
    return _feed(Q(body=body_id, is_public=True) & ~Q(state=State.PLANNED.value))


def _feed(wanted: Q) -> list[Gathering]:
    rows = Gathering.objects.filter(wanted, body__isnull=False, starts_at__gte=now() - KEPT_IN_FEED)
    return list(rows.select_related("body", "place").order_by("starts_at", "pk")[:200])


def changed_at(row: Gathering) -> datetime:
    """When a calendar should read the meeting anew."""
    moments = (row.planned_at, row.noticed_at, row.opened_at, row.closed_at, row.cancelled_at)
    return max(moment for moment in moments if moment is not None)
