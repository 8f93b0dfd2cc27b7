"""Meetings: lists of them, one with all that belongs to it, and what may be counted on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Max, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from linli.frame.scopes import under
from linli.gatherings.kinds import BodyKind, Entitled, Power, Presence, Result, State, Way
from linli.gatherings.models import (
    AgendaItem,
    Attendance,
    Gathering,
    Minutes,
    Point,
    Posting,
    Resolution,
    SpeakingTurn,
)
from linli.gatherings.read.bodies import voting_count
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.rules.meetings import About, Quorum
from linli.kernel.actor import Actor
from linli.kernel.clock import local, today
from linli.kernel.decision import CONFLICT, MISSING, Refused
from linli.kernel.references import Reference
from linli.people import read as people
from linli.people.models import Person
from linli.places import read as places

ANNOUNCED = (State.NOTICED.value, State.OPEN.value, State.CLOSED.value, State.PUBLISHED.value)


def _whole() -> QuerySet[Gathering]:
    return Gathering.objects.select_related("body", "place")


def gathering(gathering_id: UUID) -> Gathering:
    """One meeting with its body and place. Raises `Refused` (404) when there is none."""
    row = _whole().filter(pk=gathering_id).first()
    if row is None:
        raise Refused("This meeting is not here.", status=MISSING)
    return row


def gathering_for_update(gathering_id: UUID) -> Gathering:
    """The same, locked: proxies are counted and states changed one after the other."""
    row = _whole().select_for_update(of=("self",)).filter(pk=gathering_id).first()
    if row is None:
        raise Refused("This meeting is not here.", status=MISSING)
    return row


def about(row: Gathering) -> About:
    """What policies ask of a meeting."""
    return About(row.place.path, State(row.state), row.is_public, row.body_id is None, row.planned_by_id)


def kind_of(row: Gathering) -> BodyKind | None:
    """The kind of its body; None for a sitting."""
    return BodyKind(row.body.kind) if row.body else None


def at_desk(actor: Actor, *, over: bool) -> QuerySet[Gathering]:
    """The meetings of the places where this actor holds them: those ahead or sitting, the next first; or
    those that are over, the latest first. Whoever only opens sittings finds their own."""
    here = under("place__path", actor.paths(Power.HOLD)) | Q(body__isnull=True, planned_by=actor.person_id)
    ahead = [State.PLANNED.value, State.NOTICED.value, State.OPEN.value]
    rows = _whole().filter(here)
    if over:
        return rows.exclude(state__in=ahead).order_by("-starts_at", "-pk")
    return rows.filter(state__in=ahead).order_by("starts_at", "pk")


def near(path: str) -> QuerySet[Gathering]:
    """The public meetings a place hears of: of the place itself, of the wider ones it lies in, and of
    everything in it; announced ones and open talks, the next first."""
    here = places.along(path)
    rows = _whole().filter(here, is_public=True, state__in=[State.NOTICED.value, State.OPEN.value])
    return rows.order_by("starts_at", "pk")


def resolved_near(path: str) -> QuerySet[Gathering]:
    """The public meetings whose results are published, the latest first; each with the text and the result of
    what was `passed` there, in its order."""
    here = places.along(path)
    rows = _whole().filter(here, is_public=True, state=State.PUBLISHED.value)
    said = JSONObject(text="resolutions__text", result="resolutions__result")
    passed = JSONBAgg(
        said,
        filter=Q(resolutions__passed=True),
        order_by="resolutions__number",
        default=Value([], JSONField()),
    )
    return rows.annotate(passed=passed).order_by("-starts_at", "-pk")


def of_body(body_id: UUID) -> QuerySet[Gathering]:
    """The meetings of one body, the latest first."""
    return _whole().filter(body=body_id).order_by("-starts_at", "-pk")


def items(gathering_id: UUID) -> list[AgendaItem]:
    """The agenda in its order."""
    rows = AgendaItem.objects.filter(gathering=gathering_id).select_related("handed_to__body")
    return list(rows.order_by("position"))


def item_of(gathering: Gathering, item_id: UUID | None) -> AgendaItem | None:
    """The item of a meeting somebody chose; None where none was. Raises `Refused` (409) when it is gone."""
    if item_id is None:
        return None
    row = AgendaItem.objects.filter(pk=item_id, gathering=gathering).first()
    if row is None:
        raise Refused("This item is not on the agenda any more.", status=CONFLICT)
    return row


def item(item_id: UUID) -> AgendaItem | None:
    """One item, wherever it stands."""
    return AgendaItem.objects.select_related("body__place", "gathering__place").filter(pk=item_id).first()


def place_path(item: AgendaItem) -> str:
    """Where an item belongs: the place of its meeting, before it is on an agenda that of its body."""
    held = item.gathering or item.body
    return held.place.path if held is not None else ""


def item_for_update(item_id: UUID) -> AgendaItem:
    """One item, locked. Raises `Refused` (404) when there is none."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("body__place")
    row = rows.filter(pk=item_id).first()
    if row is None:
        raise Refused("This item is not on the agenda any more.", status=MISSING)
    return row


