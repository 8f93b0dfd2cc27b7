"""Planning a meeting, its agenda and its notice."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.actions import entitling
from linli.gatherings.kinds import BodyKind, CalledBy, Counted, Event, State, Verb
from linli.gatherings.models import AgendaItem, Body, Gathering
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.read import petitions
from linli.gatherings.rules import bodies, meetings
from linli.gatherings.rules import petitions as petition_rules
from linli.kernel.actor import Actor
from linli.kernel.clock import local, now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import clean, one_line
from linli.notices import actions as notices
from linli.notices.kinds import Topic

ROOM_BYTES = 12  # 96 random bits: nobody guesses into a room
SECRET_BYTES = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a body is to meet, who called it, and how many are entitled where no list says so.

    Of residents and owners the register knows it; `counted` says whether adults or households are counted,
    and another number than it finds needs a `correction`, the reason. `area_entitled` is in 0.01 m² and for
    owners alone; `petition_id` are those who asked for the meeting, None where the body itself calls it;
    `urgent_reason` is for a residents' assembly alone.
    """

    title: str
    starts_at: datetime
    room: str
    minutes: int = 90
    entitled: int | None = None
    area_entitled: int | None = None
    counted: Counted = Counted.ADULTS
    correction: str = ""
    petition_id: UUID | None = None
    urgent_reason: str = ""


@transaction.atomic
def plan(*, by: Actor, body_id: UUID, plan: Plan, is_demo: bool = False) -> Gathering:
    """Plan a meeting of a body under its present rules; what waits for the body becomes the agenda.

    Refused when the day is past, when not enough asked for it, or when notice could no longer go out in time.
    """
    body = read_bodies.body_for_update(body_id)
    require(policies.may_call(by, body.place.path))
    kind, words, room = BodyKind(body.kind), *_words(plan)
    urgent = clean(plan.urgent_reason)[:200]
    if urgent:
        require(meetings.may_be_urgent(kind), status=UNPROCESSABLE)
    day = local(plan.starts_at).date()
    require(meetings.notice_in_time(day, today(), 0 if urgent else body.notice_days), status=UNPROCESSABLE)
    entitled = entitling.of_plan(body, plan)
    called = _called(body, plan.petition_id, entitled)
    gathering = Gathering.objects.create(
        body=body,
        place=body.place,
        title=words,
        starts_at=plan.starts_at,
        minutes_planned=plan.minutes,
        room=room,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        is_public=body.is_public,
        notice_days=body.notice_days,
        quorum=body.quorum,
        proxies_most=body.proxies_most,
        **called,
        urgent_reason=urgent,
        state=State.PLANNED.value,
        planned_by_id=by.person_id,
        is_demo=is_demo,
        **entitled,
        **_video(body),
    )
    taken = _take_waiting(body, gathering)
    data = {"day": day.isoformat(), "called_by": called["called_by"], "items": taken}
    audit.record(Event.PLANNED, by=by, subject=gathering, place_path=body.place.path, data=data)
    return gathering


@transaction.atomic
def notify_members(*, by: Actor, gathering_id: UUID) -> Gathering:
    """Send the notice to everybody entitled; without a phone they are called or get a slip.

    Refused (422) when it is too late for the day of the meeting.
    """
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_call(by, gathering.place.path))
    require(meetings.may_go(State(gathering.state), Verb.NOTIFY), status=CONFLICT)
    days = 0 if gathering.urgent_reason else gathering.notice_days
    require(meetings.notice_in_time(local(gathering.starts_at).date(), today(), days), status=UNPROCESSABLE)
    gathering.state, gathering.noticed_at = State.NOTICED.value, now()
    gathering.save(update_fields=["state", "noticed_at"])
    invited = read_bodies.invited(gathering)
    audit.record(
        Event.NOTICED,
        by=by,
        subject=gathering,
        place_path=gathering.place.path,
        data={"count": len(invited)},
    )
    _tell(Topic.GATHERING_CALLED, by, gathering, invited)
    return gathering


@transaction.atomic
def cancel(*, by: Actor, gathering_id: UUID, reason: str) -> Gathering:
    """Call a meeting off; who had notice of it is told, and its agenda waits for the body again."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_call(by, gathering.place.path))
    require(meetings.may_go(State(gathering.state), Verb.CANCEL), status=CONFLICT)
    words = clean(reason)[:200]
    if not words:
        raise Refused("Say in a few words why it is called off.", status=UNPROCESSABLE)
    was_noticed = gathering.noticed_at is not None
    gathering.state, gathering.cancelled_at, gathering.cancel_reason = State.CANCELLED.value, now(), words
    gathering.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    back = AgendaItem.objects.filter(gathering=gathering, body__isnull=False)
    back.update(gathering=None, position=None)
    audit.record(Event.CANCELLED, by=by, subject=gathering, place_path=gathering.place.path)
    if was_noticed:
        _tell(Topic.GATHERING_CANCELLED, by, gathering, read_bodies.invited(gathering), text=words)
    return gathering


@transaction.atomic
def await_item(
    *, by: Actor, body_id: UUID, title: str, subject_kind: str = "", subject_id: UUID | None = None
) -> AgendaItem:
    """Let something wait for a body's next meeting; the same subject waits once."""
    body = read_bodies.body_for_update(body_id)
    require(policies.may_keep_bodies(by, body.place.path))
    waiting = AgendaItem.objects.filter(body=body, gathering__isnull=True, subject_id=subject_id)
    found = waiting.filter(subject_kind=subject_kind).first() if subject_id else None
    item = found or AgendaItem.objects.create(
        body=body, title=_title(title), subject_kind=subject_kind, subject_id=subject_id
    )
    audit.record(Event.ITEM_ADDED, by=by, subject=body, place_path=body.place.path)
    return item


