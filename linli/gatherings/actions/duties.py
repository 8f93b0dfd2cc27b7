"""What has to follow an election or a change of members: begun, written down as done, told when late."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from linli.audit import actions as audit
from linli.gatherings import policies, wording
from linli.gatherings.actions.accounting import begin_owners_classes
from linli.gatherings.kinds import BodyKind, DutyKind, Event, Paper
from linli.gatherings.models import Body, BodyDuty
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import duties as read
from linli.gatherings.rules import duties as rules
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@transaction.atomic
def note_election(
    *, by: Actor, body_id: UUID, elected_on: date, ballot_id: UUID | None = None, is_change: bool = False
) -> list[BodyDuty]:
    """Note that a body was elected, or members of it replaced: what has to follow begins to run. What it owes
    already from an earlier day goes on as it is."""
    body = read_bodies.body_for_update(body_id)
    require(policies.may_follow(by, body.place.path))
    if elected_on > today():
        raise Refused("It was elected today or before.", status=UNPROCESSABLE)
    table = rules.AFTER_CHANGE if is_change else rules.AFTER_ELECTION
    kinds = table.get(BodyKind(body.kind), ())
    if not kinds:
        raise Refused("For this kind of body the law asks nothing after an election.", status=UNPROCESSABLE)
    begin_owners_classes(by=by, body=body)
    return begin(by=by, body=body, kinds=kinds, on=elected_on, ballot_id=ballot_id)


@transaction.atomic
def finish_duty(
    *,
    by: Actor,
    duty_id: UUID,
    done_on: date,
    office: str = "",
    number: str = "",
    papers: Collection[Paper] = (),
) -> BodyDuty:
    """Write down that it was done: for a filing where, under which number and with which papers."""
    row = read.duty_for_update(duty_id)
    path = row.body.place.path
    require(policies.may_keep_bodies(by, path))
    if row.done_on is not None:
        raise Refused("This is written down as done already.", status=CONFLICT)
    kind, where = DutyKind(row.kind), one_line(office)[: rules.LONGEST_OFFICE]
    require(
        rules.may_be_done(kind, row.began_on, done_on, today(), office=where, papers=papers),
        status=UNPROCESSABLE,
    )
    row.done_on, row.recorded_at, row.recorded_by_id = done_on, now(), by.person_id
    if kind in rules.FILED:
        row.office, row.number = where, one_line(number)[: rules.LONGEST_NUMBER]
        row.papers = [paper.value for paper in rules.papers_of(kind) if paper in papers]
    row.save()
    audit.record(Event.DUTY_DONE, by=by, subject=row.body, place_path=path, data={"kind": row.kind})
    return row


@transaction.atomic
def tell_late(*, by: Actor, duty_id: UUID) -> bool:
    """Tell the residents' committee that something is late, once; False where that was done."""
    row = read.duty_for_update(duty_id)
    path = row.body.place.path
    require(policies.may_follow(by, path))
    if row.done_on is not None or row.late_told_at is not None:
        return False
    row.late_told_at = now()
    row.save(update_fields=["late_told_at"])
    notices.notify(
        Topic.BODY_LATE,
        by=by,
        to=read.told(row, today()),
        params={
            "by": row.body.name,
            "title": _called(row, settings.LANGUAGE_CODE),
            "title_en": _called(row, "en"),
            "due": row.due_on.isoformat(),
        },
        url=reverse("gatherings_desk:body", args=[row.body_id]) + "#duties",
        subject=row.body,
        place_path=path,
    )
    audit.record(Event.DUTY_LATE_TOLD, by=by, subject=row.body, place_path=path, data={"kind": row.kind})
    return True


def begin(
    *, by: Actor, body: Body, kinds: Iterable[DutyKind], on: date, ballot_id: UUID | None = None
) -> list[BodyDuty]:
    """What begins to run for a body on a day, in the caller's transaction; not what it owes already."""
    made = [
        BodyDuty(body=body, kind=kind.value, began_on=on, due_on=rules.due(kind, on), ballot_id=ballot_id)
        for kind in kinds
        if not read.owes(body.pk, [kind])
    ]
    BodyDuty.objects.bulk_create(made)
    for row in made:
        data = {"kind": row.kind, "due": row.due_on.isoformat()}
        audit.record(Event.DUTY_BEGUN, by=by, subject=body, place_path=body.place.path, data=data)
    return made


def members_changed(*, by: Actor, body: Body, on: date) -> None:
    """A change of members on a day is filed too, also of a committee whose own filing is older than its page
    here; not while the election itself still is to be filed. In the caller's transaction."""
    kind = BodyKind(body.kind)
    was_filed = BodyDuty.objects.filter(body=body, kind=DutyKind.FILING.value, done_on__isnull=False)
    is_change = rules.is_change(
        kind, sat_before=read_bodies.sat_before(body.pk, on), was_filed=was_filed.exists()
    )
    if is_change and not read.owes(body.pk, [DutyKind.FILING]):
        begin(by=by, body=body, kinds=rules.AFTER_CHANGE[kind], on=on)


def met(*, by: Actor, body: Body) -> None:
    """A body that meets has held its first meeting, in the caller's transaction."""
    owed = BodyDuty.objects.filter(body=body, kind=DutyKind.FIRST_MEETING.value, done_on__isnull=True)
    if owed.update(done_on=today(), recorded_at=now(), recorded_by=by.person_id):
        data = {"kind": DutyKind.FIRST_MEETING.value}
        audit.record(Event.DUTY_DONE, by=by, subject=body, place_path=body.place.path, data=data)


def _called(row: BodyDuty, language: str) -> str:
    """What it is called, for readers of a language."""
    with translation.override(language):
        return str(wording.DUTY_LABELS[row.kind])
