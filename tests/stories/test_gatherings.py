"""A joint conference whose resolution a power station must carry out, and a talk opened on the spot."""

import re
from datetime import timedelta
from uuid import UUID

from linli.gatherings import actions
from linli.gatherings.kinds import Role, State
from linli.gatherings.models import Attendance, Body, Gathering, Objection, Posting, Resolution
from linli.gatherings.read.gatherings import to_carry_out
from linli.gatherings.rules import codes
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.notices.models import Delivery, Notice
from tests.pdf import words_of
from tests.stories.people import Street
from tests.world import on

LAMPS = "二号楼到四号楼之间的路灯由供电所在十二月十五日前换成 LED 灯。"


def forms_the_conference(street: Street) -> Body:
    """The secretary forms the joint conference: four members, one of them a unit, one worthy who advises."""
    desk = street.person("secretary")
    desk.sends(
        "/desk/meetings/bodies/new/",
        place=str(street.world.place("community")),
        kind="joint_conference",
        name="建设社区联席会议",
    )
    body = Body.objects.get()
    for key, role in (("secretary", Role.CHAIR), ("clerk", Role.MEMBER), ("old-liu", Role.ADVISER)):
        actions.name_member(by=SYSTEM, body_id=body.pk, role=role, person_id=street.world.persons[key])
    for unit in ("power", "property"):
        desk.sends(
            f"/desk/meetings/bodies/{body.pk}/members/", unit=str(street.world.unit(unit)), role="member"
        )
    desk.sends(f"/desk/meetings/bodies/{body.pk}/waiting/", title="路灯太暗")
    return body


def signs_in(street: Street, who: str, meeting: Gathering) -> None:
    """Scan what is on the wall now, then press the button."""
    code = codes.code_at(meeting.secret, clock.now())
    visitor = street.person(who)
    visitor.client.get(f"/meetings/{meeting.pk}/here/?c={code}")
    visitor.sends(f"/meetings/{meeting.pk}/here/")


def test_a_joint_conference_gives_a_power_station_its_task(street: Street) -> None:
    with on("2026-10-12"):
        body = forms_the_conference(street)
        page = street.person("secretary").sees("/desk/meetings/")
        assert "建设社区联席会议" in page
        assert "逾期" not in page

    with on("2026-11-20"):
        desk = street.person("secretary")
        plan = {"title": "四季度联席会议", "minutes": "90", "room": "社区二楼会议室"}
        late = desk.sends(
            f"/desk/meetings/bodies/{body.pk}/plan/", expect=422, starts_at="2026-11-22T14:30", **plan
        )
        assert "2026-11-23" in late.content.decode(), "the first day possible is said"
        desk.sends(f"/desk/meetings/bodies/{body.pk}/plan/", starts_at="2026-11-24T14:30", **plan)
        meeting = Gathering.objects.get()
        assert [item.title for item in meeting.items.all()] == ["路灯太暗"], "what waited is the agenda"
        street.person("power").client.get("/meetings/")
        answer = street.person("power").client.get(f"/meetings/{meeting.pk}/")
        assert answer.status_code == 200, "a member unit sees what is planned"
        assert street.stranger().client.get(f"/meetings/{meeting.pk}/").status_code == 404
        desk.sends(f"/desk/meetings/{meeting.pk}/do/notify/")
        told = set(Notice.objects.filter(topic="gathering_called").values_list("person", flat=True))
        assert told == {street.world.persons[key] for key in ("clerk", "power", "property", "old-liu")}
        call = Delivery.objects.get(notice__person=street.world.persons["old-liu"])
        assert call.channel == "call", "who does not use the app is called"
        assert "四季度联席会议" in street.person("wang").sees("/meetings/")
        assert (
            "BEGIN:VEVENT" in street.stranger().client.get(f"/meetings/bodies/{body.pk}.ics").content.decode()
        )

    with on("2026-11-24", 14, 35):
        desk = street.person("secretary")
        desk.sends(f"/desk/meetings/{meeting.pk}/do/open/")
        meeting.refresh_from_db()
        assert "每半分钟" in desk.sees(f"/meetings/{meeting.pk}/code/")
        signs_in(street, "secretary", meeting)
        signs_in(street, "power", meeting)
        resolve = f"/desk/meetings/{meeting.pk}/resolve/"
        words = {
            "text": LAMPS,
            "manner": "consensus",
            "asks": "task",
            "unit": str(street.world.unit("power")),
        }
        short = desk.sends(resolve, expect=422, due_on="2026-12-15", **words)
        assert "2" in short.content.decode(), "two of four are no quorum"
        desk.sends(
            f"/desk/meetings/{meeting.pk}/do/here/", name="周工", unit=str(street.world.unit("property"))
        )
        desk.sends(f"/desk/meetings/{meeting.pk}/do/here/", person=str(street.world.persons["old-liu"]))
        desk.sends(f"/desk/meetings/{meeting.pk}/do/speaker/", name="周工")
        desk.sends(f"/desk/meetings/{meeting.pk}/do/point/", text="三号楼前面有老人摔过跤")
        item = meeting.items.get()
        desk.sends(resolve, due_on="2026-12-15", item=str(item.pk), **words)
        desk.sends(f"/desk/meetings/{meeting.pk}/do/close/")
    meeting.refresh_from_db()
    assert (meeting.present, meeting.entitled, meeting.quorate) == (3, 4, True)
    ways = sorted(Attendance.objects.values_list("way", "counts"))
    assert ways == [("code", True), ("code", True), ("list", False), ("list", True)]
    resolution = Resolution.objects.get()
    task = to_carry_out(resolution.pk)
    assert task is not None
    assert (task.organization_id, str(task.due_on)) == (street.world.unit("power"), "2026-12-15")

    with on("2026-11-25"):
        desk = street.person("secretary")
        page = street.person("clerk").client.get(f"/desk/meetings/{meeting.pk}/minutes/")
        draft = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
        assert draft is not None
        assert LAMPS in draft[1]
        assert "三号楼前面有老人摔过跤" in draft[1]
        street.person("clerk").sends(f"/desk/meetings/{meeting.pk}/minutes/", text=draft[1])
        own = street.person("clerk").sends(
            f"/desk/meetings/{meeting.pk}/do/approve/", expect=403, version="1"
        )
        assert "别人" in own.content.decode(), "nobody approves what they wrote"
        desk.sends(f"/desk/meetings/{meeting.pk}/do/publish/", expect=409)
        desk.sends(f"/desk/meetings/{meeting.pk}/do/approve/", version="1")
        desk.sends(f"/desk/meetings/{meeting.pk}/do/publish/")
        assert LAMPS in street.stranger().sees(f"/meetings/{meeting.pk}/")
        assert street.person("wang").client.get(f"/meetings/{meeting.pk}/minutes/").status_code == 403
        assert LAMPS in street.person("power").sees(f"/meetings/{meeting.pk}/minutes/")
        desk.sends(f"/desk/meetings/{meeting.pk}/post/", title="路灯改造公示", body=LAMPS, days="7")
    posting = Posting.objects.get()
    assert posting.ends - posting.starts == timedelta(days=7)

    with on("2026-11-27"):
        poster = street.stranger().client.get(f"/meetings/board/{posting.pk}/poster/")
        assert "".join(LAMPS.split()) in words_of(poster.content)
        street.person("wang").sends(f"/meetings/board/{posting.pk}/object/", text="施工别在晚上。")
        street.person("wang").sends(f"/meetings/board/{posting.pk}/object/", expect=422, text="再说一次。")
        board = street.person("chen").sees(f"/meetings/board/{posting.pk}/")
        assert "施工别在晚上" in board
        assert "王小明" not in board, "neighbours read the words without the name"
    with on("2026-11-30"):
        desk, objection = street.person("secretary"), Objection.objects.get()
        assert "王小明" in desk.sees(f"/desk/meetings/board/{posting.pk}/")
        answer = {"posting": str(posting.pk), "text": "只在白天施工。"}
        desk.sends(f"/desk/meetings/board/answers/{objection.pk}/", **answer)
        assert "只在白天施工" in street.person("wang").sees("/notices/")
        desk.sends(f"/desk/meetings/board/{posting.pk}/settle/", expect=409)
    with on("2026-12-03"):
        street.person("secretary").sends(f"/desk/meetings/board/{posting.pk}/settle/")
    with on("2026-12-16"):
        desk = street.person("secretary")
        assert "供电所" in desk.sees("/desk/meetings/resolutions/")
        desk.sends(f"/desk/meetings/resolutions/{resolution.pk}/result/", done="yes", text="灯都亮了。")
        assert "灯都亮了" in street.stranger().sees(f"/meetings/{meeting.pk}/")
    with on("2027-04-01"):
        assert "逾期" in street.person("secretary").sees(f"/desk/meetings/bodies/{body.pk}/")


