"""The server, and the worker beside it, are killed while votes come in: what was acknowledged is counted.

The worker has no part in a vote: the vote, the mark on the roll and the entry in the record are one
transaction of the server's, and nothing of it waits in the outbox (`actions/voting.py`). What the worker was
in the middle of is done once, later.
"""

import http.client
import threading
import urllib.error
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from linli.audit.models import Entry
from linli.ballots.actions import running
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot, RollEntry, Vote
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.rules.recount import recount
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.ids import tracking_code
from linli.matters.models import Matter
from linli.site import launch
from linli.site.config import load
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import Entrance
from tests.faults.test_worker import leave_the_post, taken_up_again, waits_for_a_lock
from tests.visitor import Visitor
from tests.waiting import until

PORT = 18700
CSRF = "a" * 32
EACH = 12
HOMES = ("601", "602", "501", "502")


@dataclass
class Told:
    """What the site answered: the receipts it acknowledged by home, and whether there was one yet."""

    receipts: dict[str, list[str]]
    some: threading.Event = field(default_factory=threading.Event)


def test_votes_acknowledged_before_a_kill_are_all_counted(committed_db: None) -> None:
    built = entrance.build(at=None)
    row = _open_now(built, entrance.plan())
    told, send = Told({home: [] for home in HOMES}), _sender(built, row, HOMES)

    def vote(url: str, home: str) -> None:
        for turn in range(EACH):
            receipt = tracking_code()
            if not send(url, home, "yes" if turn % 2 else "no", receipt):
                return
            told.receipts[home].append(receipt)
            told.some.set()

    _killed_meanwhile(told, [partial(vote, home=home) for home in HOMES])
    kept = set(Vote.objects.filter(ballot=row).values_list("receipt", flat=True))
    acknowledged = {receipt for receipts in told.receipts.values() for receipt in receipts}
    assert acknowledged
    assert acknowledged <= kept
    _every_home_counts_once(row, told.receipts)


def test_secret_votes_are_kept_with_their_marks_and_none_is_doubled(committed_db: None) -> None:
    """A secret vote has no link to its entry: the mark on the roll and the vote stand or fall together.

    Whoever got no answer sends the same page again, as a browser does, and is counted once.
    """
    built = entrance.build(at=None)
    asked = Asked("小院夜里关灯，是否同意", Method.YES_NO, RuleName.SIMPLE)
    secret = entrance.plan(
        asked, electorate=Electorate.RESIDENTS, is_secret=True, part_kind=entrance.PartKind.NONE
    )
    row = _open_now(built, secret)
    homes = tuple(built.homes)
    told, send = Told({home: [] for home in homes}), _sender(built, row, homes)
    receipts = {home: tracking_code() for home in homes}

    def vote(url: str, mine: tuple[str, ...]) -> None:
        for home in mine:
            if not send(url, home, "yes", receipts[home]):
                return
            told.receipts[home].append(receipts[home])
            told.some.set()

    _killed_meanwhile(told, [partial(vote, mine=homes[first :: len(HOMES)]) for first in range(len(HOMES))])
    votes = Vote.objects.filter(ballot=row)
    acknowledged = {receipt for given in told.receipts.values() for receipt in given}
    assert acknowledged
    assert acknowledged <= set(votes.values_list("receipt", flat=True))
    assert votes.count() == RollEntry.objects.filter(ballot=row).exclude(voted="").count()
    assert not votes.exclude(entry=None, by=None, given_at=None, channel="").exists()
    for home in homes:
        entrance.vote(built, row, home, "yes", receipts[home])
    assert sorted(votes.values_list("receipt", flat=True)) == sorted(receipts.values())
    found = _counted(row)
    assert (found["agrees_with_published"], found["votes"]) == (True, len(homes))


