"""What other systems are told of matters and orders, and how it is put together. The least that serves."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from pydantic import Field

from linli.frame.api import Page, Told
from linli.frame.api import described as _
from linli.frame.doors import explain
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters import policies
from linli.matters.kinds import Channel, MatterKind, OrderKind, OrderState, Outcome, State, Urgency, Verb
from linli.matters.read import desk, lists, one, settings
from linli.matters.rules import steps
from linli.matters.wording import in_words
from linli.organizations import read as organizations
from linli.people import read as people
from linli.people.kinds import Power as PeoplePower
from linli.places import read as places


class Named(Told):
    """Something with a name: a community, a unit, a post."""

    id: UUID
    name: str


class Where(Told):
    """Where it is: the finest known place, its address in the community, the raiser's words for the spot."""

    id: UUID
    community: str
    address: str = Field(examples=["1网格 3号楼 2单元"])
    spot: str


class AtStep(Told):
    """A step of the matter's procedure."""

    key: str = Field(examples=["handle"])
    title: str


class MatterTold(Told):
    """A matter as a list has it."""

    id: UUID
    number: str = Field(examples=["JS-26-000123"])
    state: State
    outcome: Outcome | None
    kind: MatterKind
    category: str = Field(description=_("Code of the category; empty until staff have sorted it."))
    urgency: Urgency
    channel: Channel
    title: str
    place: Where
    step: AtStep | None = Field(description=_("Where it stands; null once closed."))
    holder: Named | None = Field(description=_("The post that has it; null once closed."))
    raised_at: datetime
    promised_at: datetime
    due_at: datetime | None = Field(description=_("Until when the present step is to be done."))
    late: bool
    closed_at: datetime | None
    anonymous: bool = Field(description=_("Somebody raised it without a name and holds its code."))
    published: bool


class MatterPage(Page):
    """Matters, newest first."""

    matters: list[MatterTold]


class MoveTold(Told):
    """What the holder may do at the present step; send `to` and `verb` to move it."""

    to: str
    verb: Verb
    title: str
    final: bool


class RaiserTold(Told):
    """Somebody behind the matter, masked."""

    id: UUID
    name: str = Field(examples=["王**"])
    phone: str = Field(examples=["139****0007"])


class MatterWhole(MatterTold):
    """A matter with what was said and what can be done now."""

    text: str
    public_title: str
    public_summary: str
    contacted_at: datetime | None
    moves: list[MoveTold] = Field(description=_("Empty where the key's post does not hold the step."))
    missing: list[str] = Field(description=_("What must be on record before the step can be left."))
    raisers: list[RaiserTold] = Field(description=_("Masked; empty without the power person.read."))


class StepTold(AtStep):
    """One stay of a matter at a step."""

    holder: Named | None
    entered_at: datetime
    due_at: datetime
    left_at: datetime | None
    verb: str
    note: str


class SaidTold(Told):
    """Something said on record: supplement, comment, answer, minutes, and for staff note and contact."""

    kind: str
    at: datetime
    post: str = Field(description=_("The post that spoke; empty for the raiser and neighbours."))
    text: str


class TurnTold(Told):
    """One act on an order."""

    verb: str
    at: datetime
    post: str
    text: str


class OrderTold(Told):
    """One unit's share of a matter. Who raised the matter is not told."""

    id: UUID
    number: str = Field(examples=["JS-26-000123-1"])
    kind: OrderKind
    state: OrderState
    matter: Named = Field(description=_("The matter's id and number."))
    place: Where
    unit: Named
    issuer: Named | None
    task: str
    report: str
    issued_at: datetime
    due_at: datetime
    report_in_due_at: datetime | None
    reported_in_at: datetime | None
    accepted_at: datetime | None
    reported_at: datetime | None
    verified_at: datetime | None
    suspended_at: datetime | None = Field(
        description=_("Since when this order alone waits; its deadlines move by as long as it does.")
    )
    suspended_until: date | None = Field(description=_("The day it goes on by itself."))
    suspended_why: str
    late: bool


class AssessmentTold(Told):
    """What one side of a whistle said of the other."""

    of: Literal["unit", "street"] = Field(description=_("Who was assessed."))
    score: int = Field(description=_("5 very good … 1 very poor."))
    at: datetime
    text: str


class OrderWhole(OrderTold):
    """An order with its story."""

    more_time_asked_until: datetime | None = Field(
        description=_("The unit asks for time until then, and nobody has decided yet.")
    )
    turns: list[TurnTold]
    assessments: list[AssessmentTold] = Field(
        description=_("Of a whistle, once its result was reported: each side on the other.")
    )


class OrderPage(Page):
    """Orders, newest first."""

    orders: list[OrderTold]


def language() -> str:
    """The reader's language."""
    return get_language() or "zh-hans"


def post_told(row: Any) -> Named | None:
    """A post by its title."""
    return Named(id=row.id, name=organizations.post_title(row, language())) if row is not None else None


LISTED = (
    "number", "state", "outcome", "kind", "category", "urgency", "channel", "title", "anonymous", "where",
    "raised_at", "promised_at", "closed_at", "published_at", "step_due_at", "step_key", "procedure_id",
    "holder_id", "place__path", "place__name", "place__kind", "community__name",
)  # fmt: skip
"""What of a matter `matters_told` reads; the rest need not come along."""


