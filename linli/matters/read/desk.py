"""What the desk shows: everything on somebody in one list, and what surrounds one matter or order."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.kinds import OrderKind, OrderState, Power, State
from linli.matters.models import (
    Assessment,
    Callback,
    Exclusion,
    Extension,
    Matter,
    Order,
    Supervision,
    Suspension,
)
from linli.matters.read.lists import AT_MOST, RUNNING, TO_LOOK_AT, within
from linli.people import read as people
from linli.places import read as places

SHOWN = (
    "number", "title", "state", "channel", "step_key", "step_due_at", "triaged_at", "holder_id", "place_path",
    "procedure_id", "kind", "category", "promised_at", "confidential", "published_at", "public_title",
)  # fmt: skip


DESKS = 300  # somebody's statements are kept for, in each process; who comes back later has theirs made again
Statement = tuple[str, tuple[Any, ...]]  # with its values


class Why(StrEnum):
    """Why something is on somebody's desk."""

    HELD = "held"
    SUPERVISE = "supervise"
    EXCLUDE = "exclude"
    FRESH = "fresh"
    DO = "do"
    REVIEW = "review"
    VERIFY = "verify"
    EXTEND = "extend"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a desk list: a matter, or an order with its matter, and when it expires."""

    why: Why
    matter: Matter
    due: datetime | None
    order: Order | None = None
    address: str = ""

    @property
    def key(self) -> str:
        """What the line is known by while the list is walked through."""
        return str(self.order.id if self.order else self.matter.id)


def on_me(actor: Actor) -> list[Item]:
    """All that waits for one of the actor's posts, what expires first on top. Two queries."""
    found = [*_matters_on_me(actor), *_orders_on_me(actor)]
    later = clock.now() + timedelta(days=3650)
    found.sort(key=lambda item: (item.due or later, item.key))
    return found[:AT_MOST]


def _supervised(actor: Actor) -> QuerySet[Supervision]:
    """Supervisions that one of the actor's posts has to answer."""
    return Supervision.objects.filter(post_id__in=actor.posts, answered_at__isnull=True)


def _held(actor: Actor) -> Q:
    """Matters one of the actor's posts holds."""
    return Q(holder_id__in=actor.posts) & ~Q(state=State.CLOSED)


def _beside(actor: Actor) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Ids of matters on the actor whoever holds them: supervised, or to be left out of the rates at somebody
    else's wish, which the actor may approve."""
    asked = Exclusion.objects.filter(within(actor, Power.EXCLUDE, "matter__place_path"))
    asked = asked.filter(approved_at__isnull=True).exclude(asked_by_id=actor.person_id)
    return _supervised(actor).values("matter"), asked.values("matter")


def _matters_on_me(actor: Actor) -> list[Item]:
    """Matters held, supervised, or with an exclusion to approve."""
    rows: Iterable[Any] = ()
    with suppress(EmptyResultSet):
        rows = Matter.objects.raw(*_listing(actor))
    items, mine = [], actor.posts
    for row in rows:
        if row.holder_id in mine and row.state != State.CLOSED:
            items.append(Item(Why.HELD, row, row.step_due_at))
        elif row.watched_until is not None:
            items.append(Item(Why.SUPERVISE, row, row.watched_until))
        else:
            items.append(Item(Why.EXCLUDE, row, None))
    return items


@lru_cache(maxsize=DESKS)
def _listing(actor: Actor) -> Statement:
    """The statement of the matters on these posts, put together once as that of their numbers.

    A union of three index scans; joined by "or" it would read every matter there is. Of what is held no more
    are looked at than are listed.
    """
    first_held = Matter.objects.filter(_held(actor)).order_by("step_due_at", "id").values("pk")[:AT_MOST]
    out = (
        Order.objects.filter(matter=OuterRef("pk"))
        .exclude(state__in=[OrderState.VERIFIED, OrderState.WITHDRAWN])
        .order_by("due_at")
    )
    rows = (
        _listed()
        .annotate(
            watched_until=Subquery(
                _supervised(actor).filter(matter=OuterRef("pk")).order_by("due_at").values("due_at")[:1],
                output_field=DateTimeField(),
            ),
            sent_to=Subquery(out.values("unit__name")[:1], output_field=CharField()),
            sent_state=Subquery(out.values("state")[:1], output_field=CharField()),
        )
        .filter(pk__in=first_held.union(*_beside(actor)))
        .order_by("step_due_at", "id")[:AT_MOST]
    )
    return rows.query.sql_with_params()


