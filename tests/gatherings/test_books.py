"""Bodies, meetings, what is to be carried out, the board and affairs laid open, as books."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.models import DisclosureClass, Posting
from linli.kernel.actor import SYSTEM
from tests.books import cells, formulas, last_taken_out, nobody_exports, refused, sheet
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World, on

BODIES, MEETINGS = "gatherings_desk:bodies_xlsx", "gatherings_desk:meetings_xlsx"
PENDING, BOARD = "gatherings_desk:pending_xlsx", "gatherings_desk:postings_xlsx"
AFFAIRS, ARCHIVE = "gatherings_desk:affairs_xlsx", "gatherings_desk:archive_xlsx"
TODAY = date(2026, 11, 16)
PAGES = {
    BODIES: "gatherings_desk:home",
    MEETINGS: "gatherings_desk:over",
    PENDING: "gatherings_desk:pending",
    BOARD: "gatherings_desk:postings",
    AFFAIRS: "gatherings_desk:affairs",
    ARCHIVE: "gatherings_desk:affairs",
}


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


@pytest.fixture
def held(world: World) -> World:
    """A meeting whose resolution a unit carries out and which is on the board; affairs laid open once."""
    body = making.body(world)
    meeting = making.opened(world, body, "secretary", "clerk", "grid")
    making.resolved(world, meeting, unit="power")
    making.posted(world, making.published(world, meeting))
    making.planned(world, body)
    actions.adopt_classes(by=SYSTEM, place_id=world.place("community"))
    money = DisclosureClass.objects.get(code="money")
    actions.disclose(by=world.actor("clerk"), class_id=money.pk, title="=1+1", body="第三季度收支。", days=15)
    return world


def address(world: World, name: str) -> str:
    of_community = name in (AFFAIRS, ARCHIVE, "gatherings_desk:affairs")
    return reverse(name, args=[world.place("community")] if of_community else [])


def test_bodies_stand_with_their_days(held: World) -> None:
    rows = sheet(desk(held, "clerk").get(address(held, BODIES)))
    assert rows[0][0] == "Bodies and when they are due"
    assert rows[1][0] == "建设社区"
    assert rows[2][:3] == ("Body", "Kind", "Place")
    [body] = rows[3:]
    assert body[:3] == ("建设社区联席会议", "Joint conference", "建设社区")
    assert body[3].date() == TODAY
    assert isinstance(body[5], int)
    assert isinstance(body[6], datetime)


def test_meetings_ahead_and_over_are_books_of_their_own(held: World) -> None:
    clerk = desk(held, "clerk")
    ahead = sheet(clerk.get(address(held, MEETINGS)))
    assert ahead[1][0] == "建设社区，Ahead"
    assert [row[5] for row in ahead[3:]] == ["Planned"]
    over = sheet(clerk.get(address(held, MEETINGS), {"over": "1"}))
    assert over[1][0] == "建设社区，Over"
    assert [row[5:] for row in over[3:]] == [("Published", 4, 3)]
    place = held.places["community"].path
    assert last_taken_out() == {"place": place, "list": "meetings", "filters": ["when"], "rows": 1}


def test_a_book_speaks_chinese(held: World) -> None:
    rows = sheet(desk(held, "clerk", "zh-hans").get(address(held, MEETINGS)))
    assert rows[0][0] == "会议"
    assert rows[1][0] == "建设社区，要开的"
    assert rows[2][:3] == ("标题", "类别", "地点")


def test_what_is_to_be_carried_out_names_the_unit_and_the_day(held: World) -> None:
    [row] = sheet(desk(held, "clerk").get(address(held, PENDING)))[3:]
    assert row[0] == making.LAMPS
    assert isinstance(row[3], datetime)
    assert isinstance(row[5], datetime)
    assert row[6] == "no"


def test_the_board_says_how_many_object_and_not_who(held: World) -> None:
    posting = Posting.objects.get(title="=1+1")
    actions.note_objection(
        by=held.actor("clerk"), posting_id=posting.pk, person_id=held.persons["wang"], text="账不清楚"
    )
    answer = desk(held, "clerk").get(address(held, BOARD))
    by_title = {row[0]: row for row in sheet(answer)[3:]}
    assert by_title[posting.title][5:] == ("objections", 1)
    assert "账不清楚" not in cells(answer)


def test_affairs_are_a_list_of_classes_and_an_archive(held: World) -> None:
    clerk = desk(held, "clerk")
    classes = sheet(clerk.get(address(held, AFFAIRS)))[3:]
    assert len(classes) == DisclosureClass.objects.count()
    assert [row[3].date() for row in classes if row[3]] == [TODAY]
    assert {row[1] for row in classes} == {"yes", "no"}
    archive = clerk.get(address(held, ARCHIVE))
    assert [row[0] for row in sheet(archive)[3:]] == ["=1+1"]
    assert sheet(archive)[3][2].date() == TODAY
    assert formulas(archive) == []


@pytest.mark.parametrize("book", PAGES)
def test_the_page_leads_to_its_book_and_only_with_the_power(held: World, book: str) -> None:
    clerk = desk(held, "clerk")
    assert address(held, book) in shown(clerk.get(address(held, PAGES[book])))
    nobody_exports()
    assert refused(clerk.get(address(held, book)))
    assert address(held, book) not in shown(clerk.get(address(held, PAGES[book])))
    assert not Entry.objects.filter(event="gatherings.exported").exists()


def test_residents_have_no_books(held: World) -> None:
    wang = desk(held, "wang")
    assert {wang.get(address(held, book)).status_code for book in PAGES} == {403}
