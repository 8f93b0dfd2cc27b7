"""The demo's meetings: every community's bodies have met once and meet again; its affairs are laid open.

What they resolved is made up. Everything goes through the real actions; nobody but the members hears of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from linli.gatherings import actions
from linli.gatherings.actions.calling import Plan
from linli.gatherings.actions.outcomes import Decided
from linli.gatherings.kinds import Asks, BodyKind, Manner, Role
from linli.gatherings.models import Body, Gathering
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.matters.procedures.loader import load_folder
from linli.notices.actions import replaying
from linli.organizations import read as organizations
from linli.places.models import Place
from linli.site.demo import owed
from linli.site.demo.matters import FOLLOWS

HELD: Final = 40  # days ago
AHEAD: Final = 9  # days from now
DUE: Final = 12
MOST_MEMBERS: Final = 9
ROOM: Final = "社区二楼议事厅"
STAFF: Final = (
    "community_secretary", "community_clerk", "grid_branch_secretary", "area_branch_secretary",
    "courtyard_branch_secretary", "grid_worker", "owners_committee_director",
)  # fmt: skip
UNITS: Final = ("property_company", "power_company", "community_police")
KINDS: Final[Mapping[str, BodyKind]] = {
    "joint_conference": BodyKind.JOINT_CONFERENCE,
    "party_committee": BodyKind.PARTY_COMMITTEE,
    "residents_council": BodyKind.BUILDING_COUNCIL,
}
TALKED: Final[Mapping[BodyKind, tuple[str, str, str]]] = {
    BodyKind.JOINT_CONFERENCE: (
        "楼道和路口的灯",
        "晚上回来路口太暗，老人不敢走。",
        "把小区主路口的路灯逐盏检修，坏的换掉，办好后在公示栏公布。",
    ),
    BodyKind.PARTY_COMMITTEE: (
        "楼栋议事会没议定的事",
        "停车和充电的事两次没议定。",
        "同意把停车的事提交联席会议，请周边单位一起商量夜间共享车位。",
    ),
    BodyKind.BUILDING_COUNCIL: (
        "电动车充电棚",
        "充电桩不够用，有人飞线充电。",
        "北门旁加装充电棚，开工前在楼下公示位置图。",
    ),
    BodyKind.DELIBERATION: (
        "院子里的公共空地",
        "有人想种树，有人想放健身器材。",
        "空地一半种树、一半放健身器材，图样公示后开工。",
    ),
}
COMING: Final = "冬季取暖和防火"
OPENED: Final = ("money", "三季度居委会收支", "收入合计 86,400 元，支出合计 79,150 元，明细附在公示栏。")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who meets in a community: who calls and who writes, all members, the unit that joins, and who is given
    a task: that unit, else the residents' committee itself."""

    secretary: UUID
    clerk: UUID
    members: tuple[UUID, ...]
    unit: UUID | None
    carries: UUID

    def acts(self, who: UUID) -> Actor:
        """Somebody as they are at the hour of the clock."""
        return organizations.actor_for(who, clock.now())


def hold(place: Place, today: date) -> None:
    """Let the bodies of a community of the demo meet."""
    named = {each.code: each.practice.bodies for each in load_folder()}
    bodies = named.get(FOLLOWS.get(place.short_code, "plain"), {})
    names = {code: words.zh for code, words in bodies.items()} | {"joint_conference": "联席会议"}
    with transaction.atomic(), replaying(frozenset()):
        meet(place, names, today)
        owed.react(place)


def meet(place: Place, names: Mapping[str, str], today: date) -> int:
    """Form these bodies (name by code), hold one meeting of each and call the next; gives how many met."""
    cast = _cast(place, today)
    if cast is None:
        return 0
    for code, name in names.items():
        with clock.at(_hour(today, -HELD - 30, 9)):
            body = _form(place, code, name, cast)
        _past(cast, body, today)
        _coming(cast, body, today)
    with clock.at(_hour(today, -HELD - 30, 10)):
        classes = actions.adopt_classes(by=SYSTEM, place_id=place.pk)
    code, title, words = OPENED
    [money] = [row for row in classes if row.code == code]
    with clock.at(_hour(today, -20, 10)):
        clerk = cast.acts(cast.clerk)
        actions.disclose(by=clerk, class_id=money.pk, title=title, body=words, is_demo=True)
    return len(names)


def _hour(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(hour), clock.SHANGHAI)