@transaction.atomic
def add_item(*, by: Actor, gathering_id: UUID, title: str) -> AgendaItem:
    """Put something at the end of a meeting's agenda, also while it sits."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    if State(gathering.state) not in (*meetings.AHEAD, State.OPEN):
        raise Refused("The agenda is closed.", status=CONFLICT)
    position = read.next_position(gathering.pk)
    if position > meetings.MOST_ITEMS:
        raise Refused("An agenda has at most %(most)s items.", {"most": meetings.MOST_ITEMS}, status=CONFLICT)
    item = AgendaItem.objects.create(
        gathering=gathering, body=gathering.body, position=position, title=_title(title)
    )
    audit.record(Event.ITEM_ADDED, by=by, subject=gathering, place_path=gathering.place.path)
    return item


@transaction.atomic
def drop_item(*, by: Actor, gathering_id: UUID, item_id: UUID) -> None:
    """Take an item off the agenda before the meeting; it waits for the body's next one."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_call(by, gathering.place.path))
    if State(gathering.state) not in meetings.AHEAD:
        raise Refused("The agenda is closed.", status=CONFLICT)
    found = AgendaItem.objects.filter(pk=item_id, gathering=gathering)
    if not found.update(gathering=None, position=None):
        raise Refused("This item is not on the agenda any more.", status=CONFLICT)
    audit.record(Event.ITEM_DROPPED, by=by, subject=gathering, place_path=gathering.place.path)


def _called(body: Body, petition_id: UUID | None, entitled: Mapping[str, object]) -> dict[str, object]:
    """The columns that say who called a meeting: the body itself, or enough of those who may ask for one."""
    if petition_id is None:
        return {"called_by": CalledBy.ITSELF.value}
    row = petitions.petition_for_update(petition_id)
    if row.body_id != body.pk:
        raise Refused("They ask for a meeting of another body.", status=UNPROCESSABLE)
    require(petition_rules.may_change(is_planned=petitions.is_planned(row.pk)), status=CONFLICT)
    by, asked = CalledBy(row.asked_by), petitions.callers(row, today())
    whole = entitling.callers_of(row, entitled)
    require(bodies.may_call(BodyKind(body.kind), by, asked, whole), status=UNPROCESSABLE)
    return {"called_by": by.value, "petition": row, "callers": asked, "callers_of": whole}


def _take_waiting(body: Body, gathering: Gathering) -> int:
    waiting = read_bodies.waiting_for_update(body.pk)[: meetings.MOST_ITEMS]
    for position, item in enumerate(waiting, start=1):
        item.gathering, item.position = gathering, position
    AgendaItem.objects.bulk_update(waiting, ["gathering", "position"])
    return len(waiting)


def _video(body: Body) -> dict[str, str]:
    if not body.video_base:
        return {}
    return {"video_base": body.video_base, "video_room": f"linli-{secrets.token_hex(ROOM_BYTES)}"}


def _words(plan: Plan) -> tuple[str, str]:
    room = one_line(plan.room)[:80]
    if not room:
        raise Refused("Say where it is held.", status=UNPROCESSABLE)
    shortest, longest = meetings.LENGTHS
    if not shortest <= plan.minutes <= longest:
        raise Refused(
            "A meeting is planned for %(shortest)s to %(longest)s minutes.",
            {"shortest": shortest, "longest": longest},
            status=UNPROCESSABLE,
        )
    return _title(plan.title), room


def _title(text: str) -> str:
    words = one_line(text)
    if not words or len(words) > meetings.LONGEST_TITLE:
        raise Refused(
            "Give it a title of at most %(most)s characters.",
            {"most": meetings.LONGEST_TITLE},
            status=UNPROCESSABLE,
        )
    return words


def _tell(topic: Topic, by: Actor, row: Gathering, to: set[UUID], text: str = "") -> None:
    notices.notify(
        topic,
        by=by,
        to=to,
        params={
            "title": row.title,
            "by": row.body.name if row.body else "",
            "due": row.starts_at.isoformat(),
            "room": row.room,
            "text": text,
        },
        url=reverse("gatherings:meeting", args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )
