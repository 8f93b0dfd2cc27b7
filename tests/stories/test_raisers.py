"""Raisers: without a name, unsatisfied, without a phone."""

import re

from linli.audit.models import Entry
from linli.matters.kinds import State
from linli.matters.models import Contribution, Matter
from linli.notices.models import Delivery
from tests.stories.people import Street, words
from tests.world import on

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")


def test_an_anonymous_matter_followed_by_its_code(plain_street: Street) -> None:
    street = plain_street
    stranger = street.stranger()
    with on("2026-11-18"):
        place = str(street.world.place("building"))
        sent = stranger.sends(
            "/say/", expect=200, text="有人把电瓶拎上楼充电。", place=place, kind="appeal", nameless="on"
        )
        code = CODE.search(words(sent)).group()
        matter = Matter.objects.get()
        assert (matter.raised_by_id, matter.anonymous) == (None, True)
        assert not Entry.objects.filter(subject_id=matter.id, actor_kind="person").exists()
    with on("2026-11-19"):
        street.move("clerk", matter, "assess:accept")
        page = words(stranger.sends("/code/", expect=200, code=code))
        assert matter.number in page
        stranger.sends("/code/supplement/", expect=200, code=code, sent="1", text="每天晚上九点多。")
        assert Contribution.objects.get(matter=matter, kind="supplement").person_id is None
        wrong = stranger.sends("/code/", expect=404, code="0000-0000-0000-0000")
        assert "没有" in words(wrong)


def test_an_unsatisfied_raiser_reopens(plain_street: Street) -> None:
    street = plain_street
    with on("2026-11-18"):
        matter = street.raise_matter("wang", "楼道灯不亮。", "entrance")
        street.move("clerk", matter, "assess:accept")
        street.move("secretary", matter, "handle:dispatch")
        (order,) = street.send_out("clerk", matter, "property")
        street.on_order("property", order, "report", text="换了灯泡")
        street.on_order("secretary", order, "verify", text="")
        street.move("clerk", matter, "answer:resolve")
        street.act("clerk", matter, "say", kind="answer", text="灯换好了。")
        street.move("clerk", matter, "callback:answer")
        street.act(
            "caller",
            matter,
            "call-back",
            raiser=str(street.world.persons["wang"]),
            reached="yes",
            solved="yes",
            score="4",
            note="",
        )
        street.move("caller", matter, "closed:resolve")
    with on("2026-11-22"):
        wang = street.person("wang")
        wang.sends(f"/my/{matter.id}/reopen/", sent="1", text="灯又灭了。")
    again = Matter.objects.get(id=matter.id)
    assert (again.state, again.step_key, again.reopened) == (State.OPEN, "handle", 1)
    assert "灯又灭了" in street.person("clerk").sees(f"/desk/matters/{matter.id}/")


def test_staff_write_down_what_somebody_without_the_app_said_and_call_them(plain_street: Street) -> None:
    street = plain_street
    with on("2026-11-18"):
        clerk = street.person("clerk")
        clerk.sends(
            "/desk/intake/",
            raiser=str(street.world.persons["old-liu"]),
            place=str(street.world.place("entrance")),
            channel="visit",
            kind="appeal",
            text="家里水管漏水，下不了楼。",
            title="",
            where="",
        )
        matter = Matter.objects.get()
        assert matter.entered_by_id == street.world.persons["clerk"]
        call = Delivery.objects.get(notice__person_id=street.world.persons["old-liu"])
        assert (call.channel, call.state) == ("call", "waiting")
        assert "刘" in clerk.sees("/desk/notices/calls/")
