"""What hangs on the board before the result: the announcement, the roll, the homes no sheet was handed to."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linli.ballots.actions import canvassing, running
from linli.ballots.kinds import BallotState, Electorate, Method, OwnersMatter, RuleName, VisitOutcome
from linli.ballots.models import Ballot
from linli.ballots.rules.delivery import Delivery, Door, delivery
from linli.ballots.rules.drafting import Asked
from linli.kernel import clock
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import MORNING, OPENS, Entrance
from tests.pdf import pages_of, words_of


def client_of(built: Entrance, key: str) -> Client:
    """Somebody at their screen, in English."""
    if not get_user_model().objects.filter(person_id=built.world.persons[key]).exists():
        world.open_account(built.world, key)
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=built.world.persons[key]))
    return client


def shown(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()
    return unescape(response.content.decode())


# ── how far the sheets came: 建房〔2009〕274号 22 ─────────────────────────────────────────────────────────

A, B, C = (UUID(int=number) for number in (1, 2, 3))
ONE, TWO = uuid4(), uuid4()
DELIVERED, ABSENT = {VisitOutcome.DELIVERED.value}, {VisitOutcome.ABSENT.value}
CASES: list[tuple[str, list[Door], dict[UUID, set[str]], Delivery]] = [
    ("nobody went", [Door(A, ONE, False)], {}, Delivery((), (), (A,))),
    ("handed over", [Door(A, ONE, False)], {A: DELIVERED}, Delivery((A,), (), ())),
    ("filled in at the door", [Door(A, ONE, False)], {A: {"agreed"}}, Delivery((A,), (), ())),
    ("nobody in", [Door(A, ONE, False)], {A: ABSENT}, Delivery((), (A,), ())),
    ("not wanted", [Door(A, ONE, False)], {A: {"refused"}}, Delivery((), (A,), ())),
    (
        "first nobody, then handed over",
        [Door(A, ONE, False)],
        {A: ABSENT | DELIVERED},
        Delivery((A,), (), ()),
    ),
    ("voted without a visit", [Door(A, ONE, True)], {}, Delivery((A,), (), ())),
    (
        "one owner, two homes, one sheet",
        [Door(A, ONE, False), Door(B, ONE, False), Door(C, TWO, False)],
        {B: DELIVERED, C: ABSENT},
        Delivery((A, B), (C,), ()),
    ),
    (
        "one of two homes tried",
        [Door(A, ONE, False), Door(B, ONE, False)],
        {A: ABSENT},
        Delivery((), (A,), (B,)),
    ),
]


@pytest.mark.parametrize(
    ("doors", "visits", "found"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_how_far_the_sheets_came(doors: list[Door], visits: dict[UUID, set[str]], found: Delivery) -> None:
    assert delivery(doors, visits) == found


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12),
    st.dictionaries(st.integers(0, 11), st.sets(st.sampled_from([o.value for o in VisitOutcome]))),
)
def test_every_home_is_in_one_of_the_three(
    entries: list[tuple[int, bool]], visits: dict[int, set[str]]
) -> None:
    doors = [Door(UUID(int=at), UUID(int=entry), voted) for at, (entry, voted) in enumerate(entries)]
    found = delivery(doors, {UUID(int=at): outcomes for at, outcomes in visits.items()})
    assert sorted([*found.reached, *found.missed, *found.untried]) == [each.home for each in doors]


# ── the papers ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_announcement_says_what_who_when_how_and_how_to_object(built: Entrance) -> None:
    row, anybody = entrance.drafted(built), Client(headers={"accept-language": "en"})
    address = reverse("ballots:announcement", args=[row.pk])
    assert anybody.get(address).status_code == 404, "a draft is not there"
    row = entrance.announced(built)
    address = reverse("ballots:announcement", args=[row.pk])
    with clock.at(MORNING):
        assert address in shown(client_of(built, "clerk").get(reverse("ballots_desk:ballot", args=[row.pk])))
        for size in ("a4", "a3"):
            made = anybody.get(address, {"paper": size}).content
            assert len(pages_of(made)) == 1
            words = words_of(made)
            for said in (
                "1单元加装电梯",
                "给1单元加装电梯，是否同意",
                "Theowners,byhome",
                "2026-12-02",
                "online",
                "2026-11-21",
                "建设社区",
            ):
                assert said in words, said
    with clock.at(OPENS):
        running.withdraw(by=built.staff("clerk"), ballot_id=row.pk, reason="方案改了")
        assert anybody.get(address).status_code == 409


@pytest.mark.parametrize(
    ("matter", "rule", "item", "majority"),
    [
        (OwnersMatter.USE_FUND, RuleName.OWNERS_ORDINARY, 5, "morethanhalfagree"),
        (OwnersMatter.RAISE_FUND, RuleName.OWNERS_SPECIAL, 6, "threequartersagree"),
        (OwnersMatter.REBUILD, RuleName.LIFT, 7, "Owners,special:twothirdstakepart,threequartersagree"),
    ],
)
def test_the_papers_name_the_item_of_the_law_and_the_majority_it_asks(
    built: Entrance, matter: OwnersMatter, rule: RuleName, item: int, majority: str
) -> None:
    """民法典 278: on the announcement, the record that is signed, and the poster of the result."""
    asked = Asked("请各位业主决定", Method.YES_NO, rule, matter=matter)
    row = entrance.opened(built, entrance.plan(asked))
    entrance.votes(built, row, ["601", "602", "501", "502", "401", "402", "301", "302"], "yes")
    anybody = Client(headers={"accept-language": "en"})
    shown_at = {"announcement": OPENS, "record": entrance.CLOSES, "poster": entrance.CLOSES}
    for paper, moment in shown_at.items():
        if moment == entrance.CLOSES and row.state == BallotState.OPEN:
            row = entrance.counted(built, row)
        with clock.at(moment):
            words = words_of(anybody.get(reverse(f"ballots:{paper}", args=[row.pk])).content)
        assert f"CivilCode278,item{item}:" in words, paper
        assert majority in words, paper


def test_the_roll_on_paper_says_what_its_page_says_and_no_more(built: Entrance) -> None:
    made = entrance.plan(
        entrance.Asked("换路灯", entrance.Method.YES_NO, entrance.RuleName.SIMPLE),
        electorate=Electorate.RESIDENTS,
        is_secret=True,
        part_kind=entrance.PartKind.NONE,
    )
    row = entrance.announced(built, made)
    address = reverse("ballots_desk:roll_pdf", args=[row.pk])
    assert client_of(built, "601").get(address).status_code == 403
    clerk = client_of(built, "clerk")
    with clock.at(MORNING):
        words = words_of(clerk.get(address).content)
        page = "".join(shown(client_of(built, "601").get(reverse("ballots:roll", args=[row.pk]))).split())
    labels = ["".join(label.split()) for label in row.roll.values_list("label", flat=True)]
    assert len(labels) == 12
    for label in labels:
        assert label in words, label
        assert label in page, label
    assert "住户" not in words, "names stay masked"
    assert "2026-11-21" in words
    draft = entrance.drafted(built)
    assert clerk.get(reverse("ballots_desk:roll_pdf", args=[draft.pk])).status_code == 409


def test_an_owners_roll_shows_numbers_homes_and_areas(built: Entrance) -> None:
    row = entrance.announced(built)
    with clock.at(MORNING):
        address = reverse("ballots_desk:roll_pdf", args=[row.pk])
        words = words_of(client_of(built, "clerk").get(address).content)
    assert words.count("89.37m²") == 12
    assert "1072.44m²" in words


def test_homes_not_reached_are_posted_once_every_door_was_tried(built: Entrance) -> None:
    row = entrance.opened(built)
    clerk, grid = client_of(built, "clerk"), built.staff("grid")
    address = reverse("ballots_desk:unreached", args=[row.pk])
    doors = reverse("ballots_desk:doors", args=[row.pk])
    with clock.at(OPENS + timedelta(days=1)):
        entrance.vote(built, row, "502", "yes")
        for name in built.homes:
            if name not in ("102", "302", "502", "601"):
                visit(built, row, name, VisitOutcome.DELIVERED)
        visit(built, row, "102", VisitOutcome.ABSENT)
        visit(built, row, "302", VisitOutcome.REFUSED)
        page = shown(clerk.get(doors))
        assert "Not tried yet: 1. Tried, nothing handed over: 2." in page
        assert address not in page
        refused = clerk.get(address)
        assert refused.status_code == 409
        assert "1 homes have not been tried yet" in unescape(refused.content.decode())
        canvassing.note_visit(
            by=grid, ballot_id=row.pk, home_id=built.homes["601"], outcome=VisitOutcome.ABSENT
        )
        assert address in shown(clerk.get(doors))
        words = words_of(clerk.get(address).content)
        assert "102,302,601" in words or "102、302、601" in words
        for hidden in ("住户", "Doesnotwant", "101", "502"):
            assert hidden not in words, hidden
        for name in ("102", "302", "601"):
            visit(built, row, name, VisitOutcome.DELIVERED)
        assert clerk.get(address).status_code == 409, "nothing is left to post"


def visit(built: Entrance, row: Ballot, home: str, outcome: VisitOutcome) -> None:
    canvassing.note_visit(
        by=built.staff("grid"), ballot_id=row.pk, home_id=built.homes[home], outcome=outcome
    )


def test_only_votes_of_owners_are_delivered_to_every_home(built: Entrance) -> None:
    made = entrance.plan(
        entrance.Asked("换路灯", entrance.Method.YES_NO, entrance.RuleName.SIMPLE),
        electorate=Electorate.HOUSEHOLDS,
        part_kind=entrance.PartKind.NONE,
    )
    row = entrance.opened(built, made)
    clerk = client_of(built, "clerk")
    with clock.at(OPENS):
        assert "Sheets to every owner" not in shown(clerk.get(reverse("ballots_desk:doors", args=[row.pk])))
        assert clerk.get(reverse("ballots_desk:unreached", args=[row.pk])).status_code == 409
