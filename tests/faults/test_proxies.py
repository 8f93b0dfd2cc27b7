"""Two at once where somebody votes for another: one is entrusted, nobody for more than three, and whoever
votes themselves goes before whoever votes for them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from linli.ballots.actions import entrusting, voting
from linli.ballots.actions.entrusting import Trusted
from linli.ballots.kinds import Channel
from linli.ballots.models import Ballot, Proxy, Sheet, Vote
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from tests.ballots import entrance
from tests.ballots.entrance import Entrance

ROUNDS = ("101", "102", "201", "202", "301", "302")
Act = Callable[[], object]


@pytest.fixture
def lane(committed_db: None) -> Entrance:
    """An entrance whose rows stand for every connection."""
    return entrance.build(at=None)


@pytest.fixture
def row(lane: Entrance) -> Ballot:
    """A ballot that is open by the clock on the wall, with its sheets."""
    made, now = entrance.opened(lane), clock.now()
    Ballot.objects.filter(pk=made.pk).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    voting.print_sheets(by=lane.staff("clerk"), ballot_id=made.pk)
    made.refresh_from_db()
    return made


def at_once(*acts: Act) -> list[str]:
    """Do them at the same moment, each on a connection of its own; "" or the reason of a refusal for each."""
    start = Barrier(len(acts))

    def run(act: Act) -> str:
        start.wait(10)
        try:
            act()
        except Refused as refused:
            return refused.reason
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def entrust(lane: Entrance, row: Ballot, home: str, to: str) -> Proxy:
    whom = Trusted(f"住户{to}", lane.world.phones[to])
    return entrusting.entrust(by=lane.owner(home), ballot_id=row.pk, whom=whom)


def vote(lane: Entrance, row: Ballot, who: str, home: str, side: str) -> Vote:
    return voting.cast(
        by=lane.owner(who),
        ballot=row,
        entry_id=entrance.entry(row, home).pk,
        answers={"1": side},
        receipt=tracking_code(),
    )


def counting(row: Ballot, home: str) -> Vote:
    """The one vote of a home that counts."""
    return Vote.objects.get(entry=entrance.entry(row, home), counts=True)


def test_two_entrusted_for_one_home_at_once_are_one(lane: Entrance, row: Ballot) -> None:
    said = at_once(lambda: entrust(lane, row, "101", "601"), lambda: entrust(lane, row, "101", "602"))
    assert sorted(said) == ["", "Somebody has been entrusted already. Take that back first."]
    assert Proxy.objects.filter(ballot=row, withdrawn_at=None).count() == 1


def test_four_at_once_entrust_the_same_and_three_do(lane: Entrance, row: Ballot) -> None:
    homes = ("101", "102", "201", "202")
    said = at_once(*[lambda home=home: entrust(lane, row, home, "601") for home in homes])
    refused = [reason for reason in said if reason]
    assert refused == ["They already vote for %(most)s others, and nobody may for more."]
    assert Proxy.objects.filter(ballot=row, withdrawn_at=None).count() == 3


def test_the_owners_vote_counts_whichever_comes_first(lane: Entrance, row: Ballot) -> None:
    for number, home in enumerate(ROUNDS):
        entrust(lane, row, home, ("601", "602")[number % 2])
    for number, home in enumerate(ROUNDS):
        holder = ("601", "602")[number % 2]
        acts = [
            lambda home=home: vote(lane, row, home, home, "no"),
            lambda home=home, holder=holder: vote(lane, row, holder, home, "yes"),
        ]
        said = at_once(*(acts if number < 3 else reversed(acts)))
        assert set(said) <= {"", "They have voted themselves; that goes before whoever votes for them."}
        won, entry = counting(row, home), entrance.entry(row, home)
        assert (won.by_proxy, won.answers, entry.by_proxy) == (False, {"1": "no"}, False)


def test_the_owners_vote_counts_beside_a_sheet_by_proxy(lane: Entrance, row: Ballot) -> None:
    for home in ROUNDS[:3]:
        proxy = entrust(lane, row, home, "601")
        code = entrance.entry(row, home).sheets.get().code
        voting.enter_sheet(
            by=lane.staff("grid"), ballot_id=row.pk, code=code, answers={"1": "yes"}, channel=Channel.MEETING,
            proxy_id=proxy.pk, no_photo=entrance.NO_PHOTO,
        )  # fmt: skip
        confirm: Act = lambda code=code: voting.confirm_sheet(  # noqa: E731
            by=lane.staff("clerk"), ballot_id=row.pk, code=code
        )
        said = at_once(confirm, lambda home=home: vote(lane, row, home, home, "no"))
        assert set(said) <= {"", "Your sheet of paper has been counted; it goes before a vote online."}
        assert said[1] == "", "a sheet by proxy does not keep its owner from voting"
        assert counting(row, home).by_proxy is False


def test_a_proxy_is_taken_back_or_its_sheet_counts_and_never_both(lane: Entrance, row: Ballot) -> None:
    for home in ROUNDS[:3]:
        proxy = entrust(lane, row, home, "601")
        code = entrance.entry(row, home).sheets.get().code
        voting.enter_sheet(
            by=lane.staff("grid"), ballot_id=row.pk, code=code, answers={"1": "yes"}, channel=Channel.MEETING,
            proxy_id=proxy.pk, no_photo=entrance.NO_PHOTO,
        )  # fmt: skip
        said = at_once(
            lambda code=code: voting.confirm_sheet(by=lane.staff("clerk"), ballot_id=row.pk, code=code),
            lambda home=home, proxy=proxy: entrusting.withdraw_proxy(by=lane.owner(home), proxy_id=proxy.pk),
        )
        assert sorted(map(bool, said)) == [False, True], said
        proxy.refresh_from_db()
        assert (proxy.withdrawn_at is None) is (Sheet.objects.get(code=code).state == "confirmed")
