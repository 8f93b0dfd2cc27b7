"""Committees the law asks something of, in one community of the demo: who sits in them, since when, and until
when. Their members are drawn from its invented residents and owners; no two of them live in one home."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import yaml
from django.db import transaction

from linli.frame.scopes import in_force
from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind, Finding, Role
from linli.gatherings.models import Body
from linli.gatherings.read import residents, seats
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.rules.composition import ASKED, term_end
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.procedures import loader
from linli.notices.actions import replaying
from linli.people.kinds import Sex
from linli.people.models import Holding
from linli.places.kinds import PlaceKind
from linli.places.models import Place

TOLD: Final = Path(loader.SHIPPED) / "demo" / "committees.yaml"
AGES: Final = (30, 60)
WRITTEN_DOWN: Final = timedelta(days=30)  # before the demo's day; some were elected long before

# A person, where they live, and whether they are a woman.
Someone = tuple[UUID, UUID, bool]


def elect(community: Place, today: date) -> list[Body]:
    """Seat the committees; only in the community they are told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    if told["community"] != community.short_code:
        return []
    taken: set[UUID] = set()  # homes somebody of a committee lives in
    with transaction.atomic(), replaying(frozenset()):
        return [_seated(community, one, today, taken) for one in told["bodies"]]


def _seated(community: Place, told: dict[str, Any], today: date, taken: set[UUID]) -> Body:
    kind, first = BodyKind(told["kind"]), today - timedelta(days=told["began"])
    place = _within(community, told["of"]) if "of" in told else community
    people = _owners(place, today) if kind is BodyKind.OWNERS_COMMITTEE else _residents(place, today)
    years = ASKED[kind].term_years
    rules = replace(STANDINGS[kind].start, every_months=None)  # they meet by call
    with clock.at(datetime.combine(today - WRITTEN_DOWN, time(9), clock.SHANGHAI)):
        body = actions.form_body(
            by=SYSTEM,
            place_id=place.pk,
            kind=kind,
            name=told["name"],
            rules=rules,
            began_on=first,
            is_demo=True,
        )
        for number, person in enumerate(_drawn(people, told["size"], taken, Random(told["name"]))):
            actions.name_member(
                by=SYSTEM,
                body_id=body.pk,
                role=Role.MEMBER if number else Role.CHAIR,
                person_id=person,
                starts=first,
                ends=term_end(first, years) if years else None,
            )
    if "appraised" in told:
        _appraise(body, today - timedelta(days=told["appraised"]))
    return body


def _within(community: Place, name: str) -> Place:
    """The part of the community that has this name; itself where it has none, as in a smaller one."""
    rows = Place.objects.filter(path__startswith=community.path, kind=PlaceKind.COURTYARD.value, name=name)
    return rows.first() or community


def _residents(place: Place, today: date) -> list[Someone]:
    rows = residents.dwelling(place.path, today).filter(person__born_year__range=_born(today))
    homes = rows.filter(place__kind=PlaceKind.HOME.value).order_by("person_id")
    return [
        (who, home, sex == Sex.FEMALE)
        for who, home, sex in homes.values_list("person", "place", "person__sex")
    ]


def _owners(place: Place, today: date) -> list[Someone]:
    rows = Holding.objects.filter(in_force(today), home__path__startswith=place.path)
    grown = rows.filter(person__born_year__range=_born(today)).order_by("person_id", "home_id")
    return [
        (who, home, sex == Sex.FEMALE)
        for who, home, sex in grown.values_list("person", "home", "person__sex")
    ]


def _born(today: date) -> tuple[int, int]:
    youngest, oldest = AGES
    return today.year - oldest, today.year - youngest


def _drawn(people: Iterable[Someone], size: int, taken: set[UUID], rng: Random) -> list[UUID]:
    """So many people of different homes, men and women in turn; their homes are taken from then on."""
    lots = list(people)
    rng.shuffle(lots)
    chosen: list[UUID] = []
    for who, home, is_woman in lots:
        if home in taken or who in chosen or is_woman != bool(len(chosen) % 2):
            continue
        taken.add(home)
        chosen.append(who)
        if len(chosen) == size:
            break
    return chosen


def _appraise(body: Body, held_on: date) -> None:
    """Everybody was found up to the office."""
    with clock.at(datetime.combine(held_on, time(15), clock.SHANGHAI)):
        rows = seats.to_appraise(body.pk, held_on, held_on)
        findings = {row.pk: Finding.FIT for row in rows}
        actions.appraise(by=SYSTEM, body_id=body.pk, held_on=held_on, findings=findings)
