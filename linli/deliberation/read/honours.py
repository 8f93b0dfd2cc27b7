"""What is shown of those nominated and honoured, who judges, what was given. Names leave this file masked
where they did not agree to be shown in full, homes only as the building."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet, Sum

from linli.deliberation.kinds import Honours, NominationState
from linli.deliberation.models import (
    Appraisal,
    Chooser,
    Criterion,
    HonourDoubt,
    Juror,
    Nomination,
    NominationPhoto,
    Points,
    Voice,
)
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Standing, Weights
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.kernel.names import mask_name, sort_key
from linli.organizations import read as organizations
from linli.organizations.models import Post
from linli.people import read as people
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.places.rules import prefixes


def home_words(person_ids: Iterable[UUID], place_path: str) -> dict[UUID, str]:
    """The building each of them lives in, as it may be shown: never the door."""
    homes = people.homes_of(person_ids, today())
    paths = {path for home in homes.values() for path in prefixes(home.path)}
    rows = Place.objects.filter(path__in=paths, path__startswith=place_path, kind=PlaceKind.BUILDING.value)
    buildings = {row.path: row.name for row in rows}
    return {
        key: next((buildings[path] for path in prefixes(home.path) if path in buildings), "")
        for key, home in homes.items()
    }


# What is shown of those nominated


@dataclass(frozen=True, slots=True)
class Shown:
    """One of those nominated as people see them: masked where they did not say otherwise."""

    row: Nomination
    name: str
    where: str
    photos: list[NominationPhoto]


def shown(row: Appraisal, *, only_honoured: bool) -> list[Shown]:
    """Those who agreed, in the order of their names, which says nothing of who is ahead."""
    rows = Nomination.objects.filter(appraisal=row, state=NominationState.AGREED.value, struck_reason="")
    if only_honoured:
        rows = rows.filter(is_honoured=True)
    return _as_shown(row.honours, list(_whole(rows)), row.place.path)


def _whole(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    return rows.select_related("person").prefetch_related(
        Prefetch("photos", NominationPhoto.objects.order_by("pk"))
    )


def _as_shown(honours: str, rows: list[Nomination], place_path: str) -> list[Shown]:
    where = home_words([row.person_id for row in rows if row.person_id], place_path)
    found = [
        Shown(
            row,
            called(row, honours),
            where.get(row.person_id, "") if row.person_id else "",
            list(row.photos.all()),
        )
        for row in rows
    ]
    return sorted(
        found, key=lambda each: (sort_key(each.row.person.name if each.row.person else ""), each.row.pk)
    )


def called(row: Nomination, honours: str) -> str:
    """What somebody nominated is called: the name as they agreed to it; a thing by its own name before it."""
    if row.person is None:
        return row.named
    name = row.person.name if row.full_name else mask_name(row.person.name)
    return f"{row.thing} · {name}" if honours == Honours.THING.value and row.thing else name


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A nomination as staff see it."""

    row: Nomination
    name: str
    where: str
    phone: str
    photos: list[NominationPhoto]


def at_desk_of(row: Appraisal) -> list[AtDesk]:
    """Every nomination for staff: those nobody is found for first, then those asked, then who agreed."""
    order = [state.value for state in NominationState]
    rows = list(_whole(Nomination.objects.filter(appraisal=row)).order_by("nominated_at"))
    where = home_words([each.person_id for each in rows if each.person_id], row.place.path)
    found = []
    for each in sorted(rows, key=lambda one: order.index(one.state)):
        masked = people.masked(each.person) if each.person else None
        phone = masked.phone or "" if masked else ""
        name = called(each, row.honours)
        at = where.get(each.person_id, "") if each.person_id else ""
        found.append(AtDesk(each, name, at, phone, list(each.photos.all())))
    return found


@dataclass(frozen=True, slots=True)
class Judge:
    """A juror as people see them: the post where they judge for one, else the masked name."""

    row: Juror
    name: str


def jury(appraisal_id: UUID, language: str) -> list[Judge]:
    """Who judges."""
    rows = list(Juror.objects.filter(appraisal_id=appraisal_id).select_related("person").order_by("pk"))
    titles = organizations.posts_labelled([row.post_id for row in rows if row.post_id], language)
    return [Judge(row, titles[row.post_id] if row.post_id else mask_name(row.person.name)) for row in rows]


