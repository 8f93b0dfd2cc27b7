"""A second round: tied to the places a first left empty, and to those who were not elected in it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linli.ballots.actions import handcounting, preparing, running, second_round, voting
from linli.ballots.actions.second_round import Again
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot
from linli.ballots.read import ballots, counting
from linli.ballots.rules import handcount
from linli.ballots.rules import second_round as rules
from linli.ballots.rules.answers import Electorate as Voters
from linli.ballots.rules.answers import Option, Question
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.handcount import HandCount, Slips, WrittenIn
from linli.ballots.rules.majorities import NAMED, runoff
from linli.ballots.rules.recount import recount
from linli.ballots.rules.tally import Result, tally
from linli.ballots.rules.weights import Weight
from linli.kernel import clock
from linli.kernel.decision import Denied, Refused
from tests.ballots import entrance
from tests.ballots.entrance import CLOSES, MORNING, Entrance
from tests.ballots.test_elections import COMMITTEE, ELECTION, OPENED
from tests.ballots.test_web import shown, signed_in

# ── the rule ────────────────────────────────────────────────────────────────────────────────────────────

RULE = NAMED[RuleName.ELECTION_VOTERS]
ABCD = (Option("A", "甲"), Option("B", "乙"), Option("C", "丙"), Option("D", "丁"))


def held(*votes: int, seats: int = 2, valid: int = 60, written: tuple[Any, ...] = (), **more: Any) -> Result:
    """An election among 100 with so many votes for 甲, 乙, 丙, 丁; 30 abstain at most."""
    rule = more.get("rule", RULE)
    asked = Question("1", Method.CHOOSE, rule, "委员", ABCD, seats=seats, at_most=4)
    named = {option.id: given for option, given in zip(ABCD, votes, strict=False)}
    slips = Slips(valid, 0, 0, named, tuple(WrittenIn(*each) for each in written))
    return tally(
        handcount.with_written(asked, slips), Voters(Weight(heads=100)), handcount.lines(asked, slips)
    )


def left(*results: Result, stand: int = 0) -> list[tuple[int, list[str]]]:
    return [(each.seats, [name for name, _cost in each.options]) for each in rules.questions(results, stand)]


@pytest.mark.parametrize(
    ("votes", "seats", "found"),
    [
        ((40, 31, 20, 10), 2, []),  # 31 of 60 is more than half: both places are filled
        ((40, 30, 20, 10), 2, [(1, ["乙", "丙", "丁"])]),  # 30 is not
        ((30, 30, 20, 10), 2, [(2, ["甲", "乙", "丙", "丁"])]),
        ((40, 30, 20, 0), 2, [(1, ["乙", "丙"])]),  # nobody voted for 丁
        ((40, 20, 25, 10), 2, [(1, ["丙", "乙", "丁"])]),  # most votes first
        ((40, 35, 35, 10), 2, [(1, ["乙", "丙"])]),  # tied over the last place: they alone
        ((60, 0, 0, 0), 2, []),  # nobody is left to stand
    ],
)
def test_the_places_left_and_who_stands(
    votes: tuple[int, ...], seats: int, found: list[tuple[int, list[str]]]
) -> None:
    assert left(held(*votes, seats=seats)) == found


@pytest.mark.parametrize(
    ("stand", "names"),
    [
        (0, ["乙", "丙", "丁"]),
        (1, ["乙", "丙"]),
        (2, ["乙", "丙"]),
        (3, ["乙", "丙", "丁"]),
        (9, ["乙", "丙", "丁"]),
    ],
)
def test_those_with_more_votes_stand_one_more_than_places(stand: int, names: list[str]) -> None:
    assert left(held(40, 30, 20, 10), stand=stand) == [(1, names)]


def test_of_equals_at_the_end_all_stand() -> None:
    assert left(held(40, 30, 10, 10), stand=2) == [(1, ["乙", "丙", "丁"])]


def test_whoever_was_written_in_and_not_elected_stands_by_their_votes() -> None:
    assert left(held(40, 10, 5, 5, written=(("戊", 20),)), stand=2) == [(1, ["戊", "乙"])]


@pytest.mark.parametrize(
    ("result", "published", "followed", "reason"),
    [
        (held(40, 30), True, False, ""),
        (held(40, 31), True, False, "Every place is filled"),
        (held(40, 30), False, False, "Publish the result first"),
        (held(40, 30), True, True, "Its second round is begun already"),
        (held(40, 26, valid=51), True, False, "Every place is filled"),
        (held(40, 25, valid=51), True, False, ""),
        (held(40, 25, valid=50), True, False, "Too few took part"),
        (held(40, 10, rule=runoff(RULE)), True, False, "This was the second round"),
        (held(40, 30, rule=NAMED[RuleName.SIMPLE]), True, False, "Only an election"),
    ],
)
def test_when_a_second_round_follows(result: Result, published: bool, followed: bool, reason: str) -> None:
    found = rules.may_follow([result], is_published=published, has_followed=followed)
    assert bool(found) is not bool(reason)
    assert (found.reason if isinstance(found, Denied) else "").startswith(reason)


FIRST = Asked(
    "委员", Method.CHOOSE, RuleName.ELECTION_VOTERS, False, True, 1, 1, options=(("乙", 0), ("丙", 0))
)


@pytest.mark.parametrize(
    ("asked", "more", "reason"),
    [
        (FIRST, {}, ""),
        (replace(FIRST, options=(("乙", 0),)), {}, ""),
        (replace(FIRST, options=(("乙", 0), ("戊", 0))), {}, "In a second round only those stand"),
        (replace(FIRST, seats=2), {}, "A second round is for the places"),
        (replace(FIRST, title="主任"), {}, "A second round is for the places"),
        (replace(FIRST, is_runoff=False), {}, "A second round is for the places"),
        (replace(FIRST, rule=RuleName.ELECTION_REPS), {}, "A second round is for the places"),
        (FIRST, {"electorate": Electorate.HOUSEHOLDS}, "A second round asks the same people"),
        (FIRST, {"is_secret": False}, "A second round asks the same people"),
    ],
)
def test_a_second_round_fits_its_first(asked: Asked, more: dict[str, Any], reason: str) -> None:
    made = entrance.plan(asked, **{**ELECTION, **more})
    found = rules.fits(made, Electorate.RESIDENTS, [FIRST])
    assert (found.reason if isinstance(found, Denied) else "").startswith(reason)
    assert bool(found) is not bool(reason)


def test_nobody_can_be_written_in_to_a_second_round() -> None:
    """组织法 19: the candidates of the second round are those the first did not elect."""
    asked = Question("1", Method.CHOOSE, runoff(RULE), "委员", ABCD, seats=1, at_most=1)
    slips = Slips(10, 0, 0, {"A": 5, "B": 4, "C": 0, "D": 0}, (WrittenIn("戊", 1),))
    [fault] = handcount.faults(HandCount(10, 10, {"1": slips}), [asked], 20)
    assert fault.reason.startswith("%(title)s: in a second round only its candidates")


# ── from the first to the second ────────────────────────────────────────────────────────────────────────

LATER = CLOSES + timedelta(days=30)
AGAIN = Again("居委会换届选举，另行选举", LATER, LATER + timedelta(hours=8))


def first_round(built: Entrance, *votes: int) -> Ballot:
    """The committee of two elected by twelve: nine slips, of which seven are valid."""
    row = entrance.announced(built, entrance.plan(COMMITTEE, **ELECTION))
    with clock.at(OPENED):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
        _slips(built, row, CLOSES, *votes)
    return row


def _slips(built: Entrance, row: Ballot, closes: datetime, *votes: int) -> None:
    for number in range(1, 10):
        voting.take_paper(by=built.staff("grid"), ballot_id=row.pk, number=number)
    given = Slips(7, 1, 1, dict(zip("ABC", votes, strict=False)))
    with clock.at(closes):
        running.close(by=built.staff("clerk"), ballot_id=row.pk)
        handcounting.enter_hand_count(
            by=built.staff("grid"), ballot_id=row.pk, figures=HandCount(10, 9, {"1": given})
        )
        handcounting.confirm_hand_count(by=built.staff("clerk"), ballot_id=row.pk)
    entrance_counted(built, row, closes)


def entrance_counted(built: Entrance, row: Ballot, closes: datetime) -> None:
    with clock.at(closes):
        running.count(by=built.staff("clerk"), ballot_id=row.pk)
        running.publish(by=built.staff("clerk"), ballot_id=row.pk)


def begin(built: Entrance, row: Ballot, again: Again = AGAIN) -> Ballot:
    with clock.at(CLOSES):
        return second_round.begin_second_round(by=built.staff("clerk"), ballot_id=row.pk, again=again)


def test_a_second_round_asks_what_the_first_left(built: Entrance) -> None:
    row = first_round(built, 6, 4, 2)  # of nine: 周一 is elected
    made = begin(built, row)
    assert (made.first_round, made.electorate, made.is_secret, made.place) == (
        row, "residents", True, row.place,
    )  # fmt: skip
    [asked] = ballots.plan_of(made).questions
    assert (asked.seats, asked.is_runoff, [name for name, _cost in asked.options]) == (
        1,
        True,
        ["吴二", "郑三"],
    )
    with clock.at(CLOSES):
        with pytest.raises(Refused, match="Its second round is begun already"):
            begin(built, row)
        with pytest.raises(Refused, match="A second round asks what the first left open"):
            preparing.change(by=built.staff("clerk"), ballot_id=made.pk, plan=ballots.plan_of(made))
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.create(
                first_round=row, place=row.place, title="x", electorate="residents", is_secret=True,
                channels=["paper"], state="draft", opens_at=LATER, closes_at=LATER + timedelta(hours=1),
            )  # fmt: skip
        running.withdraw(by=built.staff("clerk"), ballot_id=made.pk, reason="日子定错了")
    assert begin(built, row).first_round == row


@pytest.mark.parametrize(("votes", "elected"), [((3, 2), ["吴二"]), ((2, 2), []), ((2, 5), ["郑三"])])
def test_one_third_of_the_votes_cast_is_enough_there(
    built: Entrance, votes: tuple[int, ...], elected: list[str]
) -> None:
    """Three of nine is one third exactly."""
    made = begin(built, first_round(built, 6, 4, 2))
    with clock.at(CLOSES):
        preparing.announce(by=built.staff("clerk"), ballot_id=made.pk)
        preparing.freeze_roll(by=built.staff("clerk"), ballot_id=made.pk)
    with clock.at(LATER):
        running.open_ballot(by=built.staff("clerk"), ballot_id=made.pk)
        given = dict(zip("AB", votes, strict=True))
        for number in range(1, 10):
            voting.take_paper(by=built.staff("grid"), ballot_id=made.pk, number=number)
    with clock.at(LATER + timedelta(hours=8)):
        running.close(by=built.staff("clerk"), ballot_id=made.pk)
        slips = Slips(sum(votes), 9 - sum(votes), 0, given)
        handcounting.enter_hand_count(
            by=built.staff("grid"), ballot_id=made.pk, figures=HandCount(9, 9, {"1": slips})
        )
        handcounting.confirm_hand_count(by=built.staff("clerk"), ballot_id=made.pk)
    entrance_counted(built, made, LATER + timedelta(hours=8))
    made.refresh_from_db()
    assert recount(made.document.encode())["agrees_with_published"] is True
    [result] = counting.results(made)
    assert result.outcome is not None
    titles = {option.id: option.title for option in result.question.options}
    assert [titles[each] for each in result.outcome.won] == elected
    with clock.at(LATER + timedelta(hours=9)), pytest.raises(Refused, match="This was the second round"):
        second_round.begin_second_round(by=built.staff("clerk"), ballot_id=made.pk, again=AGAIN)


def test_no_second_round_without_an_empty_place(built: Entrance) -> None:
    full = first_round(built, 6, 5, 2)
    with pytest.raises(Refused, match="Every place is filled"):
        begin(built, full)


def test_a_second_round_is_not_drafted_by_itself(built: Entrance) -> None:
    alone = entrance.plan(replace(COMMITTEE, is_runoff=True), **ELECTION)
    with pytest.raises(Refused, match="made from the result of the first"):
        entrance.drafted(built, alone)


def test_it_is_begun_from_the_page_of_the_result(built: Entrance) -> None:
    row, desk = first_round(built, 6, 4, 2), signed_in(built, "clerk")
    page, address = (reverse(f"ballots_desk:{name}", args=[row.pk]) for name in ("ballot", "second_round"))
    with clock.at(CLOSES):
        assert "Begin the second round" in shown(desk.get(page))
        form = shown(desk.get(address))
        assert "1 place is empty" in form
        assert "吴二" in form
        assert "周一" not in form
        sent = {"title": "另行选举", "opens_at": "2027-02-01T08:00", "closes_at": "2027-02-01T08:00"}
        wrong = desk.post(address, sent)
        assert wrong.status_code == 422
        assert "Voting ends after it begins." in wrong.content.decode()
        assert desk.post(address, sent | {"closes_at": "2027-02-01T17:00"}).status_code in (302, 303)
        made = Ballot.objects.get(first_round=row)
        assert "To the second round" in shown(desk.get(page))
        again = desk.get(address)
        assert again.status_code == 409
        assert "Its second round is begun already" in again.content.decode()
        draft = shown(desk.get(reverse("ballots_desk:ballot", args=[made.pk])))
        assert "To the first round" in draft
        assert desk.get(reverse("ballots_desk:edit", args=[made.pk])).status_code == 409


# ── what is announced is checked as what is drafted ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rule": "election_voters"}, "This majority is not made for those who are asked"),
        ({"method": "ranked", "rule": "simple"}, "Write what there is to choose from"),
        ({"matter": "manager"}, "For this matter the law asks for the owners’ ordinary majority"),
    ],
)
def test_a_draft_from_before_a_rule_is_refused_at_its_announcement(
    built: Entrance, change: dict[str, str], reason: str
) -> None:
    row = entrance.drafted(built)
    row.questions.update(**change)
    with clock.at(MORNING), pytest.raises(Refused, match=reason) as refused:
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    assert refused.value.status == 409
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_draft_whose_last_hour_has_passed_is_not_announced(built: Entrance) -> None:
    asked = Asked("换灯", Method.YES_NO, RuleName.SIMPLE)
    made = entrance.plan(asked, electorate=Electorate.RESIDENTS, part_kind=entrance.PartKind.NONE)
    row = entrance.drafted(built, made)
    with clock.at(CLOSES), pytest.raises(Refused, match="The last hour has already passed"):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    with clock.at(CLOSES - timedelta(seconds=1)), pytest.raises(Refused, match="days of notice are needed"):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)


def test_every_sound_draft_is_announced_as_it_was_drafted(built: Entrance) -> None:
    made = entrance.plan()
    assert ballots.plan_of(entrance.drafted(built, made)) == made
    elected = entrance.plan(COMMITTEE, **ELECTION)
    assert ballots.plan_of(entrance.drafted(built, elected)) == elected
