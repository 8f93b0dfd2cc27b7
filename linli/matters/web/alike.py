"""看看是不是同一件事: before something is sent, the published matters like it, and the place it speaks of."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.frame.crypto import CannotOpen, open_sealed, seal
from linli.frame.doors import ANYONE, actor_of, door
from linli.kernel import clock
from linli.matters import policies
from linli.matters.read import alike as read
from linli.matters.read import lists
from linli.matters.read.mentioned import Named, named_places
from linli.matters.rules.nearness import Near
from linli.matters.triage.words import suggest
from linli.matters.web.elsewhere import advice
from linli.matters.web.where import place_chosen
from linli.matters.wording import taxonomy
from linli.people import read as people
from linli.places import read as places

MOST_SEEN = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """One published matter as it is offered: why it seems the same, and whether the reader may join it."""

    matter: Any
    why: str
    behind: int
    joins: bool


@door(ANYONE, methods=("POST",))
def alike(request: HttpRequest) -> HttpResponse:
    """The part of 说件事 that answers while one types. Posted: the words stand in no address or log."""
    found, named = looked_up(request)
    context = {"alike": found, "named": named, "seen": seen_with(request, found), "first": first(request)}
    return render(request, "matters/resident/alike.html", context)


def first(request: HttpRequest) -> str:
    """What to do before writing here, where what is typed sounds like that; "" for everything else."""
    text, title = request.POST.get("text", "")[:2000], request.POST.get("title", "")[:80]
    return advice(suggest(text, title, taxonomy()).out_of_scope) if text.strip() else ""


def looked_up(request: HttpRequest) -> tuple[list[Shown], list[Named]]:
    """Published matters like what is typed, and the places it speaks of besides the chosen one."""
    text, title = request.POST.get("text", "")[:2000], request.POST.get("title", "")[:80]
    place = place_chosen(request.POST)
    community = places.community_of(place.path) if place is not None else None
    if place is None or community is None or not text.strip():
        return [], []
    person_id = actor_of(request).person_id
    home = people.home_of(person_id, clock.today()) if person_id else None
    named = [each for each in named_places(text, community, home) if each.place.id != place.id]
    return published_like(request, title, text, place), named


def published_like(request: HttpRequest, title: str, text: str, place: Any) -> list[Shown]:
    """Open published matters near a place like some words, each with why."""
    found = read.published_like(title, text, place)
    actor = actor_of(request)
    home = people.home_of(actor.person_id, clock.today()) if found and actor.person_id else None
    joined = lists.joiners(one.matter.id for one in found)
    return [
        Shown(
            matter=one.matter,
            why=why(one),
            behind=joined.get(one.matter.id, 0),
            joins=bool(
                policies.may_join(
                    actor, one.matter, home is not None and home.path.startswith(one.matter.community.path)
                )
            ),
        )
        for one in found
    ]


def why(one: read.Alike) -> str:
    """Near in place, time and meaning, in words: 同一栋楼，3 天前，都说到“消防通道”."""
    parts = [str(near_words(one.near)), days_words(one.days)]
    if one.phrases:
        quoted = "".join(_("“%(words)s”") % {"words": words} for words in one.phrases)
        parts.append(_("both say %(words)s") % {"words": quoted})
    elif one.by_meaning:
        parts.append(_("meant alike"))
    return pgettext("between parts of a sentence", ", ").join(parts)


def near_words(near: Near) -> str:
    """The finest place two matters share."""
    return {
        Near.COMMUNITY: _("same community"),
        Near.GRID: _("same grid"),
        Near.COURTYARD: _("same courtyard"),
        Near.BUILDING: _("same building"),
        Near.ENTRANCE: _("same entrance"),
        Near.HOME: _("same home"),
    }[near]


def days_words(days: int) -> str:
    """How long lies between two matters."""
    if days == 0:
        return _("the same day")
    return ngettext("%(n)s day apart", "%(n)s days apart", days) % {"n": days}


def seen(request: HttpRequest) -> list[str]:
    """The matters this sender was shown already."""
    return request.POST.getlist("seen")[:MOST_SEEN]


def seen_with(request: HttpRequest, found: Iterable[Shown]) -> list[str]:
    """The same with what is shown now."""
    return list(dict.fromkeys([*seen(request), *(str(one.matter.id) for one in found)]))[-MOST_SEEN:]


def unseen(request: HttpRequest, found: Sequence[Shown]) -> bool:
    """Whether something is among them that the sender was not shown before."""
    known = set(seen(request))
    return any(str(one.matter.id) not in known for one in found)


def sealed_photos(kept: Iterable[UUID]) -> str:
    """The photos kept for this sender, as a hidden field carries them: nobody else can name them."""
    ids = [str(each) for each in kept]
    return seal(json.dumps(ids)) if ids else ""


def kept_photos(request: HttpRequest) -> list[UUID]:
    """What `sealed_photos` carried; nothing where it was altered."""
    try:
        return [UUID(each) for each in json.loads(open_sealed(request.POST.get("kept", "")))]
    except (CannotOpen, ValueError):
        return []
