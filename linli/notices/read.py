"""Every query on notices, deliveries and announcements, and what each reader may see of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, When

from linli.frame.scopes import in_force, under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.notices import rules
from linli.notices.kinds import AnnouncementState, Audience, Channel, DeliveryState, Power
from linli.notices.models import Announcement, AnnouncementReading, Delivery, Notice
from linli.people import read as people
from linli.people.kinds import Power as PersonPower
from linli.people.kinds import ResidenceKind
from linli.people.models import Account, Holding, Person, Residence
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind
from linli.places.models import Place

TOO_FINE = (PlaceKind.ENTRANCE, *UNITS)  # an announcement is to a building or wider


def _usual_today() -> Q:
    """Residences of today that say where somebody usually lives (end excluded)."""
    day = today()
    return Q(kind=ResidenceKind.USUAL.value) & in_force(day)


# Telling persons


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person and what decides how they can be told."""

    id: UUID
    reach: str
    has_phone: bool
    can_sign_in: bool


def reachable(person_ids: Collection[UUID | None]) -> list[Reachable]:
    """The persons among these ids, with how each can be told; in one query."""
    account = Account.objects.filter(person_id=OuterRef("pk"), is_active=True)
    wanted = [person_id for person_id in person_ids if person_id is not None]
    rows = Person.objects.filter(pk__in=wanted).annotate(can_sign_in=Exists(account)).order_by("pk")
    found = rows.values_list("pk", "reach", "phone_index", "can_sign_in")
    return [Reachable(pk, reach, phone is not None, can) for pk, reach, phone, can in found]


def notice_for_update(notice_id: UUID) -> Notice:
    """One notice, locked. Raises `Refused` (404) when there is none."""
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise Refused("This notice is not here.", status=MISSING)
    return notice


def inbox(person_id: UUID) -> QuerySet[Notice]:
    """Everything this person was told, newest first."""
    return Notice.objects.filter(person_id=person_id).order_by("-at", "-pk")


def unread_count(person_id: UUID) -> int:
    """How many notices the person has not opened."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).count()


# Calls and slips


def waiting_deliveries(actor: Actor, *channels: Channel, path: str = "/") -> QuerySet[Delivery]:
    """Calls to make or slips to print in the places of this actor, narrowed to a path, oldest first."""
    here = under("place_path", actor.paths(PersonPower.READ)) & Q(place_path__startswith=path)
    wanted = [channel.value for channel in channels]
    waiting = Delivery.objects.filter(here, channel__in=wanted, state=DeliveryState.WAITING.value)
    return waiting.select_related("notice__person").order_by("at", "pk")


def waiting_counts(actor: Actor) -> dict[str, int]:
    """How many calls and slips wait in the places of this actor, by channel."""
    here = under("place_path", actor.paths(PersonPower.READ))
    waiting = Delivery.objects.filter(here, state=DeliveryState.WAITING.value)
    counted = waiting.order_by().values_list("channel").annotate(count=Count("pk"))
    return {channel.value: 0 for channel in Channel} | dict(counted)


def delivery_for_update(delivery_id: UUID) -> Delivery:
    """One delivery with its notice, locked. Raises `Refused` (404) when there is none."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related("notice")
    delivery = found.filter(pk=delivery_id).first()
    if delivery is None:
        raise Refused("This call is not on the list any more.", status=MISSING)
    return delivery


def slips_for_update(actor: Actor, delivery_ids: Collection[UUID]) -> list[Delivery]:
    """The slips among these that wait in this actor's places, locked; those another desk holds are left."""
    slips = waiting_deliveries(actor, Channel.SLIP).filter(pk__in=delivery_ids).select_related(None)
    return list(slips.select_for_update(skip_locked=True))


def printed_slips(person_id: UUID, moment: datetime) -> list[Delivery]:
    """The slips this person printed together at that moment, so that a jammed page can be printed again."""
    slips = Delivery.objects.filter(channel=Channel.SLIP.value, done_by_id=person_id, done_at=moment)
    return list(slips.select_related("notice__person").order_by("at", "pk"))


