"""Works laid open: the file, its papers, what is doubted, which homes spoke.

Who doubts or speaks leaves this file only to be told or counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet

from linli.ballots.models import Ballot
from linli.deliberation.kinds import Majority, Power, Turnout, WorksStage
from linli.deliberation.models import (
    Acceptance,
    AcceptanceVoice,
    Defect,
    DoorRound,
    Doubt,
    DoubtShared,
    MaterialCheck,
    Warranty,
    WarrantyClaim,
    Works,
    WorksMaterial,
    WorksOption,
    WorksPaper,
    WorksPart,
)
from linli.deliberation.rules.works import Heard
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.matters.models import Matter, Opening
from linli.matters.procedures.kinds import OpeningKind
from linli.matters.read import one as matters
from linli.people import read as people
from linli.people.kinds import ResidenceKind
from linli.people.models import Residence
from linli.places import read as places
from linli.places.kinds import UNITS, PlaceKind
from linli.places.models import Place
from linli.places.rules import prefixes

NOT_HERE = "These works are not here."
MOST = 50
Of = TypeVar("Of", bound=Model)


def works(works_id: UUID) -> Works:
    """One file with its place. Raises `Refused` (404) when there is none."""
    row = Works.objects.select_related("place", "ballot").filter(pk=works_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def works_for_update(works_id: UUID) -> Works:
    """The same, locked: what is done to one file happens one after the other."""
    rows = Works.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=works_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def community_of(row: Works) -> str:
    """Who answers for works: the name of their community; of their place, where that is wider."""
    community = places.community_of(row.place.path)
    return community.name if community else row.place.name


def part_of(works_id: UUID, model: type[Of], row_id: UUID) -> Of:
    """Something of one file by its id. Raises `Refused` (404) for what belongs to another."""
    row: Of | None = model._default_manager.filter(works_id=works_id, pk=row_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def check_of(works_id: UUID, check_id: UUID) -> MaterialCheck:
    """One look at a material of a file. Raises `Refused` (404) for another's."""
    row = MaterialCheck.objects.filter(material__works_id=works_id, pk=check_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def paper(paper_id: UUID) -> WorksPaper:
    """One paper with its file and place. Raises `Refused` (404) when there is none."""
    row = WorksPaper.objects.select_related("works__place", "file").filter(pk=paper_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def next_number(works_id: UUID, model: type[Model]) -> int:
    """The number a new line gets."""
    last = model._default_manager.filter(works_id=works_id).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


# The file


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file holds besides doubts; `papers` by the id of what they belong to, perhaps the file's own."""

    options: list[WorksOption]
    parts: list[WorksPart]
    materials: list[WorksMaterial]
    defects: list[Defect]
    warranties: list[Warranty]
    checks: dict[UUID, list[MaterialCheck]]
    papers: dict[UUID, list[WorksPaper]]


def inside(works_id: UUID) -> Inside:
    """Everything of a file in seven queries."""
    papers: dict[UUID, list[WorksPaper]] = defaultdict(list)
    for each in WorksPaper.objects.filter(works_id=works_id).select_related("file").order_by("added_at"):
        papers[each.part_id or each.material_id or each.check_of_id or each.defect_id or works_id].append(
            each
        )
    checks: dict[UUID, list[MaterialCheck]] = defaultdict(list)
    for look in MaterialCheck.objects.filter(material__works_id=works_id).order_by("done_on", "id"):
        checks[look.material_id].append(look)
    return Inside(
        options=list(WorksOption.objects.filter(works_id=works_id).order_by("number")),
        parts=list(WorksPart.objects.filter(works_id=works_id).order_by("number")),
        materials=list(WorksMaterial.objects.filter(works_id=works_id).order_by("number")),
        defects=list(Defect.objects.filter(works_id=works_id).order_by("noted_at")),
        warranties=list(Warranty.objects.filter(works_id=works_id).order_by("number")),
        checks=checks,
        papers=papers,
    )


def unfinished(works_id: UUID) -> int:
    """How many parts are not done."""
    return WorksPart.objects.filter(works_id=works_id, ended_on__isnull=True).count()


def open_defects(works_id: UUID) -> int:
    """How many defects are not mended."""
    return Defect.objects.filter(works_id=works_id, mended_on__isnull=True).count()


def decided_ballots(path: str) -> list[Ballot]:
    """Ballots over this place whose result is published, the latest first: one of them may have decided."""
    here = places.along(path)
    return list(Ballot.objects.filter(here, published_at__isnull=False).order_by("-published_at")[:MOST])


# Doubts


@dataclass(frozen=True, slots=True)
class Doubted:
    """A doubt with its answers and rounds, and at how many doors or by how many neighbours it was heard."""

    row: Doubt
    voices: int
    rounds: list[DoorRound] = field(default_factory=list)

    @property
    def doors(self) -> int:
        """At how many doors the answer was explained."""
        return sum(each.reached for each in self.rounds)


def doubt(doubt_id: UUID) -> Doubt:
    """One doubt with its file. Raises `Refused` (404) when there is none."""
    row = Doubt.objects.select_related("works__place", "material").filter(pk=doubt_id).first()
    if row is None:
        raise Refused("This doubt is not here.", status=MISSING)
    return row


def doubts(works_id: UUID, *, with_hidden: bool = False) -> list[Doubted]:
    """What is doubted about works, what waits first and then the latest, in five queries."""
    rows = Doubt.objects.filter(works_id=works_id).select_related("material")
    if not with_hidden:
        rows = rows.filter(hidden_at__isnull=True)
    shared = rows.annotate(many=Count("shared", distinct=True)).prefetch_related(
        "answers", "rounds", "photos"
    )
    ordered = shared.order_by("answered_at", "-asked_at")
    waiting = [row for row in ordered if row.answered_at is None]
    answered = [row for row in ordered if row.answered_at is not None]
    answered.reverse()
    return [
        Doubted(
            row,
            voices=row.many + row.doors + (1 if row.asked_by_id else 0),
            rounds=sorted(row.rounds.all(), key=lambda each: each.went_on),
        )
        for row in waiting + answered
    ]


def unanswered(works_id: UUID) -> int:
    """How many doubts in sight wait for an answer."""
    rows = Doubt.objects.filter(works_id=works_id, answered_at__isnull=True, hidden_at__isnull=True)
    return rows.count()


def waiting_of(person_id: UUID, works_id: UUID) -> int:
    """How many of somebody's doubts wait."""
    rows = Doubt.objects.filter(works_id=works_id, asked_by_id=person_id, answered_at__isnull=True)
    return rows.count()


def shared_by(person_id: UUID | None, works_id: UUID) -> set[UUID]:
    """The doubts somebody asked or shares."""
    if person_id is None:
        return set()
    asked = Doubt.objects.filter(works_id=works_id, asked_by_id=person_id).values_list("pk", flat=True)
    shared = DoubtShared.objects.filter(doubt__works_id=works_id, person_id=person_id)
    return set(asked) | set(shared.values_list("doubt_id", flat=True))


def who_asked(row: Doubt) -> list[UUID]:
    """Who hears the answer: who asked, and who doubts the same."""
    shared = DoubtShared.objects.filter(doubt=row).values_list("person_id", flat=True)
    return [*shared, *([row.asked_by_id] if row.asked_by_id else [])]


# Homes


def _lived_in(path: str, day: date) -> QuerySet[Residence]:
    return Residence.objects.filter(
        people.in_force(day),
        kind=ResidenceKind.USUAL.value,
        place__kind=PlaceKind.HOME.value,
        place__path__startswith=path,
    )


def residents(row: Works, day: date) -> list[UUID]:
    """Who usually lives in the homes asked."""
    return list(_lived_in(row.place.path, day).values_list("person_id", flat=True).distinct())


def heard(row: Works, day: date) -> Heard:
    """How many homes are lived in, spoke, accept, in this round. A home left empty since is not counted."""
    lived = _lived_in(row.place.path, day).filter(place_id=OuterRef("home_id"))
    voices = AcceptanceVoice.objects.filter(Exists(lived), works_id=row.pk, round=row.round)
    said = list(voices.values_list("accepts", flat=True))
    homes = _lived_in(row.place.path, day).aggregate(n=Count("place_id", distinct=True))["n"]
    return Heard(homes, len(said), said.count(True), Turnout(row.turnout), Majority(row.majority))


def voice_of(row: Works, home_id: UUID | None) -> AcceptanceVoice | None:
    """What a home said in this round."""
    if home_id is None:
        return None
    return AcceptanceVoice.objects.filter(works_id=row.pk, round=row.round, home_id=home_id).first()


def refusals(row: Works) -> list[AcceptanceVoice]:
    """The homes that do not accept, with their reasons; for staff, who go and look."""
    rows = AcceptanceVoice.objects.filter(works_id=row.pk, round=row.round, accepts=False)
    return list(rows.select_related("home").order_by("said_at"))


def silent_homes(row: Works, day: date) -> list[Place]:
    """The homes nobody has spoken for: the doors to knock at."""
    spoke = AcceptanceVoice.objects.filter(works_id=row.pk, round=row.round).values("home_id")
    lived = _lived_in(row.place.path, day).exclude(place_id__in=spoke).values("place_id")
    return list(Place.objects.filter(pk__in=lived).order_by("order_key")[:400])


def acceptances(works_id: UUID) -> list[Acceptance]:
    """What asking came to, the latest first."""
    return list(Acceptance.objects.filter(works_id=works_id).order_by("-round"))


def claims(works_id: UUID) -> list[WarrantyClaim]:
    """Warranty claims with their matters, the latest first."""
    rows = WarrantyClaim.objects.filter(warranty__works_id=works_id).select_related("warranty", "matter")
    return list(rows.order_by("-claimed_at")[:MOST])


# The matter that waits for works


def matter_asking(opening_id: UUID) -> Matter | None:
    """The matter whose step wants a file of works; None when it no longer waits."""
    return matters.matter_of_opening(opening_id)


def of_matter(matter_id: UUID) -> Works | None:
    """The works a matter brought about."""
    return Works.objects.filter(asked_of_id=matter_id).first()


def waiting_opening(row: Works) -> UUID | None:
    """What of the matter's present step waits for these works."""
    if row.asked_of_id is None:
        return None
    rows = Opening.objects.filter(step__matter_id=row.asked_of_id, step__left_at__isnull=True)
    waits = rows.filter(kind=OpeningKind.WORKS.value, recorded_at__isnull=True)
    return waits.values_list("pk", flat=True).first()


# Lists


def of_person(person_id: UUID, day: date) -> list[Works]:
    """Works on the places somebody belongs to, from their laying open on, the latest first."""
    paths = people.paths_around(person_id, day)
    rows = Works.objects.filter(place__path__in=paths).exclude(stage=WorksStage.DRAFT.value)
    return list(rows.select_related("place").order_by("-pk")[:MOST])


def waiting_for(person_id: UUID, home: Place | None, day: date) -> list[Works]:
    """Works somebody's home is asked to accept and has not said anything about yet."""
    if home is None or home.kind != PlaceKind.HOME.value:
        return []
    spoke = AcceptanceVoice.objects.filter(works=OuterRef("pk"), round=OuterRef("round"), home=home)
    rows = Works.objects.filter(
        ~Exists(spoke),
        stage=WorksStage.ACCEPTING.value,
        speak_until__gte=day,
        place__path__in=prefixes(home.path),
    )
    return list(rows.select_related("place")[:3])


def _at(actor: Actor, powers: Sequence[str], field_name: str) -> Q:
    return under(field_name, actor.paths(*powers))


def at_desk(actor: Actor, moment: datetime) -> QuerySet[Works]:
    """Works of this desk's places: doubts overdue first, then the latest; with what waits."""
    waits = Q(doubts__answered_at__isnull=True, doubts__hidden_at__isnull=True)
    rows = Works.objects.filter(
        _at(actor, [Power.WORKS], "place__path")
        | _at(actor, [Power.WORKS_DOOR], "place__path") & ~Q(stage=WorksStage.DRAFT.value)
    )
    counted = rows.select_related("place").annotate(
        waiting=Count("doubts", filter=waits & Q(doubts__isnull=False), distinct=True),
        overdue=Count("doubts", filter=waits & Q(doubts__due_at__lt=moment), distinct=True),
    )
    return counted.order_by("-overdue", "-pk")


def places_to_keep_at(actor: Actor) -> QuerySet[Place]:
    """Open places of this actor's posts, an entrance or wider."""
    rows = Place.objects.filter(_at(actor, [Power.WORKS], "path"), closed_on__isnull=True)
    return rows.exclude(kind__in=UNITS).order_by("path")


def place_of(place_id: UUID) -> Any:
    """A place that is open and no single home."""
    rows = Place.objects.filter(pk=place_id, closed_on__isnull=True)
    return rows.exclude(kind__in=UNITS).first()
