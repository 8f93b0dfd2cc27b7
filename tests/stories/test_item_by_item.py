"""人民路 follows an opinion of its pavilion item by item; 磨子井 grants a wish: order, dispatch, accept."""

from datetime import timedelta

import pytest

from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter, Opening
from tests import world as worlds
from tests.stories.people import Street
from tests.world import on

LAMP = "赤帝巷巷口的灯不亮，晚上出门看不见台阶。"
WISH = "家里的血压计坏了，想请人教我用新的。"


@pytest.fixture
def renmin_road(committed_db: None) -> Street:
    """A community on item by item."""
    return Street(worlds.build(practice="item-by-item", at=worlds.MORNING - timedelta(days=30)))


@pytest.fixture
def mozijing(committed_db: None) -> Street:
    """A community whose wishes are ordered, dispatched and accepted."""
    return Street(worlds.build(practice="order-dispatch-accept", at=worlds.MORNING - timedelta(days=30)))


def way_of(matter: Matter) -> list[str]:
    """The steps a matter went through, in their order."""
    return list(matter.steps.order_by("entered_at", "id").values_list("key", flat=True))


def ended(matter: Matter) -> Matter:
    """The matter as it stands at last; closed and resolved."""
    row = Matter.objects.get(id=matter.id)
    assert (row.state, row.outcome) == (State.CLOSED, Outcome.RESOLVED)
    return row


def test_an_item_is_discussed_carried_out_corrected_published_and_judged(renmin_road: Street) -> None:
    street = renmin_road
    with on("2026-11-02"):  # 听意见
        matter = street.raise_matter("wang", LAMP)
        assert "听意见" in street.person("wang").sees(f"/my/{matter.id}/")
        street.act("grid", matter, "publish", 403, title="巷口的灯", summary="灯不亮。")
        street.act("clerk", matter, "publish", title="赤帝巷巷口的灯", summary="灯不亮，晚上看不见台阶。")
        street.person("chen").sends(f"/matters/{matter.id}/comment/", stance="support", text="我也摔过。")
        street.move("grid", matter, "discuss:accept")
    with on("2026-11-05"):  # 协商
        street.move("clerk", matter, "carry_out:agree", expect=422)
        opening = Opening.objects.get(step__matter=matter, kind="meeting")
        assert opening.code == "pavilion_council"
        street.act("clerk", matter, "outcome", opening=str(opening.id), held_on="2026-11-05", attended="14",
                   result="agreed", minutes="换两盏灯，台阶边刷一道白线。")  # fmt: skip
        street.move("clerk", matter, "carry_out:agree")
        assert "换两盏灯" in street.person("wang").sees(f"/my/{matter.id}/")
    with on("2026-11-06"):  # 落实
        (order,) = street.send_out("secretary", matter, "property")
        street.move("secretary", matter, "publish:resolve", expect=422)
        street.on_order("property", order, "accept")
        street.on_order("property", order, "report", text="两盏灯都换好了。")
        street.on_order("secretary", order, "verify", text="")
    with on("2026-11-06", 12):
        street.move("secretary", matter, "correct:unresolved")
    with on("2026-11-06", 15):  # 整改: the white line was forgotten
        street.move("secretary", matter, "publish:resolve", expect=422)
        (again,) = street.send_out("secretary", matter, "property")
        street.move("secretary", matter, "publish:resolve", expect=422)
        street.on_order("property", again, "accept")
        street.on_order("property", again, "report", text="台阶边的白线也刷了。")
        street.on_order("secretary", again, "verify", text="")
        street.move("secretary", matter, "publish:resolve")
    with on("2026-11-10"):  # 公开
        street.move("clerk", matter, "judge:answer", expect=422)
        street.act("clerk", matter, "say", kind="answer", text="灯换了两盏，台阶边刷了白线。")
        street.move("clerk", matter, "judge:answer")
        assert "台阶边刷了白线" in street.person("wang").sees(f"/my/{matter.id}/")
    with on("2026-11-11"):  # 评价
        street.move("caller", matter, "closed:resolve", expect=422)
        street.person("wang").sends(
            f"/my/{matter.id}/evaluate/", sent="1", solved="yes", level="5", text="晚上敢出门了。"
        )
        street.move("caller", matter, "closed:resolve")
    assert way_of(ended(matter)) == ["hear", "discuss", "carry_out", "correct", "publish", "judge"]


def test_a_wish_is_ordered_dispatched_accepted_done_and_judged(mozijing: Street) -> None:
    street = mozijing
    with on("2026-11-02"):  # 点单
        matter = street.raise_matter("wang", WISH, kind="wish")
        assert matter.step_key == "order"
        assert "点单" in street.person("wang").sees(f"/my/{matter.id}/")
        street.move("clerk", matter, "dispatch:accept", expect=403)
        street.move("grid", matter, "dispatch:accept")
    with on("2026-11-03"):  # 派单, first asked again
        street.move("secretary", matter, "order:send_back")
        street.move("grid", matter, "dispatch:accept")
        street.move("secretary", matter, "accept:dispatch")
    with on("2026-11-04"):  # 接单
        street.move("clerk", matter, "judge:resolve", expect=422)
        (order,) = street.send_out("clerk", matter, "property")
        street.on_order("property", order, "accept")
        assert "接" in street.person("wang").sees(f"/my/{matter.id}/")
    with on("2026-11-05"):
        street.on_order("property", order, "report", text="上门教会了，写了一张大字的步骤。")
        street.on_order("clerk", order, "verify", text="")
        street.move("clerk", matter, "judge:resolve")
    with on("2026-11-06"):  # 评单
        street.person("wang").sends(
            f"/my/{matter.id}/evaluate/", sent="1", solved="yes", level="5", text="自己会量了。"
        )
        street.move("caller", matter, "closed:resolve")
        assert "已解决" in street.person("wang").sees(f"/my/{matter.id}/")
    assert way_of(ended(matter)) == ["order", "dispatch", "order", "dispatch", "accept", "judge"]
