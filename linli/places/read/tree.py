"""Queries on places: subtrees, chains, addresses, history, and the working calendar."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Length

from linli.audit.policies import may_export, widest_export
from linli.frame.kept import KeptRows
from linli.frame.request import remembered
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.workdays import WorkdayCalendar
from linli.places.kinds import UNITS, AreaSource, PlaceKind
from linli.places.models import CalendarDay, OwnedArea, Place, PlaceCode, PlaceVersion
from linli.places.rules import prefixes, written, written_whole

CLOSING = time(18, 0)  # 下班时间: when a workday limit ends; a community's own setting may come to differ
WIDE = [kind.value for kind in (PlaceKind.DIVISION, PlaceKind.STREET, PlaceKind.COMMUNITY)]
AS_FOUND = ("kind", "order_key", "path")
WRITTEN = ("kind", "name", "path", "order_key", "parent")  # what an address is made of, and its order
MOST_WIDER = 200  # buildings of one name that a search looks into


def place(place_id: UUID) -> Place | None:
    """One place."""
    return Place.objects.filter(id=place_id).first()


def place_for_update(place_id: UUID) -> Place | None:
    """One place, locked: what is decided once for a whole place comes one after the other."""
    return Place.objects.select_for_update().filter(id=place_id).first()


def places_by_id(place_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Several places, in one query."""
    return {row.id: row for row in Place.objects.filter(id__in=list(place_ids))}


def place_by_path(path: str) -> Place | None:
    """The place at exactly this path."""
    return Place.objects.filter(path=path).first()


def place_to_export(actor: Actor) -> Place:
    """The widest place the actor may export lists of. Raises `Refused` where there is none."""
    path = widest_export(actor)
    require(may_export(actor, path))
    row = place_by_path(path)
    if row is None:
        raise Refused("This place is not known.", status=MISSING)
    return row


def find_by_code(code: str, on: date) -> Place | None:
    """The place a code belonged to on a day."""
    row = (
        PlaceCode.objects.filter(code=code, starts__lte=on)
        .filter(Q(ends__isnull=True) | Q(ends__gt=on))
        .select_related("place")
        .order_by("scheme")
        .first()
    )
    return row.place if row else None


def by_id_or_code(text: str) -> Place | None:
    """The place another system names: by its id, or by a code it has today."""
    with suppress(ValueError):
        return place(UUID(text))
    return find_by_code(text, today())


def subtree(path: str) -> QuerySet[Place]:
    """The place at the path and everything in it, by one indexed prefix comparison."""
    return Place.objects.filter(path__startswith=path)


def along(path: str, field: str = "place__path") -> Q:
    """Rows of a place, of what is in it, and of all it lies in."""
    return Q(**{f"{field}__startswith": path}) | Q(**{f"{field}__in": prefixes(path)})


def open_on(on: date) -> Q:
    """Places that existed on the day."""
    return (Q(opened_on__isnull=True) | Q(opened_on__lte=on)) & (
        Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    )


def children(parent: Place, on: date, *, but: PlaceKind | None = None) -> QuerySet[Place]:
    """What hangs directly on a place, in the order people count; `but`: places of this kind have a list of
    their own."""
    rows = Place.objects.filter(open_on(on), parent=parent).order_by("order_key", "path")
    return rows.exclude(kind=but.value) if but else rows


def roots() -> QuerySet[Place]:
    """The places without a parent."""
    return Place.objects.filter(parent__isnull=True).order_by("path")


def chain(row: Place) -> list[Place]:
    """The place with its ancestors, from the widest down to itself, in one query."""
    return chain_of_path(row.path)


@remembered
def chain_of_path(path: str) -> list[Place]:
    """The places along a path, from the widest. Their outlines stay where they are."""
    rows = Place.objects.filter(path__in=prefixes(path)).defer("outline")
    return list(rows.order_by(Length("path")))


def community_of(path: str) -> Place | None:
    """The community a path lies in; None above communities."""
    line = reversed(chain_of_path(path))
    return next((row for row in line if row.kind == PlaceKind.COMMUNITY.value), None)


def name_around(path: str) -> str:
    """The name of the community a path lies in, or of the place itself above communities; "" if unknown."""
    known = wide_names()
    return next((known[each] for each in reversed(prefixes(path)) if each in known), "")


