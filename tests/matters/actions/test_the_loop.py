"""The one loop: raised, discussed, dispatched, answered, called back, judged."""

import pytest

from linli.kernel.decision import Refused
from linli.matters.actions import checking, judging, moving, orders, raising, speaking
from linli.matters.kinds import OrderState, Outcome, State
from linli.matters.models import Matter, Order
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from linli.notices.models import Notice
from tests.world import World, on

TEXT = "晚一点回来小区就没车位，只能停马路边，很不方便。"


def raised(world: World, key: str = "wang", **more: object) -> Matter:
    said = raising.Raised(place_id=world.place("home"), text=TEXT, **more)
    return raising.raise_matter(by=world.actor(key), raised=said).matter


def move(world: World, who: str, matter: Matter, target: str, verb: str = "") -> Matter:
    fresh = read.matter(matter.id)
    return moving.move(
        by=world.actor(who), matter_id=matter.id, from_step=fresh.step_key, target=target, verb=verb
    )


def test_parking_story_from_raising_to_judgement(world: World) -> None:
    with on("2026-11-18", 22, 41):
        matter = raised(world)
    assert matter.number.startswith("JS-2026-")
    assert matter.title == "晚一点回来小区就没车位，只能停马路边，很不方便"
    assert (matter.step_key, matter.holder_id) == ("raise", world.posts["grid"].id)
    with on("2026-11-19"):
        move(world, "grid", matter, "discuss")
        speaking.publish(
            by=world.actor("clerk"), matter_id=matter.id, title="夜间停车难", summary="晚上没车位"
        )
    with on("2026-11-21", 19, 30):
        with pytest.raises(Refused, match="what the meeting said"):
            move(world, "branch", matter, "act", "agree")
        meeting = read.openings(read.current_step(read.matter(matter.id)))
        council = next(opening for opening in meeting if opening.kind == "meeting")
        moving.record_outcome(
            by=world.actor("branch"), opening_id=council.id, result={"attended": 31}, minutes="先谈地下车库"
        )
        move(world, "branch", matter, "act", "agree")
    with on("2026-11-23"):
        (order,) = orders.issue(
            by=world.actor("secretary"),
            matter_id=matter.id,
            asks=[orders.Ask(world.unit("property"), "谈 24 小时停放", read.matter(matter.id).promised_at)],
        )
        orders.accept(by=world.actor("property"), order_id=order.id)
        orders.report(by=world.actor("property"), order_id=order.id, text="谈妥了，每月五十。")
        with pytest.raises(Refused, match="official answer"):
            move(world, "secretary", matter, "judge")
        checking.verify(by=world.actor("secretary"), order_id=order.id)
        speaking.answer(by=world.actor("secretary"), matter_id=matter.id, text="车库夜里可以停了。")
        move(world, "secretary", matter, "judge")
    with on("2026-11-24"):
        with pytest.raises(Refused, match="Call the raiser back"):
            move(world, "caller", matter, "closed", "resolve")
        judging.evaluate(
            by=world.actor("wang"), matter_id=matter.id, ties=Ties(is_raiser=True), solved=True, score=5
        )
        move(world, "caller", matter, "closed", "resolve")
    ended = Matter.objects.get(id=matter.id)
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    assert [step.key for step in read.steps(ended)] == ["raise", "discuss", "act", "judge"]
    assert Order.objects.get(id=order.id).state == OrderState.VERIFIED
    told = list(Notice.objects.filter(person_id=world.persons["wang"]).values_list("topic", flat=True))
    assert "matter_received" in told
    assert "matter_answered" in told
    assert "evaluate" in told
