"""Filling: the demo's nine communities with their people and posts, and matters by COPY.

What is open stays the same number while the past grows: a community that has used Linli for ten years has a
long record, not a longer desk. Texts are put together from the demo's own sentences; every matter has its
raiser, its stays at steps, its entries in the record, and most have an order and an official answer.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import time
from typing import Any

import yaml
from django.db import connection, transaction
from django.db.models import QuerySet

from bench.bare import bare
from linli.audit.models import Entry
from linli.kernel import clock
from linli.matters.actions.engine import post_for
from linli.matters.models import Contribution, Matter, Order, ProcedureVersion, Raiser, Step
from linli.matters.procedures import loader
from linli.matters.rules.numbers import matter_number, order_number, search_text
from linli.people.models import Residence
from linli.places.models import Place
from linli.site.demo import loading, matters

OPEN = 3_000  # matters at `register`, the newest: what the desks of all communities but the first hold
MOVABLE = 6_000  # matters at `register` in the first community, whose only use is to be moved
BATCH = 20_000
YEARS = 8
SENTENCES = Path(loader.SHIPPED) / "demo" / "matters.yaml"

MATTER = (
    "id", "number", "place", "place_path", "community", "raised_by", "channel", "kind", "category", "urgency",
    "level", "title", "text", "procedure", "state", "step_key", "holder", "triaged_at", "raised_at",
    "promised_at", "step_due_at", "contacted_at", "closed_at", "outcome", "search", "anonymous",
    "confidential", "forbids_publication", "public_title", "public_summary", "published_at", "reopened",
    "where", "is_demo",
)  # fmt: skip
STEP = (
    "id",
    "matter",
    "key",
    "holder",
    "entered_at",
    "due_at",
    "left_at",
    "left_by",
    "verb",
    "moved_to",
    "note",
)
RAISER = ("id", "matter", "person", "joined_at", "is_first")
ORDER = (
    "id", "number", "matter", "kind", "unit", "handler", "issuer", "issued_by", "task", "state", "issued_at",
    "due_at", "accepted_at", "reported_at", "report", "on_paper", "verified_at", "verified_by",
    "suspended_why",
)  # fmt: skip
CONTRIBUTION = ("id", "matter", "kind", "stance", "text", "person", "post", "step_key", "at")
ENTRY = (
    "id", "at", "event", "actor_kind", "actor_id", "post_id", "subject_kind", "subject_id", "place_path",
    "fields", "data", "request_id",
)  # fmt: skip
COLUMNS: dict[Any, tuple[str, ...]] = {
    Matter: MATTER, Raiser: RAISER, Step: STEP, Order: ORDER, Contribution: CONTRIBUTION, Entry: ENTRY,
}  # fmt: skip
Row = tuple[str | bool | None, ...]
PLAIN: dict[Any, str] = {None: "\\N", True: "t", False: "f"}
WAY = (("register", "assess", "accept"), ("assess", "handle", "dispatch"), ("handle", "answer", "resolve"))


@dataclass(frozen=True, slots=True)
class Home:
    """Where a matter is raised and by whom."""

    place: str
    path: str
    person: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One community with what its matters need."""

    id: str
    code: str
    homes: list[Home]
    clerk: str
    clerk_person: str
    unit: str
    handler: str


class Moment:
    """When a matter was raised, and so many days later at the same hour or five hours on, as COPY reads it:
    writing a moment anew for each of its twenty columns took a fifth of the time."""

    __slots__ = ("day", "hour", "later_day", "later_hour")

    def __init__(self, at: datetime) -> None:
        later = at + timedelta(hours=5)
        self.day, self.hour = at.toordinal(), at.isoformat()[10:]
        self.later_day, self.later_hour = later.toordinal(), later.isoformat()[10:]

    def after(self, days: int = 0) -> str:
        """So many days later."""
        return _day(self.day + days) + self.hour

    def later(self, days: int) -> str:
        """So many days and five hours later."""
        return _day(self.later_day + days) + self.later_hour


@cache
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def communities(today: date) -> None:
    """Places, people, posts and adopted procedures of the demo, without its past."""
    versions = matters.store(today)
    loading.load_places(today, print, lambda community: matters.adopt(today, community, versions))


def first_two() -> list[Place]:
    """The community whose matters are moved, and one whose desk is looked at."""
    return list(_communities()[:2])


def _communities() -> QuerySet[Place]:
    rows = Place.objects.filter(kind="community", closed_on__isnull=True, is_demo=True)
    return rows.order_by("path")


def to(total: int, address: str) -> float:
    """Add matters until there are `total`; the seconds it took, indexes and checks of all rows included.

    Two processes generate and copy; `address` is the tables' owner, who may take their indexes away.
    """
    began = clock.now()
    have = Matter.objects.count()
    middle = (have + total) // 2
    with bare(list(COLUMNS), address):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # its threads do not follow into a child
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as both:
            list(both.map(_stretch, (have, middle), (middle, total)))
    return (clock.now() - began).total_seconds()


def _stretch(first: int, end: int) -> None:
    rows = generated(first, end)
    while batch := list(islice(rows, BATCH)):
        write(batch)


@transaction.atomic
def write(batch: list[dict[Any, list[Row]]]) -> None:
    """Copy the rows of many matters, table by table."""
    for model, names in COLUMNS.items():
        fields: list[Any] = [model._meta.get_field(name) for name in names]
        columns = '", "'.join(str(field.column) for field in fields)
        lines = "".join(map(line, (row for one in batch for row in one[model])))
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY {model._meta.db_table} ("{columns}") FROM STDIN') as copy,
        ):
            copy.write(lines)