def _listed() -> QuerySet[Matter]:
    """Matters with no more than a line of a list shows."""
    return Matter.objects.only(*SHOWN)


def _listed_orders() -> QuerySet[Order]:
    return Order.objects.select_related("unit", "matter").only(
        "number", "kind", "state", "handler_id", "issuer_id", "due_at", "report_in_due_at", "reported_in_at",
        "verified_at", "suspended_until", "unit__name", *(f"matter__{name}" for name in SHOWN),
    )  # fmt: skip


def _orders_waiting(actor: Actor) -> Q:
    """Orders on the actor: to do, to look at, or with more time asked for by somebody else."""
    to_do = Order.objects.filter(handler_id__in=actor.posts, state__in=RUNNING)
    to_look_at = Order.objects.filter(issuer_id__in=actor.posts, state__in=TO_LOOK_AT)
    asked = Extension.objects.filter(within(actor, Power.EXTENSION_APPROVE, "order__matter__place_path"))
    asked = asked.filter(granted__isnull=True).exclude(asked_by_id=actor.person_id)
    return Q(pk__in=to_do.values("pk").union(to_look_at.values("pk"), asked.values("order")))


def _orders_on_me(actor: Actor) -> list[Item]:
    rows = _listed_orders().filter(_orders_waiting(actor)).order_by("due_at", "id")[:AT_MOST]
    return [Item(_why(row, actor), row.matter, order_due(row), row) for row in rows]


def _untriaged(actor: Actor) -> Q:
    """Matters nobody has sorted yet, over the actor's places."""
    return within(actor, Power.READ) & Q(triaged_at__isnull=True) & ~Q(state=State.CLOSED)


def _unsettled(actor: Actor) -> Q:
    """Orders the actor's posts sent out that are not settled."""
    return Q(issuer_id__in=actor.posts, state__in=[*RUNNING, *TO_LOOK_AT])


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the desk's entries: as many as each list shows open."""

    on_me: int
    untriaged: int
    running_orders: int
    whistles: int


def counts(actor: Actor) -> Counts:
    """The numbers in one query; used on every desk page."""
    with suppress(EmptyResultSet), connection.cursor() as cursor:
        cursor.execute(*_counting(actor))
        found: dict[str, int] = dict(cursor.fetchall())
        return Counts(
            on_me=sum(found.get(what, 0) for what in ("held", "beside", "asked")),
            untriaged=found.get("untriaged", 0),
            running_orders=found.get("running", 0),
            whistles=found.get("whistles", 0),
        )
    return Counts(0, 0, 0, 0)


@lru_cache(maxsize=DESKS)
def _counting(actor: Actor) -> Statement:
    """The statement of the numbers for these posts and places, put together once for who keeps the desk open:
    that takes three times as long as its answer (docs/adr/0023). Refused where the actor reaches nothing."""
    matters, orders = Matter.objects.order_by(), Order.objects.order_by()
    watched, left_out = _beside(actor)
    asked = [
        ("held", matters.filter(_held(actor))),
        ("beside", matters.filter(pk__in=watched.union(left_out)).exclude(_held(actor))),
        ("asked", orders.filter(_orders_waiting(actor))),
        ("untriaged", matters.filter(_untriaged(actor))),
        ("running", orders.filter(_unsettled(actor))),
        ("whistles", orders.filter(_open_whistles(actor))),
    ]
    first, *others = (rows.values(what=Value(what)).annotate(n=Count("pk")) for what, rows in asked)
    return first.union(*others, all=True).query.sql_with_params()


def _why(order: Order, actor: Actor) -> Why:
    if order.handler_id in actor.posts and order.state in RUNNING:
        return Why.DO
    if order.issuer_id in actor.posts and order.state == OrderState.RETURNED:
        return Why.REVIEW
    if order.issuer_id in actor.posts and order.state == OrderState.REPORTED:
        return Why.VERIFY
    return Why.EXTEND


def order_due(order: Order) -> datetime:
    """What of an order expires next: reporting in while a whistle waits for it, else its deadline."""
    if order.kind == OrderKind.WHISTLE and order.reported_in_at is None and order.report_in_due_at:
        return order.report_in_due_at
    return order.due_at


