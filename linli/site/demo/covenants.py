"""A covenant of the demo: drafted by the clerk, spoken to and signed by made-up residents."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from linli.deliberation.actions import covenants, signatures, voices
from linli.deliberation.actions.covenants import Text
from linli.deliberation.kinds import Body, CovenantKind, Stance
from linli.deliberation.models import Covenant
from linli.deliberation.read import covenants as read
from linli.deliberation.rules.covenants import Meeting
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.procedures import loader
from linli.notices.actions import replaying
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "covenants.yaml"
ASKED: Final = timedelta(days=44, hours=14)  # before the demo's day, as the rest
MET: Final = timedelta(days=27, hours=14)
FILED: Final = timedelta(days=24, hours=14)
SHOWN: Final = 0.6


def promise(cast: Cast, end: datetime) -> Covenant | None:
    """The covenant with its signatures; only in the community it is told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    if told["community"] != cast.community.short_code:
        return None
    with replaying(frozenset()):  # its past is told to nobody: no calls, no slips, no inbox full of it
        return _kept(cast, told, end)


def _kept(cast: Cast, told: dict[str, Any], end: datetime) -> Covenant:
    rng = Random(f"covenant {told['title']}")  # draws no lots of the matters': they stay as they are
    people = rng.sample(sorted(cast.residents), min(told["people"], len(cast.residents)))
    with clock.at(end - ASKED):
        row = covenants.draft(
            by=cast.staff("community_clerk"),
            place_id=cast.community.id,
            kind=CovenantKind.RESIDENTS,
            words=Text(told["title"], told["about"], "\n".join(told["paragraphs"])),
            is_demo=True,
        )
        ends = clock.today() + timedelta(days=14)
        covenants.consult(by=cast.staff("community_clerk"), covenant_id=row.pk, ends=ends)
    _say(cast, row, told, [Actor(person_id=one) for one in people], end - ASKED + timedelta(days=3))
    _adopt(cast, row, told, end)
    for person_id in people:
        with clock.at(end - FILED * rng.uniform(0.02, 0.98)):
            _sign(row, Actor(person_id=person_id), shown=rng.random() < SHOWN)
    return row


def _say(cast: Cast, row: Covenant, told: dict[str, Any], people: list[Actor], at: datetime) -> None:
    paragraphs = {each.number: each.pk for each in read.paragraphs(row.pk)}
    with clock.at(at):
        for by, one in zip(people, told["remarks"], strict=False):
            key = paragraphs[one["paragraph"]]
            voices.remark(by=by, paragraph_id=key, stance=Stance(one["stance"]), text=one["text"])
        one = told["amendment"]
        key = paragraphs[one["paragraph"]]
        change = voices.propose(by=people[-1], paragraph_id=key, text=one["text"], why=one["why"])
    with clock.at(at + timedelta(days=2)):
        by = cast.staff("community_clerk")
        voices.decide(by=by, amendment_id=change.pk, take=True, reason=one["reason"])


def _adopt(cast: Cast, row: Covenant, told: dict[str, Any], end: datetime) -> None:
    by = cast.staff("community_clerk")
    with clock.at(end - MET):
        covenants.end_consultation(by=by, covenant_id=row.pk)
        meeting = Meeting(body=Body.ASSEMBLY, met_on=clock.today(), **told["meeting"])
        covenants.decide(by=by, covenant_id=row.pk, meeting=meeting, note=told["note"])
    with clock.at(end - FILED):
        covenants.file(by=by, covenant_id=row.pk, filed_on=clock.today())
        covenants.publish(by=by, covenant_id=row.pk)


def _sign(row: Covenant, by: Actor, *, shown: bool) -> None:
    """Whoever may: children do not, nor a household that has signed."""
    who = read.signer(by.person_id, row.place.path, clock.today())
    if who.is_adult and who.home_id and read.signature_of(row.pk, who) is None:
        signatures.sign(by=by, covenant_id=row.pk, shown=shown)