def test_votes_are_counted_when_the_worker_is_killed_too(
    committed_db: None, drain: Callable[[], None]
) -> None:
    """The worker falls in the middle of a job, the server after it: neither takes a vote with it."""
    built = entrance.build(at=None)
    row = _open_now(built, entrance.plan())
    matter = leave_the_post(built.world, "grid")
    told, send = Told({home: [] for home in HOMES}), _sender(built, row, HOMES)
    worker = launch.worker()

    def vote(url: str, home: str) -> None:
        for turn in range(EACH):
            receipt = tracking_code()
            if not send(url, home, "yes" if turn % 2 else "no", receipt):
                return
            told.receipts[home].append(receipt)
            told.some.set()

    worker.child = worker.start()
    with launch.running([worker]), transaction.atomic():
        Matter.objects.select_for_update().get(id=matter.id)  # the worker waits here, in the middle
        until(waits_for_a_lock)
        voters = [partial(vote, home=home) for home in HOMES]
        _killed_meanwhile(told, voters, before=worker.child.kill)
        worker.child.wait()
    acknowledged = {receipt for receipts in told.receipts.values() for receipt in receipts}
    assert acknowledged
    assert acknowledged <= set(Vote.objects.filter(ballot=row).values_list("receipt", flat=True))
    taken_up_again(drain)
    assert Entry.objects.filter(event="matters.claim_released", subject_id=matter.id).count() == 1
    _every_home_counts_once(row, told.receipts)


def _killed_meanwhile(
    told: Told, voters: Sequence[Callable[[str], None]], before: Callable[[], None] = lambda: None
) -> None:
    """The site is served, everybody votes at once, and once a vote is acknowledged the server is killed;
    `before` it whatever else is."""
    with launch.port_of_ours("127.0.0.1", PORT, fixed=False) as port:
        part = launch.server(load(), port, {"LINLI_DEMO": "1", "LINLI_POOL": "4", "LINLI_WORKERS": "1"})
        part.child = part.start()
        with launch.running([part]):
            url = f"http://127.0.0.1:{port}"
            launch.wait_ready(url, "127.0.0.1", [part])
            with ThreadPoolExecutor(len(voters)) as threads:
                voting = [threads.submit(vote, url) for vote in voters]
                assert told.some.wait(60)
                before()
                part.child.kill()
                for one in voting:
                    one.result()


def _open_now(built: Entrance, made: Plan) -> Ballot:
    row = entrance.opened(built, made)
    now = clock.now()
    Ballot.objects.filter(pk=row.pk).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    row.refresh_from_db()
    return row


def _cookies(built: Entrance, home: str) -> str:
    world.open_account(built.world, home)
    client = Client()
    client.force_login(get_user_model().objects.get(person_id=built.world.persons[home]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def _sender(built: Entrance, row: Ballot, homes: Sequence[str]) -> Callable[[str, str, str, str], bool]:
    """What votes for a home in its owner's browser; says whether the site said that it has the vote."""
    cookies = {home: _cookies(built, home) for home in homes}
    entries = {home: entrance.entry(row, home) for home in homes}

    def send(url: str, home: str, side: str, receipt: str) -> bool:
        fields = {"q1": side, "receipt": receipt, "csrfmiddlewaretoken": CSRF}
        path = f"/ballots/{row.pk}/vote/{entries[home].pk}/"
        try:
            answer = Visitor(url).post(path, fields, Cookie=cookies[home])
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            return False
        assert answer.status == 200, answer.text[:800]
        assert receipt in answer.text
        return True

    return send


def _every_home_counts_once(row: Ballot, told: dict[str, list[str]]) -> None:
    """What counts is the last vote that was acknowledged, or the one that was under way when it fell."""
    for home, receipts in told.items():
        votes = Vote.objects.filter(entry=entrance.entry(row, home)).order_by("given_at")
        assert [vote.counts for vote in votes] == [False] * (len(votes) - 1) + [True] * bool(len(votes))
        assert receipts == [vote.receipt for vote in votes][: len(receipts)]
        assert len(votes) <= len(receipts) + 1
    found = _counted(row)
    assert found["agrees_with_published"] is True
    assert found["votes"] == RollEntry.objects.filter(ballot=row).exclude(voted="").count()


def _counted(row: Ballot) -> dict[str, Any]:
    """What anybody gets from the file, once it is closed, counted and published."""
    with clock.at(row.closes_at):
        for step in (running.close, running.count, running.publish):
            step(by=SYSTEM, ballot_id=row.pk)
    row.refresh_from_db()
    return recount(row.document.encode())
