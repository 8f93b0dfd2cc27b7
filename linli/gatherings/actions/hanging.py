"""A sheet a step of a matter asks for: that it hangs, where and since when; that it was taken down early."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.documents import actions as documents
from linli.gatherings import policies
from linli.gatherings.actions.posting import checked
from linli.gatherings.kinds import Event, PostingKind
from linli.gatherings.models import Posting
from linli.gatherings.read import postings as read
from linli.gatherings.rules import postings
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.references import Reference
from linli.kernel.text import one_line
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as somebody hung it: its words, where and since when, and a photo of it (name, content)."""

    title: str
    body: str
    where: str
    since: date
    photo: tuple[str, bytes]


@transaction.atomic
def hang(*, by: Actor, place_id: UUID, asked: Reference, asked_on: date, sheet: Sheet, ends: date) -> Posting:
    """Note that what a step asked for hangs; its days count from the day it went up."""
    place = places.place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_hang(by, place.path))
    require(postings.may_hang(sheet.since, asked_on, today()), status=UNPROCESSABLE)
    if read.hanging(asked) is not None:
        raise Refused("It already hangs.", status=CONFLICT)
    title, body = checked(sheet.title, sheet.body)
    where = one_line(sheet.where)
    if not where or len(where) > postings.LONGEST_WHERE:
        raise Refused(
            "Say in at most %(most)s characters where it hangs.",
            {"most": postings.LONGEST_WHERE},
            status=UNPROCESSABLE,
        )
    name, content = sheet.photo
    photo = documents.store(by=by, content=content, name=name)
    if photo.width is None:
        raise Refused("Send a photo of the sheet as it hangs.", status=UNPROCESSABLE)
    row = Posting.objects.create(
        kind=PostingKind.STEP.value,
        place=place,
        title=title,
        body=body,
        where=where,
        photo=photo,
        asked_kind=asked.kind,
        asked_id=asked.id,
        starts=sheet.since,
        ends=ends,
        posted_by_id=person_of(by),
    )
    audit.record(Event.POSTED, by=by, subject=row, place_path=place.path, data={"asked": str(asked)})
    return row


@transaction.atomic
def take_down(*, by: Actor, posting_id: UUID, reason: str) -> Posting:
    """Note that a sheet was taken down before its last day: its days stop."""
    row = read.posting_for_update(posting_id)
    require(policies.may_hang(by, row.place.path))
    is_settled = row.settled_at is not None
    if row.kind != PostingKind.STEP:
        raise Refused("It stays up until %(last)s.", {"last": row.ends.isoformat()}, status=CONFLICT)
    require(postings.may_take_down(row.ends, today(), is_settled=is_settled), status=CONFLICT)
    words = one_line(reason)
    if not words or len(words) > postings.LONGEST_REASON:
        raise Refused("Say why it was taken down.", status=UNPROCESSABLE)
    row.taken_down_on, row.taken_down_reason, row.settled_at = today(), words, now()
    row.save(update_fields=["taken_down_on", "taken_down_reason", "settled_at"])
    audit.record(Event.TAKEN_DOWN, by=by, subject=row, place_path=row.place.path)
    return row
