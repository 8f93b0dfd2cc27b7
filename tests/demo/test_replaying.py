"""A community's past replayed twice for one day comes out the same: numbers, states, days, words to all."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.audit.models import Entry
from linli.kernel.clock import SHANGHAI
from linli.matters.models import Matter, Order
from linli.notices.models import Announcement
from linli.places.models import Place
from linli.site.demo import loading, matters
from linli.site.demo.kinds import post_kinds
from linli.site.demo.names import Phones
from linli.site.demo.plans import JIANSHE
from tests.demo.test_load import smaller

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
MATTERS = 24  # of about a hundred, so that it takes seconds

Told = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def jianshe(monkeypatch: pytest.MonkeyPatch) -> Place:
    """建设社区 with few homes on the five affairs, nothing raised yet."""
    monkeypatch.setattr(matters, "A_COMMUNITY", MATTERS)
    setting = loading.Setting(TODAY, post_kinds(), Phones(), make_password("unused"))
    loading.set_kinds(setting)
    offices = loading.set_up_districts(setting)
    plan = smaller(JIANSHE)
    community, _moved = loading.load_community(setting, plan, offices[plan.path[:12]], [])
    matters.adopt(TODAY, community, matters.store(TODAY))
    return community


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
