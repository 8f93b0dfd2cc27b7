"""Orders and whistles at their desks: the unit, the issuer, the street, and paper."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.kernel import clock
from linli.matters.kinds import OrderKind, OrderState
from linli.matters.models import Attachment, Matter, Order
from linli.matters.read import one as read
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import at_handling, dispatch, raise_one
from tests.world import World, on


def at(order: Order, name: str = "") -> str:
    return f"/desk/orders/{order.id}/{name}/" if name else f"/desk/orders/{order.id}/"


def hour(days: int) -> str:
    """A moment some days from now, as a form sends it."""
    return clock.local(clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def asks(*rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    """The form of several units, each with task and deadline."""
    said = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"} | more
    for number, (unit, task, due) in enumerate(rows):
        said |= {f"form-{number}-unit": unit, f"form-{number}-task": task, f"form-{number}-due_at": due}
    return said


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "#888").save(out, "JPEG")
    return SimpleUploadedFile("done.jpg", out.getvalue(), "image/jpeg")


def state(order: Order) -> str:
    return read.order(order.id).state


# The unit


def test_the_unit_sees_its_task_and_place_never_the_raiser(plain_world: World) -> None:
    matter = raise_one(plain_world)
    order = dispatch(plain_world, "clerk", matter)
    unit = desk(plain_world, "property")
    page = shown(unit.get(at(order)))
    assert order.task in page
    assert "3号楼" in page
    assert "王" not in page
    assert matter.text not in page
    assert unit.get(f"/desk/matters/{matter.id}/")["Location"] == at(order)


def test_another_units_order_is_not_there(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    shown(desk(plain_world, "power").get(at(order)), 404)
    shown(desk(plain_world, "power").post(at(order, "accept")), 404)
    shown(desk(plain_world, "clerk").get(f"/desk/orders/{uuid4()}/"), 404)


def test_accept_report_with_a_photo_and_verify(plain_world: World) -> None:
    matter = at_handling(plain_world)
    order = dispatch(plain_world, "clerk", matter)
    unit, clerk = desk(plain_world, "property"), desk(plain_world, "clerk")
    sent(unit.post(at(order, "accept")))
    sent(unit.post(at(order, "report"), {"text": "换了三只灯", "photos": photo()}))
    assert Attachment.objects.get(order=order).internal
    back = sent(clerk.post(at(order, "verify") + "?at=matter", {"note": "看过了"}))
    assert back == f"/desk/matters/{matter.id}/?order={order.id}"
    assert state(order) == OrderState.VERIFIED


def test_an_act_on_an_order_leads_back_to_the_list_it_was_opened_from(plain_world: World) -> None:
    matter = raise_one(plain_world)
    order = dispatch(plain_world, "clerk", matter)
    clerk = desk(plain_world, "clerk")
    page = shown(clerk.get(f"/desk/matters/{matter.id}/?in=sent&due=week"))
    [url] = re.findall(r'action="(/desk/orders/[^"]*/withdraw/[^"]*)"', page)
    assert sent(clerk.post(url, {"reason": "发错了单位，另外再派。"})) == (
        f"/desk/matters/{matter.id}/?in=sent&due=week&order={order.id}"
    )


def test_nobody_is_offered_what_the_state_does_not_let(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    clerk = desk(plain_world, "clerk")
    page = shown(clerk.get(at(order)))
    assert "Verified, it is done" not in page
    assert "Accept" not in page.replace("Accepted", "").replace("to be accepted", "")
    sent(desk(plain_world, "property").post(at(order, "report"), {"text": "好了"}))
    sent(clerk.post(at(order, "verify"), {"note": ""}))


MEANWHILE = [
    (
        "report",
        OrderState.REPORTED,
        "its result waits to be verified",
        "这张工单刚才已经有变化：结果报上来了，等着核实",
    ),
    ("verify", OrderState.VERIFIED, "it is verified and settled", "这张工单刚才已经有变化：已经核实，办结了"),
    ("withdraw", OrderState.WITHDRAWN, "it was withdrawn", "这张工单刚才已经有变化：派单的人已经收回"),
    (
        "return",
        OrderState.RETURNED,
        "it was returned and is being reviewed",
        "这张工单刚才已经有变化：已经退回，正在复核",
    ),
]


@pytest.mark.parametrize(("quicker", "now", "english", "chinese"), MEANWHILE)
def test_who_comes_second_reads_in_their_words_what_happened(
    plain_world: World, quicker: str, now: OrderState, english: str, chinese: str
) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    unit, clerk = desk(plain_world, "property"), desk(plain_world, "clerk")
    if quicker in ("report", "verify"):
        sent(unit.post(at(order, "report"), {"text": "好了"}))
    if quicker == "verify":
        sent(clerk.post(at(order, "verify"), {"note": ""}))
    elif quicker == "withdraw":
        sent(clerk.post(at(order, "withdraw"), {"reason": "不用了"}))
    elif quicker == "return":
        sent(unit.post(at(order, "return"), {"reason": "不归我们"}))
    assert state(order) == now
    for language, words in (("en", english), ("zh-hans", chinese)):
        late = desk(plain_world, "property", language).post(at(order, "return"), {"reason": "不归我们"})
        page = shown(late, 409)
        assert words in page
        assert f"“{now.value}”" not in page


def test_a_return_is_upheld_or_goes_to_another_unit(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    unit, secretary = desk(plain_world, "property"), desk(plain_world, "secretary")
    assert "Please write something here." in shown(unit.post(at(order, "return"), {"reason": ""}), 422)
    sent(unit.post(at(order, "return"), {"reason": "公共照明归城管"}))
    assert "公共照明归城管" in shown(secretary.get(at(order)))
    asked = secretary.post(at(order, "review"), {"decision": "reassign", "unit": "", "note": "有道理"})
    assert "有道理" in shown(asked, 422)
    said = {"decision": "reassign", "unit": str(plain_world.unit("urban")), "note": "有道理"}
    sent(secretary.post(at(order, "review"), said))
    assert Order.objects.get(replaces=order).unit.name == "城管中队"


def test_more_time_is_asked_for_and_decided_by_somebody_else(plain_world: World) -> None:
    with on("2026-11-17"):
        order = dispatch(plain_world, "clerk", raise_one(plain_world))
        unit, secretary = desk(plain_world, "property"), desk(plain_world, "secretary")
        past = {"reason": "等配件", "until": "2026-11-01T09:00"}
        page = shown(unit.post(at(order, "more-time"), past), 422)
        assert "later than the present deadline" in page
        assert "等配件" in page
        shown(unit.post(at(order, "more-time"), past | {"until": "2026-02-31T09:00"}), 422)
        sent(unit.post(at(order, "more-time"), past | {"until": "2026-12-01T09:00"}))
        assert "asks for more time" in shown(secretary.get("/desk/"))
        page = shown(secretary.get(at(order)))
        assert re.search(r"passes the day promised to the raiser, [^<]+, by \d+ days", page)
        sent(secretary.post(at(order, "decide"), {"granted": "yes", "note": ""}))
        assert clock.local(read.order(order.id).due_at).date().isoformat() == "2026-12-01"
        shown(secretary.post(at(order, "decide"), {"granted": "no", "note": ""}), 409)


def test_sent_back_it_has_a_new_date(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    sent(desk(plain_world, "property").post(at(order, "report"), {"text": "好了"}))
    clerk = desk(plain_world, "clerk")
    sent(clerk.post(at(order, "send-back"), {"reason": "二楼还黑着", "due_at": hour(2)}))
    assert state(order) == OrderState.REWORK
    assert "二楼还黑着" in shown(desk(plain_world, "property").get(at(order)))


def test_a_paper_result_is_entered_for_a_unit_without_a_computer(plain_world: World) -> None:
    matter = raise_one(plain_world)
    paper = dispatch(plain_world, "clerk", matter, unit="greening")
    online = dispatch(plain_world, "clerk", matter, unit="property")
    clerk = desk(plain_world, "clerk")
    assert "Enter the paper result" in shown(clerk.get(at(paper)))
    sent(clerk.post(at(paper, "paper"), {"text": "树修好了"}))
    assert read.order(paper.id).on_paper
    assert "This unit reports by itself." in shown(clerk.post(at(online, "paper"), {"text": "不是我"}), 403)


def test_the_slip_is_one_page_with_a_code(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    page = shown(desk(plain_world, "clerk").get(at(order, "slip")))
    assert "<svg" in page
    assert order.number in page
    assert "Done by (signature)" in page
    assert "王" not in page


def test_what_is_printed_carries_whole_dates(plain_world: World) -> None:
    with on("2026-11-17", 0, 3):
        whistle = blow(plain_world, raise_one(plain_world), "2026-11-17T11:00")[0]
        page = shown(desk(plain_world, "environment", "zh-hans").get(at(whistle, "slip")))
    for moment in ("2026-11-17 00:03", "2026-11-17 11:00", "2026-11-20 00:03"):
        assert moment in page
    assert "今天" not in page


# Sending out


def test_an_order_after_the_promise_is_refused_with_the_way_on(plain_world: World) -> None:
    with on("2026-11-17"):
        matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
        url = f"/desk/matters/{matter.id}/orders/"
        unit = str(plain_world.unit("property"))
        refused = shown(clerk.post(url, asks((unit, "换灯", "2026-11-24T18:01"))), 422)
        assert "The raiser was promised 2026-11-24 18:00." in refused
        assert "换灯" in refused
        chinese = desk(plain_world, "clerk", "zh-hans").post(url, asks((unit, "换灯", "2026-11-24T18:01")))
        assert "答应提出人 2026-11-24 18:00 前办好" in shown(chinese, 422)
        said = {"until": "2026-12-01", "reason": "等配件"}
        sent(desk(plain_world, "secretary").post(f"/desk/matters/{matter.id}/postpone/", said))
        sent(clerk.post(url, asks((unit, "换灯", "2026-12-01T18:00"))))
    order = Order.objects.get(matter=matter)
    with on("2026-11-18"):
        sent(desk(plain_world, "property").post(at(order, "report"), {"text": "好了"}))
        again = {"reason": "二楼还黑着", "due_at": "2026-12-01T18:01"}
        assert "2026-12-01 18:00" in shown(
            desk(plain_world, "clerk").post(at(order, "send-back"), again), 422
        )
    with on("2026-12-02"):  # what is promised is over: any day ahead
        sent(clerk.post(at(order, "send-back"), again | {"due_at": "2026-12-04T18:00"}))


def test_several_units_each_with_task_and_deadline(plain_world: World) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    url = f"/desk/matters/{matter.id}/orders/"
    assert "恒安物业" in shown(clerk.get(url))
    first = (str(plain_world.unit("property")), "换灯", hour(2))
    more = shown(clerk.post(url, asks(first, more="1")))
    assert 'name="form-1-unit"' in more
    assert "换灯" in more
    second = (str(plain_world.unit("power")), "查线路", hour(5))
    sent(clerk.post(url, asks(first, second)))
    orders = Order.objects.filter(matter=matter).order_by("due_at")
    assert [order.task for order in orders] == ["换灯", "查线路"]


def test_the_same_unit_twice_is_a_slip(plain_world: World) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    row = (str(plain_world.unit("property")), "换灯", hour(2))
    page = shown(clerk.post(f"/desk/matters/{matter.id}/orders/", asks(row, row)), 422)
    assert "The same unit is named twice" in page
    dispatch(plain_world, "clerk", matter)
    again = shown(clerk.post(f"/desk/matters/{matter.id}/orders/", asks(row)), 409)
    assert "already has a running order" in again
    assert "换灯" in again


@pytest.mark.parametrize("unit", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_unit_is_refused(plain_world: World, unit: str) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    shown(clerk.post(f"/desk/matters/{matter.id}/orders/", asks((unit, "换灯", hour(2)))), 422)
    assert not Order.objects.filter(matter=matter).exists()


# Whistles


def blow(world: World, matter: Matter, report_in: str) -> list[Order]:
    street = desk(world, "street")
    urban, environment = str(world.unit("urban")), str(world.unit("environment"))
    rows = [(urban, "到场处置", hour(5)), (environment, "测噪声", hour(3))]
    sent(street.post(f"/desk/matters/{matter.id}/whistle/", asks(*rows, report_in_at=report_in)))
    return list(Order.objects.filter(matter=matter, kind=OrderKind.WHISTLE).order_by("due_at"))


def test_only_the_street_blows_the_whistle(plain_world: World) -> None:
    matter = raise_one(plain_world)
    shown(desk(plain_world, "clerk").get(f"/desk/matters/{matter.id}/whistle/"), 403)
    assert "Report in by" in shown(desk(plain_world, "street").get(f"/desk/matters/{matter.id}/whistle/"))


def test_departments_report_in_in_time_or_late(plain_world: World) -> None:
    with on("2026-11-17", 9):
        orders = blow(plain_world, raise_one(plain_world), "2026-11-17T11:00")
    with on("2026-11-17", 10):
        sent(desk(plain_world, "environment").post(at(orders[0], "report-in"), {"note": "已到现场"}))
    with on("2026-11-17", 15):
        assert "to report in by" in shown(desk(plain_world, "urban").get(at(orders[1])))
        street = shown(desk(plain_world, "street").get("/desk/whistles/"))
        assert "not reported in yet" in street
        assert "has reported in" in street
        sent(desk(plain_world, "urban").post(at(orders[1], "report-in"), {"note": ""}))
        assert "reported in late" in shown(desk(plain_world, "street").get(at(orders[1])))


def test_both_sides_assess(plain_world: World) -> None:
    [order, _other] = blow(plain_world, raise_one(plain_world), hour(1))
    unit, street = desk(plain_world, "environment"), desk(plain_world, "street")
    sent(unit.post(at(order, "report-in"), {"note": ""}))
    sent(unit.post(at(order, "report"), {"text": "测过了，超标"}))
    sent(street.post(at(order, "assess-unit"), {"score": "5", "text": "来得快"}))
    sent(unit.post(at(order, "assess-street"), {"score": "4", "text": ""}))
    assert "来得快" in shown(unit.get(at(order)))
    shown(street.post(at(order, "assess-unit"), {"score": "1", "text": ""}), 409)


def test_a_whistle_in_the_past_is_refused(plain_world: World) -> None:
    matter, street = raise_one(plain_world), desk(plain_world, "street")
    row = (str(plain_world.unit("urban")), "到场", hour(2))
    said = asks(row, report_in_at="2020-01-01T09:00")
    refused = street.post(f"/desk/matters/{matter.id}/whistle/", said)
    assert "The deadline must lie ahead." in shown(refused, 422)