def test_a_talk_is_opened_on_the_spot(street: Street) -> None:
    with on("2026-11-18", 19):
        worker = street.person("grid")
        opened = worker.sends(
            "/meetings/sit/",
            kind="open_air",
            title="电动车停哪儿",
            place=str(street.world.place("building")),
            room="三号楼前的树下",
        )
        talk = Gathering.objects.get(pk=UUID(opened["Location"].split("/")[2]))
        assert talk.state == State.OPEN
        signs_in(street, "wang", talk)
        signs_in(street, "wang", talk)
        worker.sends(f"/meetings/{talk.pk}/run/here/", name="李奶奶")
        for point in ("车棚要加长", "充电桩太少"):
            worker.sends(f"/meetings/{talk.pk}/run/point/", text=point)
        page = worker.sees(f"/meetings/{talk.pk}/run/")
        assert page.index("车棚要加长") < page.index("充电桩太少")
        assert "2 人" in page
        stolen = codes.code_at(talk.secret, clock.now() - timedelta(minutes=2))
        assert "换过" in street.person("chen").sees(f"/meetings/{talk.pk}/here/?c={stolen}")
        street.person("chen").sends(f"/meetings/{talk.pk}/here/", expect=422)
        worker.sends(f"/meetings/{talk.pk}/run/close/")
        worker.sends(f"/meetings/{talk.pk}/run/point/", expect=409, text="晚了")
        minutes = f"/desk/meetings/{talk.pk}/minutes/"
        assert "充电桩太少" in worker.sees(minutes)
        after = worker.sends(minutes, text="车棚要加长，充电桩要多装。")
        assert worker.client.get(after["Location"]).status_code == 200
    with on("2026-11-19"):
        clerk = street.person("clerk")
        clerk.sends(f"/desk/meetings/{talk.pk}/do/approve/", version="1")
        clerk.sends(f"/desk/meetings/{talk.pk}/do/publish/")
        assert "车棚要加长" in street.person("wang").sees(f"/meetings/{talk.pk}/minutes/")
        assert "没有形成决议" in street.stranger().sees(f"/meetings/{talk.pk}/")
    assert Gathering.objects.get(pk=talk.pk).present == 2
    assert street.person("wang").client.get(f"/meetings/{talk.pk}/run/").status_code == 403