def fresh(actor: Actor) -> list[Item]:
    """What came in and nobody has sorted yet, over the actor's places, what expires first on top."""
    rows = _listed().filter(_untriaged(actor))
    return [Item(Why.FRESH, row, row.step_due_at) for row in rows.order_by("step_due_at", "id")[:AT_MOST]]


def sent(actor: Actor) -> list[Item]:
    """What the actor's posts sent out and is not settled, what expires first on top."""
    rows = _listed_orders().filter(_unsettled(actor))
    listed = rows.order_by("due_at", "id")[:AT_MOST]
    return [Item(Why.SENT, row.matter, order_due(row), row) for row in listed]


def _whistles_near(actor: Actor) -> Q:
    return Q(kind=OrderKind.WHISTLE) & (
        within(actor, Power.READ, "matter__place_path") | Q(handler_id__in=actor.posts)
    )


def _open_whistles(actor: Actor) -> Q:
    return _whistles_near(actor) & Q(state__in=[*RUNNING, *TO_LOOK_AT])


def whistles(actor: Actor) -> list[Item]:
    """Whistles running over the actor's places or at their unit, what expires first on top."""
    rows = _listed_orders().filter(_whistles_near(actor)).exclude(state=OrderState.WITHDRAWN)
    listed = rows.order_by(F("verified_at").asc(nulls_first=True), "due_at", "id")[:AT_MOST]
    return [Item(_why_whistle(row, actor), row.matter, _due_while_open(row), row) for row in listed]


def _due_while_open(order: Order) -> datetime | None:
    """What expires next of an order that is not settled; a settled one expires no more."""
    return None if order.state in (OrderState.VERIFIED, OrderState.WITHDRAWN) else order_due(order)


def _why_whistle(order: Order, actor: Actor) -> Why:
    return Why.DO if order.handler_id in actor.posts and order.state in RUNNING else Why.SENT


def addressed(items: Sequence[Item]) -> list[Item]:
    """The items with where each is, in one query: for those that are shown, not all that wait."""
    addresses = places.address_of_paths(item.matter.place_path for item in items)
    return [
        Item(item.why, item.matter, item.due, item.order, addresses.get(item.matter.place_path, ""))
        for item in items
    ]


@dataclass(frozen=True, slots=True)
class Raiser:
    """Who stands behind a matter, masked, and how their callback went."""

    id: UUID
    name: str
    phone: str
    callback: Callback | None = None


def raisers(callbacks: Iterable[Callback], person_ids: Iterable[UUID]) -> list[Raiser]:
    """The raisers masked, with the callback of the matter's that counts for each, oldest first given."""
    ids = list(person_ids)
    known = people.persons_by_id(ids)
    called = {row.raiser_id: row for row in callbacks if not row.superseded}
    found = []
    for person_id in ids:
        if person_id in known:
            shown = people.masked(known[person_id])
            found.append(Raiser(person_id, shown.name, shown.phone, called.get(person_id)))
    return found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a matter's page shows, besides its steps, orders and words."""

    suspension: Suspension | None = None
    suspensions: list[Suspension] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    callbacks: list[Callback] = field(default_factory=list)
    exclusion: Exclusion | None = None


def surroundings(matter: Matter) -> Surroundings:
    """Suspensions, supervisions, callbacks and the exclusion of a matter."""
    paused = list(matter.suspensions.select_related("by").order_by("since"))
    return Surroundings(
        suspension=next((one for one in paused if one.resumed_at is None), None),
        suspensions=paused,
        supervisions=list(matter.supervisions.select_related("answered_by").order_by("since")),
        callbacks=list(matter.callbacks.select_related("by").order_by("at")),
        exclusion=Exclusion.objects.filter(matter=matter).select_related("asked_by", "approved_by").first(),
    )


def assessments(order: Order) -> dict[bool, Assessment]:
    """What each side said of the other after a whistle: by whether the unit is the one assessed."""
    return {row.of_unit: row for row in order.assessments.all()}


def callbacks_counted(path: str, since: datetime, until: datetime) -> QuerySet[Callback]:
    """The valid callbacks behind two of the three rates, newest first."""
    return (
        Callback.objects.filter(
            reached=True,
            superseded=False,
            matter__place_path__startswith=path,
            matter__raised_at__gte=since,
            matter__raised_at__lt=until,
        )
        .exclude(matter__exclusion__approved_at__isnull=False)
        .select_related("matter__place", "matter__community")
        .order_by("-at", "-id")
    )
