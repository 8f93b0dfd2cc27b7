"""Two people at once in one file of works: one act wins, the other is told."""

import pytest

from linli.deliberation.actions import acceptance, doubts
from linli.deliberation.actions import works as acts
from linli.deliberation.models import Acceptance, AcceptanceVoice, Doubt, DoubtShared, WorksOption
from linli.kernel.clock import today
from tests import world as worlds
from tests.deliberation.at_once import together
from tests.deliberation.building import asked, opened
from tests.deliberation.covenanting import neighbour
from tests.world import World, on


@pytest.fixture
def world(committed_db: None) -> World:
    """One committed community for everything here: each is a second of a new database."""
    return worlds.build()


def test_one_of_two_acts_on_works_wins_and_the_other_is_told(world: World) -> None:
    clerk, secretary = world.actor("clerk"), world.actor("secretary")
    with on("2026-11-16"):
        row = opened(world)
        option = WorksOption.objects.get(works=row)

        def decide(by):
            return lambda: acts.decide(
                by=by, works_id=row.pk, option_id=option.pk, decided_on=today(), words="业主表决"
            )

        said = together("2026-11-16", decide(clerk), decide(secretary))
        assert sorted(said) == ["", "The works have moved on. Look at them again."]

        doubt = doubts.ask(by=world.actor("wang"), works_id=row.pk, text="卷材是不是国标？")
        chen = world.actor("chen")
        sharing = [lambda: doubts.share(by=chen, doubt_id=doubt.pk)] * 2
        assert sorted(together("2026-11-16", *sharing)) == ["", "You have said so already."]
        assert DoubtShared.objects.count() == 1

        def hide(by):
            return lambda: doubts.hide(by=by, doubt_id=doubt.pk, reason="重复")

        def answer(by):
            return lambda: doubts.answer(by=by, doubt_id=doubt.pk, text="是，检测报告在上面。")

        assert together("2026-11-16", answer(clerk), answer(secretary)) == ["", ""]
        assert Doubt.objects.get().answers.count() == 2, "both answers are read, the first counts as in time"


def test_homes_and_the_count_wait_for_each_other(world: World) -> None:
    with on("2026-11-16"):
        neighbour(world, "n1", "0501")
        row = asked(world)
        for key in ("wang", "n1"):
            acceptance.say(by=world.actor(key), works_id=row.pk, accepts=True, reason="")
        wang, n1 = world.actor("wang"), world.actor("n1")
        voices = [
            lambda: acceptance.say(by=wang, works_id=row.pk, accepts=False, reason="漏水"),
            lambda: acceptance.say(by=wang, works_id=row.pk, accepts=True, reason=""),
            lambda: acceptance.say(by=n1, works_id=row.pk, accepts=True, reason=""),
        ]
        assert together("2026-11-16", *voices) == [""] * 3
        assert AcceptanceVoice.objects.count() == 2, "one voice a home, whichever word came last"
    with on("2026-11-27"):
        clerk, secretary = world.actor("clerk"), world.actor("secretary")

        def conclude(by):
            return lambda: acceptance.conclude(by=by, works_id=row.pk)

        said = together("2026-11-27", conclude(clerk), conclude(secretary))
        assert sorted(bool(each) for each in said) == [False, True]
        assert Acceptance.objects.count() == 1
