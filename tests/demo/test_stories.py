"""The demo's matters told in full run as they are told: the README's pictures are of them."""

from datetime import datetime, time
from random import Random

import pytest
import yaml
from django.test import Client

from linli.kernel import clock
from linli.kernel.clock import SHANGHAI
from linli.matters.kinds import OrderState, Outcome, State
from linli.matters.models import Evaluation, Matter, Order
from linli.matters.triage.taxonomy import load_taxonomy
from linli.site.demo import matters, stories
from linli.site.demo.cast import Cast
from linli.site.demo.plans import HUANGNIAO, JIANSHE, LANXIN, LUOSHITA
from tests.demo.test_replaying import TODAY, settled

pytestmark = pytest.mark.django_db
TOLD = yaml.safe_load((matters.SHIPPED / "stories.yaml").read_bytes())["stories"]
END = datetime.combine(TODAY, time(0, 30), SHANGHAI)


def told(title: str) -> Matter:
    return Matter.objects.get(title=title)


def test_each_story_runs_as_it_is_told() -> None:
    for community in settled(LANXIN, HUANGNIAO, JIANSHE, LUOSHITA):
        with clock.at(END):
            cast = Cast(community, Random(1), TODAY)
        for course in stories.of(cast, TOLD, load_taxonomy(), END):
            course.run()
    assert all(one.is_demo for one in Matter.objects.all())
    assert {(one.state, one.outcome) for one in Matter.objects.all()} == {(State.CLOSED, Outcome.RESOLVED)}

    whistle = Order.objects.get(matter=told("商场门口的喇叭吵到半夜"))
    assert whistle.reported_in_at > whistle.report_in_due_at
    assert {each.of_unit: each.score for each in whistle.assessments.all()} == {True: 3, False: 4}

    returned = Order.objects.get(matter=told("楼道电表箱外的线头露着"), replaces=None)
    instead = Order.objects.get(replaces=returned)
    assert (returned.state, instead.state) == (OrderState.WITHDRAWN, OrderState.VERIFIED)
    assert instead.unit_id != returned.unit_id

    paper = Order.objects.get(matter=told("树枝伸进三楼窗户"))
    assert (paper.state, paper.on_paper, paper.unit.has_computer) == (OrderState.VERIFIED, True, False)

    again = told("单元门口的灯不亮")
    assert again.reopened == 1
    assert [each.score for each in Evaluation.objects.filter(matter=again).order_by("at")][-1] == 5


def test_who_has_the_code_of_the_demo_follows_the_matter_without_a_name() -> None:
    (community,) = settled(JIANSHE)
    (one,) = [each for each in TOLD if "code" in each]
    with clock.at(END):
        (course,) = stories.of(Cast(community, Random(1), TODAY), [one], load_taxonomy(), END)
    course.run()
    assert told(one["title"]).raised_by_id is None
    page = Client().post("/code/", {"code": one["code"]})
    assert one["answer"] in page.content.decode()
