"""Who pays what for the lift of the demo: agreed on in the second round, its running costs still open."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from linli.deliberation.actions import sharing as acts
from linli.deliberation.models import Sharing, SharingRound
from linli.deliberation.read import sharing as read
from linli.deliberation.rules.sharing import Floor
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.procedures import loader
from linli.places.models import Place
from linli.site.demo.ballots import owned_throughout
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "shares.yaml"
EVENING: Final = timedelta(hours=19)
YUAN: Final = 100  # fen


def talk_over(cast: Cast, end: datetime) -> list[Sharing]:
    """What the homes of the entrance with the lift talk over; only in the community it is told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    place = owned_throughout(cast.community.path)
    if told["community"] != cast.community.short_code or place is None:
        return []
    return [_talked_over(cast, place, one, end) for one in told["shares"]]


def _talked_over(cast: Cast, place: Place, told: dict[str, Any], end: datetime) -> Sharing:
    by = cast.staff("community_clerk")
    with clock.at(_evening(end, told["begun"])):
        row = acts.open_sharing(by=by, place_id=place.pk, title=told["title"], is_demo=True)
    for one in told["rounds"]:
        with clock.at(_evening(end, one["proposed"])):
            made = acts.propose(
                by=by,
                sharing_id=row.pk,
                cost=one["cost"] * YUAN,
                subsidy=one["subsidy"] * YUAN,
                floors=_floors(place, one["ground"] * YUAN),
                words=one["words"],
            )
        with clock.at(_evening(end, one["proposed"] - 2)):
            _answer(made, one)
    if "closed" in told:
        with clock.at(_evening(end, told["closed"])):
            acts.close(by=by, sharing_id=row.pk)
    return row


def _evening(end: datetime, days: int) -> datetime:
    return end - timedelta(days=days) + EVENING


def _floors(place: Place, ground: int) -> dict[int, Floor]:
    """The ground floor pays nothing, every floor above it a share more than the one below."""
    there = set(read.floors(read.homes(place)).values())
    return {floor: Floor(floor - 1, ground if floor == 1 else 0) for floor in there}


def _answer(made: SharingRound, told: dict[str, Any]) -> None:
    """Each home by one who owns it; of a floor that objects, the first."""
    objecting = dict(told["objects"])
    lines = list(made.lines.select_related("home").order_by("home__path"))
    for line in lines[: len(lines) - told.get("silent", 0)]:
        owner = read.owners(line.home_id, clock.today())[0]
        reason = objecting.pop(line.floor, "")
        acts.answer(by=Actor(person_id=owner.pk), line_id=line.pk, agrees=not reason, reason=reason)