def is_resolved(item_id: UUID) -> bool:
    """Whether anything was resolved on an item."""
    return Resolution.objects.filter(item=item_id).exists()


def next_position(gathering_id: UUID) -> int:
    """The place after the last of the agenda."""
    last = AgendaItem.objects.filter(gathering=gathering_id).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def attendances(gathering_id: UUID) -> list[Attendance]:
    """Who came, and who stood in for whom, in the order they signed in."""
    rows = Attendance.objects.filter(gathering=gathering_id)
    return list(rows.select_related("person", "organization", "proxy").order_by("at", "pk"))


def attendance_of(gathering_id: UUID, person_id: UUID | None) -> Attendance | None:
    """How somebody is present; None when they are not."""
    return Attendance.objects.filter(gathering=gathering_id, person=person_id).first() if person_id else None


def is_here(gathering_id: UUID, person_id: UUID) -> bool:
    """Whether somebody is present themselves, not stood in for."""
    rows = Attendance.objects.filter(gathering=gathering_id, person=person_id)
    return rows.exclude(way=Way.PROXY.value).exists()


def proxies_held(gathering_id: UUID, person_id: UUID) -> int:
    """For how many others somebody stands in."""
    return Attendance.objects.filter(gathering=gathering_id, proxy=person_id).count()


def unit_is_counted(gathering_id: UUID, organization_id: UUID) -> bool:
    """Whether a unit already has somebody who counts for it."""
    rows = Attendance.objects.filter(gathering=gathering_id, organization=organization_id, counts=True)
    return rows.exists()


def last_room(body_id: UUID) -> str:
    """Where a body met last, or is to meet; "" where it never did."""
    rows = Gathering.objects.filter(body=body_id).exclude(state=State.CANCELLED.value)
    return rows.order_by("-starts_at").values_list("room", flat=True).first() or ""


def quorum_of(row: Gathering, *, area_present: int | None = None) -> Quorum:
    """How many of those entitled are present now; at a meeting that is over as it was found at its end."""
    if row.present is not None:
        present = row.present
    else:
        present = Attendance.objects.filter(gathering=row.pk, counts=True).count()
    area = row.area_present if area_present is None else area_present
    return Quorum(Presence(row.quorum), present, entitled_of(row), area, row.area_entitled)


def entitled_of(row: Gathering) -> int:
    """How many are entitled: as counted when it opened, before that the members of the day."""
    if row.entitled is not None:
        return row.entitled
    kind = kind_of(row)
    if kind is None or STANDINGS[kind].entitled is not Entitled.MEMBERS or row.body_id is None:
        return 0
    return voting_count(row.body_id, local(row.starts_at).date())


def turns(gathering_id: UUID) -> list[SpeakingTurn]:
    """The list of speakers in the order they asked."""
    return list(SpeakingTurn.objects.filter(gathering=gathering_id).order_by("asked_at", "pk"))


def turn_for_update(turn_id: UUID) -> SpeakingTurn:
    """One turn, locked. Raises `Refused` (404) when there is none."""
    row = SpeakingTurn.objects.select_for_update().filter(pk=turn_id).first()
    if row is None:
        raise Refused("This speaker is not on the list.", status=MISSING)
    return row


def points(gathering_id: UUID) -> list[Point]:
    """What was noted, in the order it was said."""
    return list(Point.objects.filter(gathering=gathering_id).select_related("item").order_by("at", "pk"))


def minutes(gathering_id: UUID) -> list[Minutes]:
    """Every version of the minutes, the latest first."""
    rows = Minutes.objects.filter(gathering=gathering_id).select_related("written_by", "approved_by")
    return list(rows.order_by("-version"))


def latest_minutes(gathering_id: UUID) -> Minutes | None:
    """The latest version."""
    return Minutes.objects.filter(gathering=gathering_id).order_by("-version").first()


def resolutions(gathering_ids: Iterable[UUID]) -> list[Resolution]:
    """The resolutions of some meetings, in their order."""
    rows = Resolution.objects.filter(gathering__in=list(gathering_ids))
    return list(rows.select_related("organization", "item").order_by("gathering", "number"))


