"""Matters for other systems: raise for somebody, list, read, move."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from linli.frame.api import Cursor, Given, Size, Told, example, page_fields, reads, words, writes
from linli.frame.api import described as _
from linli.frame.doors import actor_of, holds
from linli.frame.paging import Order, stretch_of
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions import moving, raising
from linli.matters.api import told
from linli.matters.forms.words import MOST_SHORT, MOST_TEXT, MOST_TITLE
from linli.matters.kinds import Channel, MatterKind, Power, Verb
from linli.matters.read import lists, one, raisers
from linli.places import read as places
from linli.places.policies import may_see_place

router = Router(tags=[_("matters")])
READERS = holds(Power.READ)
NEWEST_FIRST = Order("raised_at", "id", descending=True)
MOST_SPOT = 60
Day = Annotated[date | None, Field(None, ge=date(2000, 1, 1), le=date(2199, 12, 31))]
StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", examples=["handle"])]


class RaiserGiven(Given):
    """How the raiser is known: by the phone in the register; the name where several share it."""

    phone: words(20, least=1) = Field(examples=["13900000007"])  # type: ignore[valid-type]
    name: words(60) = ""  # type: ignore[valid-type]


class MatterGiven(Given):
    """What somebody says, passed on by another system."""

    model_config = example(
        place="620201002006",
        text="3号楼门口路灯不亮了",
        where="楼门口",
        raiser={"phone": "13900000007"},
    )

    place: words(40, least=1) = Field(  # type: ignore[valid-type]
        description=_("Id or code of the finest place known."), examples=["620201002006"]
    )
    text: words(MOST_TEXT, least=1) = Field(examples=["3号楼门口路灯不亮了"])  # type: ignore[valid-type]
    title: words(MOST_TITLE) = ""  # type: ignore[valid-type]
    kind: MatterKind = MatterKind.APPEAL
    channel: Channel = Channel.MINI_PROGRAM
    where: words(MOST_SPOT) = Field("", description=_("The raiser's own words for the spot."))  # type: ignore[valid-type]
    unpublished: StrictBool = Field(False, description=_("The raiser does not want it published."))
    anonymous: StrictBool = Field(
        False,
        description=_("Nobody is kept; the answer holds a tracking code, but for what was seen on patrol."),
    )
    raiser: RaiserGiven | None = None

    @model_validator(mode="after")
    def _somebody_or_nobody(self) -> Self:
        """A name forgotten by mistake must not make a matter anonymous."""
        if self.anonymous == (self.raiser is not None):
            raise PydanticCustomError("linli", "Send either the raiser, or anonymous: true.")
        return self


class MatterRaised(Told):
    """The receipt. `code` is told now and never again: it alone leads to a matter raised without a name."""

    id: UUID
    number: str
    code: str | None
    promised_at: datetime
    holder: told.Named | None


class MatterFilters(Given):
    """What the list is narrowed by; all optional, all together."""

    state: Literal["open", "suspended", "closed"] | None = Field(
        None, description=_("open: not closed yet, suspended ones included.")
    )
    category: words(40) = ""  # type: ignore[valid-type]
    place: words(40) = Field("", description=_("Id or code: only what is in it."))  # type: ignore[valid-type]
    since: Day = Field(description=_("Raised on this day or later."))
    until: Day = Field(description=_("Raised on this day or earlier."))
    late: bool = False
    mine: bool = Field(False, description=_("Only those whose step the key's post holds."))
    cursor: Cursor
    limit: Size


class MoveGiven(Given):
    """A move, from the step the sender was looking at: if it has moved on meanwhile, 409."""

    model_config = example(from_step="handle", to="answer", note="路灯修好了")

    from_step: StepKey
    to: StepKey
    verb: Verb | None = Field(None, description=_("Needed only where several moves lead there."))
    note: words(MOST_SHORT) = ""  # type: ignore[valid-type]
    parties: list[words(MOST_SHORT)] = Field(  # type: ignore[valid-type]
        [], description=_("Who takes part: the Chinese wordings of `parties` of the step, where it has any.")
    )


@reads(router, "/matters", policy=READERS, response=told.MatterPage, summary=_("List matters, newest first"))
def list_matters(request: HttpRequest, asked: Query[MatterFilters]) -> Any:
    """The matters over the key's place, narrowed by what is asked for."""
    actor = actor_of(request)
    filters = lists.Filters(
        state=asked.state or "",
        category=asked.category,
        place=_visible(request, asked.place).path if asked.place else "",
        late=asked.late,
        since=asked.since,
        until=asked.until,
        mine=asked.mine,
    )
    rows = one.with_holder(lists.matters(actor, filters)).only(*told.LISTED)
    stretch = stretch_of(rows, NEWEST_FIRST, cursor=asked.cursor, size=asked.limit)
    return {"matters": told.matters_told(stretch.rows), **page_fields(stretch)}


