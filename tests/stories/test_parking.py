"""The parking story of 建设社区: a night without a space, a talk under the tree, a garage, an answer."""

from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter, Opening
from tests.stories.people import Street
from tests.world import on

SAID = "晚一点回来小区就没车位，只能停马路边，很不方便。"


def test_from_a_night_without_a_space_to_a_judgement(street: Street) -> None:
    with on("2026-11-18", 22, 41):
        matter = street.raise_matter("wang", SAID)
        page = street.person("wang").sees(f"/my/{matter.id}/")
        assert matter.number in page
        assert "网格员" in page
        assert "11 月 19 日" in page
    with on("2026-11-19"):
        assert "车位" in street.person("grid").sees("/desk/")
        street.act(
            "grid",
            matter,
            "triage",
            category="parking",
            level="council",
            urgency="complex",
            unit="",
            task="",
            then="council",
        )
        assert Matter.objects.get(id=matter.id).step_key == "discuss"
        street.act("clerk", matter, "publish", title="夜里停车难", summary="晚回来没有车位，大家来议一议。")
    with on("2026-11-20", 20):
        neighbour = street.person("chen")
        assert "夜里停车难" in neighbour.sees(f"/matters/{matter.id}/")
        neighbour.sends(
            f"/matters/{matter.id}/comment/", stance="support", text="夜里停白天走，一个月五十我愿意。"
        )
    with on("2026-11-21", 19, 30):
        street.move("branch", matter, "negotiate:refer", expect=422)
        opening = Opening.objects.get(step__matter=matter, kind="meeting")
        street.act(
            "branch",
            matter,
            "outcome",
            opening=str(opening.id),
            held_on="2026-11-21",
            attended="31",
            result="agreed",
            minutes="树下议事会，先去谈商场地下车库夜里停放。",
        )
        street.move("branch", matter, "negotiate:refer")
    with on("2026-11-23"):
        assert "业委会" in street.person("wang").sees(f"/my/{matter.id}/")
        street.move("owners", matter, "act:agree")
        (order,) = street.send_out("secretary", matter, "property")
        assert "请办好并回话" in street.person("property").sees(f"/desk/orders/{order.id}/")
        assert "王小明" not in street.person("property").sees(f"/desk/orders/{order.id}/")
        street.on_order("property", order, "accept")
        street.on_order("property", order, "report", text="谈妥了，夜里停放每月五十元。")
    with on("2026-11-24"):
        street.on_order("secretary", order, "verify", text="")
        street.act("secretary", matter, "say", kind="answer", text="商场地下车库晚上六点到早上八点给居民停。")
        street.move("secretary", matter, "judge:resolve")
        story = street.person("wang").sees(f"/my/{matter.id}/")
        assert "商场地下车库晚上六点" in story
        assert "恒安物业" in story
        street.person("wang").sends(
            f"/my/{matter.id}/evaluate/", sent="1", solved="yes", level="5", text="好"
        )
        street.move("caller", matter, "closed:resolve")
    ended = Matter.objects.get(id=matter.id)
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    assert "夜里停车难" in street.stranger().sees(f"/matters/{matter.id}/")
