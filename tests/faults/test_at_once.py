"""Two people on one step, one form sent five times, bytes that are no form."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from linli.matters.actions import moving
from linli.matters.kinds import Channel
from linli.matters.models import Matter, OrderTurn, Step
from tests.faults.conftest import sign_in, told
from tests.matters.telling import raise_one
from tests.serving import LiveServer
from tests.visitor import Answer, Visitor
from tests.world import World, issue_order

LANGUAGES = ("zh-hans", "zh-hant", "en")


def test_the_same_submission_sent_five_times_at_once_is_one_matter(
    live_server: LiveServer, town: World
) -> None:
    visitors = [sign_in(live_server, town, "wang") for _ in range(5)]
    for visitor in visitors:
        visitor.get("/say/")
    fields = {
        "text": "楼道灯坏了。",
        "place": str(town.place("entrance")),
        "kind": "appeal",
        "idempotency_key": "the-same-key-of-one-form",
    }
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda visitor: visitor.post("/say/", fields), visitors))
    assert [answer.status for answer in answers] == [200] * 5
    assert len({answer.path for answer in answers}) == 1
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_move_the_same_step_one_wins_and_the_other_is_told(
    live_server: LiveServer, town: World, language: str
) -> None:
    matter = raise_one(town)
    clerks = [sign_in(live_server, town, "clerk", language) for _ in range(2)]
    for clerk in clerks:
        assert clerk.get(f"/desk/matters/{matter.id}/").status == 200
    ways = ("assess:accept", "closed:out_of_scope")
    path = f"/desk/matters/{matter.id}/move/"

    def press(pair: tuple[Visitor, str]) -> Answer:
        visitor, way = pair
        return visitor.post(path, {"from_step": "register", "to": way})

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(press, zip(clerks, ways, strict=True)))
    assert sorted(answer.status for answer in answers) == [200, 409]
    (second,) = [answer for answer in answers if answer.status == 409]
    assert told(second, language, moving.MOVED_ON, moving.CLOSED_SINCE)
    assert Step.objects.filter(matter=matter, key="register", left_at__isnull=False).count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"\xff\xd8\xff\xe0 a picture that broke off",
            "This file is damaged or not complete. Choose it again.",
        ),
        (b"", "This file is empty."),
    ],
    ids=["broken off", "empty"],
)
def test_a_photo_that_cannot_be_taken_is_told_in_the_senders_language(
    live_server: LiveServer, town: World, content: bytes, reason: str, language: str
) -> None:
    visitor = sign_in(live_server, town, "wang", language)
    visitor.get("/say/")
    fields = {"text": "楼道灯坏了。", "place": str(town.place("entrance")), "kind": "appeal"}
    answer = visitor.post("/say/", fields, [("photos", ("lamp.jpg", content))])
    assert answer.status == 422
    assert told(answer, language, reason)
    assert "楼道灯坏了。" in answer.text, "what was written stays"
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=" + b"x" * 10_000_000, "application/x-www-form-urlencoded"),
        (b"text=%ff%fe%fd&kind=appeal", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00 no form at all", "multipart/form-data; boundary=none"),
        (b"", "multipart/form-data"),
    ],
    ids=["ten megabytes", "broken text", "broken parts", "no boundary"],
)
def test_bytes_that_are_no_form_are_refused_calmly(
    live_server: LiveServer, town: World, body: bytes, kind: str
) -> None:
    visitor = sign_in(live_server, town, "wang")
    answer = visitor.raw("/say/", body, kind)
    assert 400 <= answer.status < 500, answer.status
    assert "X-Request-Id" in answer.headers
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["/desk/orders/?state=%00", "/desk/matters/?q=%00", "/my/not-a-number/", "/code/?x=%ff"]
)
def test_strange_addresses_never_break_a_page(live_server: LiveServer, town: World, path: str) -> None:
    visitor = sign_in(live_server, town, "clerk")
    assert visitor.get(path).status < 500


@pytest.mark.parametrize("day", ["2026-02-30", "0000-00-00", "99999-01-01", "yesterday"])
def test_impossible_dates_are_asked_for_again(live_server: LiveServer, town: World, day: str) -> None:
    matter = raise_one(town, channel=Channel.APP)
    clerk = sign_in(live_server, town, "clerk")
    clerk.get(f"/desk/matters/{matter.id}/")
    answer = clerk.post(
        f"/desk/matters/{matter.id}/suspend/", {"reason": "等开春", "until": day, "stops": "matter"}
    )
    assert answer.status == 422
    assert "等开春" in answer.text


def test_two_people_suspend_one_order_one_wins_and_the_other_is_told(
    live_server: LiveServer, town: World
) -> None:
    order_id = issue_order(town, raise_one(town).id)
    clerks = [sign_in(live_server, town, "clerk") for _ in range(2)]
    path = f"/desk/orders/{order_id}/"
    for clerk in clerks:
        assert clerk.get(path).status == 200
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda one: one.post(f"{path}suspend/", {"reason": "等配件"}), clerks))
    assert sorted(answer.status for answer in answers) == [200, 409]
    second = next(answer for answer in answers if answer.status == 409)
    assert "这张工单已经暂停了" in second.text
    assert OrderTurn.objects.filter(order_id=order_id, verb="suspend").count() == 1
