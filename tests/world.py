"""A small community for tests, built through the real actions: one grid, two buildings, its posts and units.

`World` names everything a story needs. Each test has its own: the first of a kind is built, those
after it are put back as it was (`tests/snapshot.py`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from uuid import UUID

from django.contrib.auth.hashers import make_password

from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.matters.actions import moving, orders, procedures, speaking
from linli.matters.models import Matter, Step
from linli.matters.procedures import loader
from linli.organizations import read as organizations
from linli.organizations.actions import appointments, posts, units
from linli.organizations.kinds import Level, OrganizationKind
from linli.people.actions import account, person, residence
from linli.people.kinds import Reach, ResidenceKind, Sex
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests.snapshot import Snapshot, filled

BEGAN = date(2020, 1, 1)
PASSWORD = "a-long-test-phrase"
MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=clock.SHANGHAI)  # a Monday

UNIT_DUTIES = {
    "property": (OrganizationKind.PROPERTY_COMPANY, "恒安物业", "property_company"),
    "power": (OrganizationKind.DEPARTMENT, "供电所", "power_company"),
    "urban": (OrganizationKind.DEPARTMENT, "城管中队", "street_urban_management"),
    "environment": (OrganizationKind.DEPARTMENT, "环保所", "environment"),
    "greening": (OrganizationKind.FIRM, "绿化队", "greening"),
}
POSTS = {  # post: (kind, place, organization, above)
    "district": ("district_dispatcher", "district", "district", None),
    "street": ("street_dispatcher", "street", "street", "district"),
    "secretary": ("community_secretary", "community", "committee", "street"),
    "clerk": ("community_clerk", "community", "committee", "secretary"),
    "caller": ("callback_clerk", "community", "committee", "clerk"),
    "grid": ("grid_worker", "grid", "committee", "clerk"),
    "branch": ("grid_branch_secretary", "grid", "branch", "secretary"),
    "owners": ("owners_committee_director", "community", "owners", "secretary"),
}


@dataclass
class World:
    """Places, units, posts and persons by short names."""

    places: dict[str, object] = field(default_factory=dict)
    units: dict[str, object] = field(default_factory=dict)
    posts: dict[str, object] = field(default_factory=dict)
    persons: dict[str, UUID] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor of a person as they are now."""
        return organizations.actor_for(self.persons[name], clock.now())

    def place(self, name: str) -> UUID:
        return self.places[name].id

    def unit(self, name: str) -> UUID:
        return self.units[name].id


_serial = count(1)
_kept: dict[tuple[str, date], tuple[World, Snapshot]] = {}


def build(*, practice: str = "five-affairs", at: datetime | None = MORNING) -> World:
    """A community that follows a practice, with somebody in every post and three residents.

    `at` None builds it at the hour it is, for tests whose site runs in other processes.
    """
    kind = practice, at or clock.today()
    world, snapshot = _kept.get(kind, (None, None))
    if world and snapshot and snapshot.fits():
        snapshot.put_back()
        return deepcopy(world)
    before = filled()
    world = _build(practice, at)
    if "audit_entry" not in before:  # nobody has acted yet: every row is of this world
        _kept[kind] = deepcopy(world), Snapshot.take(filled() - before)
    return world


def _build(practice: str, at: datetime | None) -> World:
    with clock.at(at or clock.now()):
        world = World()
        _places(world)
        _organizations(world)
        _posts(world)
        for name in ("wang", "chen", "old-liu"):
            _resident(world, name)
        _adopt(world, practice)
        return world


def _places(world: World) -> None:
    plan = [
        ("district", PlaceKind.DIVISION, "钢城区", "620201", None, ""),
        ("street", PlaceKind.STREET, "钢城街道", "002", "district", ""),
        ("community", PlaceKind.COMMUNITY, "建设社区", "006", "street", "JS"),
        ("other", PlaceKind.COMMUNITY, "兰新社区", "005", "street", "LX"),
        ("grid", PlaceKind.GRID, "1网格", "g01", "community", ""),
        ("building", PlaceKind.BUILDING, "3号楼", "b03", "grid", ""),
        ("entrance", PlaceKind.ENTRANCE, "2单元", "u2", "building", ""),
        ("home", PlaceKind.HOME, "302", "0302", "entrance", ""),
        ("building4", PlaceKind.BUILDING, "4号楼", "b04", "grid", ""),
    ]
    for name, kind, title, label, parent, code in plan:
        world.places[name] = places.open_place(
            by=SYSTEM,
            kind=kind,
            name=title,
            label=label,
            parent_id=world.place(parent) if parent else None,
            opened_on=BEGAN,
            short_code=code,
        )


def _organizations(world: World) -> None:
    plain = {
        "district": (OrganizationKind.DISTRICT, "区调度中心"),
        "street": (OrganizationKind.STREET_OFFICE, "钢城街道办事处"),
        "committee": (OrganizationKind.RESIDENTS_COMMITTEE, "建设社区居委会"),
        "branch": (OrganizationKind.PARTY_BRANCH, "1网格党支部"),
        "owners": (OrganizationKind.OWNERS_COMMITTEE, "建设社区业委会"),
    }
    at = world.places["community"]
    for name, (kind, title) in plain.items():
        world.units[name] = units.found(by=SYSTEM, kind=kind, name=title, at=at)
    for name, (kind, title, duty) in UNIT_DUTIES.items():
        world.units[name] = units.found(
            by=SYSTEM, kind=kind, name=title, at=at, has_computer=name != "greening"
        )
        units.serve_area(by=SYSTEM, organization_id=world.unit(name), place_id=at.id, duty=duty, starts=BEGAN)


