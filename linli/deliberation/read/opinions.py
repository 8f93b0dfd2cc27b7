"""Conversations, their statements and what is drawn of them. Whose answer is whose leaves this file only to
the person themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from linli.deliberation.kinds import Power, Stage, StatementState
from linli.deliberation.models import Conversation, OpinionMap, Response, Statement
from linli.deliberation.opinions.pictures import Picture
from linli.deliberation.opinions.votes import AGREE, VoteRows
from linli.deliberation.rules import opinions as rules
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.kernel.references import Reference
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import UNITS
from linli.places.models import Place

TOO_FINE = UNITS  # a question is for a building, an entrance or wider


def stage_of(row: Conversation) -> Stage:
    """Where the conversation stands today."""
    return rules.stage(
        starts=row.starts,
        ends=row.ends,
        closed_at=row.closed_at,
        published_at=row.published_at,
        day=today(),
    )


def belongs(person_id: UUID | None, place_path: str) -> bool:
    """Whether somebody lives, is registered or owns a home at the place today."""
    if person_id is None:
        return False
    return any(path.startswith(place_path) for path in people.paths_of(person_id, today()))


def conversation(conversation_id: UUID) -> Conversation:
    """One conversation with its place. Raises `Refused` (404) when there is none."""
    row = Conversation.objects.select_related("place").filter(pk=conversation_id).first()
    if row is None:
        raise Refused("This conversation is not here.", status=MISSING)
    return row


def conversation_for_update(conversation_id: UUID) -> Conversation:
    """The same, locked: answers, judgements and its end wait for each other."""
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=conversation_id).first()
    if row is None:
        raise Refused("This conversation is not here.", status=MISSING)
    return row


def asked_for(asked: Reference) -> UUID | None:
    """The conversation something asked for."""
    rows = Conversation.objects.filter(asked_kind=asked.kind, asked_id=asked.id)
    return rows.values_list("pk", flat=True).first()


def statement(statement_id: UUID) -> Statement:
    """One statement. Raises `Refused` (404) when there is none."""
    row = Statement.objects.filter(pk=statement_id).first()
    if row is None:
        raise Refused("This statement is not here.", status=MISSING)
    return row


def open_place(place_id: UUID) -> Place | None:
    """A place that is open and wide enough to be asked something."""
    rows = Place.objects.filter(pk=place_id, closed_on__isnull=True)
    return rows.exclude(kind__in=[kind.value for kind in TOO_FINE]).first()


# What residents see


def asked_of(person_id: UUID, day: date) -> list[Conversation]:
    """What is or was asked of the places somebody belongs to, what runs first; nothing that has not begun."""
    paths = people.paths_around(person_id, day)
    rows = Conversation.objects.filter(place__path__in=paths, starts__lte=day)
    found = rows.select_related("place").order_by("-ends", "-pk")[:50]
    return sorted(found, key=lambda row: stage_of(row) is not Stage.RUNNING)


def running_for(person_id: UUID, day: date) -> list[Conversation]:
    """What is asked of somebody today and they have not answered altogether."""
    running = [row for row in asked_of(person_id, day) if stage_of(row) is Stage.RUNNING]
    open_ones = Statement.objects.filter(conversation__in=running, state=StatementState.IN)
    left = open_ones.exclude(responses__person_id=person_id).values_list("conversation_id", flat=True)
    waiting = set(left)
    return [row for row in running if row.pk in waiting]


def statements(conversation_id: UUID) -> list[Statement]:
    """Every statement of a conversation by its number."""
    return list(Statement.objects.filter(conversation_id=conversation_id).order_by("number"))


def texts(conversation_id: UUID) -> list[str]:
    """The words of all its statements, also of those taken out."""
    return list(Statement.objects.filter(conversation_id=conversation_id).values_list("text", flat=True))


def answers_of(person_id: UUID, conversation_id: UUID) -> dict[int, int]:
    """One's own answers, by the statement's number."""
    rows = Response.objects.filter(person_id=person_id, statement__conversation_id=conversation_id)
    return dict(rows.values_list("statement__number", "answer"))


def proposed_by(person_id: UUID, conversation_id: UUID) -> list[Statement]:
    """The statements somebody wrote here themselves."""
    rows = Statement.objects.filter(conversation_id=conversation_id, author_id=person_id, by_staff=False)
    return list(rows.order_by("number"))


def waiting_of(person_id: UUID, conversation_id: UUID) -> int:
    """How many of somebody's statements have not been read yet."""
    return sum(row.state == StatementState.WAITING.value for row in proposed_by(person_id, conversation_id))


def drawn(conversation_id: UUID) -> OpinionMap | None:
    """What was drawn of a conversation last."""
    return OpinionMap.objects.filter(pk=conversation_id).first()


def priorities(conversation_id: UUID) -> dict[int, float]:
    """How soon each statement should be asked about, as of the last drawing."""
    found = (
        OpinionMap.objects.filter(pk=conversation_id).values_list("picture__priorities", flat=True).first()
    )
    return {int(number): weight for number, weight in (found or {}).items()}


# What the desk sees


@dataclass(frozen=True, slots=True)
class Participation:
    """How many people answered, and how many answers there are."""

    people: int
    answers: int


def participation(conversation_ids: Iterable[UUID]) -> dict[UUID, Participation]:
    """For each conversation how many took part; in one query."""
    rows = Response.objects.filter(statement__conversation_id__in=list(conversation_ids))
    counted = rows.values_list("statement__conversation_id").annotate(
        people=Count("person", distinct=True), numbers=Count("voter", distinct=True), answers=Count("pk")
    )
    return {key: Participation(persons + numbers, answers) for key, persons, numbers, answers in counted}


def at_desk(actor: Actor) -> QuerySet[Conversation]:
    """Conversations of the places this actor leads them at, the latest first, with what waits to be read."""
    here = under("place__path", actor.paths(Power.LEAD))
    waiting = Statement.objects.filter(conversation=OuterRef("pk"), state=StatementState.WAITING)
    counted = waiting.order_by().values("conversation").annotate(count=Count("pk")).values("count")
    rows = Conversation.objects.filter(here).select_related("place")
    count = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return rows.annotate(waiting=count).order_by("-ends", "-pk")


def places_to_lead_at(actor: Actor) -> list[tuple[Place, str]]:
    """Open places of this actor's posts and below them, each with how it is written."""
    here = under("path", actor.paths(Power.LEAD))
    rows = Place.objects.filter(here, closed_on__isnull=True)
    found = list(rows.exclude(kind__in=[kind.value for kind in TOO_FINE]).order_by("path")[:500])
    written = places.address_map(found)
    return [(row, written[row.pk]) for row in found]


def nearest_to_lead(actor: Actor, text: str) -> UUID | None:
    """The place somebody may ask that is nearest around the one an address names: a home's entrance."""
    try:
        named = places.place(UUID(text))
    except ValueError:
        return None
    if named is None:
        return None
    around = [row for row, _written in places_to_lead_at(actor) if named.path.startswith(row.path)]
    return max(around, key=lambda each: len(each.path)).pk if around else None


# What is counted


def vote_rows(conversation_id: UUID) -> VoteRows:
    """Every answer for the mathematics. People are numbered by their first answer; no id goes along."""
    rows = Response.objects.filter(statement__conversation_id=conversation_id)
    found = rows.values_list("person_id", "voter", "statement__number", "answer", "at").order_by("at", "pk")
    numbers: dict[Any, int] = {}
    persons, numbered, values, moments = [], [], [], []
    for person_id, voter, number, answer, at in found.iterator(chunk_size=5000):
        persons.append(numbers.setdefault(person_id or voter, len(numbers)))
        numbered.append(number)
        values.append(AGREE * answer)
        moments.append(int(at.timestamp() * 1000))
    return VoteRows(persons, numbered, np.array(values, dtype=np.float64), np.array(moments, dtype=np.int64))


def published_answers(conversation_id: UUID) -> list[tuple[int, int | None, int]]:
    """Statement, number in place of the person, answer: of a conversation whose people are forgotten."""
    rows = Response.objects.filter(statement__conversation_id=conversation_id, voter__isnull=False)
    return list(rows.order_by("voter", "pk").values_list("statement__number", "voter", "answer"))


def numbers_out(conversation_id: UUID) -> list[int]:
    """The statements that count for nothing: taken out."""
    rows = Statement.objects.filter(conversation_id=conversation_id, state=StatementState.OUT)
    return list(rows.values_list("number", flat=True))


def to_draw() -> list[UUID]:
    """Conversations with answers or judgements younger than their drawing."""
    rows = Conversation.objects.filter(published_at__isnull=True).annotate(
        answered=Max("statements__responses__at"), judged=Max("statements__judged_at")
    )
    latest = Greatest("answered", "judged")
    stale = Q(opinion_map__isnull=True) | Q(opinion_map__drawn_at__lt=F("latest"))
    return list(
        rows.annotate(latest=latest).filter(stale, answered__isnull=False).values_list("pk", flat=True)
    )


def picture_of(conversation_id: UUID) -> Picture | None:
    """The drawing as plain values; None before the first."""
    row = drawn(conversation_id)
    return row.picture if row else None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a map tells in few words: nobody (0) and nothing where fewer than five answered."""

    people: int
    groups: int
    agreed: list[str]
    refused: list[str]


def findings(conversation_id: UUID) -> Findings:
    """How many took part, how many groups there are, and which statements most people agree on, or refuse."""
    drawing = picture_of(conversation_id)
    if drawing is None:
        return Findings(0, 0, [], [])
    rows = Statement.objects.filter(conversation_id=conversation_id, state=StatementState.IN)
    words = dict(rows.values_list("number", "text"))
    held = [(each["side"], words[each["number"]]) for each in drawing["common"] if each["number"] in words]
    agreed, refused = ([text for side, text in held if side == wanted] for wanted in ("agree", "disagree"))
    return Findings(drawing["people"], len(drawing["groups"]), agreed, refused)
