"""居务公开: a community's list of classes, and laying affairs open, posted for at least fifteen days."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.actions.posting import checked
from linli.gatherings.kinds import Event, PostingKind
from linli.gatherings.models import Disclosure, DisclosureClass, Posting
from linli.gatherings.read import postings as read
from linli.gatherings.rules import disclosures, postings
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import one_line
from linli.places import read as places
from linli.places.kinds import PlaceKind


@transaction.atomic
def adopt_classes(*, by: Actor, place_id: UUID) -> list[DisclosureClass]:
    """Begin a community's list with the seven classes of the law and 五民主三公开."""
    place = places.place_for_update(place_id)
    if place is None or place.kind != PlaceKind.COMMUNITY:
        raise Refused("Choose a community.", status=UNPROCESSABLE)
    require(policies.may_adopt_classes(by, place.path))
    if read.has_classes(place.pk):
        raise Refused("This community already has its list.", status=CONFLICT)
    first = read.next_class_position(place.pk)
    rows = [
        DisclosureClass(
            place=place,
            code=each.code,
            by_law=each.by_law,
            every_months=disclosures.QUARTERLY,
            position=position,
            began_on=today(),
        )
        for position, each in enumerate(disclosures.STARTING, start=first)
    ]
    DisclosureClass.objects.bulk_create(rows)
    audit.record(
        Event.CLASSES_ADOPTED, by=by, subject=place, place_path=place.path, data={"count": len(rows)}
    )
    return rows


@transaction.atomic
def add_class(*, by: Actor, place_id: UUID, title: str, every_months: int) -> DisclosureClass:
    """Add a class of the community's own."""
    place = places.place_for_update(place_id)
    if place is None or place.kind != PlaceKind.COMMUNITY:
        raise Refused("Choose a community.", status=UNPROCESSABLE)
    require(policies.may_disclose(by, place.path))
    words = _title(title)
    require(disclosures.is_sound(words, every_months), status=UNPROCESSABLE)
    row = DisclosureClass.objects.create(
        place=place,
        title=words,
        every_months=every_months,
        position=read.next_class_position(place.pk),
        began_on=today(),
    )
    audit.record(Event.CLASS_CHANGED, by=by, subject=row, place_path=place.path, fields=["title"])
    return row


@transaction.atomic
def change_class(*, by: Actor, class_id: UUID, title: str, every_months: int) -> DisclosureClass:
    """Word a class anew, or lay it open more or less often."""
    row = read.class_for_update(class_id)
    require(policies.may_disclose(by, row.place.path))
    after = {"title": _title(title), "every_months": every_months}
    sound = disclosures.is_sound(_title(title), every_months, has_words=bool(row.code))
    require(sound, status=UNPROCESSABLE)
    changed = [field for field, value in after.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, after[field])
    if changed:
        row.save(update_fields=changed)
        audit.record(Event.CLASS_CHANGED, by=by, subject=row, place_path=row.place.path, fields=changed)
    return row


@transaction.atomic
def end_class(*, by: Actor, class_id: UUID) -> DisclosureClass:
    """Strike a class of the community's own; what was laid open of it stays in the archive."""
    row = read.class_for_update(class_id)
    require(policies.may_disclose(by, row.place.path))
    require(disclosures.may_end_class(by_law=row.by_law), status=CONFLICT)
    if row.ended_on is not None:
        raise Refused("This class has already been struck.", status=CONFLICT)
    row.ended_on = today()
    row.save(update_fields=["ended_on"])
    audit.record(Event.CLASS_CHANGED, by=by, subject=row, place_path=row.place.path, fields=["ended_on"])
    return row


@transaction.atomic
def disclose(
    *,
    by: Actor,
    class_id: UUID,
    title: str,
    body: str,
    days: int = postings.USUAL_DAYS[PostingKind.AFFAIRS],
    is_demo: bool = False,
) -> Posting:
    """Lay affairs of a class open: kept in the archive, and posted for so many days, fifteen at least."""
    row = read.class_for_update(class_id)
    require(policies.may_disclose(by, row.place.path))
    if row.ended_on is not None:
        raise Refused("This class has already been struck.", status=CONFLICT)
    require(postings.is_long_enough(PostingKind.AFFAIRS, days), status=UNPROCESSABLE)
    words = checked(title, body)
    person_id, day = person_of(by), today()
    disclosure = Disclosure.objects.create(
        disclosure_class=row,
        title=words[0],
        body=words[1],
        disclosed_on=day,
        disclosed_by_id=person_id,
        is_demo=is_demo,
    )
    posting = Posting.objects.create(
        kind=PostingKind.AFFAIRS.value,
        place=row.place,
        disclosure=disclosure,
        title=words[0],
        body=words[1],
        starts=day,
        ends=postings.last_day(day, days),
        posted_by_id=person_id,
        is_demo=is_demo,
    )
    audit.record(Event.DISCLOSED, by=by, subject=disclosure, place_path=row.place.path, data={"days": days})
    return posting


def _title(title: str) -> str:
    return one_line(title)
