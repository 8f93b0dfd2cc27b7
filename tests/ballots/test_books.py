"""Ballots, a roll, the doors, the homes not reached and proxies as books: never how anybody voted."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.ballots.actions import canvassing, entrusting, settling
from linli.ballots.actions.entrusting import Trusted
from linli.ballots.kinds import HouseRuleKind, VisitOutcome
from linli.ballots.models import Ballot
from linli.kernel import clock
from tests.ballots import entrance
from tests.ballots.entrance import OPENS, Entrance
from tests.ballots.test_web import shown, signed_in
from tests.books import cells, last_taken_out, nobody_exports, refused, sheet

BALLOTS, ROLL, DOORS = "ballots_desk:ballots_xlsx", "ballots_desk:roll_xlsx", "ballots_desk:doors_xlsx"
UNREACHED, PROXIES = "ballots_desk:unreached_xlsx", "ballots_desk:proxies_xlsx"
HOUSE_RULES = "ballots_desk:house_rules_xlsx"
PAGES = {
    BALLOTS: "ballots_desk:ballots",
    ROLL: "ballots_desk:roll",
    DOORS: "ballots_desk:doors",
    UNREACHED: "ballots_desk:doors",
    PROXIES: "ballots_desk:proxies",
    HOUSE_RULES: "ballots_desk:house_rules",
}
OF_ALL = {BALLOTS, HOUSE_RULES}


@pytest.fixture(autouse=True)
def _while_voting() -> Iterator[None]:
    with clock.at(OPENS):
        yield


@pytest.fixture
def row(built: Entrance) -> Ballot:
    """Voting: 101 has said yes, 102 does not want to, 201 was out, 202 entrusted 601."""
    found = entrance.opened(built)
    entrance.votes(built, found, ["101"], "yes")
    for home, outcome in (("102", VisitOutcome.REFUSED), ("201", VisitOutcome.ABSENT)):
        canvassing.note_visit(
            by=built.staff("grid"), ballot_id=found.pk, home_id=built.homes[home], outcome=outcome
        )
    whom = Trusted("住户601", built.world.phones["601"])
    entrusting.entrust(by=built.owner("202"), ballot_id=found.pk, whom=whom)
    settling.set_house_rule(
        by=built.staff("clerk"),
        place_id=built.world.place("community"),
        kind=HouseRuleKind.FOLLOW_MAJORITY,
        source="议事规则第九条",
        starts=clock.today(),
        last=None,
    )
    return found


def address(name: str, row: Ballot) -> str:
    of_all = name in OF_ALL or name in (PAGES[book] for book in OF_ALL)
    return reverse(name, args=[] if of_all else [row.pk])


def clerk(built: Entrance, language: str = "en") -> Client:
    client = signed_in(built, "clerk")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client


def test_ballots_are_narrowed_by_their_state(built: Entrance, row: Ballot) -> None:
    rows = sheet(clerk(built).get(address(BALLOTS, row), {"state": "open"}))
    assert rows[1][0] == "建设社区，Voting now"
    [found] = rows[3:]
    assert (found[0], found[3], found[4]) == (row.title, "no", "Voting now")
    assert isinstance(found[5], datetime)
    community = built.world.places["community"].path
    assert last_taken_out() == {"place": community, "list": "ballots", "filters": ["state"], "rows": 1}
    assert len(sheet(clerk(built).get(address(BALLOTS, row), {"state": "draft"}))) == 3


def test_the_book_speaks_chinese(built: Entrance, row: Ballot) -> None:
    rows = sheet(clerk(built, "zh-hans").get(address(ROLL, row)))
    assert rows[0][0] == "名册"
    assert rows[2][:3] == ("编号", "谁", "面积")


def test_the_roll_says_who_has_voted_and_never_how(built: Entrance, row: Ballot) -> None:
    answer = clerk(built).get(address(ROLL, row))
    rows = sheet(answer)
    assert rows[1][0] == f"1单元，{row.title}"
    by_home = {str(line[1])[-3:]: line for line in rows[3:]}
    assert by_home["101"][2:5] == (89.37, "no", "online")
    assert by_home["102"][4] in (None, "")
    assert isinstance(rows[3][0], int)
    for hidden in ("住户", "Agree", "yes"):
        assert hidden not in cells(answer), hidden
    assert last_taken_out()["list"] == "roll"


def test_the_doors_are_those_on_the_screen(built: Entrance, row: Ballot) -> None:
    left = sheet(clerk(built).get(address(DOORS, row)))
    assert left[1][0] == f"1单元，{row.title}，Still to visit"
    by_home = {str(line[0])[-3:]: line for line in left[3:]}
    assert "101" not in by_home
    assert by_home["102"][2] == "Does not want to vote"
    assert isinstance(by_home["201"][3], datetime)
    everybody = clerk(built).get(address(DOORS, row), {"show": "all"})
    assert len(sheet(everybody)) == 3 + 12
    assert "All doors" in sheet(everybody)[1][0]
    assert "住户" not in cells(everybody)


def test_homes_not_reached_are_numbers_alone(built: Entrance, row: Ballot) -> None:
    answer = clerk(built).get(address(UNREACHED, row))
    rows = sheet(answer)
    assert [str(line[0])[-3:] for line in rows[3:]] == ["102", "201"]
    assert {len(line) for line in rows[2:]} == {1}
    assert "want" not in cells(answer), "why nobody took the sheet is nobody’s business"


def test_proxies_are_masked(built: Entrance, row: Ballot) -> None:
    answer = clerk(built).get(address(PROXIES, row))
    [found] = sheet(answer)[3:]
    assert found[0] == found[1]
    assert "*" in str(found[0])
    assert found[3] == "no"
    for whole in ("住户601", "住户202"):
        assert whole not in cells(answer)


def test_rules_of_the_house(built: Entrance, row: Ballot) -> None:
    [found] = sheet(clerk(built).get(address(HOUSE_RULES, row)))[3:]
    words = "Whoever keeps the sheet is counted with the majority"
    assert found[:4] == ("建设社区", words, None, "议事规则第九条")


@pytest.mark.parametrize("book", PAGES)
def test_the_page_leads_to_its_book_and_only_with_the_power(built: Entrance, row: Ballot, book: str) -> None:
    at_desk = clerk(built)
    assert address(book, row) in shown(at_desk.get(address(PAGES[book], row)))
    nobody_exports()
    assert refused(at_desk.get(address(book, row)))
    assert address(book, row) not in shown(at_desk.get(address(PAGES[book], row)))
    assert not Entry.objects.filter(event="ballots.exported").exists()


def test_whoever_only_carries_paper_takes_nothing_out(built: Entrance, row: Ballot) -> None:
    grid = signed_in(built, "grid")
    assert {grid.get(address(book, row)).status_code for book in PAGES} == {403}
