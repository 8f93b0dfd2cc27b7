"""What residents' pages ask for: their own matters, what waits for them, where something is, who speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from linli.kernel import clock
from linli.matters.kinds import ContributionKind, OpeningKind, Outcome, State
from linli.matters.models import (
    Callback,
    Contribution,
    Evaluation,
    Matter,
    Opening,
    Order,
    Raiser,
    Step,
    Suspension,
)
from linli.matters.read.lists import RUNNING
from linli.matters.read.one import base
from linli.organizations import read as organizations
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

JUDGE_WITHIN = timedelta(days=14)  # after closing the question still stands on the first page
MOST_BUILDINGS = 400
GRID_WORKER = "grid_worker"  # the post every practice has for a grid


def mine(person_id: UUID, *, closed: bool | None = None) -> QuerySet[Matter]:
    """The matters somebody raised or joined, newest first; only the closed or only the others on request."""
    rows = base().filter(id__in=Raiser.objects.filter(person_id=person_id).values("matter_id"))
    if closed is not None:
        rows = rows.filter(state=State.CLOSED) if closed else rows.exclude(state=State.CLOSED)
    return rows.order_by("-raised_at", "-id")


def open_count(person_id: UUID) -> int:
    """How many matters of somebody's are still going on."""
    return mine(person_id, closed=False).order_by().count()


def to_judge(person_id: UUID, limit: int = 5) -> list[Matter]:
    """Matters that wait for this raiser's judgement: asked for now, or closed lately and not judged yet.

    Who was reached by a callback after the end has been asked already.
    """
    judged = Evaluation.objects.filter(matter=OuterRef("pk"), raiser_id=person_id, round=OuterRef("reopened"))
    asked = Opening.objects.filter(
        step__matter=OuterRef("pk"), step__left_at__isnull=True, kind=OpeningKind.EVALUATION
    )
    called = Callback.objects.filter(
        matter=OuterRef("pk"), raiser_id=person_id, reached=True, superseded=False
    )
    lately = Q(state=State.CLOSED, closed_at__gte=clock.now() - JUDGE_WITHIN) & ~Q(outcome=Outcome.WITHDRAWN)
    rows = mine(person_id).filter(Exists(asked) | (lately & ~Exists(called))).exclude(Exists(judged))
    return list(rows[:limit])


def step_keys(one: Matter) -> list[str]:
    """The steps a matter has been at, oldest first: for its line of stations."""
    return list(one.steps.order_by("entered_at", "id").values_list("key", flat=True))


def with_lines(rows: QuerySet[Matter]) -> QuerySet[Any]:
    """The same rows with who holds each, `history` (keys of its steps, oldest first) and `units` at work."""
    steps = Step.objects.filter(matter=OuterRef("pk")).order_by("entered_at", "id")
    orders = Order.objects.filter(matter=OuterRef("pk"), state__in=RUNNING).order_by("issued_at", "id")
    held = rows.select_related("holder__kind", "holder__organization", "holder__place")
    return held.defer("holder__place__outline").annotate(
        history=ArraySubquery(steps.values("key")), units=ArraySubquery(orders.values("unit__name"))
    )


def comments(one: Matter) -> list[Contribution]:
    """What neighbours say, oldest first."""
    rows = one.contributions.filter(kind=ContributionKind.COMMENT)
    return list(rows.select_related("person").order_by("at", "id"))


def suspensions(one: Matter) -> list[Suspension]:
    """When and why its clock stood still, oldest first."""
    return list(one.suspensions.order_by("since"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a resident may point at: its name, and what else it is found by."""

    place: Place
    name: str
    words: str

    @property
    def group(self) -> str:
        """The grid or courtyard it stands in."""
        return self.words.removesuffix(self.name).strip()


def buildings(community: Place, words: str = "") -> list[Spot]:
    """The buildings of a community as people count them, narrowed by words of their address."""
    rows = (
        places.subtree(community.path)
        .filter(places.open_on(clock.today()), kind=PlaceKind.BUILDING.value)
        .order_by("parent__order_key", "order_key", "path")[:MOST_BUILDINGS]
    )
    written = places.address_map(rows)
    spots = [Spot(row, row.name, written[row.id]) for row in rows]
    wanted = "".join(words.split())
    return [spot for spot in spots if wanted in spot.words.replace(" ", "")] if wanted else spots


def entrances(building: Place) -> list[Place]:
    """The entrances of a building."""
    rows = places.children(building, clock.today())
    return list(rows.filter(kind=PlaceKind.ENTRANCE.value))


def grid_worker(place: Place) -> str:
    """The grid worker over a place and who acts for them, in the reader's language; "" for none."""
    on = clock.today()
    post = organizations.holder_post(GRID_WORKER, place.path, on)
    if post is None:
        return ""
    language = get_language() or "zh-hans"
    return organizations.label_with_holder([post.id], language, on).get(post.id, "")


def communities_by_street(on: date) -> list[tuple[str, list[Place]]]:
    """The open communities under the names of their streets, in two queries."""
    rows = list(places.communities("/", on).select_related("parent"))
    grouped: dict[str, list[Place]] = {}
    whole = {row.id: row for row in rows}
    names = places.full_address_map([row.parent for row in whole.values() if row.parent is not None])
    for row in rows:
        street = names.get(row.parent_id, "") if row.parent_id else ""
        grouped.setdefault(street, []).append(row)
    return list(grouped.items())


@dataclass(frozen=True, slots=True)
class Speaker:
    """A neighbour as others see them: the building, and enough of the name to greet them by."""

    building: str
    name: str
    sex: str


def speakers(person_ids: Iterable[UUID | None]) -> dict[UUID, Speaker]:
    """Who speaks, in three queries."""
    wanted = [each for each in person_ids if each is not None]
    if not wanted:
        return {}
    homes = people.homes_of(wanted, clock.today())
    paths = {prefix for home in homes.values() for prefix in places.prefixes(home.path)}
    names = dict(
        Place.objects.filter(path__in=paths, kind=PlaceKind.BUILDING.value).values_list("path", "name")
    )
    found = {}
    for person_id, person in people.persons_by_id(wanted).items():
        home = homes.get(person_id)
        building = next((names[p] for p in places.prefixes(home.path) if p in names), "") if home else ""
        found[person_id] = Speaker(building, person.name, person.sex)
    return found