def addresses(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Where each person usually lives, as people write it. Two queries."""
    homes = people.homes_of(set(person_ids), today())
    written = places.address_map(homes.values())
    return {person_id: written[home.pk] for person_id, home in homes.items()}


# Announcements


def home_place(person_id: UUID) -> Place | None:
    """The place where the person lives today, if it is known."""
    return people.home_of(person_id, today())


def place(place_id: UUID) -> Place | None:
    """A place somebody chose."""
    return places.place(place_id)


def announcements_for(path: str) -> QuerySet[Announcement]:
    """What is announced to this place: words to the place itself or to any place above it, newest first."""
    shown = Announcement.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today()),
        state=AnnouncementState.PUBLISHED.value,
        place__path__in=places.prefixes(path),
    )
    return shown.select_related("place").order_by("-approved_at", "-pk")


def announcing_places() -> list[Place]:
    """Places with something announced now, for a reader whose place is not known."""
    shown = Announcement.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today()),
        place=OuterRef("pk"),
        state=AnnouncementState.PUBLISHED.value,
    )
    return list(Place.objects.filter(Exists(shown), closed_on__isnull=True).order_by("path")[:200])


def announcement(announcement_id: UUID) -> Announcement:
    """One announcement with its place, writer and approver. Raises `Refused` (404) when there is none."""
    found = Announcement.objects.select_related("place", "written_by", "approved_by")
    row = found.filter(pk=announcement_id).first()
    if row is None:
        raise Refused("This announcement is not here.", status=MISSING)
    return row


def announcement_for_update(announcement_id: UUID) -> Announcement:
    """The same, locked."""
    found = Announcement.objects.select_for_update(of=("self",)).select_related("place", "written_by")
    row = found.filter(pk=announcement_id).first()
    if row is None:
        raise Refused("This announcement is not here.", status=MISSING)
    return row


def announcements_at_desk(actor: Actor, state: str = "", path: str = "/") -> QuerySet[Announcement]:
    """Announcements of the places where this actor writes or approves, narrowed to a path; drafts of others
    stay theirs."""
    here = under("place__path", actor.paths(Power.WRITE, Power.APPROVE)) & Q(place__path__startswith=path)
    rows = Announcement.objects.filter(here).exclude(
        ~Q(written_by_id=actor.person_id), state=AnnouncementState.DRAFT.value
    )
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("place", "written_by", "approved_by").order_by("-written_at", "-pk")


def places_to_write_for(actor: Actor) -> list[tuple[Place, str]]:
    """Open places of this actor's posts and below them, down to buildings, each with how it is written."""
    here = under("path", actor.paths(Power.WRITE))
    kinds = [kind.value for kind in PlaceKind if kind not in TOO_FINE]
    rows = Place.objects.filter(here, kind__in=kinds, closed_on__isnull=True)
    found = list(rows.order_by("path")[:500])
    written = places.address_map(found)
    return [(row, written[row.pk]) for row in found]


def audience(row: Announcement) -> list[UUID]:
    """Everyone of the place whom the announcement is for, today."""
    rows, field = _belonging(Audience(row.audience))
    here = rows.filter(**{f"{field}__startswith": row.place.path})
    return list(here.order_by("person_id").values_list("person_id", flat=True).distinct())


def _belonging(to: Audience) -> tuple[QuerySet[Any], str]:
    """Rows that each say of a `person` that they belong to an audience, and the field with the path."""
    if to is Audience.OWNERS:
        return Holding.objects.filter(in_force(today())), "home__path"
    living = Residence.objects.filter(_usual_today())
    if to is Audience.ELDERS:
        living = living.filter(person__born_year__lte=today().year - rules.ELDER)
    return living, "place__path"


@dataclass(frozen=True, slots=True)
class Readership:
    """How many of the people an announcement is for have opened it."""

    read: int
    audience: int


def readerships(rows: Sequence[Announcement]) -> dict[UUID, Readership]:
    """For each announcement, its readers among those it is for, and how many those are.

    Staff who open it while working are not counted. Two queries for any number of rows.
    """
    wanted = [row.pk for row in rows]
    if not wanted:
        return {}
    sizes, belongs = [], Q(pk__in=[])
    for to in Audience:
        people_of, field = _belonging(to)
        here = people_of.filter(**{f"{field}__startswith": OuterRef("place__path")}).order_by()
        sizes.append(When(audience=to.value, then=Subquery(here.annotate(heads=_heads()).values("heads"))))
        them = people_of.filter(
            **{f"{field}__startswith": OuterRef("announcement__place__path")}, person=OuterRef("person_id")
        )
        belongs |= Q(Exists(them), announcement__audience=to.value)
    size = Case(*sizes, output_field=IntegerField())
    told = dict(Announcement.objects.filter(pk__in=wanted).annotate(size=size).values_list("pk", "size"))
    readings = AnnouncementReading.objects.filter(belongs, announcement__in=wanted)
    read = dict(readings.values_list("announcement").annotate(count=Count("pk")))
    return {pk: Readership(read.get(pk, 0), size) for pk, size in told.items()}


def _heads() -> Func:
    """Each person once: who owns two homes is one. An aggregate would group by the row outside."""
    return Func(F("person_id"), template="COUNT(DISTINCT %(expressions)s)", output_field=IntegerField())
