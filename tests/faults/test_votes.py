"""The server is killed while votes come in: a vote that was acknowledged is a vote that is counted."""

import http.client
import threading
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from linli.ballots.actions import running
from linli.ballots.models import Ballot, RollEntry, Vote
from linli.ballots.rules.recount import recount
from linli.kernel import clock
from linli.kernel.ids import tracking_code
from linli.site import launch
from linli.site.config import load
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import Entrance
from tests.visitor import Visitor

PORT = 18700
CSRF = "a" * 32
EACH = 12
HOMES = ("601", "602", "501", "502")


def test_votes_acknowledged_before_a_kill_are_all_counted(committed_db: None) -> None:
    built = entrance.build(at=None)
    row = _open_now(built)
    cookies = {home: _cookies(built, home) for home in HOMES}
    entries = {home: entrance.entry(row, home) for home in HOMES}
    acknowledged: dict[str, list[str]] = {home: [] for home in HOMES}
    some = threading.Event()
    with launch.port_of_ours("127.0.0.1", PORT, fixed=False) as port:
        part = launch.server(load(), port, {"LINLI_DEMO": "1", "LINLI_POOL": "4", "LINLI_WORKERS": "1"})
        part.child = part.start()
        with launch.running([part]):
            url = f"http://127.0.0.1:{port}"
            launch.wait_ready(url, "127.0.0.1", [part])

            def vote(home: str) -> None:
                entry = entries[home]
                for turn in range(EACH):
                    if not _sent(url, cookies[home], row, entry, acknowledged[home], turn):
                        return
                    some.set()

            with ThreadPoolExecutor(len(HOMES)) as threads:
                running_votes = [threads.submit(vote, home) for home in HOMES]
                assert some.wait(60)
                part.child.kill()
                for one in running_votes:
                    one.result()
    kept = set(Vote.objects.filter(ballot=row).values_list("receipt", flat=True))
    told = {receipt for receipts in acknowledged.values() for receipt in receipts}
    assert told
    assert told <= kept
    _every_home_counts_once(built, row, acknowledged)


def _open_now(built: Entrance) -> Ballot:
    row = entrance.opened(built)
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


def _sent(url: str, cookies: str, row: Ballot, entry: RollEntry, told: list[str], turn: int) -> bool:
    """Vote once more with a new receipt; keeps the receipt when the site said it has the vote."""
    receipt = tracking_code()
    fields = {"q1": "yes" if turn % 2 else "no", "receipt": receipt, "csrfmiddlewaretoken": CSRF}
    try:
        answer = Visitor(url).post(f"/ballots/{row.pk}/vote/{entry.pk}/", fields, Cookie=cookies)
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False
    assert answer.status == 200, answer.text[:800]
    assert receipt in answer.text
    told.append(receipt)
    return True


def _every_home_counts_once(built: Entrance, row: Ballot, told: dict[str, list[str]]) -> None:
    """What counts is the last vote that was acknowledged, or the one that was under way when it fell."""
    for home, receipts in told.items():
        votes = Vote.objects.filter(entry=entrance.entry(row, home)).order_by("given_at")
        assert [vote.counts for vote in votes] == [False] * (len(votes) - 1) + [True] * bool(len(votes))
        assert receipts == [vote.receipt for vote in votes][: len(receipts)]
        assert len(votes) <= len(receipts) + 1
    with clock.at(row.closes_at):
        for step in (running.close, running.count, running.publish):
            step(by=built.staff("clerk"), ballot_id=row.pk)
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert found["agrees_with_published"] is True
    assert found["votes"] == RollEntry.objects.filter(ballot=row).exclude(voted="").count()
