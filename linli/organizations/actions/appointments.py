"""Who holds a post, and who stands in."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.organizations import policies
from linli.organizations.actions.posts import locked
from linli.organizations.kinds import Event
from linli.organizations.models import Appointment, StandIn
from linli.people import read as people


def appoint(
    *, by: Actor, post_id: UUID, person_id: UUID, starts: date, ends: date | None = None
) -> Appointment:
    """Give a post to a person from one day until another (end excluded; None: until ended)."""
    with transaction.atomic():
        post = locked(post_id)
        require(policies.may_appoint(by, post.place.path, frozenset(post.kind.powers)))
        if post.closed_on is not None:
            raise Refused("This post is closed.", status=CONFLICT)
        if ends is not None and ends <= starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        person = people.person(person_id)
        if person is None:
            raise Refused("This person is not known.", status=MISSING)
        row = Appointment(post=post, person=person, starts=starts, ends=ends)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as clash:
            raise Refused(
                "This person already holds the post on some of these days.", status=CONFLICT
            ) from clash
        audit.record(
            Event.APPOINTED,
            by=by,
            subject=row,
            post_id=post.id,
            place_path=post.place.path,
            data={"person": str(person_id), "starts": starts.isoformat()},
        )
    return row


def end_appointment(*, by: Actor, appointment_id: UUID, ends: date) -> Appointment:
    """End an appointment: `ends` is the first day it no longer holds. Stand-ins named for it end with it.

    What hangs on the post (claims, reminders) is moved on by whoever reacts to the entry.
    """
    with transaction.atomic():
        row = _locked(appointment_id)
        post = row.post
        require(policies.may_appoint(by, post.place.path, frozenset(post.kind.powers)))
        if row.ends is not None and row.ends <= today():
            raise Refused("This appointment has already ended.", status=CONFLICT)
        if ends <= row.starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        row.ends = ends
        row.save(update_fields=["ends"])
        audit.record(
            Event.APPOINTMENT_ENDED,
            by=by,
            subject=row,
            post_id=post.id,
            place_path=post.place.path,
            data={"person": str(row.person_id), "post": str(post.id), "ends": ends.isoformat()},
        )
    return row


def name_stand_in(
    *, by: Actor, appointment_id: UUID, person_id: UUID, starts: date, last_day: date
) -> StandIn:
    """Let somebody act for the holder from `starts` up to and including `last_day`."""
    with transaction.atomic():
        row = _locked(appointment_id)
        path = row.post.place.path
        require(policies.may_name_stand_in(by, path, is_holder=by.person_id == row.person_id))
        if last_day < starts or last_day < today():
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        if row.ends is not None and row.ends <= last_day:
            raise Refused("The appointment ends before that day.", status=CONFLICT)
        if person_id == row.person_id:
            raise Refused("Nobody stands in for themselves.", status=UNPROCESSABLE)
        if people.person(person_id) is None:
            raise Refused("This person is not known.", status=MISSING)
        if row.stand_ins.filter(starts__lte=last_day, last_day__gte=starts).exists():
            raise Refused("Somebody already stands in on some of these days.", status=CONFLICT)
        stand_in = StandIn.objects.create(
            appointment=row, person_id=person_id, starts=starts, last_day=last_day
        )
        audit.record(
            Event.STAND_IN_NAMED,
            by=by,
            subject=stand_in,
            post_id=row.post_id,
            place_path=path,
            data={"person": str(person_id), "starts": starts.isoformat(), "last_day": last_day.isoformat()},
        )
    return stand_in


def _locked(appointment_id: UUID) -> Appointment:
    row = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("post__place", "post__kind")
        .filter(id=appointment_id)
        .first()
    )
    if row is None:
        raise Refused("This appointment is not known.", status=MISSING)
    return row
