"""The yearly appraisal of a committee's members, and the office that ends with it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import BodyKind, Event, Finding
from linli.gatherings.models import Appraisal, Membership
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import seats as read
from linli.gatherings.rules import office
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import UNPROCESSABLE, Refused, require


@transaction.atomic
def appraise(
    *, by: Actor, body_id: UUID, held_on: date, findings: Mapping[UUID, Finding]
) -> list[Membership]:
    """Write down what the appraisal of a day found of each member who sat before it, by membership.

    Whoever was found unfit twice in a row leaves today (组织法 37); gives those memberships.
    """
    body = read_bodies.body_for_update(body_id)
    require(policies.may_keep_bodies(by, body.place.path))
    last = read.last_appraisal(body.pk)
    require(office.may_appraise(BodyKind(body.kind), held_on, last, today()), status=UNPROCESSABLE)
    rows = read.to_appraise(body.pk, held_on, today())
    if not rows or not {row.pk for row in rows} <= set(findings):
        raise Refused("Say of every member what was found.", status=UNPROCESSABLE)
    Appraisal.objects.bulk_create(
        Appraisal(
            membership=row, held_on=held_on, finding=findings[row.pk].value, recorded_by_id=by.person_id
        )
        for row in rows
    )
    known = read.findings([row.pk for row in rows])
    ended = [row for row in rows if office.ends_office([finding for _day, finding in known[row.pk]])]
    for row in ended:
        row.ends = today()
        row.save(update_fields=["ends"])
        audit.record(Event.MEMBER_LEFT, by=by, subject=body, place_path=body.place.path)
    data = {"count": len(rows)}
    audit.record(Event.MEMBERS_APPRAISED, by=by, subject=body, place_path=body.place.path, data=data)
    return ended
