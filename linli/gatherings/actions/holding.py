"""A meeting while it sits: opened, speakers listed and heard, points noted, closed with its count."""

import secrets
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.actions import duties, entitling
from linli.gatherings.actions.calling import SECRET_BYTES
from linli.gatherings.kinds import CalledBy, Event, Presence, SittingKind, State, Verb
from linli.gatherings.models import Gathering, Point, SpeakingTurn
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import meetings
from linli.kernel.actor import Actor
from linli.kernel.clock import local, now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.places import read as places

LONGEST_NAME = 40


@transaction.atomic
def open_planned(*, by: Actor, gathering_id: UUID) -> Gathering:
    """Begin a meeting on its day; people sign in from now on. Everybody entitled is counted as of now."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    day = local(gathering.starts_at).date()
    require(
        meetings.may_open(
            State(gathering.state),
            day,
            today(),
            gathering.notice_days,
            is_urgent=bool(gathering.urgent_reason),
        ),
        status=CONFLICT,
    )
    entitling.count_anew(gathering)
    gathering.entitled = read.entitled_of(gathering)
    gathering.state, gathering.opened_at = State.OPEN.value, now()
    counted = ["entitled", "entitled_found", "area_entitled", "area_found", "found_on"]
    gathering.save(update_fields=["state", "opened_at", *counted])
    if gathering.body is not None:
        duties.met(by=by, body=gathering.body)
    audit.record(Event.OPENED, by=by, subject=gathering, place_path=gathering.place.path)
    return gathering


@transaction.atomic
def open_sitting(
    *, by: Actor, place_id: UUID, kind: SittingKind, title: str, room: str, is_demo: bool = False
) -> Gathering:
    """Open a talk on the spot, without a body and without notice; it is open at once and for everybody."""
    place = places.place(place_id)
    if place is None or place.closed_on is not None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_sit(by, place.path))
    words = one_line(title)[: meetings.LONGEST_TITLE]
    if not words:
        raise Refused("Say in a few words what is talked about.", status=UNPROCESSABLE)
    moment = now()
    gathering = Gathering.objects.create(
        sitting=kind.value,
        place=place,
        title=words,
        starts_at=moment,
        opened_at=moment,
        room=one_line(room)[:80] or place.name,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        is_public=True,
        quorum=Presence.NONE.value,
        called_by=CalledBy.ITSELF.value,
        state=State.OPEN.value,
        planned_by_id=by.person_id,
        is_demo=is_demo,
    )
    audit.record(
        Event.SITTING_OPENED, by=by, subject=gathering, place_path=place.path, data={"kind": kind.value}
    )
    return gathering


@transaction.atomic
def list_speaker(*, by: Actor, gathering_id: UUID, name: str, item_id: UUID | None = None) -> SpeakingTurn:
    """Put somebody on the list of speakers."""
    gathering = _open(by, gathering_id)
    words = one_line(name)[:LONGEST_NAME]
    if not words:
        raise Refused("Say who wants to speak.", status=UNPROCESSABLE)
    turn = SpeakingTurn.objects.create(gathering=gathering, item=read.item_of(gathering, item_id), name=words)
    audit.record(Event.SPEAKER_LISTED, by=by, subject=gathering, place_path=gathering.place.path)
    return turn


@transaction.atomic
def hear_speaker(*, by: Actor, turn_id: UUID) -> SpeakingTurn:
    """The next one has the word; they leave the list."""
    turn = read.turn_for_update(turn_id)
    gathering = _open(by, turn.gathering_id)
    if turn.heard_at is None:
        turn.heard_at = now()
        turn.save(update_fields=["heard_at"])
        audit.record(Event.SPEAKER_HEARD, by=by, subject=gathering, place_path=gathering.place.path)
    return turn


@transaction.atomic
def note_point(*, by: Actor, gathering_id: UUID, text: str, item_id: UUID | None = None) -> Point:
    """Note one thing that was said: what, not by whom."""
    gathering = _open(by, gathering_id)
    words = clean(text)
    if not words or len(words) > meetings.LONGEST_POINT:
        raise Refused(
            "Note one point in at most %(most)s characters.",
            {"most": meetings.LONGEST_POINT},
            status=UNPROCESSABLE,
        )
    point = Point.objects.create(
        gathering=gathering, item=read.item_of(gathering, item_id), text=words, noted_by_id=person_of(by)
    )
    audit.record(Event.POINT_NOTED, by=by, subject=gathering, place_path=gathering.place.path)
    return point


@transaction.atomic
def close(*, by: Actor, gathering_id: UUID, area_present: int | None = None) -> Gathering:
    """End a meeting. How many of those entitled were there, and whether that was enough, is kept as found;
    of owners also the area present, in 0.01 m²."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    require(meetings.may_go(State(gathering.state), Verb.CLOSE), status=CONFLICT)
    if (gathering.area_entitled is not None) != (area_present is not None):
        raise Refused("Say how much area is present or stood in for.", status=UNPROCESSABLE)
    if area_present is not None and area_present > (gathering.area_entitled or 0):
        raise Refused("More area is present than there is.", status=UNPROCESSABLE)
    quorum = read.quorum_of(gathering, area_present=area_present)
    gathering.state, gathering.closed_at = State.CLOSED.value, now()
    gathering.present, gathering.area_present, gathering.quorate = quorum.present, area_present, quorum.met
    gathering.save(update_fields=["state", "closed_at", "present", "area_present", "quorate"])
    data = {"present": quorum.present, "entitled": quorum.entitled, "quorate": quorum.met}
    audit.record(Event.CLOSED, by=by, subject=gathering, place_path=gathering.place.path, data=data)
    return gathering


def _open(by: Actor, gathering_id: UUID) -> Gathering:
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    if gathering.state != State.OPEN:
        raise Refused("The meeting is not open.", status=CONFLICT)
    return gathering
