"""Handing an item of one body to another, with what it is about; and noting by which ballot owners decide."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import Event, State
from linli.gatherings.models import AgendaItem, Body, Gathering
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import meetings
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require


@transaction.atomic
def hand_on(*, by: Actor, item_id: UUID, body_id: UUID) -> AgendaItem:
    """Let another body have an item: it waits for that body's next meeting, with the matter it is about.

    Before it was talked over it moves there; afterwards the meeting's agenda keeps it, handed on, and what
    comes of the matter is the other body's to say. Gives the item as it waits now.
    """
    seen = read.item(item_id)
    on_agenda = seen.gathering_id if seen is not None else None
    held = read.gathering_for_update(on_agenda) if on_agenda else None
    body = read_bodies.body_for_update(body_id)
    item = read.item_for_update(item_id)
    if item.gathering_id != on_agenda:
        raise Refused("The meeting has moved on. Open its page again.", status=CONFLICT)
    path = read.place_path(item)
    require(policies.may_hand_on(by, path, body.place.path))
    if body.closed_on is not None or body.pk == item.body_id:
        raise Refused("Choose another body that meets.", status=UNPROCESSABLE)
    latest = read.latest_minutes(held.pk) if held is not None else None
    decision = meetings.may_hand_on(
        State(held.state) if held is not None else None,
        is_handed_on=item.handed_to_id is not None,
        is_resolved=read.is_resolved(item.pk),
        is_approved=latest is not None and latest.approved_at is not None,
    )
    require(decision, status=CONFLICT)
    _check_waits_once(item, body)
    after = _moved(item, body) if held is None or State(held.state) in meetings.AHEAD else _left(item, body)
    data = {"body": str(body.pk)}
    audit.record(Event.ITEM_HANDED_ON, by=by, subject=held or body, place_path=path, data=data)
    return after


def _check_waits_once(item: AgendaItem, body: Body) -> None:
    if item.subject_id is None:
        return
    waiting = AgendaItem.objects.filter(body=body, gathering__isnull=True, subject_id=item.subject_id)
    if waiting.filter(subject_kind=item.subject_kind).exists():
        raise Refused("It waits for this body already.", status=CONFLICT)


def _moved(item: AgendaItem, body: Body) -> AgendaItem:
    item.body, item.gathering, item.position, item.added_at = body, None, None, now()
    item.save(update_fields=["body", "gathering", "position", "added_at"])
    return item


def _left(item: AgendaItem, body: Body) -> AgendaItem:
    after = AgendaItem.objects.create(
        body=body,
        title=item.title,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        added_at=now(),
    )
    item.handed_to = after
    item.save(update_fields=["handed_to"])
    return after


@transaction.atomic
def note_ballot(*, by: Actor, gathering_id: UUID, ballot_id: UUID) -> Gathering:
    """Note the ballot by which a meeting of owners decides: its page leads there. A later one replaces it."""
    gathering = read.gathering_for_update(gathering_id)
    path = gathering.place.path
    require(policies.may_follow(by, path))
    if not read.decides_for(gathering.pk, path):
        raise Refused("Only owners decide by ballot; this meeting resolves by itself.", status=UNPROCESSABLE)
    gathering.ballot_id = ballot_id
    gathering.save(update_fields=["ballot_id"])
    data = {"ballot": str(ballot_id)}
    audit.record(Event.BALLOT_NOTED, by=by, subject=gathering, place_path=path, data=data)
    return gathering