def resolution_for_update(resolution_id: UUID) -> Resolution:
    """One resolution with its meeting, locked. Raises `Refused` (404) when there is none."""
    rows = Resolution.objects.select_for_update(of=("self",)).select_related("gathering__place")
    row = rows.filter(pk=resolution_id).first()
    if row is None:
        raise Refused("This resolution is not here.", status=MISSING)
    return row


def resolution(resolution_id: UUID) -> Resolution:
    """The same, to be looked at."""
    rows = Resolution.objects.select_related("gathering__place", "gathering__body", "organization")
    row = rows.filter(pk=resolution_id).first()
    if row is None:
        raise Refused("This resolution is not here.", status=MISSING)
    return row


def next_number(gathering_id: UUID) -> int:
    """The number after the last resolution."""
    last = Resolution.objects.filter(gathering=gathering_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@dataclass(frozen=True, slots=True)
class ToCarryOut:
    """A resolution as what follows it needs to know: what to do, by whom, until when, where, decided by whom,
    and about which matter, if it was about one."""

    id: UUID
    text: str
    organization_id: UUID
    due_on: date
    place_id: UUID
    place_path: str
    meeting: str
    body: str
    gathering_id: UUID
    subject_kind: str
    subject_id: UUID | None
    follow_kind: str
    follow_id: UUID | None
    is_demo: bool


def to_carry_out(resolution_id: UUID) -> ToCarryOut | None:
    """What a passed resolution asks of a unit; None for one that asks nothing of anybody."""
    row = (
        Resolution.objects.select_related("gathering__place", "gathering__body", "item")
        .filter(pk=resolution_id, passed=True, organization__isnull=False)
        .first()
    )
    if row is None or row.organization_id is None or row.due_on is None:
        return None
    held = row.gathering
    return ToCarryOut(
        id=row.pk,
        text=row.text,
        organization_id=row.organization_id,
        due_on=row.due_on,
        place_id=held.place_id,
        place_path=held.place.path,
        meeting=held.title,
        body=held.body.name if held.body else "",
        gathering_id=held.pk,
        subject_kind=row.item.subject_kind if row.item else "",
        subject_id=row.item.subject_id if row.item else None,
        follow_kind=row.follow_kind,
        follow_id=row.follow_id,
        is_demo=held.is_demo,
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """What a meeting resolved about something of a floor above, and how many were present."""

    about: Reference
    texts: tuple[str, ...]
    present: int
    on: date
    place_path: str


def settled_in(gathering_id: UUID) -> list[Settled]:
    """What a meeting whose minutes stand resolved about each subject on its agenda; the passed ones only, and
    nothing about what it handed to another body."""
    held = Gathering.objects.select_related("place").get(pk=gathering_id)
    own = AgendaItem.objects.filter(gathering=held, handed_to__isnull=True)
    rows = own.exclude(subject_kind="").order_by("position")
    texts: dict[UUID, list[str]] = {row.pk: [] for row in rows}
    passed = Resolution.objects.filter(item__in=texts, passed=True).order_by("number")
    for item, text in passed.values_list("item_id", "text"):
        texts[item].append(text)
    return [
        Settled(
            about=Reference(row.subject_kind, row.subject_id),
            texts=tuple(texts[row.pk]),
            present=held.present or 0,
            on=local(held.starts_at).date(),
            place_path=held.place.path,
        )
        for row in rows
        if row.subject_id is not None
    ]


def decides_for(gathering_id: UUID, path: str) -> bool:
    """Whether this is a meeting of owners, who decide by ballot, and a place lies within theirs."""
    row = _whole().filter(pk=gathering_id).first()
    kind = kind_of(row) if row is not None else None
    if row is None or kind is None:
        return False
    return STANDINGS[kind].decides_by_ballot and path.startswith(row.place.path)


def resolution_carried_by(kind: str, follow_id: UUID) -> Resolution | None:
    """The resolution something carries out, while its result is awaited."""
    rows = Resolution.objects.filter(follow_kind=kind, follow_id=follow_id, result=Result.PENDING.value)
    return rows.first()


def pending_resolutions(actor: Actor) -> QuerySet[Resolution]:
    """What units still have to carry out where this actor holds meetings, the oldest day first."""
    here = under("gathering__place__path", actor.paths(Power.HOLD))
    rows = Resolution.objects.filter(here, result=Result.PENDING.value)
    return rows.select_related("organization", "gathering__body", "gathering__place").order_by("due_on", "pk")


def posting_of(gathering_id: UUID) -> Posting | None:
    """Where its resolutions are posted."""
    return Posting.objects.filter(gathering=gathering_id).first()


# People


def found_people(words: str, path: str) -> list[Person]:
    """People of a place by a part of their name or their phone, to be put on the list."""
    return people.search(words, path, today(), limit=8)