def line(row: Row) -> str:
    """A row as COPY reads it. Texts are the demo's own: no tab, no backslash, no line break."""
    return "\t".join(map(PLAIN.get, row, row)) + "\n"


def generated(have: int, total: int) -> Iterator[dict[Any, list[Row]]]:
    """The rows of matters number `have` to `total`; the open ones are the first."""
    rng = Random(have)
    grounds = list(_grounds())
    version = ProcedureVersion.objects.get(name="plain")
    templates = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))["matters"]
    now = clock.now()
    for serial in range(have, total):
        told = rng.choice(templates)
        ground = grounds[0] if serial < MOVABLE else rng.choice(grounds[1:])
        is_open = serial < MOVABLE + OPEN
        ago = (
            timedelta(minutes=rng.uniform(1, 60 * 20))
            if is_open
            else timedelta(days=rng.uniform(2, 365 * YEARS))
        )
        yield _one(serial, ground, told, str(version.id), now - ago, is_open, rng)


def _one(
    serial: int, ground: Ground, told: dict[str, Any], version: str, at: datetime, is_open: bool, rng: Random
) -> dict[Any, list[Row]]:
    home, key = rng.choice(ground.homes), new_id(rng)
    number = matter_number(ground.code, at.year, serial)
    title, text = told["title"], told["text"]
    when = Moment(at)
    raised, due, closed = when.after(), when.after(1), None if is_open else when.after(5)
    matter = (
        key, number, home.place, home.path, ground.id, home.person, "app", "appeal", told.get("category", ""),
        "ordinary", "" if is_open else "settle_at_once", title, text, version,
        "open" if is_open else "closed",
        "register" if is_open else "answer", ground.clerk if is_open else None, None if is_open else raised,
        raised, when.after(7), due if is_open else None, None if is_open else raised, closed,
        "" if is_open else "resolved", _search(number, title, text), False, False, False, "", "", None, "0",
        "", True,
    )  # fmt: skip
    rows: dict[Any, list[Row]] = {
        Matter: [matter],
        Raiser: [(new_id(rng), key, home.person, raised, True)],
        Step: [(new_id(rng), key, "register", ground.clerk, raised, due, None, None, "", "", "")],
        Order: [], Contribution: [],
        Entry: [_entry(rng, raised, "matters.raised", home.person, None, "Matter", key, home.path)],
    }  # fmt: skip
    if closed:
        _past(rng, rows, key, number, ground, home, when, closed)
    return rows


def _past(
    rng: Random, rows: dict[Any, list[Row]], key: str, number: str, ground: Ground, home: Home,
    when: Moment, closed: str,
) -> None:  # fmt: skip
    rows[Step] = []
    clerk, person = ground.clerk, ground.clerk_person
    for days, (step, target, verb) in enumerate([*WAY, ("answer", "closed", "resolve")]):
        entered, due, left = when.after(days), when.after(days + 1), when.later(days)
        rows[Step].append((new_id(rng), key, step, clerk, entered, due, left, person, verb, target, ""))
        rows[Entry].append(_entry(rng, left, "matters.moved", person, clerk, "Matter", key, home.path))
    order, day = new_id(rng), when.after(2)
    rows[Order] = [(
        order, order_number(number, 1), key, "order", ground.unit, ground.handler, clerk, person,
        "请到现场处理。",
        "verified", day, when.after(5), day, day, "已处理。", False, closed, person, "",
    )]  # fmt: skip
    rows[Entry].append(_entry(rng, day, "matters.order_issued", person, clerk, "Order", order, home.path))
    rows[Contribution] = [
        (new_id(rng), key, "answer", "", "已经处理好了，谢谢您告诉我们。", person, clerk, "answer", closed)
    ]


def _entry(
    rng: Random, at: str, event: str, person: str, post: str | None, kind: str, subject: str, path: str
) -> Row:
    return (new_id(rng), at, event, "person", person, post, kind, subject, path, "{}", "{}", "")


def new_id(rng: Random) -> str:
    """A UUIDv7 of now, as `uuid7` makes them, at a tenth of its cost: fifteen of them make a matter."""
    chance = rng.getrandbits(72)
    return f"{int(time() * 1000):012x}7{chance & 0xFFF:03x}8{chance >> 12:015x}"


def _search(number: str, title: str, text: str) -> str:
    """A tsvector as text: the number's words, of which only the serial is new, and those of the sentences."""
    begins, _, serial = number.rpartition("-")
    return f"{_lexemes_of(begins)} '{serial}' {_lexemes_of(title, text)}"


@cache
def _lexemes_of(*texts: str) -> str:
    words = search_text(texts).split()
    return " ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)


def _grounds() -> Iterator[Ground]:
    for place in _communities():
        homes = Residence.objects.filter(place__path__startswith=place.path, ends__isnull=True)
        rows = homes.values_list("place_id", "place__path", "person_id").order_by("id")[:4000]
        clerk = post_for("community_clerk", place.path)
        handler = post_for("unit_handler", place.path)
        yield Ground(
            str(place.id), place.short_code, [Home(str(at), path, str(who)) for at, path, who in rows],
            str(clerk.id), str(clerk.appointments.values_list("person_id", flat=True)[0]),
            str(handler.organization_id), str(handler.id),
        )  # fmt: skip
