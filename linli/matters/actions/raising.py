"""Raising a matter: by oneself, without a name, or written down for somebody by staff."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.crypto import blind_index
from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor
from linli.kernel.coordinates import Position
from linli.kernel.decision import Refused, require
from linli.kernel.ids import normalise_tracking_code, tracking_code
from linli.matters import policies
from linli.matters.actions import engine, serials
from linli.matters.kinds import Channel, Event, MatterKind, Urgency
from linli.matters.models import Matter, ProcedureVersion, Raiser
from linli.matters.read import settings
from linli.matters.rules import clocks, numbers, spots
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.places import read as places
from linli.places.kinds import PlaceKind

if TYPE_CHECKING:
    from linli.places.models import Place

TITLE_FROM_TEXT = 24


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody says. `where` is their own words for the spot, `point` the one they showed on the map
    (longitude, latitude in WGS-84); the title may be left to the text.

    `way` is the procedure version staff choose for it, one the community follows; its kind is then one that
    procedure settles.
    """

    place_id: UUID
    text: str
    title: str = ""
    kind: MatterKind = MatterKind.APPEAL
    channel: Channel = Channel.APP
    where: str = ""
    point: Position | None = None
    forbids_publication: bool = False
    confidential: bool = False
    is_demo: bool = False
    way: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The matter, and for one raised without a name the code to follow it by (told only now)."""

    matter: Matter
    code: str = ""


@transaction.atomic
@notices.together()
def raise_matter(*, by: Actor, raised: Raised, anonymously: bool = False) -> Receipt:
    """Raise a matter in one's own name, or without any: then nothing of the person is kept."""
    require(policies.may_raise(by))
    author = None if anonymously else by.person_id
    actor = ANONYMOUS if author is None else by
    return _raise(actor, raised, _place(raised.place_id), author, Event.RAISED, anonymous=author is None)


@transaction.atomic
@notices.together()
def enter_matter(*, by: Actor, raised: Raised, raiser_id: UUID | None) -> Receipt:
    """Write down what somebody said at a visit, on the phone, in a meeting. No `raiser_id`: no name, and a
    code; but what staff saw on patrol themselves is the community's own."""
    place = _place(raised.place_id)
    require(policies.may_enter_for_others(by, place.path))
    is_own = raiser_id is None and raised.channel is Channel.PATROL
    return _raise(by, raised, place, raiser_id, Event.ENTERED, anonymous=raiser_id is None and not is_own)


@transaction.atomic
@notices.together()
def make_matter(*, by: Actor, raised: Raised) -> Matter:
    """The community's own matter, as a resolution or a proposal taken up becomes one: nobody raised it, so it
    has neither a name nor a code."""
    place = _place(raised.place_id)
    require(policies.may_enter_for_others(by, place.path))
    return _raise(by, raised, place, None, Event.ENTERED, anonymous=False).matter


@transaction.atomic
@notices.together()
def enter_part(*, by: Actor, raised: Raised, raiser_id: UUID | None) -> Receipt:
    """A matter split from another, in the name of who raised the first; who may is decided by `split`."""
    return _raise(by, raised, _place(raised.place_id), raiser_id, Event.ENTERED, anonymous=False)


def _raise(
    by: Actor, raised: Raised, place: "Place", author: UUID | None, event: Event, *, anonymous: bool
) -> Receipt:
    line = places.chain(place)
    community = next((each for each in reversed(line) if each.kind == PlaceKind.COMMUNITY), None)
    if community is None:
        raise Refused("Please choose a community, or a place inside one.", status=422)
    version = _followed(community.id, raised)
    moment, code = clock.now(), tracking_code() if anonymous else ""
    number, point = _next_number(community.short_code), spots.kept(raised.point)
    title = raised.title or _title_of(raised.text)
    plan = settings.procedure(version)
    kind = raised.kind if raised.kind in plan.kinds else plan.kinds[0]
    matter = Matter(
        number=number,
        tracking_index=blind_index(normalise_tracking_code(code)) if code else None,
        place=place,
        place_path=place.path,
        community=community,
        where=raised.where,
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        raised_by_id=author,
        anonymous=anonymous,
        entered_by_id=by.person_id if event is Event.ENTERED else None,
        channel=raised.channel.value,
        kind=kind.value,
        urgency=Urgency.ORDINARY.value,
        title=title,
        text=raised.text,
        confidential=raised.confidential,
        forbids_publication=raised.forbids_publication,
        procedure=version,
        raised_at=moment,
        promised_at=clocks.promised_at(moment, Urgency.ORDINARY, settings.times_at(place.path)),
        search=engine.found_by(number, title, raised.text, raised.where, places.written(line)),
        is_demo=raised.is_demo,
    )
    engine.seat(matter, plan.starts)
    matter.save(force_insert=True)
    if author is not None:
        Raiser.objects.create(matter=matter, person_id=author, is_first=True, joined_at=moment)
    engine.stay(matter, by=by, quiet=True)
    engine.tell_raisers(Topic.MATTER_RECEIVED, matter, by=SYSTEM)
    data = {"channel": matter.channel, "kind": matter.kind, "anonymous": matter.anonymous}
    audit.record(event, by=by, subject=matter, place_path=matter.place_path, data=data)
    return Receipt(matter, code)


def _followed(community_id: UUID, raised: Raised) -> ProcedureVersion:
    """What a new matter follows: the version chosen for it, else what is followed here for its kind."""
    if raised.way is None:
        version = settings.procedure_for(community_id, raised.kind)
        if version is None:
            raise Refused("This community has not chosen how it handles such matters yet.", status=409)
        return version
    for adoption in settings.adopted_procedures(community_id):
        if adoption.procedure_id == raised.way:
            return adoption.procedure
    raise Refused("This community does not follow that way of working. Please choose again.", status=422)


def _place(place_id: UUID) -> "Place":
    place = places.place(place_id)
    if place is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    if place.closed_on is not None and place.closed_on <= clock.today():
        raise Refused("This place no longer exists on the map. Please choose again.", status=422)
    return place


def _next_number(short_code: str) -> str:
    return numbers.matter_number(short_code, clock.today().year, serials.next_serial(serials.MATTERS))


def _title_of(text: str) -> str:
    first = text.strip().splitlines()[0]
    for mark in "。！？!?；;":
        first = first.split(mark)[0]
    return first if len(first) <= TITLE_FROM_TEXT else first[: TITLE_FROM_TEXT - 1] + "…"


@transaction.atomic
def join_matter(*, by: Actor, matter_id: UUID, lives_here: bool) -> Raiser:
    """Stand behind a published matter of one's community: counted, kept informed, asked at the end."""
    matter = engine.locked(matter_id)
    require(policies.may_join(by, matter, lives_here))
    if by.person_id is None:
        raise Refused("Please sign in first.")
    raiser, _ = Raiser.objects.get_or_create(
        matter=matter, person_id=by.person_id, defaults={"joined_at": clock.now()}
    )
    audit.record(Event.JOINED, by=by, subject=matter, place_path=matter.place_path)
    return raiser