def _posts(world: World) -> None:
    for practice in loader.load_folder():
        for code, kind in practice.posts.items():
            posts.set_post_kind(
                by=SYSTEM,
                code=code,
                title_zh=kind.title.zh,
                title_en=kind.title.en,
                level=Level(kind.level.value),
                powers=kind.powers,
            )
    for name, (kind, place, unit, above) in POSTS.items():
        _post(world, name, kind, place, unit, above)
    for name in UNIT_DUTIES:
        _post(world, name, "unit_handler", "community", name, "street")


def _post(world: World, name: str, kind: str, place: str, unit: str, above: str | None) -> None:
    world.posts[name] = posts.open_post(
        by=SYSTEM,
        kind_code=kind,
        organization_id=world.unit(unit),
        place_id=world.place(place),
        above_id=world.posts[above].id if above else None,
    )
    holder = add_person(world, name, f"{'赵钱孙李周吴郑冯陈褚卫蒋沈韩'[len(world.persons) % 14]}{name[0]}")
    appointments.appoint(by=SYSTEM, post_id=world.posts[name].id, person_id=holder, starts=BEGAN)


def add_person(world: World, key: str, name: str, *, reach: Reach = Reach.APP) -> UUID:
    """Register somebody with a phone of their own."""
    phone = f"1390000{next(_serial):04d}"
    details = person.Details(name=name, sex=Sex.FEMALE, born_year=1970, phone=phone, reach=reach)
    row = person.register_person(by=SYSTEM, at=world.places["community"], details=details)
    world.persons[key], world.phones[key] = row.id, phone
    return row.id


def _resident(world: World, key: str) -> None:
    name = {"wang": "王小明", "chen": "陈静怡", "old-liu": "刘"}[key]
    add_person(world, key, name, reach=Reach.CALL if key == "old-liu" else Reach.APP)
    residence.move_in(
        by=SYSTEM,
        person_id=world.persons[key],
        place_id=world.place("home" if key == "wang" else "entrance"),
        kind=ResidenceKind.USUAL,
        starts=BEGAN,
    )


def open_account(world: World, key: str) -> None:
    """Let somebody sign in with their phone and `PASSWORD`."""
    account.open_account(by=SYSTEM, person_id=world.persons[key], password_hash=_hashed())


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; one hash serves every account of a run."""
    return make_password(PASSWORD)


def _adopt(world: World, practice: str) -> None:
    for loaded in loader.load_folder():
        for parsed in loaded.procedures:
            version = procedures.store_procedure(by=SYSTEM, practice=loaded.code, parsed=parsed)
            if loaded.code in (practice, "plain"):
                procedures.adopt(
                    by=SYSTEM,
                    community_id=world.place("community"),
                    version_id=version.id,
                    is_default=loaded.code == practice,
                )
            if loaded.code == "plain":
                procedures.adopt(
                    by=SYSTEM, community_id=world.place("other"), version_id=version.id, is_default=True
                )


@contextmanager
def on(day: str, hour: int = 9, minute: int = 0) -> Iterator[datetime]:
    """The clock at an hour of a day (`2026-11-18`), Shanghai time."""
    when = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=clock.SHANGHAI)
    with clock.at(when.replace(hour=hour, minute=minute)) as moment:
        yield moment


def add_building_91(world: World) -> None:
    """Building 91 of 磨子井's story, in a courtyard whose branch has a secretary."""
    world.places["building91"] = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.BUILDING,
        name="91栋",
        label="b91",
        parent_id=world.place("grid"),
        opened_on=BEGAN,
    )
    _post(world, "courtyard", "courtyard_branch_secretary", "grid", "branch", "secretary")


def issue_order(world: World, matter_id: UUID | str, unit: str = "power") -> UUID:
    """One order of a matter to a unit, by the clerk; due in three days."""
    asks = [orders.Ask(world.unit(unit), "看一下路灯线路", clock.now() + timedelta(days=3))]
    [row] = orders.issue(by=world.actor("clerk"), matter_id=UUID(str(matter_id)), asks=asks)
    return row.id


def note(world: World, matter_id: UUID | str, text: str) -> None:
    """An internal note of the clerk's."""
    speaking.note(by=world.actor("clerk"), matter_id=UUID(str(matter_id)), text=text)


def end(world: World, matter_id: UUID | str) -> None:
    """The grid worker closes it as not the community's."""
    key, by = UUID(str(matter_id)), world.actor("grid")
    moving.move(by=by, matter_id=key, from_step="raise", target="closed", verb="out_of_scope")


def hold(world: World, matter_id: UUID | str, post: str) -> None:
    """Put the matter's present step on another post."""
    row = world.posts[post]
    Matter.objects.filter(id=matter_id).update(holder=row)
    Step.objects.filter(matter_id=matter_id, left_at__isnull=True).update(holder=row)


def share_phone(world: World, person_id: UUID, with_key: str) -> None:
    """Somebody who lives in the same home and uses the same phone."""
    details = person.Details(phone=world.phones[with_key])
    person.edit_person(by=SYSTEM, person_id=person_id, details=details)
    residence.move_in(
        by=SYSTEM, person_id=person_id, place_id=world.place("home"), kind=ResidenceKind.USUAL, starts=BEGAN
    )


def give_powers(world: World, post: str, powers: Sequence[str]) -> None:
    """Change what a kind of post may do, for everybody who holds one."""
    kind = world.posts[post].kind
    posts.set_post_kind(
        by=SYSTEM,
        code=kind.code,
        title_zh=kind.title_zh,
        title_en=kind.title_en,
        level=Level(kind.level),
        powers=powers,
    )
    kind.refresh_from_db()
