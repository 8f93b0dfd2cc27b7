"""Every query on notices, deliveries and announcements, and what each reader may see of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.notices import rules
from linli.notices.kinds import AnnouncementState, Channel, DeliveryState, Power
from linli.notices.models import Announcement, AnnouncementReading, Delivery, Notice
from linli.organizations import read as organizations
from linli.organizations.models import Post
from linli.people import read as people
from linli.people.kinds import Power as PersonPower
from linli.people.kinds import ResidenceKind
from linli.people.models import Account, Person, Residence
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

TOO_FINE = (PlaceKind.ENTRANCE, PlaceKind.HOME)  # an announcement is to a building or wider


def _under(field: str, paths: Iterable[str]) -> Q:
    """Rows whose `field` lies in one of the subtrees; no row when there is none."""
    widest: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(kept) for kept in widest):
            widest.append(path)
    condition = Q(pk__in=[])
    for path in widest:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def _paths(actor: Actor, *powers: str) -> list[str]:
    return [grant.path for grant in actor.grants if grant.power in powers]


def _usual_today() -> Q:
    """Residences of today that say where somebody usually lives (end excluded)."""
    day = today()
    in_force = Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gt=day))
    return Q(kind=ResidenceKind.USUAL.value) & in_force


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
    here = _under("place_path", _paths(actor, PersonPower.READ)) & Q(place_path__startswith=path)
    wanted = [channel.value for channel in channels]
    waiting = Delivery.objects.filter(here, channel__in=wanted, state=DeliveryState.WAITING.value)
    return waiting.select_related("notice__person").order_by("at", "pk")


def waiting_counts(actor: Actor) -> dict[str, int]:
    """How many calls and slips wait in the places of this actor, by channel."""
    here = _under("place_path", _paths(actor, PersonPower.READ))
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
        place__path__in=rules.places_above(path),
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
    here = _under("place__path", _paths(actor, Power.WRITE, Power.APPROVE)) & Q(place__path__startswith=path)
    rows = Announcement.objects.filter(here).exclude(
        ~Q(written_by_id=actor.person_id), state=AnnouncementState.DRAFT.value
    )
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("place", "written_by", "approved_by").order_by("-written_at", "-pk")


def places_to_write_for(actor: Actor) -> list[tuple[Place, str]]:
    """Open places of this actor's posts and below them, down to buildings, each with how it is written."""
    here = _under("path", _paths(actor, Power.WRITE))
    kinds = [kind.value for kind in PlaceKind if kind not in TOO_FINE]
    rows = Place.objects.filter(here, kind__in=kinds, closed_on__isnull=True)
    found = list(rows.order_by("path")[:500])
    written = places.address_map(found)
    return [(row, written[row.pk]) for row in found]


def audience(path: str) -> list[UUID]:
    """Everyone who usually lives in the place today."""
    rows = Residence.objects.filter(_usual_today(), place__path__startswith=path)
    return list(rows.values_list("person_id", flat=True))


def approvers(path: str) -> list[UUID]:
    """Whoever acts today for a post that approves announcements of the place."""
    day = today()
    posts = Post.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        kind__powers__contains=[Power.APPROVE.value],
        place__path__in=rules.places_above(path),
    )
    by_post = organizations.persons_of_posts(list(posts.values_list("pk", flat=True)), day)
    return sorted({person_id for persons in by_post.values() for person_id in persons})


@dataclass(frozen=True, slots=True)
class Readership:
    """How many of the people of the place have opened an announcement."""

    read: int
    audience: int


def readerships(rows: Sequence[Announcement]) -> dict[UUID, Readership]:
    """For each announcement, its readers among those who usually live in its place, and how many live there.

    Staff who open it while working are not counted. Two queries for any number of rows.
    """
    paths = sorted({row.place.path for row in rows})
    if not paths:
        return {}
    counts = {f"p{i}": Count("pk", filter=Q(place__path__startswith=path)) for i, path in enumerate(paths)}
    sizes = Residence.objects.filter(_usual_today()).aggregate(**counts)
    size_at = {path: sizes[f"p{i}"] for i, path in enumerate(paths)}
    lives_there = Residence.objects.filter(
        _usual_today(),
        person_id=OuterRef("person_id"),
        place__path__startswith=OuterRef("announcement__place__path"),
    )
    readings = AnnouncementReading.objects.filter(announcement__in=[row.pk for row in rows])
    read = dict(readings.filter(Exists(lives_there)).values_list("announcement").annotate(count=Count("pk")))
    return {row.pk: Readership(read.get(row.pk, 0), size_at[row.place.path]) for row in rows}
