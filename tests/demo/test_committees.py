"""The demo's committees: as the law asks, drawn the same each time, one term due within a year."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.gatherings.kinds import BodyKind
from linli.gatherings.models import Body, Membership
from linli.gatherings.read import bodies, postings, seats
from linli.site.demo import committees
from linli.site.demo import loading as load
from linli.site.demo.kinds import post_kinds
from linli.site.demo.names import Phones
from linli.site.demo.plans import COMMUNITIES
from tests.demo.making import TODAY
from tests.demo.test_load import smaller

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    [plan] = [each for each in COMMUNITIES if each.short == "RML"]
    setting = load.Setting(TODAY, post_kinds(), Phones(), make_password(load.PASSWORD))
    load.set_kinds(setting)
    offices = load.set_up_districts(setting)
    return load.load_community(setting, smaller(plan, homes=40), offices[plan.path[:12]], [])[0]


def test_as_the_law_asks(community):
    rows = committees.elect(community, TODAY)
    assert [row.kind for row in rows] == ["residents_committee", "supervisory", "owners_committee"]
    assert all(row.is_demo for row in rows)
    for row in rows:
        members = bodies.members(row.pk, TODAY)
        points = seats.points(row, members, TODAY)
        assert points
        lacks = [str(point.asks) for point in points if not point.is_met]
        assert set(lacks) <= {"A place of 1000 to 3000 households."}, "it is made small for the test"
        assert len(members) % 2 == 1
        assert {"m", "f"} <= {str(each.person.sex) for each in members}, row.name
    assert [each.missed for each in bodies.dues(rows)] == [0, 0, 0], "they meet by call"
    assert rows[2].place.name == "赤帝巷小区"
    money = [(each.row.code, each.missed) for each in postings.openness(community.pk)]
    assert money == [("owners_fund", 0), ("owners_income", 0)], "where owners have a committee"


def test_one_term_is_due_within_the_year(community):
    committees.elect(community, TODAY)
    ends = dict(Membership.objects.exclude(ends=None).values_list("body__kind", "ends"))
    assert TODAY < ends[BodyKind.OWNERS_COMMITTEE] < TODAY + timedelta(days=365)
    assert ends[BodyKind.RESIDENTS_COMMITTEE] > TODAY + timedelta(days=365)
    assert seats.last_appraisal(Body.objects.get(kind="residents_committee").pk) == TODAY - timedelta(days=45)


def test_the_same_each_time_and_only_where_they_are_told_of(community):
    def seated():
        committees.elect(community, TODAY)
        found = list(Membership.objects.values_list("body__name", "person", "role"))
        transaction.set_rollback(True)
        return sorted(found)

    with transaction.atomic():
        first = seated()
    with transaction.atomic():
        assert seated() == first
    community.short_code = "JS"
    assert committees.elect(community, TODAY) == []
