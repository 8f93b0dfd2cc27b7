"""What is talked over, as books: nothing of who said it, nothing that is out of sight, no formula."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.deliberation.actions import doubts, nominations, proposals, signatures, works_lines
from linli.deliberation.actions.nominations import Words
from linli.deliberation.actions.works_lines import Material
from linli.deliberation.models import Appraisal, Covenant, Topic, Works
from linli.people.models import Person
from tests import world as worlds
from tests.books import cells, formulas, last_taken_out, nobody_exports, refused, sheet
from tests.deliberation import building, contesting, covenanting, honouring, talking
from tests.matters.desking import MOST_QUERIES, desk, queries, shown
from tests.world import World

DAY = "2026-11-16"
MATERIAL = Material("SBS 防水卷材", "屋面", "河西建材厂", "Ⅱ型", "20261110-3", date(2026, 11, 10))


@dataclass(frozen=True)
class Book:
    """A book, the page that leads to it, and what they are of, by the name of the fixture's part."""

    name: str
    page: str
    of: str = ""


BOOKS = [
    Book("topics_desk:topics_xlsx", "topics_desk:topics"),
    Book("topics_desk:topic_xlsx", "topics_desk:topic", "topic"),
    Book("topics_desk:topic_xlsx", "topics_desk:topic", "contest"),
    Book("opinions_desk:conversations_xlsx", "opinions_desk:conversations"),
    Book("covenants_desk:covenants_xlsx", "covenants_desk:covenants"),
    Book("covenants_desk:signed_xlsx", "covenants_desk:signed", "covenant"),
    Book("covenants_desk:signatures_xlsx", "covenants_desk:signed", "covenant"),
    Book("surveys_desk:surveys_xlsx", "surveys_desk:surveys"),
    Book("appraisals_desk:appraisals_xlsx", "appraisals_desk:appraisals"),
    Book("appraisals_desk:nominations_xlsx", "appraisals_desk:appraisal", "appraisal"),
    Book("works_desk:all_xlsx", "works_desk:all"),
    Book("works_desk:materials_xlsx", "works_desk:works", "works"),
    Book("works_desk:doubts_xlsx", "works_desk:works", "works"),
    Book("works_desk:homes_xlsx", "works_desk:homes", "asked"),
]

FILTERS = {
    "topic": ["topic"],
    "contest": ["topic"],
    "covenant": ["covenant"],
    "appraisal": ["appraisal"],
    "works": ["works"],
    "asked": ["works"],
}


@dataclass(frozen=True)
class Talked:
    """A community where everything is going on at once."""

    world: World
    topic: Topic
    contest: Topic
    covenant: Covenant
    appraisal: Appraisal
    works: Works
    asked: Works

    def at_desk(self, language: str = "en") -> Client:
        return desk(self.world, "clerk", language)

    def address(self, name: str, of: str = "") -> str:
        return reverse(name, args=[getattr(self, of).pk] if of else [])

    def book(self, name: str, of: str = "", **asked: str) -> Any:
        return self.at_desk().get(self.address(name, of), asked)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Talked]:
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        with worlds.on(DAY):
            yield talked(worlds.build())
        transaction.set_rollback(True)


@pytest.fixture
def going_on(_built: Talked, db: None) -> Talked:
    world = _built.world
    kept = {"places": dict(world.places), "persons": dict(world.persons), "phones": dict(world.phones)}
    return replace(_built, world=replace(world, **kept))


def talked(world: World) -> Talked:
    wang, clerk = world.actor("wang"), world.actor("clerk")
    topic = contesting.opened(world)
    contesting.raised(world, topic, title="=1+1")
    hidden = contesting.raised(world, topic, "chen", title="某某不要脸")
    proposals.hide(by=clerk, proposal_id=hidden.pk, reason="骂人")
    contest = contesting.contest(world)
    contesting.entered(world, contest, "zhao", "槐荫院")
    talking.opened(world)
    covenant = covenanting.in_force(world)
    signatures.sign(by=wang, covenant_id=covenant.pk, shown=False)
    honouring.asked(world)
    appraisal = honouring.opened(world)
    words = Words("陈家媳妇", "常常帮忙扫楼道")
    nominations.enter(by=clerk, appraisal_id=appraisal.pk, person_id=world.persons["chen"], words=words)
    works = building.building(world)
    works_lines.keep_material(by=clerk, works_id=works.pk, kept=MATERIAL)
    doubts.ask(by=wang, works_id=works.pk, text="=HYPERLINK(1)")
    out_of_sight = doubts.ask(by=wang, works_id=works.pk, text="某某收了钱")
    doubts.hide(by=clerk, doubt_id=out_of_sight.pk, reason="点了名")
    return Talked(world, topic, contest, covenant, appraisal, works, building.asked(world))


