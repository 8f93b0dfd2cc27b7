"""Loading the demo: districts and streets first, then each community in one transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.actions import serials
from linli.organizations import actions as organizations
from linli.people import actions as people
from linli.people.actions import PersonRow
from linli.people.actions.account import Preferences
from linli.places import actions as places
from linli.places import read
from linli.places.kinds import CodeScheme, PlaceKind
from linli.places.models import Place
from linli.site.demo import committees, matters, meetings, offices, owed
from linli.site.demo.administrator import name_administrator
from linli.site.demo.committee import Committee
from linli.site.demo.ids import Ids
from linli.site.demo.kinds import Kind, post_kinds
from linli.site.demo.names import Phones
from linli.site.demo.plans import COMMUNITIES, DISTRICTS, FORMER, Community, District, Street
from linli.site.demo.residents import Registrar
from linli.site.demo.seats import Establishment, Founder, with_login_phones
from linli.site.demo.territory import Surveyor, Territory, ground_of

PASSWORD: Final = "linli-demo-2026"  # of every demo login; the demo answers on the loopback address only
SET_UP: Final = timedelta(days=365)  # how long before the demo's day all this was set up
OBJECT: Final = "000000"  # first six digits of a grid code where no object is meant

Progress = Callable[[str], None]


@dataclass(slots=True)
class Setting:
    """What the whole load shares."""

    today: date
    kinds: dict[str, Kind]
    phones: Phones
    password_hash: str


@dataclass(frozen=True, slots=True)
class StreetOffice:
    """A street's dispatcher and police station, and the telephone area they lie in."""

    dispatcher: UUID
    police: UUID
    area_code: str


def load(today: date, progress: Progress) -> None:
    """Load everything for the day the demo's story ends. Tells its progress line by line."""
    with matters.replaying(today, progress, tell_past) as replay:
        load_places(today, progress, replay)


def tell_past(place_id: str, today: date) -> str:
    """A community's matters, words and meetings, in a process of its own; gives a line of progress."""
    community = read.place(UUID(place_id))
    if community is None:
        raise LookupError(place_id)
    told = tell(community, today)
    connections.close_all()
    return told


def tell(community: Place, today: date) -> str:
    """The past of a community up to the demo's day, with what the worker would have made of it."""
    with serials.own_serials():
        told = matters.replay_community(community, today)
        meetings.hold(community, today)
        committees.elect(community, today)
    owed.settle(community, today)
    return told


def load_places(
    today: date, progress: Progress, then: Callable[[Place], None] = lambda _community: None
) -> None:
    """Divisions, communities, their people and posts, as they stood a year before the demo's day.

    Each community is given to `then` once it is stored.
    """
    setting = Setting(today, post_kinds(), Phones(), make_password(PASSWORD))
    moment = datetime.combine(today - SET_UP, time(8), clock.SHANGHAI)
    loaded: dict[str, Place] = {}
    with clock.at(moment):
        with transaction.atomic():
            set_kinds(setting)
            name_administrator(setting.password_hash)
            offices_of = set_up_districts(setting)
        newcomers: list[PersonRow] = []
        for plan in COMMUNITIES:
            with transaction.atomic():
                community, moved = load_community(setting, plan, offices_of[plan.path[:12]], newcomers)
            newcomers = moved
            loaded[plan.short] = community
            progress(f"{plan.name} {plan.usual:,}")
            then(community)
        with transaction.atomic():
            merge_former(loaded)


def set_kinds(setting: Setting) -> None:
    """The kinds of post of every practice."""
    for code, kind in setting.kinds.items():
        organizations.set_post_kind(
            by=SYSTEM, code=code, title_zh=kind.zh, title_en=kind.en, level=kind.level, powers=kind.powers
        )


def set_up_districts(setting: Setting) -> dict[str, StreetOffice]:
    """Districts and streets with their posts, by the street's path."""
    found: dict[str, StreetOffice] = {}
    street_number = 0
    for number, district in enumerate(DISTRICTS, start=1):
        place = _division(district)
        ids = Ids(f"district {district.code}", setting.today, number)
        founder = Founder(district.code, setting.today, ids, setting.phones, district.area_code)
        dispatcher = offices.staff_district(founder, district, place, number)
        for street in district.streets:
            street_number += 1
            ground = _street(street, place)
            post, police = offices.staff_street(founder, street, ground, dispatcher, street_number)
            found[street.path] = StreetOffice(post, police, district.area_code)
        staff = with_login_phones(founder.made.staff, founder.made.logins, setting.today)
        people.import_people(by=SYSTEM, under=place, people=staff)
        _import_posts(place, founder.made)
        _open_accounts(setting, founder.made)
    return found