def matters_told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Several matters as a list has them, with one query for all their addresses."""
    found = list(rows)
    addresses = places.address_map({row.place_id: row.place for row in found}.values())
    return [_matter(row, addresses) for row in found]


def _matter(row: Any, addresses: dict[UUID, str]) -> dict[str, Any]:
    closed = row.state == State.CLOSED
    step = None if closed else settings.procedure_of(row).step(row.step_key)
    same = ("id", "number", "state", "kind", "category", "urgency", "channel", "title", "raised_at")
    return {
        **{name: getattr(row, name) for name in (*same, "promised_at", "closed_at", "anonymous")},
        "outcome": row.outcome or None,
        "place": _where(row, addresses),
        "step": {"key": step.key, "title": in_words(step.title)} if step else None,
        "holder": post_told(row.holder),
        "due_at": row.step_due_at,
        "late": row.state == State.OPEN and row.step_due_at < clock.now(),
        "published": row.published_at is not None,
    }


def _where(matter: Any, addresses: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": matter.place_id,
        "community": matter.community.name,
        "address": addresses.get(matter.place_id, ""),
        "spot": matter.where,
    }


def matter_told(actor: Actor, row: Any) -> dict[str, Any]:
    """One matter whole, as far as this key may see it."""
    words = policies.may_read_words(actor, row, one.ties(actor, row))
    return {
        **matters_told([row])[0],
        "text": row.text if words else "",
        "public_title": row.public_title,
        "public_summary": row.public_summary,
        "contacted_at": row.contacted_at,
        "moves": _moves(actor, row),
        "missing": _missing(row),
        "raisers": _raisers(actor, row),
    }


def _moves(actor: Actor, row: Any) -> list[dict[str, Any]]:
    if not policies.may_move(actor, row):
        return []
    moves = settings.procedure_of(row).moves_from(row.step_key)
    return [
        {"to": move.target, "verb": move.verb, "title": in_words(move.title), "final": move.is_final}
        for move in moves
    ]


def _missing(row: Any) -> list[str]:
    if row.state == State.CLOSED:
        return []
    needs = settings.procedure_of(row).step(row.step_key).needs
    if not needs:
        return []
    facts = one.facts(row, one.current_step(row))
    return [explain(steps.lacking(need, facts)) for need in steps.missing(needs, facts)]


def _raisers(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """Masked, and only with the power to read people there: acting on a matter needs nobody's name."""
    if not (policies.may_see_raiser(actor, row) and actor.may(PeoplePower.READ, row.place_path)):
        return []
    ids = one.raisers(row)
    known = people.persons_by_id(ids)
    shown = [(key, people.masked(known[key])) for key in ids if key in known]
    return [{"id": key, "name": person.name, "phone": person.phone} for key, person in shown]


def steps_told(row: Any) -> list[dict[str, Any]]:
    """The stays of a matter, oldest first."""
    plan, stays = settings.procedure_of(row), one.steps(row)
    prefetch_related_objects(stays, one.post_in("holder"))
    return [
        {
            "key": stay.key,
            "title": in_words(plan.step(stay.key).title),
            "holder": post_told(stay.holder),
            **{name: getattr(stay, name) for name in ("entered_at", "due_at", "left_at", "verb", "note")},
        }
        for stay in stays
    ]


def said_told(row: Any, *, internal: bool) -> list[dict[str, Any]]:
    """What was said, oldest first. No person is named: an answer is the post's, a comment a neighbour's."""
    said = one.contributions(row, internal=internal)
    posts = organizations.posts_labelled(one.story_posts(said), language())
    return [
        {
            "kind": each.kind,
            "at": each.at,
            "post": posts[each.post_id] if each.post_id else "",
            "text": each.text,
        }
        for each in said
    ]


def orders_told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Several orders, with one query for all their addresses."""
    found = list(rows)
    addresses = places.address_map({row.matter.place_id: row.matter.place for row in found}.values())
    return [_order(row, addresses) for row in found]


def _order(row: Any, addresses: dict[UUID, str]) -> dict[str, Any]:
    same = ("id", "number", "kind", "state", "task", "report", "issued_at", "due_at", "report_in_due_at")
    moments = ("reported_in_at", "accepted_at", "reported_at", "verified_at")
    waiting = ("suspended_at", "suspended_until", "suspended_why")
    return {
        **{name: getattr(row, name) for name in (*same, *moments, *waiting)},
        "matter": {"id": row.matter_id, "name": row.matter.number},
        "place": _where(row.matter, addresses),
        "unit": {"id": row.unit_id, "name": row.unit.name},
        "issuer": post_told(row.issuer),
        "late": row.state in lists.RUNNING and row.suspended_at is None and row.due_at < clock.now(),
    }


def order_told(row: Any) -> dict[str, Any]:
    """One order with its turns; who did each is told by post, never by name."""
    waiting = one.pending_extension(row)
    return {
        **orders_told([row])[0],
        "more_time_asked_until": waiting.until if waiting else None,
        "turns": [
            {
                "verb": turn.verb,
                "at": turn.at,
                "post": organizations.post_title(turn.post, language()) if turn.post else "",
                "text": turn.text,
            }
            for turn in one.turns(row)
        ],
        "assessments": [
            {"of": "unit" if of_unit else "street", "score": said.score, "at": said.at, "text": said.text}
            for of_unit, said in desk.assessments(row).items()
        ],
    }
