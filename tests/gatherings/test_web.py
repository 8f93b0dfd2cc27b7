"""The pages of meetings: who gets in, what is offered, how many queries a list takes, what a fault keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind, Presence
from linli.gatherings.models import Attendance, Body, DisclosureClass, Gathering, Posting
from linli.gatherings.rules.bodies import STANDINGS
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from tests.gatherings import meeting as making
from tests.matters.desking import MOST_QUERIES, desk, queries, shown
from tests.pdf import pages_of, words_of
from tests.world import World, on


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


def test_lists_take_few_queries(world: World) -> None:
    for kind in (BodyKind.JOINT_CONFERENCE, BodyKind.BUILDING_COUNCIL, BodyKind.DELIBERATION):
        meeting = making.opened(world, making.body(world, kind), "secretary", "clerk", "grid")
        making.resolved(world, meeting, unit="power")
        making.posted(world, making.published(world, meeting))
    actions.adopt_classes(by=SYSTEM, place_id=world.place("community"))
    secretary, wang = desk(world, "secretary"), desk(world, "wang")
    community = world.place("community")
    asked = {path: queries(secretary, path) for path in (
        "/desk/meetings/", "/desk/meetings/over/", "/desk/meetings/resolutions/", "/desk/meetings/board/",
    )}  # fmt: skip
    lists = ("/meetings/", "/meetings/board/", f"/meetings/affairs/{community}/")
    asked |= {path: queries(wang, path) for path in lists}
    assert {path: count for path, count in asked.items() if count > MOST_QUERIES} == {}


def test_who_gets_in(world: World) -> None:
    body = making.body(world)
    meeting = making.opened(world, body)
    secret = making.opened(world, making.body(world, BodyKind.PARTY_COMMITTEE))
    wang, grid, clerk = desk(world, "wang"), desk(world, "grid"), desk(world, "clerk")
    assert wang.get("/desk/meetings/").status_code == 403
    assert grid.get("/desk/meetings/").status_code == 403, "a grid worker opens talks, nothing else"
    assert grid.get("/meetings/sit/").status_code == 200
    assert wang.get("/meetings/sit/").status_code == 403
    assert wang.get(f"/meetings/{meeting.pk}/").status_code == 200
    assert wang.get(f"/meetings/{secret.pk}/").status_code == 404
    assert grid.get(f"/meetings/{secret.pk}/").status_code == 200, "a member sees it"
    assert wang.get(f"/meetings/{meeting.pk}/code/").status_code == 403
    assert wang.get("/desk/meetings/affairs/").status_code == 403
    assert clerk.get("/desk/meetings/affairs/").status_code == 302
    assert clerk.get(f"/desk/meetings/{meeting.pk}/do/open/").status_code == 405
    assert clerk.post(f"/desk/meetings/{meeting.pk}/do/unheard-of/").status_code == 404
    assert clerk.post(f"/desk/meetings/{meeting.pk}/do/here/", {"person": "x"}).status_code == 422


def test_the_notice_for_the_group_has_whole_dates_and_no_secret_agenda(world: World) -> None:
    for kind, is_public in ((BodyKind.JOINT_CONFERENCE, True), (BodyKind.PARTY_COMMITTEE, False)):
        meeting = making.planned(world, making.body(world, kind))
        item = actions.add_item(by=world.actor("secretary"), gathering_id=meeting.pk, title="充电棚")
        page = shown(desk(world, "secretary", "zh-hans").get(f"/desk/meetings/{meeting.pk}/"))
        copied = page.partition('data-copy="')[2].partition('"')[0]
        assert f"{clock.local(meeting.starts_at):%Y-%m-%d %H:%M}" in copied
        assert f"http://testserver/meetings/{meeting.pk}/" in copied
        assert (item.title in copied) is is_public
        assert "今天" not in copied


def test_what_is_posted_is_passed_on_as_everybody_reads_it(world: World) -> None:
    meeting = making.opened(
        world, making.body(world, BodyKind.JOINT_CONFERENCE), "secretary", "clerk", "grid"
    )
    making.resolved(world, meeting)
    posting = making.posted(world, making.published(world, meeting))
    public = reverse("gatherings:posting", args=[posting.pk])
    for path in (public, reverse("gatherings_desk:posting", args=[posting.pk])):
        page = shown(desk(world, "secretary", "zh-hans").get(path))
        copied = page.partition('data-copy="')[2].partition('"')[0]
        assert copied.startswith(f"【{posting.place.name}】{posting.title}\n")
        assert f"：{posting.starts}至{posting.ends}\n" in copied
        assert copied.endswith(f"http://testserver{public}")


def test_a_fault_keeps_what_was_typed(world: World) -> None:
    body, secretary = making.body(world), desk(world, "secretary")
    fields = {"title": "四季度联席会议", "minutes": "90", "room": "社区二楼", "starts_at": "2026-11-17T14:00"}
    page = shown(secretary.post(f"/desk/meetings/bodies/{body.pk}/plan/", fields), 422)
    assert "Choose 2026-11-19 or a later day" in page
    assert "四季度联席会议" in page
    rules = {
        "name": "联席会议", "every_months": "3", "notice_days": "3", "quorum": "more_than_half",
        "proxies_most": "1", "video_base": "http://meet.example.cn",
    }  # fmt: skip
    page = shown(secretary.post(f"/desk/meetings/bodies/{body.pk}/rules/", rules), 422)
    assert "begins with https://" in page


def test_an_assembly_is_planned_by_the_register(world: World) -> None:
    body, secretary = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=()), desk(world, "secretary")
    address = f"/desk/meetings/bodies/{body.pk}/plan/"
    page = shown(secretary.get(address))
    assert "Every adult resident (3)" in page
    assert "One representative for each household (2)" in page
    fields = {
        "title": "居民会议", "minutes": "90", "room": "院子", "starts_at": "2026-11-26T14:00",
        "counted": "households", "entitled": "4", "correction": "",
    }  # fmt: skip
    assert "The register knows 2. Say why" in shown(secretary.post(address, fields), 422)
    page = shown(secretary.post(address, fields | {"correction": "两户漏登"}, follow=True))
    assert "The register has 2: 两户漏登" in page
    assert secretary.post(address, fields | {"entitled": ""}).status_code == 302


def test_an_owners_assembly_is_planned_by_the_register(world: World) -> None:
    body, secretary = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=()), desk(world, "secretary")
    making.own(world, "wang", label="o1")
    address = f"/desk/meetings/bodies/{body.pk}/plan/"
    assert "1 homes and bays have no area yet." in shown(secretary.get(address))
    home = world.place("home")
    making.places.note_areas(
        by=making.SYSTEM, under_id=home, areas={home: 8937}, source=making.AreaSource.REGISTER
    )
    page = shown(secretary.get(address))
    assert "2 owners with 189.37 m²" in page
    assert "at least 1 of 2" in page
    assert 'name="petition"' not in page, "nobody asks for it yet"
    fields = {
        "title": "业主大会", "minutes": "90", "room": "院子", "starts_at": "2026-12-16T14:00",
        "entitled": "", "area": "200", "correction": "",
    }  # fmt: skip
    assert "The register knows 2 owners with 189.37 m². Say why" in shown(
        secretary.post(address, fields), 422
    )
    page = shown(secretary.post(address, fields | {"correction": "地下室漏登"}, follow=True))
    assert "has 2 with 189.37 m²: 地下室漏登" in page
    page = shown(secretary.post(address, fields | {"area": ""}, follow=True))
    assert "as the register stood on" in page


def test_a_form_sent_twice_is_one_act(world: World) -> None:
    meeting, clerk = making.opened(world, making.body(world)), desk(world, "clerk")
    fields = {"name": "李奶奶", "idempotency_key": "one"}
    for _twice in range(2):
        assert clerk.post(f"/desk/meetings/{meeting.pk}/do/here/", fields).status_code == 302
    assert Attendance.objects.count() == 1


def test_an_owners_meeting_ends_with_its_area(world: World) -> None:
    body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
    meeting = making.opened(world, body, entitled=3, area_entitled=30_050, correction="按测绘报告")
    clerk = desk(world, "clerk")
    close = f"/desk/meetings/{meeting.pk}/do/close/"
    assert "Owners decide by ballot" in shown(clerk.get(f"/desk/meetings/{meeting.pk}/"))
    for typed in ("", "1,5", "300.501", "-3"):
        assert clerk.post(close, {"area": typed}).status_code == 422
    assert clerk.post(close, {"area": "300.5"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.area_present == 30_050


def test_the_calendar_of_ones_own(world: World) -> None:
    meeting = making.opened(world, making.body(world))
    clerk, stranger = desk(world, "clerk"), desk(world, "chen")
    page = shown(clerk.post("/meetings/calendar/", {}))
    address = page[page.index("http://testserver/meetings/calendar/") :].split("<")[0]
    path = address.removeprefix("http://testserver")
    answer = stranger.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(meeting.pk) in answer.content.decode()
    assert address not in shown(clerk.get("/meetings/calendar/")), "it is shown once"
    clerk.post("/meetings/calendar/", {"then": "revoke"})
    assert stranger.get(path).status_code == 404


def test_affairs_are_laid_open_and_kept(world: World) -> None:
    community, clerk = world.place("community"), desk(world, "clerk")
    assert clerk.post(f"/desk/meetings/affairs/{community}/begin/").status_code == 302
    money = DisclosureClass.objects.get(code="money")
    fields = {"kind": str(money.pk), "title": "三季度收支", "body": "收入三千元。", "days": "14"}
    disclose = f"/desk/meetings/affairs/{community}/disclose/"
    assert "三季度收支" in shown(clerk.post(disclose, fields), 422)
    assert clerk.post(disclose, {**fields, "days": "15"}).status_code == 302
    change = f"/desk/meetings/affairs/classes/{money.pk}/"
    assert clerk.post(change, {"title": "账本", "every_months": "1"}).status_code == 302
    page = shown(desk(world, "wang").get(f"/meetings/affairs/{community}/"))
    assert "账本" in page
    assert "三季度收支" in page
    with clock.at(clock.now() + timedelta(days=200)):
        assert "overdue" in shown(desk(world, "wang").get(f"/meetings/affairs/{community}/"))
    posting = Posting.objects.get()
    assert "收入三千元" in shown(desk(world, "chen").get(f"/meetings/board/{posting.pk}/"))


def test_a_posting_hangs_on_the_board_in_two_sizes(world: World) -> None:
    meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
    making.resolved(world, meeting, unit="power")
    posting = making.posted(world, making.published(world, meeting))
    wang = desk(world, "wang")
    assert "?paper=a3" in shown(wang.get(f"/meetings/board/{posting.pk}/"))
    boxes = {}
    for size in ("a4", "a3", "a0"):
        made = wang.get(f"/meetings/board/{posting.pk}/poster/", {"paper": size})
        assert (made["Content-Type"], made["Content-Disposition"][:6]) == ("application/pdf", "inline")
        assert len(pages_of(made.content)) == 1
        words = words_of(made.content)
        for said in ("路灯改造公示", "LED灯", "2026-11-16", "2026-11-23", "建设社区"):
            assert said in words, said
        boxes[size] = made.content.split(b"/MediaBox[0 0 ")[1].split(b"]")[0].split()
    assert boxes["a4"] == boxes["a0"], "what there is not is A4"
    assert boxes["a3"][0] == boxes["a4"][1]


def test_an_assembly_is_asked_for_its_count_and_for_no_manner(world: World) -> None:
    body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
    meeting = making.opened(world, body, "chen", "wang")
    path, secretary = f"/desk/meetings/{meeting.pk}/resolve/", desk(world, "secretary")
    page = shown(secretary.get(path))
    assert 'name="manner"' not in page
    answer = secretary.post(path, {"text": making.LAMPS, "yes": "2"})
    assert answer.status_code == 422, "who was against it and who abstained is asked too"
    talk = making.opened(world, making.body(world), "secretary", "clerk", "grid")
    assert 'name="manner"' in shown(secretary.get(f"/desk/meetings/{talk.pk}/resolve/"))


def test_a_meeting_that_has_not_begun_says_how_it_begins(world: World) -> None:
    body = making.body(world)
    meeting = making.planned(world, body)
    page = f"/desk/meetings/{meeting.pk}/"
    before = shown(desk(world, "secretary").get(page))
    assert "More than half have to come: 3 of 4." in before
    assert "Present of those entitled" not in before, "nobody is absent from what has not begun"
    assert "On its day there is a button here to open it" in before
    with on("2026-11-20"):
        assert "Its day has passed" in shown(desk(world, "secretary").get(page))


def test_where_it_is_held_is_said_once_and_kept_for_the_next(world: World) -> None:
    body = making.body(world)
    name = body.place.name
    plan = f"/desk/meetings/bodies/{body.pk}/plan/"
    assert f'value="{name}"' in shown(desk(world, "secretary").get(plan))
    meeting = making.opened(world, body)
    assert 'value="社区二楼"' in shown(desk(world, "secretary").get(plan)), "as last time"
    wang = desk(world, "wang")
    assert f"{name} · 社区二楼" in shown(wang.get(f"/meetings/{meeting.pk}/"))
    Gathering.objects.filter(pk=meeting.pk).update(room=name)
    assert f"{name} · {name}" not in shown(wang.get(f"/meetings/{meeting.pk}/"))


def test_a_code_that_has_changed_leads_back_to_the_meeting(world: World) -> None:
    meeting = making.opened(world, making.body(world))
    page = shown(desk(world, "wang").get(f"/meetings/{meeting.pk}/here/?c=000000"))
    assert "This code has changed" in page
    assert f'href="/meetings/{meeting.pk}/"' in page


def test_members_know_beforehand_that_they_can_come_by_video(world: World) -> None:
    body = making.body(world)
    Body.objects.filter(pk=body.pk).update(video_base="https://meet.example.org")
    body.refresh_from_db()
    meeting = making.planned(world, body)
    actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
    page = shown(desk(world, "clerk").get(f"/meetings/{meeting.pk}/"))
    assert "you can take part by video" in page
    assert "meet.example.org" not in page, "the room is told to those on the list"


def test_who_stands_in_for_the_most_already_is_not_offered_again(world: World) -> None:
    rules = replace(STANDINGS[BodyKind.JOINT_CONFERENCE].start, proxies_most=1)
    meeting = making.opened(world, making.body(world, rules=rules), "secretary")
    secretary, page = desk(world, "secretary"), f"/desk/meetings/{meeting.pk}/"
    stands_in = f'<option value="{world.persons["secretary"]}">'
    assert stands_in in shown(secretary.get(page))
    fields = {"person": str(world.persons["clerk"]), "proxy": str(world.persons["secretary"])}
    assert secretary.post(f"{page}do/proxy/", fields).status_code == 302
    assert stands_in not in shown(secretary.get(page))


def test_minutes_say_of_no_quorum_that_it_was_there_only_where_one_is_asked(world: World) -> None:
    rules = replace(STANDINGS[BodyKind.DELIBERATION].start, quorum=Presence.NONE)
    meeting = making.opened(world, making.body(world, BodyKind.DELIBERATION, rules=rules), "secretary")
    begun = shown(desk(world, "secretary").get(f"/desk/meetings/{meeting.pk}/minutes/"))
    assert "The quorum was there" not in begun
    page = f"/desk/meetings/{meeting.pk}/"
    assert "The quorum is here" not in shown(desk(world, "secretary").get(page))
    actions.close(by=world.actor("secretary"), gathering_id=meeting.pk)
    assert "Had its quorum" not in shown(desk(world, "secretary").get(page))
    asked = making.opened(world, making.body(world), "secretary", "clerk", "grid")
    begun = shown(desk(world, "secretary").get(f"/desk/meetings/{asked.pk}/minutes/"))
    assert "The quorum was there" in begun
