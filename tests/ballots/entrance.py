"""An entrance of six floors with two homes each, its owners with accounts, and a ballot about a lift."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.ballots.actions import nominating, preparing, running, voting
from linli.ballots.kinds import Channel, Electorate, Method, PartKind, RuleName
from linli.ballots.models import Ballot, RollEntry
from linli.ballots.read import nominating as read_nominating
from linli.ballots.rules.drafting import Asked, Plan
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.kernel.ids import tracking_code
from linli.matters.actions import procedures
from linli.matters.models import ProcedureVersion
from linli.people.actions import residence
from linli.people.kinds import ResidenceKind
from linli.places import actions as places
from linli.places.kinds import AreaSource, PlaceKind
from tests import world
from tests.world import World

MORNING = world.MORNING
OPENS = MORNING + timedelta(days=16)
CLOSES = OPENS + timedelta(days=7)
AREA = 8937  # 89.37 m²
FLOORS = 6
NO_PHOTO = "手机没电，原件在柜里"


@dataclass
class Entrance:
    """A world with the homes of one entrance, each with one owner who lives there."""

    world: World
    homes: dict[str, UUID] = field(default_factory=dict)

    def owner(self, home: str) -> Actor:
        """The owner of a home."""
        return self.world.actor(home)

    def staff(self, name: str) -> Actor:
        """The holder of a post."""
        return self.world.actor(name)


def build(*, at: datetime | None = MORNING, also: str = "") -> Entrance:
    """Twelve homes of 89.37 m² at 1单元 of 4号楼; `also` names a procedure followed by choice besides."""
    built = Entrance(world.build(at=at))
    if also:
        _by_choice(built, also)
    with clock.at(at or clock.now()):
        row = places.open_place(
            by=SYSTEM,
            kind=PlaceKind.ENTRANCE,
            name="1单元",
            label="u1",
            parent_id=built.world.place("building4"),
            opened_on=world.BEGAN,
        )
        built.world.places["lift"] = row
        for floor in range(1, FLOORS + 1):
            for side in (1, 2):
                _home(built, f"{floor}0{side}")
        places.note_areas(
            by=SYSTEM,
            under_id=row.id,
            areas=dict.fromkeys(built.homes.values(), AREA),
            source=AreaSource.REGISTER,
        )
    return built


def _by_choice(built: Entrance, name: str) -> None:
    version = ProcedureVersion.objects.get(name=name, community=None)
    community = built.world.place("community")
    procedures.adopt(by=SYSTEM, community_id=community, version_id=version.id, by_choice=True)


def _home(built: Entrance, name: str) -> None:
    home = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.HOME,
        name=name,
        label=f"0{name}",
        parent_id=built.world.place("lift"),
        opened_on=world.BEGAN,
    )
    built.homes[name] = home.id
    person = world.add_person(built.world, name, f"住户{name}")
    residence.note_holding(by=SYSTEM, person_id=person, home_id=home.id, starts=world.BEGAN)
    residence.move_in(
        by=SYSTEM, person_id=person, place_id=home.id, kind=ResidenceKind.USUAL, starts=world.BEGAN
    )


LIFT = Asked("给1单元加装电梯，是否同意", Method.YES_NO, RuleName.LIFT)


def plan(*questions: Asked, **more: Any) -> Plan:
    """A plan with usual hours; a lift for the owners unless said otherwise."""
    given: dict[str, Any] = {
        "title": "1单元加装电梯",
        "electorate": Electorate.OWNERS,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "questions": questions or (LIFT,),
        "part_kind": PartKind.FLOOR,
    }
    return Plan(**given | more)


def drafted(built: Entrance, made: Plan | None = None) -> Ballot:
    """A draft by the clerk, on the Monday the world was built."""
    with clock.at(MORNING):
        return preparing.draft(
            by=built.staff("clerk"), place_id=built.world.place("lift"), plan=made or plan()
        )


def announced(built: Entrance, made: Plan | None = None) -> Ballot:
    """Announced on that day, with its roll."""
    row = drafted(built, made)
    with clock.at(MORNING):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
        return nominated(built, preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk))


def nominated(built: Entrance, row: Ballot) -> Ballot:
    """Every candidate of an election named by ten voters of its roll."""
    for each in read_nominating.candidates(row):
        nominating.nominate_by_voters(
            by=built.staff("clerk"), ballot_id=row.pk, option_id=each.option.pk, numbers=range(1, 11)
        )
    return row


def opened(built: Entrance, made: Plan | None = None) -> Ballot:
    """Open for votes sixteen days later."""
    row = announced(built, made)
    with clock.at(OPENS):
        return running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)


def entry(row: Ballot, home: str) -> RollEntry:
    """The entry of a home on the roll."""
    return RollEntry.objects.get(ballot=row, units__home__name=home)


def vote(built: Entrance, row: Ballot, home: str, answers: Mapping[str, Any] | str, receipt: str = "") -> str:
    """Vote online for a home; gives the receipt."""
    said = {"1": answers} if isinstance(answers, str) else answers
    mark = receipt or tracking_code()
    voting.cast(by=built.owner(home), ballot=row, entry_id=entry(row, home).pk, answers=said, receipt=mark)
    return mark


def time_passes(row: Ballot, days: int) -> None:
    """So many days later: for stories whose site runs by the real clock, every day of the ballot is moved
    into the past instead."""
    row.refresh_from_db()
    ago = timedelta(days=days)
    for name in ("opens_at", "closes_at", "announced_at", "frozen_at", "objections_until"):
        moment = getattr(row, name)
        setattr(row, name, moment and moment - ago)
    row.save()


def votes(built: Entrance, row: Ballot, homes: Iterable[str], side: str) -> None:
    """Several homes say the same online."""
    with clock.at(OPENS + timedelta(hours=1)):
        for home in homes:
            vote(built, row, home, side)


def on_paper(built: Entrance, row: Ballot, home: str, side: str, channel: Channel = Channel.PAPER) -> str:
    """A sheet of a home entered by the grid worker and confirmed by the clerk; gives its code."""
    sheet = entry(row, home).sheets.get()
    voting.enter_sheet(
        by=built.staff("grid"), ballot_id=row.pk, code=sheet.code, answers={"1": side}, channel=channel,
        no_photo=NO_PHOTO,
    )  # fmt: skip
    voting.confirm_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=sheet.code)
    return str(sheet.code)


def counted(built: Entrance, row: Ballot) -> Ballot:
    """Closed at its hour, counted and published."""
    with clock.at(CLOSES):
        running.close(by=built.staff("clerk"), ballot_id=row.pk)
        running.count(by=built.staff("clerk"), ballot_id=row.pk)
        return running.publish(by=built.staff("clerk"), ballot_id=row.pk)
