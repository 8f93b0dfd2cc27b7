"""A topic's days: opened with its promise, given more days, ended; and what every act in one is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.words import WHY, title_of, words_of
from linli.deliberation.kinds import Event, ProposalState, TopicKind
from linli.deliberation.models import Comment, Name, Proposal, Section, Topic, TopicBefore
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import history
from linli.deliberation.read import topics as read
from linli.deliberation.read.opinions import open_place
from linli.deliberation.rules import naming
from linli.deliberation.rules import topics as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, fault_of_days
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean
from linli.notices import actions as notices
from linli.notices.kinds import Topic as About
from linli.places.kinds import PlaceKind

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """What a topic is about, and its first and last day."""

    title: str
    about: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Promise:
    """How many supporters oblige the community to reply, and within how many working days."""

    threshold: int
    workdays: int


@transaction.atomic
def open_topic(
    *,
    by: Actor,
    place_id: UUID,
    opening: Opening,
    promise: Promise,
    sections: Iterable[str] = (),
    origin_id: UUID | None = None,
    is_demo: bool = False,
) -> Topic:
    """Open a topic residents bring proposals to; of a proposal that was taken up, or the staff's own."""
    place = _place(by, place_id)
    origin = _origin(by, origin_id)
    accept(rules.fault_of_promise(promise.threshold, promise.workdays, read.residents(place.path)))
    names = rules.sections_of("\n".join(sections))
    accept(rules.fault_of_sections(names))
    row = _opened(by, place, TopicKind.TALK, opening)
    row.threshold, row.workdays, row.origin, row.is_demo = (
        promise.threshold,
        promise.workdays,
        origin,
        is_demo,
    )
    row.save()
    Section.objects.bulk_create(
        Section(topic=row, number=number, title=title) for number, title in enumerate(names, 1)
    )
    data = {"kind": row.kind, "threshold": promise.threshold, "workdays": promise.workdays}
    audit.record(Event.TOPIC_OPENED, by=by, subject=row, place_path=place.path, data=data)
    return row


@transaction.atomic
def open_contest(
    *, by: Actor, place_id: UUID, opening: Opening, names_each: int, is_demo: bool = False
) -> Topic:
    """Ask the people of a courtyard or a building for a name."""
    place = _place(by, place_id)
    if PlaceKind(place.kind) not in naming.NAMEABLE:
        raise Refused("Residents name a courtyard or a building.", status=UNPROCESSABLE)
    if not 1 <= names_each <= naming.MOST_EACH:
        raise Refused("One to three names from each.", status=UNPROCESSABLE)
    row = _opened(by, place, TopicKind.NAMING, opening)
    row.names_each, row.is_demo = names_each, is_demo
    row.save()
    audit.record(Event.TOPIC_OPENED, by=by, subject=row, place_path=place.path, data={"kind": row.kind})
    return row


@transaction.atomic
def extend(*, by: Actor, topic_id: UUID, ends: date) -> Topic:
    """Give a topic another last day, also one that has ended or was ended; who took part is told."""
    row = read.topic_for_update(topic_id)
    decision = policies.may_extend(by, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=CONFLICT)
    accept(fault_of_days(row.starts, ends, today(), rules.RUN))
    keep_before(row, by=by)
    row.ends, row.closed_at = ends, None
    row.save(update_fields=["ends", "closed_at"])
    told = history.taking_part(row.pk)
    tell(About.TOPIC_DAYS, by=by, to=told, topic=row, row=row, until=ends.isoformat())
    audit.record(Event.TOPIC_EXTENDED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def close(*, by: Actor, topic_id: UUID) -> Topic:
    """End a topic before its last day."""
    row = read.topic_for_update(topic_id)
    decision = policies.may_close(by, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=CONFLICT)
    row.closed_at = now()
    row.save(update_fields=["closed_at"])
    audit.record(Event.TOPIC_CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


def _place(by: Actor, place_id: UUID) -> "Place":
    place = open_place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_lead(by, place.path))
    return place


def _origin(by: Actor, proposal_id: UUID | None) -> Proposal | None:
    if proposal_id is None:
        return None
    topic = read.topic_for_update(read.proposal(proposal_id).topic_id)
    row = read.proposal(proposal_id)  # as it stands now that others wait
    decision = policies.may_open_from(
        by,
        state=ProposalState(row.state),
        has_topic=read.topic_of_its_own(row) is not None,
        place_path=topic.place.path,
    )
    require(decision, status=CONFLICT)
    return row


def _opened(by: Actor, place: "Place", kind: TopicKind, opening: Opening) -> Topic:
    accept(fault_of_days(opening.starts, opening.ends, today(), rules.RUN))
    title, about = worded(opening.title, opening.about)
    return Topic(
        place=place,
        kind=kind.value,
        title=title,
        about=about,
        starts=opening.starts,
        ends=opening.ends,
        opened_by_id=person_of(by),
    )


# What every act in a topic is made of


def worded(title: str, about: str) -> tuple[str, str]:
    """A topic's title and what people should know beforehand, as they are kept. Refused without a title."""
    return title_of(title), clean(about)[:LONGEST_ABOUT]


def keep_before(row: Topic, *, by: Actor) -> None:
    """Keep what a topic reads now, before it reads otherwise."""
    TopicBefore.objects.create(
        topic=row, title=row.title, about=row.about, ends=row.ends, changed_by_id=person_of(by)
    )


def put_out_of_sight(row: Proposal | Comment | Name, *, by: Actor, reason: str) -> None:
    """Hide a row with the reason; its words are kept."""
    row.hidden_reason = words_of(reason, WHY)
    row.hidden_by_id, row.hidden_at = person_of(by), now()
    row.save(update_fields=["hidden_reason", "hidden_by", "hidden_at"])


def put_in_sight(row: Proposal | Comment | Name) -> None:
    """Show a hidden row again."""
    row.hidden_reason, row.hidden_by, row.hidden_at = "", None, None
    row.save(update_fields=["hidden_reason", "hidden_by", "hidden_at"])


def tell(
    about: About, *, by: Actor, to: Iterable[UUID], topic: Topic, row: Topic | Proposal, **params: str
) -> None:
    """A notice about a topic or one of its proposals, in the caller's transaction."""
    if isinstance(row, Proposal):
        url = reverse("topics:proposal", args=[topic.pk, row.pk])
    else:
        url = reverse("topics:topic", args=[topic.pk])
    notices.notify(
        about,
        by=by,
        to=to,
        params={"title": row.title, **params},
        url=url,
        subject=row,
        place_path=topic.place.path,
    )
