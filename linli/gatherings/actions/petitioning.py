"""Those who ask for a meeting: begun, listed by name, counted from signed sheets."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.documents import actions as documents
from linli.gatherings import policies
from linli.gatherings.kinds import BodyKind, CalledBy, Event
from linli.gatherings.models import Petition, Signatory, SignedSheet
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import petitions as read
from linli.gatherings.rules import petitions as rules
from linli.gatherings.rules.bodies import STANDINGS
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line


@transaction.atomic
def begin_petition(*, by: Actor, body_id: UUID, asked_by: CalledBy, about: str) -> Petition:
    """Begin the list of those who ask for a meeting of a body."""
    body = read_bodies.body_for_update(body_id)
    require(policies.may_list_callers(by, body.place.path))
    if asked_by not in STANDINGS[BodyKind(body.kind)].law.calls:
        raise Refused("A meeting of this body is not called this way.", status=UNPROCESSABLE)
    words = one_line(about)[: rules.LONGEST_ABOUT]
    if not words:
        raise Refused("Say in a few words what they ask the meeting for.", status=UNPROCESSABLE)
    row = Petition.objects.create(body=body, asked_by=asked_by.value, about=words, begun_by_id=by.person_id)
    audit.record(
        Event.PETITION_BEGUN, by=by, subject=row, place_path=body.place.path, data={"by": asked_by.value}
    )
    return row


@transaction.atomic
def sign(
    *, by: Actor, petition_id: UUID, person_ids: Collection[UUID], off: Collection[UUID] = ()
) -> Petition:
    """Put people on the list who may ask by the register of today, and take others `off` it: of those nothing
    stays."""
    row, wanted, day = _growing(by, petition_id), set(person_ids), today()
    if not 0 < len(wanted) + len(off) <= rules.MOST_AT_ONCE:
        raise Refused("Tick who asks for the meeting first.", status=UNPROCESSABLE)
    gone, _rows = Signatory.objects.filter(petition=row, person__in=set(off) - wanted).delete()
    new = wanted - set(Signatory.objects.filter(petition=row).values_list("person", flat=True))
    here = read.eligible(row, row.body.place.path, day).filter(pk__in=list(new))
    ones, counted = set(here.values_list("pk", flat=True)), read.on_sheets(row, new, day)
    for person in new:
        decision = rules.may_sign(is_one=person in ones, is_on_sheet=person in counted)
        require(decision, status=UNPROCESSABLE)
    Signatory.objects.bulk_create(
        Signatory(petition=row, person_id=person, listed_by_id=by.person_id) for person in sorted(new)
    )
    data = {"count": len(new), "off": gone}
    audit.record(Event.PETITION_SIGNED, by=by, subject=row, place_path=row.body.place.path, data=data)
    return row


@transaction.atomic
def count_sheet(
    *, by: Actor, petition_id: UUID, place_id: UUID, count: int, content: bytes, name: str
) -> SignedSheet:
    """Count a sheet signed in a building, with its photo or scan."""
    row = _growing(by, petition_id)
    if row.asked_by == CalledBy.REPS:
        raise Refused("Representatives are few: tick them by name.", status=UNPROCESSABLE)
    place = next((place for place, _written in read.buildings(row) if place.pk == place_id), None)
    if place is None:
        raise Refused("Choose a building of this place.", status=UNPROCESSABLE)
    decision = rules.may_count_sheet(
        count,
        counted=read.sheet_counts(row).get(place.pk, 0),
        whole=read.whole(row, place.path, today()),
        names=read.names_in(row, place.path, today()),
    )
    require(decision, status=UNPROCESSABLE)
    file = documents.store(by=by, content=content, name=name)
    sheet = SignedSheet.objects.create(
        petition=row, place=place, count=count, file=file, counted_by_id=by.person_id
    )
    _record(Event.PETITION_SHEET_COUNTED, by, row, count)
    return sheet


@transaction.atomic
def drop_sheet(*, by: Actor, sheet_id: UUID) -> Petition:
    """Take a sheet out again, with its photo."""
    found = read.sheet(sheet_id)
    row = _growing(by, found.petition_id)
    count, file_id = found.count, found.file_id
    if not SignedSheet.objects.filter(pk=found.pk).delete()[0]:
        raise Refused("This sheet has been taken out.", status=CONFLICT)
    documents.remove(by=by, file_id=file_id)
    _record(Event.PETITION_SHEET_DROPPED, by, row, count)
    return row


@transaction.atomic
def drop_petition(*, by: Actor, petition_id: UUID) -> None:
    """Give a list up that led to no meeting: its names and sheets are deleted."""
    row = _growing(by, petition_id)
    if row.gatherings.exists():
        raise Refused("A meeting was called by this list. It stays with it.", status=CONFLICT)
    files = list(row.sheets.values_list("file", flat=True))
    audit.record(Event.PETITION_DROPPED, by=by, subject=row, place_path=row.body.place.path)
    row.delete()
    for file_id in files:
        documents.remove(by=by, file_id=file_id)


def _growing(by: Actor, petition_id: UUID) -> Petition:
    """A petition this actor may change now, locked."""
    row = read.petition_for_update(petition_id)
    require(policies.may_list_callers(by, row.body.place.path))
    require(rules.may_change(is_planned=read.is_planned(row.pk)), status=CONFLICT)
    return row


def _record(event: Event, by: Actor, row: Petition, count: int) -> None:
    audit.record(event, by=by, subject=row, place_path=row.body.place.path, data={"count": count})
