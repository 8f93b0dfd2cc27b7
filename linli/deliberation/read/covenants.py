"""Covenants, what is said to them, and who signed. A signer's name leaves this file only masked, and only
where they agreed to be shown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.deliberation.kinds import AmendmentState, CovenantStage, Power, Stance
from linli.deliberation.models import Amendment, Covenant, Decision, Paragraph, Remark, Review, Signature
from linli.deliberation.rules.covenants import Signer
from linli.frame.scopes import in_force, under
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.kernel.names import mask_name
from linli.people import read as people
from linli.people.kinds import ResidenceKind
from linli.people.models import Residence
from linli.people.rules import is_adult
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind
from linli.places.models import Place
from linli.places.rules import prefixes

NOT_HERE = "This covenant is not here."
MOST_ON_WALL = 400


def _open_to_all() -> list[str]:
    return [stage.value for stage in CovenantStage if stage is not CovenantStage.DRAFT]


def covenant(covenant_id: UUID) -> Covenant:
    """One covenant with its place. Raises `Refused` (404) when there is none."""
    row = Covenant.objects.select_related("place", "replaces").filter(pk=covenant_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def covenant_for_update(covenant_id: UUID) -> Covenant:
    """The same, locked: what is done to one covenant happens one after the other."""
    rows = Covenant.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=covenant_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def paragraph(paragraph_id: UUID) -> Paragraph:
    """One paragraph. Raises `Refused` (404) when there is none."""
    row = Paragraph.objects.filter(pk=paragraph_id).first()
    if row is None:
        raise Refused("This paragraph is not here.", status=MISSING)
    return row


def amendment(amendment_id: UUID) -> Amendment:
    """One proposed change with its paragraph. Raises `Refused` (404) when there is none."""
    row = Amendment.objects.select_related("paragraph").filter(pk=amendment_id).first()
    if row is None:
        raise Refused("This change is not here.", status=MISSING)
    return row


def remark(remark_id: UUID) -> Remark:
    """One remark with its paragraph. Raises `Refused` (404) when there is none."""
    row = Remark.objects.select_related("paragraph").filter(pk=remark_id).first()
    if row is None:
        raise Refused("These words are not here.", status=MISSING)
    return row


def successor_of(covenant_id: UUID) -> Covenant | None:
    """The text that is to replace, or has replaced, this one."""
    return Covenant.objects.filter(replaces_id=covenant_id).first()


def decisions_on(covenant_id: UUID) -> list[Decision]:
    """The meetings that decided on it, the latest first."""
    rows = Decision.objects.filter(covenant_id=covenant_id).select_related(
        "question", "resolution__gathering"
    )
    return list(rows.order_by("-met_on", "-recorded_at"))


def reviews_of(covenant_id: UUID) -> list[Review]:
    """Its yearly reviews, the latest first."""
    return list(Review.objects.filter(covenant_id=covenant_id).order_by("-reviewed_on"))


# Its text and what is said to it


@dataclass(frozen=True, slots=True)
class Voiced:
    """A paragraph with what is said to it, hidden words left out, and how often each side was taken."""

    row: Paragraph
    amendments: list[Amendment]
    remarks: list[Remark]
    counts: dict[str, int]


def paragraphs(covenant_id: UUID) -> list[Paragraph]:
    """Its text by number."""
    return list(Paragraph.objects.filter(covenant_id=covenant_id).order_by("number"))


def voiced(covenant_id: UUID, *, with_hidden: bool = False) -> list[Voiced]:
    """Its text with all that is said to it, in three queries."""
    changes: dict[UUID, list[Amendment]] = defaultdict(list)
    for change in Amendment.objects.filter(paragraph__covenant_id=covenant_id).order_by("proposed_at"):
        changes[change.paragraph_id].append(change)
    said: dict[UUID, list[Remark]] = defaultdict(list)
    rows = Remark.objects.filter(paragraph__covenant_id=covenant_id)
    for each in rows.order_by("written_at"):
        said[each.paragraph_id].append(each)
    return [
        Voiced(
            row,
            changes[row.pk],
            [each for each in said[row.pk] if with_hidden or each.hidden_at is None],
            _counted(said[row.pk]),
        )
        for row in paragraphs(covenant_id)
    ]


def _counted(remarks: Iterable[Remark]) -> dict[str, int]:
    """How many are for, against and with an idea. A hidden reason hides the words, not the side taken."""
    counts = {"for": 0, "against": 0, "idea": 0}
    for each in remarks:
        if each.hidden_at is None or each.stance != Stance.IDEA.value:
            counts[each.stance] += 1
    return counts


def open_amendments(covenant_id: UUID) -> int:
    """How many proposed changes wait for a decision."""
    rows = Amendment.objects.filter(paragraph__covenant_id=covenant_id, state=AmendmentState.OPEN.value)
    return rows.count()


def waiting_amendments_of(person_id: UUID, covenant_id: UUID) -> int:
    """How many of somebody's proposed changes wait for a decision."""
    rows = Amendment.objects.filter(paragraph__covenant_id=covenant_id, author_id=person_id)
    return rows.filter(state=AmendmentState.OPEN.value).count()


