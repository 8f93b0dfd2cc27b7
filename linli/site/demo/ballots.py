"""Ballots of the demo: an entrance that decided on its lift, a building and volunteers being asked now."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml
from django.db.models import Count, F, Q

from linli.ballots.actions import preparing, running, voting
from linli.ballots.kinds import Channel, Electorate, Method, PartKind, RuleName
from linli.ballots.models import Ballot, RollEntry
from linli.ballots.read import ballots, roll
from linli.ballots.rules.drafting import Asked, Plan
from linli.gatherings import actions as gatherings
from linli.gatherings.kinds import BodyKind, Role
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.kernel.ids import tracking_code
from linli.matters.procedures import loader
from linli.places import actions as place_actions
from linli.places import read as places
from linli.places.kinds import AreaSource, PlaceKind
from linli.places.models import Place
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "ballots.yaml"
FEWEST_HOMES: Final = 8  # for floors to differ
AN_HOUR: Final = timedelta(hours=9)


def decide(cast: Cast, end: datetime) -> list[Ballot]:
    """The ballots of this community: of an entrance owned throughout, of where a login lives or helps."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))["ballots"]
    mine = [one for one in told if one["community"] == cast.community.short_code]
    return [_ballot(cast, one, end) for one in mine]


def _ballot(cast: Cast, told: dict[str, Any], end: datetime) -> Ballot:
    rng = Random(f"ballot {told['title']}")  # draws no lots of the matters': they stay as they are
    home = cast.spot(cast.members[0].person_id, told["place"])
    place = owned_throughout(cast.community.path) or home if told["place"] == "entrance" else home
    clerk = cast.staff("community_clerk")
    opens, closes = (end - timedelta(days=told[key]) + AN_HOUR for key in ("opens", "closes"))
    with clock.at(end - timedelta(days=told["announced"]) + AN_HOUR):
        if "area" in told:
            _measure(place, told["area"], rng)
        if "team" in told:
            _team(cast, told["team"], told["size"])
        row = preparing.draft(by=clerk, place_id=place.pk, plan=_plan(told, opens, closes))
        preparing.announce(by=clerk, ballot_id=row.pk)
        row = preparing.freeze_roll(by=clerk, ballot_id=row.pk)
        voting.print_sheets(by=clerk, ballot_id=row.pk)
    with clock.at(opens):
        row = running.open_ballot(by=clerk, ballot_id=row.pk)
    entries = [each for each in roll.entries(row).order_by("number") if not each.is_developer]
    if closes > end:
        own = {each.pk for each in roll.entries_of(row, cast.members[0].person_id)}
        asked = [each for each in entries if each.pk not in own and rng.random() < told["turnout"]]
        _vote(cast, row, told, asked, rng)
        return row
    _vote(cast, row, told, entries[: len(entries) - told["silent"]], rng)
    with clock.at(closes):
        running.close(by=clerk, ballot_id=row.pk)
        running.count(by=clerk, ballot_id=row.pk)
        running.publish(by=clerk, ballot_id=row.pk)
    return row


def owned_throughout(path: str) -> Place | None:
    """The first entrance all of whose homes have an owner: what was never sold speaks with its area too."""
    homes = Count("children", filter=Q(children__kind=PlaceKind.HOME.value), distinct=True)
    owned = Count("children__holdings__home", distinct=True)
    entrances = Place.objects.filter(path__startswith=path, kind=PlaceKind.ENTRANCE.value)
    counted = entrances.annotate(homes=homes, owned=owned)
    return counted.filter(homes=F("owned"), homes__gte=FEWEST_HOMES).order_by("path").first()


def _team(cast: Cast, name: str, size: int) -> None:
    """A team of volunteers: a demo login and residents of the community."""
    place = cast.community
    body = gatherings.form_body(
        by=SYSTEM, place_id=place.pk, kind=BodyKind.VOLUNTEERS, name=name, is_demo=True
    )
    listed = dict.fromkeys([cast.members[0].person_id, *cast.residents])
    for person in list(listed)[:size]:
        gatherings.name_member(by=SYSTEM, body_id=body.pk, role=Role.MEMBER, person_id=person)


def _measure(place: Place, between: list[int], rng: Random) -> None:
    """Areas for homes nobody has measured, as the register of real estate would state them."""
    homes = [row.pk for row in places.subtree(place.path).filter(kind=PlaceKind.HOME.value)]
    areas = {home: rng.randint(*between) for home in homes}
    place_actions.note_areas(by=SYSTEM, under_id=place.pk, areas=areas, source=AreaSource.REGISTER)


def _plan(told: dict[str, Any], opens: datetime, closes: datetime) -> Plan:
    options = tuple((title, 0) for title in told.get("options", ()))
    asked = Asked(
        title=told["question"],
        method=Method.CHOOSE if options else Method.YES_NO,
        rule=RuleName(told["rule"]),
        options=options,
        at_most=told.get("at_most", 1),
    )
    return Plan(
        title=told["title"],
        body=told["body"],
        electorate=Electorate(told["electorate"]),
        part_kind=PartKind(told.get("part", "")),
        is_secret=told.get("secret", False),
        opens_at=opens,
        closes_at=closes,
        questions=(asked,),
    )


def _vote(cast: Cast, row: Ballot, told: dict[str, Any], entries: list[RollEntry], rng: Random) -> None:
    """Each entry by whoever stands first for it, one after the other; the last of them on paper."""
    [question] = ballots.questions(row)
    options, most = [each.id for each in question.options], question.at_most
    against = set(rng.sample(entries, told.get("against", 0)))
    on_paper = entries[len(entries) - told.get("paper", 0) :]
    for number, entry in enumerate(entries):
        said: Any = rng.sample(options, most) if options else "no" if entry in against else "yes"
        with clock.at(row.opens_at + timedelta(minutes=20 + 7 * number)):
            if entry in on_paper:
                _enter(cast, row, entry, said)
                continue
            voter = Actor(person_id=entry.persons.order_by("person_id")[0].person_id)
            voting.cast(by=voter, ballot=row, entry_id=entry.pk, answers={"1": said}, receipt=tracking_code())


def _enter(cast: Cast, row: Ballot, entry: RollEntry, said: Any) -> None:
    """A sheet of paper, entered by one and confirmed by another."""
    code = entry.sheets.get().code
    clerk, secretary = cast.staff("community_clerk"), cast.staff("community_secretary")
    voting.enter_sheet(
        by=clerk, ballot_id=row.pk, code=code, answers={"1": said}, channel=Channel.PAPER,
        no_photo="手机没电，原件存社区档案柜。",
    )  # fmt: skip
    voting.confirm_sheet(by=secretary, ballot_id=row.pk, code=code)
