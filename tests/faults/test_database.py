"""The database goes down under load: whoever was told it is received finds it; the others may try again."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from django.db import OperationalError, connection

from linli.matters.models import Matter
from tests import databases
from tests.faults.conftest import sign_in
from tests.serving import LiveServer
from tests.visitor import Visitor
from tests.waiting import until
from tests.world import World

SENDERS, EACH = 4, 12


def test_a_restart_under_load_loses_nothing_that_was_acknowledged(
    live_server: LiveServer, town: World
) -> None:
    visitors = [sign_in(live_server, town, "wang") for _ in range(SENDERS)]
    half_way, done = threading.Event(), count(1)
    acknowledged: list[str] = []
    refused: list[str] = []

    def send(number: int) -> None:
        visitor = visitors[number]
        for turn in range(EACH):
            text = f"第 {number} 个人的第 {turn} 件事"
            (acknowledged if _sent(visitor, town, text) else refused).append(text)
            if next(done) >= SENDERS * EACH // 3:
                half_way.set()

    with ThreadPoolExecutor(SENDERS) as threads:
        running = [threads.submit(send, number) for number in range(SENDERS)]
        half_way.wait(60)
        crash()
        for one in running:
            one.result()
    until(_answers)
    kept = set(Matter.objects.values_list("text", flat=True))
    assert set(acknowledged) <= kept
    assert acknowledged
    for text in refused:
        assert _sent(visitors[0], town, text), "once it is back, the same words go through"


def _sent(visitor: Visitor, world: World, text: str) -> bool:
    """Whether the site said it has it. Anything else must be the page that says to try again."""
    page = visitor.get("/say/")
    if page.status != 200:
        assert page.status == 503, page.text[:500]
        return False
    fields = {"text": text, "place": str(world.place("entrance")), "kind": "appeal"}
    answer = visitor.post("/say/", fields)
    if answer.path.endswith("/receipt/") and answer.status in (200, 503):
        return True  # the matter was received; only showing its receipt may have failed
    assert answer.status == 503, (answer.status, answer.path, answer.text[:800])
    assert answer.headers["Retry-After"]
    return False


def crash() -> None:
    """Kill one of the server's own processes: PostgreSQL throws everybody out and recovers from its log."""
    with databases.superuser() as admin:
        row = admin.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND datname = 'linli' AND pid <> pg_backend_pid() LIMIT 1"
        ).fetchone()
    os.kill(row[0], signal.SIGKILL)


def _answers() -> bool:
    connection.close()
    try:
        return Matter.objects.exists()
    except OperationalError:
        return False
