"""Works of the demo laid open: the waterproofing that households doubted, until its homes accepted it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import yaml

from linli.deliberation.actions import acceptance, doubts, works_lines
from linli.deliberation.actions import works as acts
from linli.deliberation.actions.doubts import Round
from linli.deliberation.actions.works import Head, House
from linli.deliberation.actions.works_lines import Look, Material, Option, Part, Promise
from linli.deliberation.kinds import Turnout, WarrantyKind
from linli.deliberation.models import Works
from linli.deliberation.read import covenants
from linli.deliberation.read import works as read
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.procedures import loader
from linli.places import read as places
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "works.yaml"
BEGAN: Final = timedelta(days=49, hours=14)  # before the demo's day, as the rest
DOUBTED: Final = timedelta(days=32, hours=14)
ANSWERED: Final = timedelta(days=30, hours=14)
ASKED: Final = timedelta(days=19, hours=14)
COUNTED: Final = timedelta(days=8, hours=14)
MOST_HOMES: Final = 26


def lay_open(cast: Cast, end: datetime) -> Works | None:
    """The works with what was doubted about them; only in the community they are told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    if told["community"] != cast.community.short_code:
        return None
    by = cast.staff("community_clerk")
    place = _building(cast, told)
    with clock.at(end - BEGAN):
        head = Head(told["title"], told["about"], told["builder"], told["contact"])
        house = House(turnout=Turnout.ANY)
        row = acts.open_works(by=by, place_id=place.pk, head=head, house=house, is_demo=True)
        options = [
            works_lines.keep_option(by=by, works_id=row.pk, kept=Option(**one)) for one in told["options"]
        ]
        for one in told["parts"]:
            works_lines.keep_part(by=by, works_id=row.pk, kept=_part(one, end, took=False))
        acts.lay_open(by=by, works_id=row.pk)
    with clock.at(end - BEGAN + timedelta(days=8)):
        acts.decide(
            by=by,
            works_id=row.pk,
            option_id=options[0].pk,
            decided_on=clock.today(),
            words=told["decision"],
        )
    people = sorted(read.residents(row, end.date()))
    _doubted(by, row, told, people, end)
    _accepted(by, row, told, people, end)
    return row


def _building(cast: Cast, told: dict[str, Any]) -> Any:
    """The building of that name in that courtyard; numbers begin anew in each."""
    yard = cast.named(told["courtyard"])
    found = places.find(told["building"], yard.path, cast.today)
    return next((place for place in found if place.name == told["building"]), yard)


def _part(one: dict[str, Any], end: datetime, *, took: bool) -> Part:
    first, last, began, ended = ((end + timedelta(days=each)).date() for each in one["days"] + one["took"])
    plan = Part(one["title"], first, last)
    return replace(plan, began_on=began, ended_on=ended, note=one.get("note", "")) if took else plan


def _doubted(by: Actor, row: Works, told: dict[str, Any], people: list[Any], end: datetime) -> None:
    with clock.at(end - DOUBTED):
        material = works_lines.keep_material(
            by=by, works_id=row.pk, kept=Material(**told["material"], arrived_on=clock.today())
        )
        asked = []
        for one in told["doubts"]:
            if "doors" in one or not people:
                heard = {"doors": one.get("doors", 1), "material_id": material.pk}
                asked.append(doubts.hear(by=by, works_id=row.pk, text=one["text"], **heard))
            else:
                asked.append(doubts.ask(by=Actor(person_id=people[0]), works_id=row.pk, text=one["text"]))
    with clock.at(end - ANSWERED):
        look = Look(clock.today(), **told["look"])
        works_lines.look_at(by=by, works_id=row.pk, material_id=material.pk, look=look)
        for doubt, one in zip(asked, told["doubts"], strict=True):
            doubts.answer(by=by, doubt_id=doubt.pk, text=one["answer"])
            if "reached" in one:
                went = Round(clock.today(), told["look"]["done_by"], one["reached"], one["absent"])
                doubts.explain(by=by, doubt_id=doubt.pk, kept=went)


def _accepted(by: Actor, row: Works, told: dict[str, Any], people: list[Any], end: datetime) -> None:
    with clock.at(end - ASKED):
        for part, one in zip(row.parts.order_by("number"), told["parts"], strict=True):
            works_lines.keep_part(by=by, works_id=row.pk, kept=_part(one, end, took=True), part_id=part.pk)
        promise = Promise(WarrantyKind.WATERPROOFING, **told["warranty"])
        works_lines.keep_warranty(by=by, works_id=row.pk, kept=promise)
        acceptance.put(by=by, works_id=row.pk, until=clock.today() + timedelta(days=10))
    rng, spoken = Random(f"works {told['title']}"), set[UUID | None]()
    for person_id in people:
        with clock.at(end - ASKED + timedelta(days=rng.uniform(0.5, 9))):
            who = covenants.signer(person_id, row.place.path, clock.today())
            if who.is_adult and who.home_id not in spoken and len(spoken) < MOST_HOMES:
                acceptance.say(by=Actor(person_id=person_id), works_id=row.pk, accepts=True, reason="")
                spoken.add(who.home_id)
    if spoken:
        with clock.at(end - COUNTED):
            acceptance.conclude(by=by, works_id=row.pk)
