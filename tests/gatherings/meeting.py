"""Short ways to form bodies and hold meetings in a test world."""

from datetime import date, datetime, time, timedelta
from typing import Any

from linli.gatherings import actions
from linli.gatherings.actions.calling import Plan
from linli.gatherings.actions.outcomes import Decided
from linli.gatherings.kinds import Asks, BodyKind, Manner, Presence, Role, SittingKind
from linli.gatherings.models import Body, Gathering, Posting
from linli.gatherings.rules import codes
from linli.gatherings.rules.bodies import HouseRules
from linli.gatherings.rules.meetings import Hands
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.people.actions import residence
from linli.places import actions as places
from linli.places.kinds import AreaSource, PlaceKind
from tests.world import World

LAMPS = "路灯由供电所换成 LED 灯。"
JOINT = BodyKind.JOINT_CONFERENCE


def body(
    world: World,
    kind: BodyKind = JOINT,
    *,
    members: tuple[str, ...] = ("secretary", "clerk", "grid", "branch"),
    rules: HouseRules | None = None,
) -> Body:
    """A body of the community with these members."""
    row = actions.form_body(
        by=SYSTEM,
        place_id=world.place("community"),
        kind=kind,
        name="建设社区联席会议",
        rules=rules,
        began_on=date(2020, 1, 1),
    )
    for key in members:
        actions.name_member(by=SYSTEM, body_id=row.pk, role=Role.MEMBER, person_id=world.persons[key])
    return row


def bodies_rules(row: Body) -> HouseRules:
    """The house rules a body has."""
    return HouseRules(row.every_months, row.notice_days, Presence(row.quorum), row.proxies_most)


def own(world: World, *owners: str, area: int = 10_000, label: str = "o1") -> Any:
    """A home of the building that these own together."""
    home = places.open_place(
        by=SYSTEM, kind=PlaceKind.HOME, name=label, label=label, parent_id=world.place("building4"),
        opened_on=date(2020, 1, 1),
    )  # fmt: skip
    places.note_areas(by=SYSTEM, under_id=home.id, areas={home.id: area}, source=AreaSource.REGISTER)
    for key in owners:
        residence.note_holding(
            by=SYSTEM, person_id=world.persons[key], home_id=home.id, starts=date(2020, 1, 1)
        )
    return home


def when(days: int, hour: int = 14) -> datetime:
    """So many days from today, at an hour in Shanghai."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour), tzinfo=clock.SHANGHAI)


def planned(world: World, row: Body, days: int = 3, **more: Any) -> Gathering:
    """A meeting of the body so many days ahead."""
    plan = Plan(title="四季度联席会议", starts_at=when(days), room="社区二楼", **more)
    return actions.plan(by=world.actor("secretary"), body_id=row.pk, plan=plan)


def opened(world: World, row: Body, *here: str, **more: Any) -> Gathering:
    """A meeting of the body noticed earlier and sitting now, with these people on the list."""
    with clock.at(clock.now() - timedelta(days=row.notice_days)):
        meeting = planned(world, row, row.notice_days, **more)
        actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
    actions.open_planned(by=world.actor("secretary"), gathering_id=meeting.pk)
    for key in here:
        listed(world, meeting, key)
    meeting.refresh_from_db()
    return meeting


def listed(world: World, meeting: Gathering, key: str) -> Any:
    """Put somebody on the list."""
    by = world.actor("secretary")
    return actions.sign_in_by_list(by=by, gathering_id=meeting.pk, person_id=world.persons[key])


def agreed(text: str, **more: Any) -> Decided:
    """Nobody was against it, and nobody has to do anything."""
    return Decided(text=text, manner=Manner.CONSENSUS, asks=Asks.ADOPTED, **more)


def resolved(world: World, meeting: Gathering, *, unit: str = "", hands: Hands | None = None) -> Any:
    """A resolution of the meeting for a unit within two weeks, or one that is adopted."""
    decided = Decided(
        text=LAMPS,
        manner=Manner.HANDS if hands else Manner.CONSENSUS,
        hands=hands,
        asks=Asks.TASK if unit else Asks.ADOPTED,
        organization_id=world.unit(unit) if unit else None,
        due_on=clock.today() + timedelta(days=14) if unit else None,
    )
    return actions.resolve(by=world.actor("secretary"), gathering_id=meeting.pk, decided=decided)


def published(world: World, meeting: Gathering) -> Gathering:
    """The meeting closed, its minutes approved, its resolutions published."""
    secretary = world.actor("secretary")
    actions.close(by=secretary, gathering_id=meeting.pk)
    actions.save_minutes(by=world.actor("clerk"), gathering_id=meeting.pk, text="到会三人。\n决定换灯。")
    actions.approve_minutes(by=secretary, gathering_id=meeting.pk, version=1)
    return actions.publish(by=secretary, gathering_id=meeting.pk)


def posted(world: World, meeting: Gathering, days: int = 7) -> Posting:
    """What the meeting resolved, on the board."""
    return actions.post_resolutions(
        by=world.actor("secretary"), gathering_id=meeting.pk, title="路灯改造公示", body=LAMPS, days=days
    )


def sitting(world: World, key: str = "grid") -> Gathering:
    """A talk under the trees."""
    return actions.open_sitting(
        by=world.actor(key),
        place_id=world.place("grid"),
        kind=SittingKind.OPEN_AIR,
        title="电动车停哪儿",
        room="三号楼前",
    )


def code_now(meeting: Gathering) -> str:
    """The code on the wall at this moment."""
    return codes.code_at(str(meeting.secret), clock.now())