@pytest.mark.parametrize("each", BOOKS, ids=lambda each: f"{each.name}-{each.of}")
def test_a_book_has_what_its_page_shows_and_no_more_than_its_page(going_on: Talked, each: Book) -> None:
    answer = going_on.book(each.name, each.of)
    rows = sheet(answer)
    assert len(rows) > 3, "something is listed"
    assert formulas(answer) == []
    for hidden in ("某某不要脸", "某某收了钱", "常常帮忙", *whole_names(going_on.world)):
        assert hidden not in cells(answer), hidden
    entry = last_taken_out()
    assert (entry["rows"], entry["filters"]) == (len(rows) - 3, FILTERS.get(each.of, []))


def whole_names(world: World) -> list[str]:
    """The residents’ names as nobody reads them in a book."""
    return [Person.objects.get(pk=world.persons[key]).name for key in ("wang", "chen", "zhao")]


@pytest.mark.parametrize("each", BOOKS, ids=lambda each: f"{each.name}-{each.of}")
def test_the_page_leads_to_its_book_and_only_with_the_power(going_on: Talked, each: Book) -> None:
    clerk, book = going_on.at_desk(), going_on.address(each.name, each.of)
    page = going_on.address(each.page, each.of)
    assert book in shown(clerk.get(page))
    assert desk(going_on.world, "wang").get(book).status_code == 403
    nobody_exports()
    assert refused(clerk.get(book))
    assert book not in shown(clerk.get(page))
    assert not Entry.objects.filter(event="deliberation.exported").exists()


def test_words_that_look_like_a_formula_stay_words(going_on: Talked) -> None:
    assert [row[0] for row in sheet(going_on.book("topics_desk:topic_xlsx", "topic"))[3:]] == ["=1+1"]
    [doubt] = sheet(going_on.book("works_desk:doubts_xlsx", "works"))[3:]
    assert (doubt[0], doubt[3]) == ("=HYPERLINK(1)", "a few")
    assert isinstance(doubt[2], datetime)


def test_the_filters_and_headings_of_a_topic(going_on: Talked) -> None:
    rows = sheet(going_on.book("topics_desk:topic_xlsx", "topic", sort="support"))
    assert rows[0][0] == "Proposals"
    assert rows[1][0] == f"建设社区，{going_on.topic.title}"
    assert rows[2][:3] == ("Title", "Section", "Raised at")
    assert (rows[3][1], rows[3][4]) == ("停车", 0)


def test_the_books_speak_chinese(going_on: Talked) -> None:
    answer = going_on.at_desk("zh-hans").get(going_on.address("works_desk:materials_xlsx", "works"))
    rows = sheet(answer)
    assert rows[0][0] == "材料和证明"
    assert rows[2][:2] == ("编号", "材料名称")
    [material] = rows[3:]
    assert material[:3] == (1, "SBS 防水卷材", "屋面")
    assert material[6].date() == MATERIAL.arrived_on
    assert material[7] == 0


def test_signatures_stand_by_building_and_masked(going_on: Talked) -> None:
    buildings = sheet(going_on.book("covenants_desk:signed_xlsx", "covenant"))[3:]
    assert sum(row[2] for row in buildings) == 1
    [signed] = sheet(going_on.book("covenants_desk:signatures_xlsx", "covenant"))[3:]
    assert "*" in signed[1]
    assert signed[3:] == ("no", "no")


def test_who_has_not_agreed_to_be_put_forward_stands_masked(going_on: Talked) -> None:
    [nominated] = sheet(going_on.book("appraisals_desk:nominations_xlsx", "appraisal"))[3:]
    assert "*" in nominated[0]
    assert nominated[4] == "no"


def test_a_book_asks_little(going_on: Talked) -> None:
    clerk = going_on.at_desk()
    asked = {each.name: queries(clerk, going_on.address(each.name, each.of)) for each in BOOKS}
    assert {name: count for name, count in asked.items() if count > MOST_QUERIES + 6} == {}
