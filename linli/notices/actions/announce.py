"""An announcement's way: written, submitted, approved or returned by somebody else, shown, withdrawn."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Decision, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.notices import policies, read, rules
from linli.notices.actions.tell import notify
from linli.notices.kinds import AnnouncementState, Audience, Event, Power, Topic
from linli.notices.models import Announcement, AnnouncementReading
from linli.organizations import read as organizations
from linli.places import read as places


@transaction.atomic
def draft_announcement(
    *,
    by: Actor,
    place_id: UUID,
    title: str,
    body: str,
    audience: Audience = Audience.RESIDENTS,
    until: date | None = None,
    is_demo: bool = False,
) -> Announcement:
    """Begin an announcement to those of the place it is for, shown up to and including `until`."""
    place = places.place(place_id)
    if place is None or place.closed_on is not None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_write(by, place.path))
    words = _checked(title, body, until)
    announcement = Announcement.objects.create(
        place=place,
        title=words[0],
        body=words[1],
        audience=audience.value,
        until=until,
        state=AnnouncementState.DRAFT.value,
        written_by_id=person_of(by),
        is_demo=is_demo,
    )
    audit.record(Event.DRAFTED, by=by, subject=announcement, place_path=place.path)
    return announcement


@transaction.atomic
def edit(
    *, by: Actor, announcement_id: UUID, title: str, body: str, audience: Audience, until: date | None
) -> Announcement:
    """Change a draft or a returned announcement; only its writer can."""
    announcement = read.announcement_for_update(announcement_id)
    require(_may_edit(by, announcement))
    words = _checked(title, body, until)
    after = {"title": words[0], "body": words[1], "audience": audience.value, "until": until}
    changed = [name for name, value in after.items() if getattr(announcement, name) != value]
    if changed:
        for name in changed:
            setattr(announcement, name, after[name])
        announcement.save(update_fields=changed)
        audit.record(
            Event.EDITED, by=by, subject=announcement, place_path=announcement.place.path, fields=changed
        )
    return announcement


@transaction.atomic
def submit(*, by: Actor, announcement_id: UUID) -> Announcement:
    """Ask for approval; everybody who may approve for the place is told."""
    announcement = read.announcement_for_update(announcement_id)
    require(_may_edit(by, announcement))
    _checked(announcement.title, announcement.body, announcement.until)
    announcement.state = AnnouncementState.WAITING.value
    announcement.return_reason = ""
    announcement.save(update_fields=["state", "return_reason"])
    audit.record(Event.SUBMITTED, by=by, subject=announcement, place_path=announcement.place.path)
    _tell(
        Topic.ANNOUNCEMENT_TO_APPROVE,
        by,
        announcement,
        to=organizations.acting_with(Power.APPROVE, announcement.place.path, today()),
        signed=announcement.written_by.name,
    )
    return announcement


@transaction.atomic
def approve(*, by: Actor, announcement_id: UUID) -> Announcement:
    """Publish what another person wrote; everyone it is for is told."""
    announcement = read.announcement_for_update(announcement_id)
    require(_may_decide(by, announcement))
    if announcement.until is not None and announcement.until < today():
        raise Refused(
            "Its last day has already passed. Return it so that the day can be changed.", status=CONFLICT
        )
    announcement.state = AnnouncementState.PUBLISHED.value
    announcement.approved_by_id = by.person_id
    announcement.approved_at = now()
    announcement.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record(Event.APPROVED, by=by, subject=announcement, place_path=announcement.place.path)
    _tell(
        Topic.ANNOUNCEMENT,
        by,
        announcement,
        to=read.audience(announcement),
        signed=announcement.place.name,
    )
    return announcement


@transaction.atomic
def return_announcement(*, by: Actor, announcement_id: UUID, reason: str) -> Announcement:
    """Give a waiting announcement back to its writer, saying why."""
    announcement = read.announcement_for_update(announcement_id)
    require(_may_decide(by, announcement))
    words = clean(reason)
    if not words:
        raise Refused("Say in a few words why you return it.", status=UNPROCESSABLE)
    announcement.state = AnnouncementState.RETURNED.value
    announcement.return_reason = words[:200]
    announcement.save(update_fields=["state", "return_reason"])
    audit.record(Event.RETURNED, by=by, subject=announcement, place_path=announcement.place.path)
    return announcement


@transaction.atomic
def withdraw(*, by: Actor, announcement_id: UUID) -> Announcement:
    """Take an announcement back for good; residents no longer see it."""
    announcement = read.announcement_for_update(announcement_id)
    require(
        policies.may_withdraw(
            by,
            written_by=announcement.written_by_id,
            state=announcement.state,
            place_path=announcement.place.path,
        )
    )
    announcement.state = AnnouncementState.WITHDRAWN.value
    announcement.save(update_fields=["state"])
    audit.record(Event.WITHDRAWN, by=by, subject=announcement, place_path=announcement.place.path)
    return announcement


@transaction.atomic
def record_reading(*, by: Actor, announcement_id: UUID) -> None:
    """Count this reader once. Not recorded in the audit: only the number of readers is ever shown."""
    require(policies.may_have_inbox(by))
    announcement = read.announcement(announcement_id)
    if not rules.is_shown(announcement.state, announcement.until, today()):
        raise Refused("This announcement is not here.", status=MISSING)
    reading = AnnouncementReading(announcement=announcement, person_id=person_of(by))
    AnnouncementReading.objects.bulk_create([reading], ignore_conflicts=True)


def _checked(title: str, body: str, until: date | None) -> tuple[str, str]:
    """The words as kept. Raises `Refused` (422) when something is missing or the last day has passed."""
    words = (one_line(title), clean(body))
    if not words[0] or not words[1]:
        raise Refused("An announcement needs a title and a text.", status=UNPROCESSABLE)
    if len(words[0]) > rules.LONGEST_TITLE or len(words[1]) > rules.LONGEST_BODY:
        raise Refused(
            "A title has at most %(title)s characters, a text at most %(body)s.",
            {"title": rules.LONGEST_TITLE, "body": rules.LONGEST_BODY},
            status=UNPROCESSABLE,
        )
    if until is not None and until < today():
        raise Refused("The last day has already passed.", status=UNPROCESSABLE)
    return words


def _may_edit(by: Actor, row: Announcement) -> Decision:
    return policies.may_edit(by, written_by=row.written_by_id, state=row.state, place_path=row.place.path)


def _may_decide(by: Actor, row: Announcement) -> Decision:
    return policies.may_decide(by, written_by=row.written_by_id, state=row.state, place_path=row.place.path)


def _tell(topic: Topic, by: Actor, row: Announcement, *, to: list[UUID], signed: str) -> None:
    door = "notices_desk:announcement" if topic is Topic.ANNOUNCEMENT_TO_APPROVE else "notices:announcement"
    notify(
        topic,
        by=by,
        to=to,
        params={"title": row.title, "by": signed, "text": row.body},
        url=reverse(door, args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )
