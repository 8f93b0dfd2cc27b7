"""Matters that may be about the same: for staff among all open ones, for residents among the published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import CharField, Exists, F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat

from linli.kernel import clock
from linli.kernel.text import bigrams
from linli.matters.kinds import State
from linli.matters.models import Compared, Matter, MatterVector
from linli.matters.read.lists import quoted
from linli.matters.read.one import base
from linli.matters.rules.nearness import LENIENT, Near, nearness, neighbourhood, relation_at
from linli.matters.triage import meaning
from linli.matters.triage.closeness import Features, Message, background, features, margin, shared_words
from linli.matters.triage.sharing import shared_phrases
from linli.places import read as places
from linli.places.models import Place

LOOK_BACK = timedelta(days=60)
SHOWN = 3
LOOKED_AT = 24  # rows compared in a request: comparing costs half a millisecond each
ASKED = 16  # telling pairs of characters looked up in the index
PUBLISHED_LOOKED_AT = 60
TOO_LITTLE = 0.02  # fewer shared words than this are chance


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that may be the same, and why: how near, how many days apart, what both say, meant alike.

    `closeness` is by how much the two are closer than the same thing needs.
    """

    matter: Matter
    near: Near
    days: int
    phrases: tuple[str, ...]
    by_meaning: bool
    closeness: float


def duplicates_of(matter: Matter, lenient: float = LENIENT, limit: int = SHOWN) -> list[Alike]:
    """Open matters within 60 days around a matter's place that may be the same, the likeliest first, without
    those told apart from it. `lenient` is how much less close than the same thing needs one may be."""
    chain = places.chain_of_path(matter.place_path)
    said = Message(str(matter.id), matter.title, matter.text, matter.raised_at)
    told_apart = Compared.objects.filter(same=False)
    rows = _saying_likewise(
        base()
        .filter(
            place_path__startswith=neighbourhood(chain),
            raised_at__gte=matter.raised_at - LOOK_BACK,
            raised_at__lte=matter.raised_at + LOOK_BACK,
        )
        .exclude(id=matter.id)
        .exclude(state=State.CLOSED)
        .exclude(Exists(told_apart.filter(one=matter, other=OuterRef("pk"))))
        .exclude(Exists(told_apart.filter(one=OuterRef("pk"), other=matter))),
        said,
    )
    others = [Message(str(row.id), row.title, row.text, row.raised_at) for row in rows]
    cosines = meanings(matter.id, [row.id for row in rows])
    return _alike(said, chain, rows, others, cosines, lenient, limit)


def closeness(matter: Matter, other: Matter, lenient: float) -> tuple[float | None, bool]:
    """By how much two matters are closer than the same thing needs, None where they have nothing to compare;
    and whether the other is among those suggested for the first."""
    found = {one.matter.id: one.closeness for one in duplicates_of(matter, lenient)}
    if other.id in found:
        return found[other.id], True
    chain = places.chain_of_path(matter.place_path)
    said, its = (Message(str(row.id), row.title, row.text, row.raised_at) for row in (matter, other))
    by_words = _alike(said, chain, [other], [its], meanings(matter.id, [other.id]), inf, 1)
    return (by_words[0].closeness if by_words else None), False


def published_like(title: str, text: str, place: Place, limit: int = SHOWN) -> list[Alike]:
    """Open published matters like the words somebody is about to send: around a place, and of its community.

    Only the published title and summary are compared: what a raiser wrote decides nothing anyone else sees.
    """
    if len(text.strip()) < 2:
        return []
    chain = places.chain_of_path(place.path)
    community = next((each for each in chain if each.kind == "community"), None)
    if community is None:
        return []
    published = (
        base().filter(published_at__isnull=False).exclude(state=State.CLOSED).order_by("-published_at")
    )
    near = published.filter(place_path__startswith=neighbourhood(chain))[:PUBLISHED_LOOKED_AT]
    here = published.filter(community=community)[:PUBLISHED_LOOKED_AT]
    rows = list({row.id: row for row in (*near, *here)}.values())
    said = Message("", title, text, clock.now())
    mine = set(bigrams(f"{title} {text}"))
    rows = [row for row in rows if mine & set(bigrams(f"{row.public_title} {row.public_summary}"))]
    others = [Message(str(row.id), row.public_title, row.public_summary, row.raised_at) for row in rows]
    return _alike(said, chain, rows, others, {}, LENIENT, limit)


def _saying_likewise(rows: QuerySet[Matter], said: Message) -> list[Matter]:
    """The rows that share the most telling pairs of characters, by the index of words."""
    usual, _ = background()
    pieces = sorted(dict.fromkeys(bigrams(f"{said.title} {said.text}"[:400])), key=lambda piece: usual[piece])
    if not pieces:
        return []
    query = SearchQuery(
        " | ".join(quoted(piece) for piece in pieces[:ASKED]), search_type="raw", config="simple"
    )
    ranked = rows.filter(search=query).annotate(rank=SearchRank(F("search"), query))
    return list(ranked.order_by("-rank", "-raised_at")[:LOOKED_AT])


def _alike(
    said: Message,
    chain: Sequence[Place],
    rows: Sequence[Matter],
    others: Sequence[Message],
    cosines: Mapping[UUID, float],
    lenient: float,
    limit: int,
) -> list[Alike]:
    mine, *theirs = features([said, *others])
    found = []
    for row, other, its in zip(rows, others, theirs, strict=True):
        near = nearness(chain, row.place_path)
        words, cosine = shared_words(mine, its), cosines.get(row.id)
        if near is None or words < TOO_LITTLE:
            continue
        close = margin(relation_at(mine, its, near), words, cosine, said.at, other.at)
        if close >= -lenient:
            days = _days_between(said.at, other.at)
            found.append((-close, -near, days, str(row.id), row, other, cosine is not None and close >= 0))
    found.sort(key=lambda one: one[:4])
    return [
        Alike(row, Near(-near), days, _phrases(said, other, mine), meant, -far)
        for far, near, days, _, row, other, meant in found[:limit]
    ]


def _phrases(said: Message, other: Message, mine: Features) -> tuple[str, ...]:
    return shared_phrases(" ".join(said.parts), " ".join(other.parts), mine.words)


def _days_between(one: datetime | None, other: datetime | None) -> int:
    if one is None or other is None:
        return 0
    return abs((clock.local(one).date() - clock.local(other).date()).days)


def meanings(matter_id: UUID, other_ids: Iterable[UUID]) -> dict[UUID, float]:
    """The cosines between a matter and others, of those that have vectors of the present version."""
    wanted = [matter_id, *other_ids]
    stored = dict(
        MatterVector.objects.filter(matter_id__in=wanted, version=meaning.VERSION).values_list(
            "matter_id", "numbers"
        )
    )
    mine = stored.pop(matter_id, None)
    if mine is None or not meaning.available():
        return {}
    return {each: meaning.cosine(bytes(mine), bytes(numbers)) for each, numbers in stored.items()}


def without_vector(limit: int) -> list[Matter]:
    """Open matters whose words, as they stand now, have no vector of the present version, newest first.

    Each with `said_digest`, by which words are told from other words.
    """
    words = Concat(F("title"), Value("\n"), F("text"), output_field=TextField())
    told = Func(
        words,
        function="sha256",
        template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
        output_field=CharField(),
    )
    rows = Matter.objects.exclude(state=State.CLOSED).annotate(said_digest=told)
    kept = MatterVector.objects.filter(
        matter=OuterRef("pk"), version=meaning.VERSION, digest=OuterRef("said_digest")
    )
    return list(rows.exclude(Exists(kept)).only("title", "text").order_by("-raised_at")[:limit])