def _division(plan: District) -> Place:
    place = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.DIVISION,
        name=plan.name,
        label=plan.code,
        opened_on=date(2000, 1, 1),
        is_demo=True,
    )
    _code(place, f"{plan.code}000000", date(2000, 1, 1))
    return place


def _street(plan: Street, district: Place) -> Place:
    place = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.STREET,
        name=plan.name,
        label=plan.code[6:],
        parent_id=district.id,
        opened_on=date(2000, 1, 1),
        is_demo=True,
    )
    _code(place, f"{plan.code}000", date(2000, 1, 1))
    return place


def _code(place: Place, code: str, starts: date, scheme: CodeScheme = CodeScheme.DIVISION) -> None:
    places.give_code(by=SYSTEM, place_id=place.id, scheme=scheme, code=code, starts=starts)


def load_community(
    setting: Setting, plan: Community, office: StreetOffice, newcomers: list[PersonRow]
) -> tuple[Place, list[PersonRow]]:
    """One community whole. Returns it and those of its people who live in the next one."""
    community = _open_community(plan)
    ids = Ids(plan.short, setting.today, 20 + plan.number)
    territory = Surveyor(plan, community, ids).lay_out()
    places.import_places(by=SYSTEM, under=community, rows=territory.rows)
    _code_grids(territory)
    population = Registrar(territory, setting.today, ids, setting.phones).people(newcomers)
    founder = Founder(plan.short, setting.today, ids, setting.phones, office.area_code)
    Committee(founder, territory, population, setting.kinds, setting.today).establish(
        office.dispatcher, office.police
    )
    made = founder.made
    people.import_people(
        by=SYSTEM,
        under=community,
        people=with_login_phones([*population.people, *made.staff], made.logins, setting.today),
        households=population.households,
        residences=population.residences,
        holdings=population.holdings,
    )
    _import_posts(community, made)
    _open_accounts(setting, made)
    return community, population.moved_on()


def _open_community(plan: Community) -> Place:
    street = read.place_by_path(plan.path[:12])
    if street is None:
        raise LookupError(f"no street for {plan.code}")
    community = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.COMMUNITY,
        name=plan.name,
        label=plan.code[9:],
        parent_id=street.id,
        opened_on=plan.opened_on,
        short_code=plan.short,
        is_demo=True,
    )
    # until its day of merging, 罗石塔's code was its predecessor's
    _code(community, plan.code, plan.opened_on)
    ground = ground_of(plan).polygon()
    return places.outline(by=SYSTEM, place_id=community.id, outline=ground, illustrative=True)


def _code_grids(territory: Territory) -> None:
    """A grid's 20 digits: object 6, division 12, grid 2 (CJ/T 349-2010)."""
    plan = territory.plan
    for number, grid in enumerate(territory.grids, start=1):
        places.give_code(
            by=SYSTEM,
            place_id=grid.id,
            scheme=CodeScheme.GRID,
            code=f"{OBJECT}{plan.code}{number:02d}",
            starts=plan.opened_on,
        )


def _import_posts(under: Place, made: Establishment) -> None:
    organizations.import_organizations(
        by=SYSTEM,
        under=under,
        organizations=made.organizations,
        areas=made.areas,
        posts=made.posts,
        appointments=made.appointments,
        stand_ins=made.stand_ins,
    )


def _open_accounts(setting: Setting, made: Establishment) -> None:
    for login in made.logins:
        people.open_account(
            by=SYSTEM,
            person_id=login.person_id,
            password_hash=setting.password_hash,
            preferences=Preferences(elder=login.elder, text_size=24 if login.elder else 20),
        )


def merge_former(loaded: dict[str, Place]) -> None:
    """The communities merged away in 2020, closed with their successor."""
    for former in FORMER:
        street = read.place_by_path(former.street)
        if street is None:
            raise LookupError(f"no street for {former.name}")
        place = places.open_place(
            by=SYSTEM,
            kind=PlaceKind.COMMUNITY,
            name=former.name,
            label=former.label,
            parent_id=street.id,
            opened_on=former.opened_on,
            is_demo=True,
        )
        places.give_code(
            by=SYSTEM,
            place_id=place.id,
            scheme=CodeScheme.DIVISION,
            code=former.code,
            starts=former.opened_on,
            ends=former.closed_on,
        )
        successor = loaded[former.successor]
        places.close_place(by=SYSTEM, place_id=place.id, on=former.closed_on, successor_id=successor.id)