def communities(path: str = "/", on: date | None = None) -> QuerySet[Place]:
    """The communities in a place, by path; on a day, only those that existed then."""
    rows = Place.objects.filter(kind=PlaceKind.COMMUNITY.value, path__startswith=path)
    return (rows.filter(open_on(on)) if on else rows).order_by("path")


def communities_over(paths: Iterable[str], on: date) -> list[Place]:
    """The open communities in any of several subtrees."""
    wanted = Q()
    for path in paths:
        wanted |= Q(path__startswith=path)
    if not wanted:
        return []
    return list(communities("/", on).filter(wanted))


def communities_about(paths: Iterable[str], on: date) -> QuerySet[Place]:
    """The open communities in any of several subtrees, and those that one of the paths lies in."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= along(path, "path")
    return communities("/", on).filter(wanted)


def counts_by_kind(path: str, on: date) -> dict[str, int]:
    """How many places of each kind a subtree holds on a day."""
    rows = subtree(path).filter(open_on(on)).values("kind").annotate(count=Count("id")).order_by()
    return {row["kind"]: row["count"] for row in rows}


def address(row: Place) -> str:
    """The place inside its community as people write it ("3网格 9栋 1单元"); a wider place by its name."""
    return written(chain(row)) or row.name


def address_map(rows: Iterable[Place]) -> dict[UUID, str]:
    """The addresses of several places inside their communities: one query, where anything lies between."""
    listed = list(rows)
    between = Place.objects.filter(path__in=_between(listed)).defer("outline")
    return _written(listed, {row.path: row for row in (*between, *listed)})


def _between(rows: Iterable[Place]) -> set[str]:
    """The paths an address inside the community needs besides the places themselves."""
    own = {row.path for row in rows}
    return {each for path in own for each in prefixes(path)} - own - wide_names().keys()


def _written(rows: Iterable[Place], known: Mapping[str, Place]) -> dict[UUID, str]:
    lines = {row.id: [known[each] for each in prefixes(row.path) if each in known] for row in rows}
    return {row.id: written(lines[row.id]) or row.name for row in rows}


def full_address_map(rows: Iterable[Place]) -> dict[UUID, str]:
    """The whole addresses of several places, from the division down, in one query."""
    listed = list(rows)
    lines = chains_of_paths(row.path for row in listed)
    return {row.id: written_whole(lines[row.path]) for row in listed}


def address_of_paths(paths: Iterable[str]) -> dict[str, str]:
    """The addresses inside their communities of several paths, in one query; "" for an unknown path."""
    lines = chains_of_paths(paths)
    return {path: written(line) or (line[-1].name if line else "") for path, line in lines.items()}


def chains_of_paths(paths: Iterable[str]) -> dict[str, list[Place]]:
    """The places along each of several paths, from the widest, in one query."""
    wanted = list(dict.fromkeys(paths))
    needed = {prefix for path in wanted for prefix in prefixes(path)}
    known = {row.path: row for row in Place.objects.filter(path__in=needed).defer("outline")}
    return {path: [known[each] for each in prefixes(path) if each in known] for path in wanted}


@dataclass(frozen=True, slots=True)
class Past:
    """What a place was on a day: its name and path then, and its division codes valid then; with all it was
    ever called and every code it ever had, the latest first."""

    place: Place
    existed: bool
    name: str
    path: str
    codes: list[PlaceCode]
    history: list[PlaceVersion]
    every_code: list[PlaceCode]


def as_of(row: Place, day: date) -> Past:
    """The place as it was on the day, in two queries. Before the first recorded version its present name
    and path stand, since nothing else is known."""
    history = list(PlaceVersion.objects.filter(place=row).order_by("-starts"))
    every = codes_of(row)
    existed = (row.opened_on is None or row.opened_on <= day) and (
        row.closed_on is None or day < row.closed_on
    )
    then = next((each for each in history if _held(each, day)), row)
    codes = [each for each in every if _held(each, day)]
    return Past(row, existed, then.name, then.path, codes, history, every)


def _held(row: PlaceVersion | PlaceCode, day: date) -> bool:
    return row.starts <= day and (row.ends is None or day < row.ends)


def codes_of(row: Place) -> list[PlaceCode]:
    """Every code it ever had, the latest first."""
    return list(PlaceCode.objects.filter(place=row).order_by("scheme", "-starts"))


def codes_on(place_ids: Iterable[UUID], on: date) -> dict[UUID, list[str]]:
    """The codes several places had on a day, in one query."""
    rows = PlaceCode.objects.filter(place_id__in=list(place_ids), starts__lte=on)
    found: dict[UUID, list[str]] = {}
    for row in rows.filter(Q(ends__isnull=True) | Q(ends__gt=on)).order_by("scheme", "code"):
        found.setdefault(row.place_id, []).append(row.code)
    return found


def areas_of(place_ids: Iterable[UUID]) -> dict[UUID, dict[AreaSource, int]]:
    """The areas of several homes in 0.01 m², by the source that states them, in one query."""
    found: dict[UUID, dict[AreaSource, int]] = {}
    for row in OwnedArea.objects.filter(place_id__in=list(place_ids)):
        found.setdefault(row.place_id, {})[AreaSource(row.source)] = row.area
    return found


def predecessors(row: Place) -> list[Place]:
    """The closed places whose successor this is."""
    return list(Place.objects.filter(successor=row).order_by("-closed_on", "path"))


def find(text: str, path: str, on: date, limit: int = 20) -> list[Place]:
    """Places in a subtree whose name or address label begins with the text: buildings, entrances, homes."""
    return list(_named(text, [path], on)[:limit])


def find_addressed(
    text: str, paths: Iterable[str], on: date, *, beside: Iterable[Place] = (), limit: int = 20
) -> tuple[list[Place], dict[UUID, str]]:
    """Such places in several subtrees, with their addresses and those of the places beside, in one query.

    They are read as far as that needs.
    """
    near = list(beside)
    line = ["parent__" * depth + field for depth in range(5) for field in WRITTEN]  # all that lies between
    rows = Place.objects.select_related("parent__parent__parent__parent").only(*line)
    named = rows.filter(pk__in=_named(text, paths, on)[:limit].values("pk"))
    between = rows.filter(path__in=_between(near))
    marked = named.annotate(is_found=Value(True)).union(between.annotate(is_found=Value(False)), all=True)
    listed = list(marked.order_by(*AS_FOUND))
    found: list[Place] = [row for row in listed if row.is_found]
    known = {row.path: row for row in near}
    known |= {each.path: each for row in listed for each in _upward(row)}
    return found, _written([*near, *found], known)


def _named(text: str, paths: Iterable[str], on: date) -> QuerySet[Place]:
    wanted = text.strip()
    rows = Place.objects.filter(open_on(on), under("path", paths if wanted else ()))
    return rows.filter(name__startswith=wanted).order_by(*AS_FOUND)


def _upward(row: Place | None) -> Iterator[Place]:
    """A place and those above it, as far as they were read with it."""
    while row is not None:
        yield row
        row = row.parent if Place.parent.is_cached(row) else None


def find_homes(
    words: str, path: str, on: date, limit: int = 40, kinds: Iterable[PlaceKind] = (PlaceKind.HOME,)
) -> list[Place]:
    """Homes in a subtree by the parts of their address, as "康馨家园 9栋 602" or "9栋 602": each word must
    begin the name of the home or of something it lies in. With other `kinds` bays as well."""
    rows = subtree(path).filter(open_on(on), kind__in=kinds)
    for word in words.split()[:4]:
        wider = Place.objects.filter(path__startswith=path, name__startswith=word)
        named = Q(name__startswith=word)
        for found in wider.exclude(kind__in=UNITS).values_list("path", flat=True)[:MOST_WIDER]:
            named |= Q(path__startswith=found)
        rows = rows.filter(named)
    return list(rows.order_by("path")[:limit])


def _calendar() -> WorkdayCalendar:
    return WorkdayCalendar(dict(CalendarDay.objects.values_list("day", "is_workday")))


calendar: Final = KeptRows(_calendar)
"""The working calendar with imported days over the published table."""


class Wide(NamedTuple):
    """Communities and all that is above them, by path: what each is called, which are communities."""

    names: dict[str, str]
    communities: dict[str, UUID]


def _wide() -> Wide:
    rows = list(Place.objects.filter(kind__in=WIDE).values_list("path", "name", "kind", "id"))
    return Wide(
        names={path: name for path, name, _kind, _id in rows},
        communities={path: each for path, _name, kind, each in rows if kind == PlaceKind.COMMUNITY},
    )


wide: Final = KeptRows(_wide)
"""It stands at the head of every page."""


def wide_names() -> dict[str, str]:
    """What communities and all that is above them are called, by path."""
    return wide().names


def closing_time(path: str) -> time:
    """When the working day ends at a place."""
    return CLOSING
