"""Votes of one entrance in the demo's past: one that is over and published, one that waits for votes."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import yaml

from linli.ballots.actions import preparing, running, voting
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot
from linli.ballots.read import roll
from linli.ballots.rules.drafting import Asked, Plan
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.ids import tracking_code
from linli.matters.procedures import loader
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "ballots.yaml"
ANNOUNCED: Final = timedelta(days=24)  # before the demo's day, as the rest
OPENED: Final = timedelta(days=12)
ENDED: Final = timedelta(days=5)
LEFT: Final = timedelta(days=6)  # from the demo's day to the end of the one that is open
SILENT: Final = 0.2  # of the households give no vote


def vote(cast: Cast, end: datetime) -> list[Ballot]:
    """Both votes, in the entrance of somebody with a demo login; only in the community they are told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    if told["community"] != cast.community.short_code:
        return []
    member = cast.members[0].person_id if cast.members else cast.residents[0]
    place = cast.spot(member, "entrance").id
    rng = Random(f"ballots {told['over']['title']}")  # draws no lots of the matters': they stay as they are
    over = _opened(cast, place, told["over"], end, closes=end - ENDED)
    _cast(over, told["over"], rng, end, besides=None)
    with clock.at(end - ENDED):
        for act in (running.close, running.count, running.publish):
            act(by=cast.staff("community_clerk"), ballot_id=over.pk)
    waiting = _opened(cast, place, told["open"], end, closes=end + LEFT)
    _cast(waiting, told["open"], rng, end, besides=member)
    return [over, waiting]


def _opened(cast: Cast, place: UUID, told: dict[str, Any], end: datetime, *, closes: datetime) -> Ballot:
    by = cast.staff("community_clerk")
    plan = Plan(
        title=told["title"],
        body=told["body"].strip(),
        electorate=Electorate.HOUSEHOLDS,
        opens_at=end - OPENED,
        closes_at=closes,
        questions=(Asked(told["question"], Method.YES_NO, RuleName.SIMPLE),),
    )
    with clock.at(end - ANNOUNCED):
        row = preparing.draft(by=by, place_id=place, plan=plan)
        preparing.announce(by=by, ballot_id=row.pk)
        preparing.freeze_roll(by=by, ballot_id=row.pk)
    with clock.at(end - OPENED):
        return running.open_ballot(by=by, ballot_id=row.pk)


def _cast(row: Ballot, told: dict[str, Any], rng: Random, end: datetime, *, besides: UUID | None) -> None:
    """One of each household votes, some days after the opening; the member's own vote is theirs to give."""
    for entry in roll.entries(row):
        persons = list(entry.persons.order_by("person_id").values_list("person_id", flat=True))
        if besides in persons or rng.random() < SILENT:
            continue
        side = "yes" if rng.random() < told["agree"] else rng.choice(("no", "abstain"))
        with clock.at(end - OPENED + (OPENED - ENDED) * rng.uniform(0.05, 0.95)):
            voting.cast(
                by=Actor(person_id=persons[0]),
                ballot=row,
                entry_id=entry.pk,
                answers={"1": side},
                receipt=tracking_code(),
            )