def _cast(place: Place, today: date) -> Cast | None:
    """Whoever acts today for the community's posts; None where nobody calls meetings."""
    posts = organizations.posts_of_kinds(STAFF, place.path, today)
    here = [post for post in posts if post.place.path.startswith(place.path)]
    acting = organizations.persons_of_posts([post.pk for post in here], today)
    by_kind: dict[str, list[UUID]] = {}
    for post in here:
        by_kind.setdefault(post.kind_id, []).extend(acting.get(post.pk, []))
    secretaries, clerks = (by_kind.get(kind, []) for kind in STAFF[:2])
    if not (secretaries and clerks):
        return None
    found = [person for kind in STAFF for person in by_kind.get(kind, [])]
    members = tuple(dict.fromkeys(found))[:MOST_MEMBERS]
    served = organizations.units_over(place.path, today)
    unit = next((each.organization.pk for duty in UNITS for each in served if each.duty == duty), None)
    clerk = next((person for person in clerks if person != secretaries[0]), None)
    if clerk is None:
        return None
    carries = unit or next(post.organization_id for post in here if post.kind_id == STAFF[0])
    return Cast(secretaries[0], clerk, members, unit, carries)


def _form(place: Place, code: str, name: str, cast: Cast) -> Body:
    kind = KINDS.get(code, BodyKind.DELIBERATION)
    body = actions.form_body(by=SYSTEM, place_id=place.pk, kind=kind, name=name, code=code, is_demo=True)
    for person in cast.members:
        role = Role.CHAIR if person == cast.secretary else Role.MEMBER
        actions.name_member(by=SYSTEM, body_id=body.pk, role=role, person_id=person)
    if cast.unit is not None and kind is BodyKind.JOINT_CONFERENCE:
        actions.name_member(by=SYSTEM, body_id=body.pk, role=Role.MEMBER, organization_id=cast.unit)
    return body


def _call(cast: Cast, body: Body, starts: datetime, title: str, item: str) -> Gathering:
    secretary = cast.acts(cast.secretary)
    actions.await_item(by=secretary, body_id=body.pk, title=item)
    plan = Plan(title=title, starts_at=starts, room=ROOM)
    meeting = actions.plan(by=secretary, body_id=body.pk, plan=plan, is_demo=True)
    return actions.notify_members(by=secretary, gathering_id=meeting.pk)


def _past(cast: Cast, body: Body, today: date) -> None:
    """One meeting from its notice to the board."""
    item, said, decided = TALKED[BodyKind(body.kind)]
    with clock.at(_hour(today, -HELD - 10, 9)):
        meeting = _call(cast, body, _hour(today, -HELD, 15), f"{body.name}：{item}", item)
    with clock.at(_hour(today, -HELD, 15)):
        secretary = cast.acts(cast.secretary)
        actions.open_planned(by=secretary, gathering_id=meeting.pk)
        for person in cast.members:
            actions.sign_in_by_list(by=secretary, gathering_id=meeting.pk, person_id=person)
        actions.note_point(by=secretary, gathering_id=meeting.pk, text=said)
        resolution = Decided(decided, Manner.CONSENSUS, asks=Asks.ADOPTED)
        if body.is_public:
            due = today + timedelta(days=DUE)
            resolution = Decided(decided, Manner.CONSENSUS, organization_id=cast.carries, due_on=due)
        actions.resolve(by=secretary, gathering_id=meeting.pk, decided=resolution)
        actions.close(by=secretary, gathering_id=meeting.pk)
    with clock.at(_hour(today, -HELD + 1, 10)):
        words = f"{item}\n{said}\n{decided}"
        actions.save_minutes(by=cast.acts(cast.clerk), gathering_id=meeting.pk, text=words)
        actions.approve_minutes(by=secretary, gathering_id=meeting.pk, version=1)
        actions.publish(by=secretary, gathering_id=meeting.pk)
        if body.is_public:
            posting = actions.post_resolutions(
                by=secretary, gathering_id=meeting.pk, title=meeting.title, body=decided, days=7
            )
    if body.is_public:
        with clock.at(_hour(today, -HELD + 10, 10)):
            actions.settle(by=secretary, posting_id=posting.pk)


def _coming(cast: Cast, body: Body, today: date) -> None:
    with clock.at(_hour(today, -1, 9)):
        _call(cast, body, _hour(today, AHEAD, 15), f"{body.name}：{COMING}", COMING)
