"""The demo's appraisals and survey: their whole way through the real actions."""

from random import Random

import pytest

from linli.deliberation.kinds import AppraisalStage, SurveyStage
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours as honoured
from linli.deliberation.read import surveys as survey_read
from linli.kernel import clock
from linli.places.models import Place
from linli.site.demo import honours
from linli.site.demo.cast import Cast
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

pytestmark = pytest.mark.django_db


def test_one_is_on_the_roll_one_is_chosen_in_and_a_survey_asks_again() -> None:
    world = worlds.build()
    for number in range(26):
        neighbour(world, f"n{number}", f"1{number:02}", "李明")
    with worlds.on("2026-11-21") as end:
        community = Place.objects.get(id=world.place("community"))
        cast = Cast(community, Random(1), clock.today())
        assert honours.honour(cast, end) == honours.survey(cast, end) == []  # told of another
        community.short_code = "RML"
        stages = [read.stage_of(read.appraisal(row.pk)) for row in honours.honour(cast, end)]
        assert stages == [AppraisalStage.HONOURED, AppraisalStage.CHOOSING]
        [on_roll] = honoured.roll(community.path, 2026)
        assert 3 <= len(on_roll.shown) < 5
        rounds = honours.survey(cast, end)
        stages = [survey_read.stage_of(survey_read.survey(row.pk)) for row in rounds]
        assert stages == [SurveyStage.ARCHIVED, SurveyStage.RUNNING]
        [_question, result] = survey_read.results(rounds[0].pk)[0]
        assert result.answered == len(cast.residents)