@writes(
    router,
    "/matters",
    policy=holds(Power.ENTER),
    response=MatterRaised,
    summary=_("Raise a matter for somebody"),
    status=201,
)
def raise_matter(request: HttpRequest, given: MatterGiven) -> MatterRaised:
    """Written down in the name of a resident of the key's places, or without any name."""
    actor = actor_of(request)
    place = places.by_id_or_code(given.place)
    if place is None:
        raise Refused("There is no such place. Please choose again.", status=UNPROCESSABLE)
    require(policies.may_enter_for_others(actor, place.path))
    raiser_id = raisers.of_phone(actor, given.raiser.phone, given.raiser.name) if given.raiser else None
    raised = raising.Raised(
        place_id=place.id,
        text=given.text,
        title=given.title,
        kind=given.kind,
        channel=given.channel,
        where=given.where,
        forbids_publication=given.unpublished,
    )
    receipt = raising.enter_matter(by=actor, raised=raised, raiser_id=raiser_id)
    matter = receipt.matter
    return MatterRaised(
        id=matter.id,
        number=matter.number,
        code=receipt.code or None,
        promised_at=matter.promised_at,
        holder=told.post_told(matter.holder),
    )


@reads(
    router,
    "/matters/{matter_id}",
    policy=READERS,
    response=told.MatterWhole,
    summary=_("Read one matter"),
    missing=True,
)
def read_matter(request: HttpRequest, matter_id: UUID) -> Any:
    """With its words, and what the key's post may do with it now."""
    return told.matter_told(actor_of(request), seen(request, matter_id))


@reads(
    router,
    "/matters/{matter_id}/steps",
    policy=READERS,
    response=list[told.StepTold],
    summary=_("The steps a matter has been at"),
    missing=True,
)
def matter_steps(request: HttpRequest, matter_id: UUID) -> Any:
    """Oldest first; the last one without `left_at` is where it stands."""
    return told.steps_told(seen(request, matter_id))


@reads(
    router,
    "/matters/{matter_id}/history",
    policy=READERS,
    response=list[told.SaidTold],
    summary=_("What was said on a matter"),
    missing=True,
)
def matter_history(request: HttpRequest, matter_id: UUID) -> Any:
    """Oldest first. Internal notes only with the power matter.note."""
    matter = seen(request, matter_id)
    return told.said_told(matter, internal=bool(policies.may_note(actor_of(request), matter)))


@reads(
    router,
    "/matters/{matter_id}/orders",
    policy=READERS,
    response=list[told.OrderTold],
    summary=_("The orders of a matter"),
    missing=True,
)
def matter_orders(request: HttpRequest, matter_id: UUID) -> Any:
    """Oldest first."""
    return told.orders_told(one.orders_with_matter(seen(request, matter_id)))


@writes(
    router,
    "/matters/{matter_id}/moves",
    policy=holds(Power.MOVE),
    response=told.MatterWhole,
    summary=_("Move a matter to another step"),
    missing=True,
)
def move_matter(request: HttpRequest, matter_id: UUID, given: MoveGiven) -> told.MatterWhole:
    """Only the post that holds the step moves it; what may be sent stands in `moves` of the matter."""
    actor = actor_of(request)
    moving.move(
        by=actor,
        matter_id=matter_id,
        from_step=given.from_step,
        target=given.to,
        verb=given.verb.value if given.verb else "",
        note=given.note,
        parties=given.parties,
    )
    return told.MatterWhole.model_validate(told.matter_told(actor, one.matter(matter_id)))


def seen(request: HttpRequest, matter_id: UUID) -> Any:
    """The matter, if the key may see it; otherwise it is not there."""
    matter, actor = one.matter(matter_id), actor_of(request)
    require(policies.may_see(actor, matter, one.ties(actor, matter)), status=MISSING)
    return matter


def _visible(request: HttpRequest, text: str) -> Any:
    place = places.by_id_or_code(text)
    if place is None:
        raise Refused("This place is not known.", status=UNPROCESSABLE)
    require(may_see_place(actor_of(request), place.path))
    return place
