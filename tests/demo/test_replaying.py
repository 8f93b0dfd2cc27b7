"""A community's past replayed twice for one day comes out the same: numbers, states, days, words to all."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from procrastinate.contrib.django import app

from linli.audit.models import Entry
from linli.deliberation.kinds import CovenantKind, CovenantStage
from linli.deliberation.models import Covenant
from linli.frame.models import OutboxRow
from linli.gatherings.actions import bodies, duties
from linli.gatherings.kinds import BodyKind, DutyKind
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import SHANGHAI
from linli.matters.actions import serials
from linli.matters.models import LatenessMark, Matter, Order, Supervision
from linli.notices.kinds import DeliveryState
from linli.notices.models import Announcement, Delivery, Notice
from linli.people.models import Person
from linli.places.models import Place
from linli.site.demo import loading, matters, meetings
from linli.site.demo.kinds import post_kinds
from linli.site.demo.names import Phones
from linli.site.demo.plans import JIANSHE, LANXIN, Community
from tests.demo.test_load import smaller

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
MATTERS = 24  # of about a hundred, so that it takes seconds

Told = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def jianshe(monkeypatch: pytest.MonkeyPatch) -> Place:
    """建设社区 with few homes on the five affairs, nothing raised yet."""
    monkeypatch.setattr(matters, "A_COMMUNITY", MATTERS)
    return settled(JIANSHE)[0]


def settled(*plans: Community) -> list[Place]:
    """These communities with few homes, and what they follow."""
    setting = loading.Setting(TODAY, post_kinds(), Phones(), make_password("unused"))
    loading.set_kinds(setting)
    offices, versions = loading.set_up_districts(setting), matters.store(TODAY)
    found = []
    for plan in map(smaller, plans):
        community, _moved = loading.load_community(setting, plan, offices[plan.path[:12]], [])
        matters.adopt(TODAY, community, versions)
        found.append(community)
    return found


def replayed(community: Place) -> Told:
    """What comes out of one replay, which is rolled back. Numbers count from the first of this replay."""
    with transaction.atomic():
        before = set(Entry.objects.values_list("id", flat=True))
        matters.replay_community(community, TODAY)
        told = came_out(before)
        transaction.set_rollback(True)
    assert not Matter.objects.exists()
    return told


def came_out(before: set[UUID]) -> Told:
    """Everything with a day: matters, orders, announcements, and every act but those before."""
    rows = Matter.objects.order_by("number").values_list(
        "number", "title", "state", "outcome", "step_key", "raised_at", "promised_at", "closed_at", "category"
    )
    first = int(rows[0][0].rpartition("-")[2])
    orders = Order.objects.order_by("number").values_list(
        "matter__title", "unit__name", "state", "issued_at", "due_at", "reported_at", "report"
    )
    announced = Announcement.objects.order_by("written_at").values_list(
        "title", "body", "state", "written_at", "approved_at"
    )
    acts = Entry.objects.exclude(id__in=before).order_by("at", "event").values_list("event", "at")
    return {
        "matters": [(int(row[0].rpartition("-")[2]) - first, row[0][:8], *row[1:]) for row in rows],
        "orders": list(orders),
        "announcements": list(announced),
        "acts": list(acts),
    }


def test_the_same_day_gives_the_same_past(jianshe: Place) -> None:
    first, second = replayed(jianshe), replayed(jianshe)
    for name, rows in first.items():
        assert second[name] == rows, name
    assert len(first["matters"]) >= MATTERS
    assert len({row[3] for row in first["matters"]}) >= 2, "some are closed, some are not"
    assert first["orders"]
    assert [len(first["announcements"]), len({row[2] for row in first["announcements"]})] == [5, 2]
    end = datetime.combine(TODAY, datetime.min.time(), SHANGHAI) + timedelta(days=1)
    assert all(at < end for _event, at in first["acts"]), "nothing lies after the demo's day"


def test_what_the_past_owes_is_settled_in_the_past_and_told_to_nobody(jianshe: Place) -> None:
    owes_its_first_meeting(jianshe)
    has_a_covenant_to_look_at(jianshe)
    loading.tell(jianshe, TODAY)
    end = datetime.combine(TODAY, time(0, 30), SHANGHAI)
    assert LatenessMark.objects.filter(at=end).exists()
    assert Supervision.objects.filter(since=end).exists()
    assert not OutboxRow.objects.exists()
    resolved = Matter.objects.get(text=meetings.TALKED[BodyKind.JOINT_CONFERENCE][2])
    held = TODAY - timedelta(days=meetings.HELD)
    assert clock.local(resolved.raised_at).date() == held
    assert [clock.local(order.issued_at).date() for order in resolved.orders.all()] == [held]
    assert not Matter.objects.filter(is_demo=False).exists()
    with clock.at(end):
        for task in of_the_worker():
            task(timestamp=0)
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    assert not Delivery.objects.exclude(state=DeliveryState.REPLAYED).exists()


def owes_its_first_meeting(community: Place) -> None:
    """A council that has not met since it was elected."""
    elected = TODAY - timedelta(days=60)
    with clock.at(datetime.combine(elected, time(9), SHANGHAI)):
        kind = BodyKind.OWNERS_COMMITTEE
        body = bodies.form_body(by=SYSTEM, place_id=community.id, kind=kind, name="业委会", is_demo=True)
        duties.begin(by=SYSTEM, body=body, kinds=[DutyKind.FIRST_MEETING], on=elected)


def has_a_covenant_to_look_at(community: Place) -> None:
    """A covenant in force for a year."""
    who, when = Person.objects.order_by("id")[0], datetime.combine(TODAY, time(9), SHANGHAI)
    Covenant.objects.create(
        place=community,
        kind=CovenantKind.RESIDENTS.value,
        title="居民公约",
        stage=CovenantStage.PUBLISHED.value,
        drafted_by=who,
        published_by=who,
        published_at=when - timedelta(days=370),
        consult_ends=TODAY - timedelta(days=390),
        review_due=TODAY - timedelta(days=5),
        is_demo=True,
    )


def of_the_worker() -> list[Callable[..., None]]:
    """What it does by itself, but for the installation's own affairs."""
    tasks = [each.task for each in app.periodic_registry.periodic_tasks.values()]
    found = [task.func for task in tasks if not task.name.startswith("site.")]
    assert {"matters.sweep_lateness", "gatherings.late_duties", "deliberation.covenant_reviews"} <= {
        task.name for task in tasks
    }
    return found


def test_numbers_are_a_communitys_own_whoever_is_replayed_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matters, "A_COMMUNITY", 12)
    here, there = settled(JIANSHE, LANXIN)
    first, second = numbers(here, there), numbers(there, here)
    assert first == second
    assert {"JS-2026-000001", "LX-2026-000001"} <= {number for number, _title in first}
    serials.reserve(matters.RESERVED)
    assert serials.next_serial(serials.MATTERS) > matters.RESERVED


def numbers(*communities: Place) -> set[tuple[str, str]]:
    """Of every matter and every order, with what it is about."""
    with transaction.atomic():
        for community in communities:
            loading.tell(community, TODAY)
        found = {*Matter.objects.values_list("number", "title"), *Order.objects.values_list("number", "task")}
        transaction.set_rollback(True)
    return found
