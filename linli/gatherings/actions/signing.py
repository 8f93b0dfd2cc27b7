"""Signing in: by the code on the wall, from afar, by the list, and for somebody who gave a proxy."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import Event, State, Way
from linli.gatherings.models import Attendance, Gathering
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import codes, meetings
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import one_line

LONGEST_NAME = 40


@transaction.atomic
def sign_in_by_code(*, by: Actor, gathering_id: UUID, code: str, scanned_at: datetime) -> Attendance:
    """Sign oneself in with the code that was on the wall when it was scanned; again changes nothing."""
    gathering = _own(by, gathering_id)
    was_shown = codes.is_valid(str(gathering.secret), code, scanned_at)
    if not (was_shown and codes.is_still_here(scanned_at, now())):
        raise Refused("This code is no longer on the wall. Scan the one shown now.", status=UNPROCESSABLE)
    return _present(by, gathering, person_of(by), Way.CODE)


@transaction.atomic
def sign_in_remote(*, by: Actor, gathering_id: UUID) -> Attendance:
    """Take part from afar; only where the meeting has a video room."""
    gathering = _own(by, gathering_id)
    if not gathering.video_base:
        raise Refused("This meeting has no video room.", status=UNPROCESSABLE)
    return _present(by, gathering, person_of(by), Way.REMOTE)


@transaction.atomic
def sign_in_by_list(
    *,
    by: Actor,
    gathering_id: UUID,
    person_id: UUID | None = None,
    name: str = "",
    organization_id: UUID | None = None,
) -> Attendance:
    """Put somebody who is here on the list: a person of the register, or a name, perhaps for a unit."""
    gathering = _run(by, gathering_id)
    words = one_line(name)[:LONGEST_NAME]
    if (person_id is None) == (not words):
        raise Refused("Say who is here.", status=UNPROCESSABLE)
    if person_id is not None:
        return _present(by, gathering, person_id, Way.LIST, organization_id)
    counts = _counts(gathering, None, organization_id)
    row = Attendance.objects.create(
        gathering=gathering,
        name=words,
        organization_id=organization_id,
        way=Way.LIST.value,
        counts=counts,
        listed_by_id=by.person_id,
    )
    _record(by, gathering, row)
    return row


@transaction.atomic
def sign_in_by_proxy(*, by: Actor, gathering_id: UUID, person_id: UUID, proxy_id: UUID) -> Attendance:
    """Somebody absent is stood in for, in writing, by somebody here; one person for at most so many others.

    The meeting is locked meanwhile: two desks cannot give the same person one proxy too many.
    """
    gathering = _run(by, gathering_id)
    if read.attendance_of(gathering.pk, person_id) is not None:
        raise Refused("They are already on the list.", status=CONFLICT)
    require(
        meetings.may_stand_in(
            read.proxies_held(gathering.pk, proxy_id),
            gathering.proxies_most,
            is_present=read.is_here(gathering.pk, proxy_id),
            is_for_self=person_id == proxy_id,
        ),
        status=UNPROCESSABLE,
    )
    if not _counts(gathering, person_id, None):
        raise Refused("Only somebody who is counted here can be stood in for.", status=UNPROCESSABLE)
    row = Attendance.objects.create(
        gathering=gathering,
        person_id=person_id,
        way=Way.PROXY.value,
        proxy_id=proxy_id,
        counts=True,
        listed_by_id=by.person_id,
    )
    _record(by, gathering, row)
    return row


def _own(by: Actor, gathering_id: UUID) -> Gathering:
    """The open meeting somebody signs themselves in to, locked."""
    gathering = read.gathering_for_update(gathering_id)
    is_member = read_bodies.is_member(by, gathering.body_id)
    require(policies.may_sign_in(by, read.about(gathering), is_member=is_member))
    return gathering


def _run(by: Actor, gathering_id: UUID) -> Gathering:
    """The open meeting whose list somebody keeps, locked."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    if gathering.state != State.OPEN:
        raise Refused("Nobody can sign in now: the meeting is not open.", status=CONFLICT)
    return gathering


def _present(
    by: Actor, gathering: Gathering, person_id: UUID, way: Way, organization_id: UUID | None = None
) -> Attendance:
    """Once each; who comes after a proxy was noted is here themselves and stood in for no more."""
    found = read.attendance_of(gathering.pk, person_id)
    if found is not None and found.way != Way.PROXY:
        return found
    counts, unit = _counts(gathering, person_id, None), None
    if not counts:
        unit = organization_id or _unit_of(by, gathering, person_id)
        counts = unit is not None and _counts(gathering, None, unit)
    if found is not None:
        found.way, found.proxy, found.at = way.value, None, now()
        found.save(update_fields=["way", "proxy", "at"])
        row = found
    else:
        row = Attendance.objects.create(
            gathering=gathering,
            person_id=person_id,
            organization_id=unit,
            way=way.value,
            counts=counts,
            listed_by_id=None if by.person_id == person_id else by.person_id,
        )
    _record(by, gathering, row)
    return row


def _unit_of(by: Actor, gathering: Gathering, person_id: UUID) -> UUID | None:
    """The member unit somebody who signs in themselves comes for, by their posts."""
    if by.person_id != person_id or gathering.body_id is None:
        return None
    return read_bodies.member_unit(by, gathering.body_id)


def _counts(gathering: Gathering, person_id: UUID | None, organization_id: UUID | None) -> bool:
    if organization_id is not None and read.unit_is_counted(gathering.pk, organization_id):
        return False
    return read_bodies.counts(gathering, person_id=person_id, organization_id=organization_id, on=today())


def _record(by: Actor, gathering: Gathering, row: Attendance) -> None:
    data = {"way": row.way, "counts": row.counts}
    audit.record(Event.SIGNED_IN, by=by, subject=gathering, place_path=gathering.place.path, data=data)
