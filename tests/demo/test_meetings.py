"""The demo's meetings: one behind and one ahead for every body, marked as the demo's."""

import pytest

from linli.gatherings.models import Body, Gathering, Posting, Resolution
from linli.gatherings.read.bodies import dues
from linli.kernel import clock
from linli.notices.models import Notice
from linli.site.demo import meetings
from tests import world as worlds
from tests.world import MORNING


@pytest.mark.django_db
def test_every_body_has_met_and_meets_again() -> None:
    world, today = worlds.build(), MORNING.date()
    names = {
        "neighbours_council": "邻里议事会",
        "party_committee": "社区党委会",
        "joint_conference": "联席会议",
    }
    assert meetings.meet(world.places["community"], names, today) == 3
    assert meetings.meet(world.places["other"], names, today) == 0, "nobody calls meetings there"
    assert sorted(Gathering.objects.values_list("body__code", "state")) == sorted(
        (code, state) for code in names for state in ("published", "noticed")
    )
    assert not Body.objects.filter(is_demo=False).exists()
    assert not Gathering.objects.filter(is_demo=False).exists()
    assert Posting.objects.filter(kind="resolutions", settled_at__isnull=False).count() == 2
    assert Resolution.objects.filter(result="pending").count() == 2
    with clock.at(MORNING):
        assert {each.body.code: each.missed for each in dues(list(Body.objects.all()))} == {
            "joint_conference": 0, "neighbours_council": 0, "party_committee": 0,
        }  # fmt: skip
    assert Notice.objects.filter(read_at__isnull=True).count() == Notice.objects.count()
