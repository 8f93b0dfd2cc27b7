"""What the desk shows: everything on somebody in one list, and what surrounds one matter or order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery

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
from linli.matters.read.one import base
from linli.people import read as people
from linli.places import read as places


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
    """All that waits for one of the actor's posts, what expires first on top. Three queries."""
    found = [*_matters_on_me(actor), *_orders_on_me(actor)]
    later = clock.now() + timedelta(days=3650)
    found.sort(key=lambda item: (item.due or later, item.key))
    return addressed(found[:AT_MOST])


def _matters_on_me(actor: Actor) -> list[Item]:
    supervised = Supervision.objects.filter(
        matter=OuterRef("pk"), post_id__in=actor.posts, answered_at__isnull=True
    )
    asked = Exclusion.objects.filter(matter=OuterRef("pk"), approved_at__isnull=True)
    out = (
        Order.objects.filter(matter=OuterRef("pk"))
        .exclude(state__in=[OrderState.VERIFIED, OrderState.WITHDRAWN])
        .order_by("due_at")
    )
    rows = (
        base()
        .annotate(
            watched_since=Subquery(supervised.values("since")[:1], output_field=DateTimeField()),
            sent_to=Subquery(out.values("unit__name")[:1], output_field=CharField()),
            sent_state=Subquery(out.values("state")[:1], output_field=CharField()),
            exclusion_asked=Exists(asked.exclude(asked_by_id=actor.person_id)),
        )
        .filter(
            (Q(holder_id__in=actor.posts) & ~Q(state=State.CLOSED))
            | Q(watched_since__isnull=False)
            | (Q(exclusion_asked=True) & within(actor, Power.EXCLUDE))
        )
        .order_by("step_due_at", "id")[:AT_MOST]
    )
    items = []
    for row in rows:
        if row.holder_id in actor.posts and row.state != State.CLOSED:
            items.append(Item(Why.HELD, row, row.step_due_at))
        elif row.watched_since is not None:
            items.append(Item(Why.SUPERVISE, row, row.step_due_at or row.watched_since))
        else:
            items.append(Item(Why.EXCLUDE, row, None))
    return items


def _whole_orders() -> QuerySet[Order]:
    return Order.objects.select_related(
        "unit",
        "matter__place",
        "matter__community",
        "matter__procedure",
        "issuer__kind",
        "issuer__organization",
        "issuer__place",
    ).defer("matter__procedure__parsed")


def _orders_on_me(actor: Actor) -> list[Item]:
    waiting = Extension.objects.filter(order=OuterRef("pk"), granted__isnull=True)
    rows = (
        _whole_orders()
        .annotate(more_time=Exists(waiting.exclude(asked_by_id=actor.person_id)))
        .filter(
            Q(handler_id__in=actor.posts, state__in=RUNNING)
            | Q(issuer_id__in=actor.posts, state__in=TO_LOOK_AT)
            | (Q(more_time=True) & within(actor, Power.EXTENSION_APPROVE, "matter__place_path"))
        )
        .order_by("due_at", "id")[:AT_MOST]
    )
    return [Item(_why(row, actor), row.matter, order_due(row), row) for row in rows]


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
    rows = base().filter(within(actor, Power.READ), triaged_at__isnull=True).exclude(state=State.CLOSED)
    found = [Item(Why.FRESH, row, row.step_due_at) for row in rows.order_by("step_due_at", "id")[:AT_MOST]]
    return addressed(found)


def sent(actor: Actor, kind: OrderKind | None = None) -> list[Item]:
    """What the actor's posts sent out and is not settled, what expires first on top."""
    rows = _whole_orders().filter(issuer_id__in=actor.posts, state__in=[*RUNNING, *TO_LOOK_AT])
    if kind is not None:
        rows = rows.filter(kind=kind)
    found = [
        Item(Why.SENT, row.matter, order_due(row), row) for row in rows.order_by("due_at", "id")[:AT_MOST]
    ]
    return addressed(found)


def whistles(actor: Actor) -> list[Item]:
    """Whistles running over the actor's places or at their unit, what expires first on top."""
    mine = within(actor, Power.READ, "matter__place_path") | Q(handler_id__in=actor.posts)
    rows = _whole_orders().filter(mine, kind=OrderKind.WHISTLE).exclude(state=OrderState.WITHDRAWN)
    listed = rows.order_by(F("verified_at").asc(nulls_first=True), "due_at", "id")[:AT_MOST]
    return addressed(
        [Item(_why_whistle(row, actor), row.matter, _due_while_open(row), row) for row in listed]
    )


def _due_while_open(order: Order) -> datetime | None:
    """What expires next of an order that is not settled; a settled one expires no more."""
    return None if order.state in (OrderState.VERIFIED, OrderState.WITHDRAWN) else order_due(order)


def _why_whistle(order: Order, actor: Actor) -> Why:
    return Why.DO if order.handler_id in actor.posts and order.state in RUNNING else Why.SENT


def addressed(items: list[Item]) -> list[Item]:
    """The items with where each is, in one query."""
    addresses = places.address_map({item.matter.place_id: item.matter.place for item in items}.values())
    return [
        Item(item.why, item.matter, item.due, item.order, addresses.get(item.matter.place_id, ""))
        for item in items
    ]


@dataclass(frozen=True, slots=True)
class Raiser:
    """Who stands behind a matter, masked, and how their callback went."""

    id: UUID
    name: str
    phone: str
    callback: Callback | None = None


def raisers(matter: Matter, person_ids: Iterable[UUID]) -> list[Raiser]:
    """The raisers masked, with the callback that counts for each."""
    ids = list(person_ids)
    known = people.persons_by_id(ids)
    called = {row.raiser_id: row for row in matter.callbacks.filter(superseded=False).order_by("at")}
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
        supervisions=list(
            matter.supervisions.select_related(
                "post__kind", "post__organization", "post__place", "answered_by"
            ).order_by("since")
        ),
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
