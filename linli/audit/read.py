"""Queries on the record: one subject's story, one post's acts, one day. Only what the actor may read."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.audit.kinds import Power
from linli.audit.models import Entry
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import SHANGHAI

STORY_AT_MOST = 2000


def readable(actor: Actor) -> QuerySet[Entry]:
    """The entries over the places whose record the actor reads, newest first."""
    paths = actor.paths(Power.READ)
    rows = Entry.objects.order_by("-at", "-id")
    # Entries about no place belong to whoever reads all of them.
    return rows if "/" in paths else rows.filter(under("place_path", paths))


def story(actor: Actor, subject_id: UUID) -> list[Entry]:
    """Everything done to one subject and to what belongs to it (a matter's orders), oldest first.

    Two halves of one query: with "or" between them the record would be read from end to end.
    """
    rows = readable(actor).order_by()
    own = rows.filter(subject_id=subject_id)
    parts = rows.filter(place_path__in=own.values("place_path"), data__matter=str(subject_id))
    theirs = rows.filter(subject_id__in=parts.values("subject_id")).exclude(subject_id=subject_id)
    return list(own.union(theirs, all=True).order_by("at", "id")[:STORY_AT_MOST])


def of_post(actor: Actor, post_id: UUID) -> QuerySet[Entry]:
    """What was done from a post, where the entry names it, and to the post itself."""
    return readable(actor).filter(Q(post_id=post_id) | Q(subject_id=post_id))


def of_person(actor: Actor, person_id: UUID) -> QuerySet[Entry]:
    """What one member of staff did."""
    return readable(actor).filter(actor_id=person_id)


def of_day(actor: Actor, day: date, place_path: str = "", event: str = "") -> QuerySet[Entry]:
    """One day's entries in Shanghai time, narrowed to a place and a kind of act."""
    start = datetime.combine(day, time(), tzinfo=SHANGHAI)
    rows = readable(actor).filter(at__gte=start, at__lt=start + timedelta(days=1))
    if place_path:
        rows = rows.filter(place_path__startswith=place_path)
    return rows.filter(event__startswith=event) if event else rows
