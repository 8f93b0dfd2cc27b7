"""Whistles, returned orders, joint conferences and paper: what happens between dispatch and answer."""

from collections.abc import Callable

from linli.matters.kinds import OrderState
from linli.matters.models import Matter, Opening, Order, Supervision
from tests.stories.people import Street
from tests.world import on


def test_a_whistle_a_department_reports_into_late(plain_street: Street, worker: Callable[[], None]) -> None:
    street = plain_street
    with on("2026-11-18", 9):
        matter = street.raise_matter("wang", "商场的喇叭吵到半夜，睡不着。", "building")
        street.move("clerk", matter, "assess:accept")
        street.move("secretary", matter, "street:refer")
        urban, environment = sorted(
            street.send_out("street", matter, "urban", "environment", whistle=True), key=lambda o: o.unit.name
        )[::-1][:2]
        urban, environment = (urban, environment) if urban.unit.name == "城管中队" else (environment, urban)
    with on("2026-11-18", 10):
        street.on_order("environment", environment, "report-in", text="到了")
    with on("2026-11-18", 11, 30):
        page = street.person("street").sees("/desk/whistles/")
        assert "城管中队" in page
        street.on_order("urban", urban, "report-in", text="路上堵")
        late = Order.objects.get(id=urban.id)
        assert late.reported_in_at > late.report_in_due_at
        for who, order in (("urban", urban), ("environment", environment)):
            street.on_order(who, order, "report", text="喇叭拆了，限十点前停。")
            street.on_order("street", order, "verify", text="")
        street.on_order("street", urban, "assess-unit", score="3", text="来晚了")
        street.on_order("urban", urban, "assess-street", score="4", text="")
        street.move("street", matter, "answer:resolve")
    assert Matter.objects.get(id=matter.id).step_key == "answer"
    assert late.assessments.count() == 2


def test_a_returned_order_that_review_reassigns(plain_street: Street) -> None:
    street = plain_street
    with on("2026-11-18"):
        matter = street.raise_matter("wang", "楼道的线头露在外面，怕漏电。", "entrance")
        street.move("clerk", matter, "assess:accept")
        street.move("secretary", matter, "handle:dispatch")
        (order,) = street.send_out("clerk", matter, "property")
        street.on_order("property", order, "return", text="入户线归供电所管。", reason="入户线归供电所管。")
        assert "入户线归供电所管" in street.person("clerk").sees(f"/desk/orders/{order.id}/")
        street.on_order(
            "secretary",
            order,
            "review",
            decision="reassign",
            unit=str(street.world.unit("power")),
            text="改派供电所",
            note="改派供电所",
        )
    assert Order.objects.get(id=order.id).state == OrderState.WITHDRAWN
    fresh = Order.objects.get(replaces=order)
    assert fresh.unit_id == street.world.unit("power")
    with on("2026-11-19"):
        street.on_order("power", fresh, "accept")


def test_e_bike_charging_needs_the_joint_conference(joint_street: Street) -> None:
    street = joint_street
    with on("2026-11-18"):
        matter = street.raise_matter("chen", "充电棚口子太少，排不上，有人飞线充电。", "building")
        street.move("clerk", matter, "analyse:accept")
        street.move("secretary", matter, "conference:refer")
    with on("2026-11-24", 15):
        opening = Opening.objects.get(step__matter=matter, kind="meeting")
        assert opening.code == "joint_conference"
        street.act(
            "secretary",
            matter,
            "outcome",
            opening=str(opening.id),
            held_on="2026-11-24",
            attended="9",
            result="agreed",
            minutes="物业出地，供电接线，新增九十六个充电口。",
        )
        street.move("secretary", matter, "carry_out:agree")
        refused = street.send_out("clerk", matter, "property", "power", expect=422)
        assert refused == []  # the day after tomorrow is after the promise: first it needs a later one
        reason = "联席会议定了新增充电口，要拉线。"
        street.act("secretary", matter, "postpone", until="2026-12-04", reason=reason)
        made = street.send_out("clerk", matter, "property", "power")
        assert {order.unit.name for order in made} == {"恒安物业", "供电所"}
        for order in made:
            who = "power" if order.unit.name == "供电所" else "property"
            street.on_order(who, order, "report", text="办好了")
            street.on_order("secretary", order, "verify", text="")
        street.act("clerk", matter, "say", kind="answer", text="下周起新充电棚可以用。")
        street.move("clerk", matter, "feedback:resolve")
        assert "新增九十六个充电口" in street.person("chen").sees(f"/my/{matter.id}/")


def test_a_paper_result_is_entered_for_a_unit_without_a_computer(plain_street: Street) -> None:
    street = plain_street
    with on("2026-11-18"):
        matter = street.raise_matter("wang", "树枝伸到三楼窗户里了。", "building")
        street.move("clerk", matter, "assess:accept")
        street.move("secretary", matter, "handle:dispatch")
        (order,) = street.send_out("clerk", matter, "greening")
        slip = street.person("clerk").sees(f"/desk/orders/{order.id}/slip/")
        assert order.number in slip
        assert "王小明" not in slip
    with on("2026-11-20"):
        street.on_order("clerk", order, "paper", text="已修剪，绿化队签字。")
    done = Order.objects.get(id=order.id)
    assert (done.state, done.on_paper) == (OrderState.REPORTED, True)


def test_what_is_late_finds_a_supervisor_who_acts(street: Street, worker: Callable[[], None]) -> None:
    with on("2026-11-18"):
        matter = street.raise_matter("wang", "楼道灯坏了一个多礼拜。", "entrance")
    with on("2026-11-20"):
        street.night_falls()
        worker()
        supervision = Supervision.objects.get(matter=matter)
        assert "楼道灯" in street.person("branch").sees("/desk/")
        street.act("branch", matter, "instruct", supervision=str(supervision.id), text="今天下班前换好。")
    assert Supervision.objects.get(id=supervision.id).answered_by_id == street.world.persons["branch"]