def posts_for_jury(row: Appraisal) -> list[Post]:
    """Posts of the place and over it, whose holders may be called to the jury."""
    day = today()
    return [
        *organizations.posts_over(row.place.path, day),
        *organizations.posts_under(row.place.path, day)[:60],
    ]


def points_of(juror_id: UUID) -> dict[tuple[UUID, UUID], int]:
    """What a juror has given: by nomination and criterion."""
    rows = Points.objects.filter(juror_id=juror_id).values_list("nomination_id", "criterion_id", "points")
    return {(nominated, criterion): points for nominated, criterion, points in rows}


# What was given


@dataclass(frozen=True, slots=True)
class Given:
    """All that decides a result."""

    standings: list[tuple[UUID, Standing]]
    voters: int
    judges: int
    most_points: int


def given(row: Appraisal) -> Given:
    """Points and voices of all who agreed, how many chose, how many jurors judged."""
    rows = list(Nomination.objects.filter(appraisal=row, state=NominationState.AGREED.value).order_by("pk"))
    ids = [each.pk for each in rows]
    points = dict(
        Points.objects.filter(nomination__in=ids).values_list("nomination_id").annotate(sum=Sum("points"))
    )
    voices = dict(
        Voice.objects.filter(nomination__in=ids).values_list("nomination_id").annotate(count=Count("pk"))
    )
    judges = Juror.objects.filter(appraisal=row, judged_at__isnull=False).count()
    most = judges * Criterion.objects.filter(appraisal=row).count() * rules.MOST_POINTS
    standings = [(key, Standing(points.get(key, 0), voices.get(key, 0))) for key in ids]
    return Given(standings, Chooser.objects.filter(appraisal=row).count(), judges, most)


def voters(row: Appraisal) -> int:
    """How many residents have chosen so far, or had when the result was posted."""
    return row.voters if row.posted_on else Chooser.objects.filter(appraisal=row).count()


def weights_of(row: Appraisal) -> Weights:
    """How its two sides weigh."""
    return Weights(row.weight_jury, row.weight_residents)


def doubts_of(row: Appraisal) -> list[HonourDoubt]:
    """Every objection, those without an answer first."""
    rows = HonourDoubt.objects.filter(nomination__appraisal=row).select_related("nomination__person")
    return sorted(rows.order_by("made_at"), key=lambda each: each.answered_at is not None)


def waiting_doubts(appraisal_id: UUID) -> int:
    """How many objections wait for an answer."""
    return HonourDoubt.objects.filter(nomination__appraisal_id=appraisal_id, answered_at__isnull=True).count()


def doubts_by(person_id: UUID | None, appraisal_id: UUID) -> dict[UUID, HonourDoubt]:
    """One's own objections, by nomination."""
    if person_id is None:
        return {}
    rows = HonourDoubt.objects.filter(nomination__appraisal_id=appraisal_id, author_id=person_id)
    return {row.nomination_id: row for row in rows}


# The honours roll


@dataclass(frozen=True, slots=True)
class Honour:
    """One appraisal's lines on the roll."""

    row: Appraisal
    shown: list[Shown]


def community(place_id: UUID) -> Place:
    """The place an honours roll is of. Raises `Refused` (404) when there is none."""
    row = Place.objects.filter(pk=place_id).first()
    if row is None:
        raise Refused("There is no such place. Please choose again.", status=MISSING)
    return row


def years_of_roll(place_path: str) -> list[int]:
    """The years somebody was honoured in the place, the latest first."""
    rows = Appraisal.objects.filter(
        place__path__startswith=place_path, concluded_on__isnull=False, nominations__is_honoured=True
    )
    return sorted({day.year for day in rows.values_list("concluded_on", flat=True) if day}, reverse=True)


def roll(place_path: str, year: int) -> list[Honour]:
    """Who was honoured in a place in a year: by appraisal, the latest first; within one by name."""
    rows = list(
        Appraisal.objects.filter(place__path__startswith=place_path, concluded_on__year=year)
        .select_related("place")
        .order_by("-concluded_on", "-pk")[:60]
    )
    held = _whole(Nomination.objects.filter(appraisal__in=rows, is_honoured=True)).select_related(
        "person", "appraisal"
    )
    shown_of: dict[UUID, list[Nomination]] = {}
    for each in held:
        shown_of.setdefault(each.appraisal_id, []).append(each)
    return [
        Honour(row, _as_shown(row.honours, shown_of[row.pk], row.place.path))
        for row in rows
        if row.pk in shown_of
    ]