def remarks_of(person_id: UUID, paragraph_id: UUID) -> list[Remark]:
    """What somebody said to a paragraph."""
    return list(Remark.objects.filter(paragraph_id=paragraph_id, author_id=person_id).order_by("written_at"))


# Signatures


def signer(person_id: UUID | None, place_path: str, day: date) -> Signer:
    """The home somebody usually lives in within the place, its household, and whether they are adult."""
    if person_id is None:
        return Signer(None, None, is_adult=False)
    rows = Residence.objects.filter(
        in_force(day),
        person_id=person_id,
        kind=ResidenceKind.USUAL.value,
        place__kind=PlaceKind.HOME.value,
        place__path__startswith=place_path,
    )
    row = rows.select_related("person").first()
    person = row.person if row else people.person(person_id)
    return Signer(
        row.place_id if row else None,
        row.household_id if row else None,
        is_adult(person.born_year if person else None, day.year),
    )


def signature_of(covenant_id: UUID, who: Signer) -> Signature | None:
    """The signature of somebody's household."""
    if who.home_id is None:
        return None
    rows = Signature.objects.filter(covenant_id=covenant_id)
    if who.household_id is None:
        return rows.filter(home_id=who.home_id, household__isnull=True).first()
    return rows.filter(household_id=who.household_id).first()


def signature(signature_id: UUID) -> Signature:
    """One signature. Raises `Refused` (404) when there is none."""
    row = Signature.objects.filter(pk=signature_id).first()
    if row is None:
        raise Refused("This signature is not here.", status=MISSING)
    return row


def _standing(covenant_id: UUID, day: date) -> QuerySet[Signature]:
    """Signatures of households that still live where they signed."""
    here = Residence.objects.filter(
        in_force(day), place_id=OuterRef("home_id"), kind=ResidenceKind.USUAL.value
    )
    same = Exists(here.filter(household_id=OuterRef("household_id")))
    unnamed = Q(household__isnull=True) & Exists(here)
    return Signature.objects.filter(unnamed | Q(household__isnull=False) & same, covenant_id=covenant_id)


@dataclass(frozen=True, slots=True)
class Signed:
    """A building, how many households live there, and how many of them signed."""

    name: str
    signed: int
    households: int


def signed_by_building(row: Covenant, day: date) -> list[Signed]:
    """For each building of the covenant's place the households that signed, and all of them."""
    inside = Place.objects.filter(path__startswith=row.place.path, kind=PlaceKind.BUILDING.value)
    over = Place.objects.filter(path__in=prefixes(row.place.path), kind=PlaceKind.BUILDING.value)
    buildings = {each.path: each for each in inside | over}
    lived = Residence.objects.filter(
        in_force(day),
        kind=ResidenceKind.USUAL.value,
        place__kind=PlaceKind.HOME.value,
        place__path__startswith=row.place.path,
    )
    units = lived.values_list("place__path", Coalesce("household_id", "place_id")).distinct()
    households: dict[str, int] = defaultdict(int)
    signed: dict[str, int] = defaultdict(int)
    for path, _unit in units:
        households[_building(path, buildings)] += 1
    for path in _standing(row.pk, day).values_list("home__path", flat=True):
        signed[_building(path, buildings)] += 1
    order = sorted(households.keys() | signed.keys(), key=lambda path: _order(path, buildings))
    return [Signed(buildings[path].name if path else "", signed[path], households[path]) for path in order]


