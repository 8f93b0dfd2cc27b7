"""What is posted, the objections to it, and what was laid open of each class."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from linli.frame.request import remembered
from linli.frame.scopes import under
from linli.gatherings.kinds import Power
from linli.gatherings.models import Disclosure, DisclosureClass, Objection, Posting
from linli.gatherings.rules import dates, disclosures
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.kernel.references import Reference
from linli.organizations import read as organizations
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import UNITS
from linli.places.models import Place


def posting(posting_id: UUID) -> Posting:
    """One posting. Raises `Refused` (404) when there is none."""
    row = _postings().filter(pk=posting_id).first()
    if row is None:
        raise Refused("This posting is not here.", status=MISSING)
    return row


def posting_for_update(posting_id: UUID) -> Posting:
    """The same, locked."""
    row = (
        Posting.objects.select_for_update(of=("self",)).select_related("place").filter(pk=posting_id).first()
    )
    if row is None:
        raise Refused("This posting is not here.", status=MISSING)
    return row


def _postings() -> QuerySet[Posting]:
    return Posting.objects.select_related(
        "place", "gathering__body", "disclosure__disclosure_class", "photo", "posted_by"
    )


def hanging(asked: Reference) -> Posting | None:
    """The sheet something of another floor asked for, hung and not taken down early."""
    rows = Posting.objects.filter(asked_kind=asked.kind, asked_id=asked.id, taken_down_on__isnull=True)
    return rows.select_related("posted_by").first()


def taken_down(asked: Reference) -> Posting | None:
    """The latest such sheet that was taken down before its last day."""
    rows = Posting.objects.filter(asked_kind=asked.kind, asked_id=asked.id, taken_down_on__isnull=False)
    return rows.order_by("-settled_at", "-pk").first()


def posted_near(path: str) -> QuerySet[Posting]:
    """What a place reads on the board, of itself and the wider places it lies in: up now or settled, the
    newest first."""
    here = places.along(path)
    return _postings().filter(here, starts__lte=today()).order_by("-starts", "-pk")


def posted_at_desk(actor: Actor) -> QuerySet[Posting]:
    """The postings of the places where this actor posts: those not settled first, the latest first."""
    here = under("place__path", actor.paths(Power.HOLD, Power.DISCLOSE))
    rows = (
        _postings()
        .filter(here)
        .annotate(waiting=Count("objections", filter=Q(objections__answered_at__isnull=True)))
    )
    return rows.order_by("settled_at", "-starts", "-pk")


def objections(posting_id: UUID) -> list[Objection]:
    """The objections to a posting with their answers, the first first."""
    rows = Objection.objects.filter(posting=posting_id).select_related("person", "noted_by", "answered_by")
    return list(rows.order_by("at", "pk"))


def objection_for_update(objection_id: UUID) -> Objection:
    """One objection with its posting, locked. Raises `Refused` (404) when there is none."""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("posting__place")
    row = rows.filter(pk=objection_id).first()
    if row is None:
        raise Refused("This objection is not here.", status=MISSING)
    return row


def waiting_count(posting_id: UUID) -> int:
    """How many objections have no answer yet."""
    return Objection.objects.filter(posting=posting_id, answered_at__isnull=True).count()


def has_objected(posting_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody has objected to it."""
    return bool(person_id) and Objection.objects.filter(posting=posting_id, person=person_id).exists()


def belongs(person_id: UUID | None, path: str) -> bool:
    """Whether somebody lives or owns a home in the place."""
    if person_id is None:
        return False
    return any(home.startswith(path) for home in people.paths_of(person_id, today()))


# 居务公开


@dataclass(frozen=True, slots=True)
class Openness:
    """A class of affairs: when it was laid open last, by when again, and how many periods were missed."""

    row: DisclosureClass
    last: date | None
    due: date
    missed: int


def classes(place_ids: Collection[UUID]) -> list[DisclosureClass]:
    """The classes in force of some communities, in their order."""
    rows = DisclosureClass.objects.filter(place__in=place_ids, ended_on__isnull=True)
    return list(rows.select_related("place").order_by("place__path", "position", "pk"))


def disclosure_class(class_id: UUID) -> DisclosureClass:
    """One class with its place. Raises `Refused` (404) when there is none."""
    row = DisclosureClass.objects.select_related("place").filter(pk=class_id).first()
    if row is None:
        raise Refused("This class is not here.", status=MISSING)
    return row


def class_for_update(class_id: UUID) -> DisclosureClass:
    """The same, locked."""
    rows = DisclosureClass.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(pk=class_id).first()
    if row is None:
        raise Refused("This class is not here.", status=MISSING)
    return row


@remembered
def class_codes(place_id: UUID) -> frozenset[str]:
    """The codes of all classes a community ever had on its list."""
    return frozenset(DisclosureClass.objects.filter(place=place_id).values_list("code", flat=True))


def has_classes(place_id: UUID) -> bool:
    """Whether a community has begun its list; the owners' classes may be there before it."""
    return not class_codes(place_id).isdisjoint(each.code for each in disclosures.STARTING)


def next_class_position(place_id: UUID) -> int:
    """The place after the last class."""
    last = DisclosureClass.objects.filter(place=place_id).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def openness(place_id: UUID) -> list[Openness]:
    """How each class of a community stands today, in one query."""
    rows = DisclosureClass.objects.filter(place=place_id, ended_on__isnull=True).select_related("place")
    day, found = today(), []
    for row in rows.annotate(last=Max("disclosures__disclosed_on")).order_by("position", "pk"):
        due = dates.next_due(row.every_months, row.began_on, row.last) or day
        found.append(Openness(row, row.last, due, dates.missed(row.every_months, due, day)))
    return found


def archive(place_id: UUID, class_id: UUID | None = None) -> QuerySet[Disclosure]:
    """Everything a community has laid open, the latest first."""
    rows = Disclosure.objects.filter(disclosure_class__place=place_id)
    if class_id is not None:
        rows = rows.filter(disclosure_class=class_id)
    return rows.select_related("disclosure_class", "posting").order_by("-disclosed_on", "-pk")


def communities_to_open(actor: Actor) -> list[Place]:
    """The communities whose affairs this actor lays open."""
    return places.communities_over(actor.paths(Power.DISCLOSE), today())


def community_of(path: str) -> Place | None:
    """The community a path lies in."""
    return places.community_of(path)


def name_around(path: str) -> str:
    """What the community a path lies in is called."""
    return places.name_around(path)


def office(row: Posting) -> str:
    """The office that hears objections, with its phone; the place's name where there is none."""
    return organizations.office_words(row.place.path, today()) or row.place.name


def place(place_id: UUID) -> Place | None:
    """A place somebody chose, from the community up."""
    row = places.place(place_id)
    return row if row is not None and row.kind not in UNITS else None


def home_path(person_id: UUID) -> str:
    """The path of where somebody lives; "" where it is not known."""
    home = people.home_of(person_id, today())
    return home.path if home else ""
