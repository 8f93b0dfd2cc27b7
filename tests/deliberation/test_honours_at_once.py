"""Two people at once in one appraisal: one act wins, the other is told."""

import pytest

from linli.deliberation.actions import appraisals, choosing, nominations, prolonging
from linli.deliberation.actions.nominations import Consent, Words
from linli.deliberation.models import Appraisal, AppraisalProlonged, Chooser, Juror, Nomination
from linli.deliberation.read import appraisals as read
from linli.kernel.actor import Actor
from tests import world as worlds
from tests.deliberation.at_once import together
from tests.deliberation.covenanting import neighbour
from tests.deliberation.honouring import CHOOSES, DAYS, agreed, opened, person
from tests.world import World, on

MOVED_ON = "The appraisal has moved on. Look at it again."


@pytest.fixture
def world(committed_db: None) -> World:
    with on("2026-11-16"):
        world = worlds.build()
        for number, key in enumerate(("zhao", "sun", "li")):
            neighbour(world, key, f"040{number}", f"{'赵孙李'[number]}一鸣")
    return world


def test_one_of_two_acts_on_an_appraisal_wins_and_the_other_is_told(world: World) -> None:
    row = opened(world)
    clerk, secretary = world.actor("clerk"), world.actor("secretary")
    day = "2026-11-17"

    def enter(by: Actor) -> object:
        words, who = Words("孙一鸣", "热心"), world.persons["sun"]
        return lambda: nominations.enter(by=by, appraisal_id=row.pk, person_id=who, words=words)

    assert sorted(together(day, enter(clerk), enter(secretary))) == ["", "They are put forward already."]
    made = Nomination.objects.get()

    def name(by: Actor) -> object:
        return lambda: appraisals.name_juror(by=by, appraisal_id=row.pk, person_id=world.persons["li"])

    assert sum(not each for each in together(day, name(clerk), name(secretary))) == 1
    assert Juror.objects.count() == 1

    sun = person(world, "sun")
    answers = together(
        day,
        lambda: nominations.agree(by=sun, nomination_id=made.pk, consent=Consent()),
        lambda: nominations.withdraw(by=sun, nomination_id=made.pk),
    )
    assert answers[1] == "", "who says no is always heard"
    assert not Nomination.objects.exists()


def test_days_and_the_result_are_given_once(world: World) -> None:
    row = opened(world)
    made = agreed(world, row, "sun")
    clerk, secretary = world.actor("clerk"), world.actor("secretary")

    def prolong(by: Actor) -> object:
        return lambda: prolonging.prolong(
            by=by,
            appraisal_id=row.pk,
            nominate_until=DAYS.nominate_until,
            choose_from=DAYS.choose_from,
            choose_until=DAYS.choose_until.replace(month=12, day=5),
            reason="人还没齐",
        )

    said = together("2026-11-18", prolong(clerk), prolong(secretary))
    assert sorted(said) == ["", "Give at least one of the days more time."]
    assert AppraisalProlonged.objects.count() == 1

    wang = person(world, "wang")
    choose = [lambda: choosing.choose(by=wang, appraisal_id=row.pk, chosen={made.pk})] * 2
    assert sum(not each for each in together(CHOOSES, *choose)) == 1
    assert Chooser.objects.count() == 1

    def post(by: Actor) -> object:
        return lambda: appraisals.post(by=by, appraisal_id=row.pk)

    assert sorted(bool(each) for each in together("2026-12-06", post(clerk), post(secretary))) == [
        False,
        True,
    ]
    with on("2026-12-06"):
        assert read.stage_of(Appraisal.objects.get()).value == "posted"
        assert Appraisal.objects.get().voters == 1