def _building(path: str, buildings: dict[str, Place]) -> str:
    return next((each for each in reversed(prefixes(path)) if each in buildings), "")


def _order(path: str, buildings: dict[str, Place]) -> tuple[bool, str]:
    return (not path, buildings[path].order_key if path else "")


def wall(row: Covenant, day: date) -> list[tuple[str, str]]:
    """Building and masked name of those who agreed to be shown, the latest first."""
    rows = _standing(row.pk, day).filter(shown=True).select_related("signer", "home")
    found = list(rows.order_by("-signed_at")[:MOST_ON_WALL])
    paths = {path for each in found for path in prefixes(each.home.path)}
    known = Place.objects.filter(path__in=paths, kind=PlaceKind.BUILDING.value)
    buildings = {each.path: each for each in known}
    return [
        (
            buildings[at].name if (at := _building(each.home.path, buildings)) else "",
            mask_name(each.signer.name),
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature as staff see it: the home, the signer's masked name."""

    row: Signature
    name: str
    home: str


def signed_at_desk(row: Covenant, day: date, most: int = MOST_ON_WALL) -> list[Signing]:
    """The signatures that stand, for staff, the latest first; at most so many."""
    rows = _standing(row.pk, day).select_related("signer", "home")
    found = list(rows.order_by("-signed_at")[:most])
    written = places.address_map([each.home for each in found])
    return [Signing(each, mask_name(each.signer.name), written[each.home_id]) for each in found]


# Lists


def of_person(person_id: UUID, day: date) -> list[Covenant]:
    """Covenants of the places somebody belongs to, from the consultation on, the latest first."""
    paths = people.paths_around(person_id, day)
    rows = Covenant.objects.filter(place__path__in=paths, stage__in=_open_to_all())
    return list(rows.exclude(stage=CovenantStage.REPLACED.value).select_related("place").order_by("-pk")[:50])


def waiting_for(person_id: UUID, day: date) -> list[Covenant]:
    """What somebody can comment on and has not, or sign for a household that has not, in two queries more
    than their places take."""
    rows = of_person(person_id, day)
    asked = [
        row
        for row in rows
        if row.stage == CovenantStage.CONSULT.value
        and row.consult_ends is not None
        and day <= row.consult_ends
    ]
    to_sign = [row for row in rows if row.stage == CovenantStage.PUBLISHED.value]
    said = Remark.objects.filter(author_id=person_id, paragraph__covenant__in=asked)
    heard = set(said.values_list("paragraph__covenant_id", flat=True)) if asked else set()
    return [row for row in asked if row.pk not in heard] + _unsigned(person_id, to_sign, day)


def _unsigned(person_id: UUID, rows: list[Covenant], day: date) -> list[Covenant]:
    if not rows:
        return []
    who = signer(person_id, "/", day)
    if who.home_id is None or not who.is_adult:
        return []
    home = Place.objects.get(pk=who.home_id)
    unit = (
        Q(household_id=who.household_id)
        if who.household_id
        else Q(home_id=who.home_id, household__isnull=True)
    )
    signed = set(Signature.objects.filter(unit, covenant__in=rows).values_list("covenant_id", flat=True))
    return [row for row in rows if row.pk not in signed and home.path.startswith(row.place.path)]


def kept_at(actor: Actor) -> Q:
    """The covenants of the places this actor keeps them at."""
    return under("place__path", actor.paths(Power.COVENANT))


def at_desk(actor: Actor) -> QuerySet[Covenant]:
    """Covenants of this desk's places: reviews due first, then the latest; with what waits for a decision."""
    waiting = Count("paragraphs__amendments", filter=Q(paragraphs__amendments__state="open"))
    rows = Covenant.objects.filter(kept_at(actor)).select_related("place").annotate(waiting=waiting)
    return rows.order_by(F("review_due").asc(nulls_last=True), "-pk")


def places_to_keep_at(actor: Actor) -> QuerySet[Place]:
    """Open places of this actor's posts, a building or wider."""
    here = under("path", actor.paths(Power.COVENANT))
    kinds = [*UNITS, PlaceKind.ENTRANCE]
    return Place.objects.filter(here, closed_on__isnull=True).exclude(kind__in=kinds).order_by("path")
