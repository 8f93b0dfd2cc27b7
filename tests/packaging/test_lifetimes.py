"""`linli demo` from folders of its own: two side by side, stopped and killed at any point, as root and not.

The programs, the database and the processes are the real ones. Nothing is known of a start but what it says
on its lines, in its folder and in its database; the moments to kill it are chosen by these.
"""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest

from linli.kernel import clock
from linli.site import launch, upkeep
from linli.site.embedded import binaries
from tests import waiting
from tests.copies import PACKAGES, READY, SECONDS, Copy, Start, copied
from tests.visitor import Visitor

PASSWORD = "linli-demo-2026"
ADMINISTRATOR, RESIDENT = "15400000000", "15400000201"
WORDS = "楼道灯坏了，晚上看不见台阶。"
# The real load, but of one community with few homes and a short past: what a kill interrupts takes seconds.
FEW_HOMES = """
from dataclasses import replace as _replace

def _few(area):
    block = area.block and _replace(area.block, homes=8, entrances=1, floors=2)
    return _replace(area, parts=tuple(map(_few, area.parts)), block=block)

_areas = tuple(map(_few, LUOSHITA.areas))
COMMUNITIES = (_replace(LUOSHITA, areas=_areas, usual=96, registered=None, households=None),)
"""
SHORT_PAST = "\nA_COMMUNITY = 12\n"
LOADED = "罗石塔社区 96"
TOLD = re.compile(r"罗石塔社区: (\d+)")

Moment = Callable[[Copy, Start], bool]


@pytest.fixture
def ours() -> Iterator[Copy]:
    """A copy in a home closed to everybody else."""
    with copied("ours") as copy:
        yield copy


@pytest.fixture
def theirs() -> Iterator[Copy]:
    """A second copy, of an account without a home to write in."""
    with copied("theirs", at_home=False) as copy:
        yield copy


# ── side by side ────────────────────────────────────────────────────────────────────────────────────────


def test_two_copies_run_side_by_side_and_sign_nobody_out(
    ours: Copy, theirs: Copy, subtests: pytest.Subtests
) -> None:
    close_database_programs(ours)
    one, two = ours.start("--empty"), theirs.start("--empty")
    one.until(READY)
    two.until(READY)
    jar = CookieJar()
    windows = [Visitor(one.url, jar), Visitor(two.url, jar)]
    assert one.url != two.url
    for window in windows:
        sign_in(window, ADMINISTRATOR)
    assert [signed_in(window) for window in windows] == [True, True]

    with subtests.test("root's copy in a home closed to others"):
        if os.geteuid():
            pytest.skip("this run is not root's: nobody else's database has to pass through the home")
        assert ours.base.stat().st_mode & 0o077 == 0
        assert database_user(ours) == binaries.identity().uid  # type: ignore[union-attr]
    with subtests.test("an ordinary user's copy, its home not to be written"):
        if theirs.who is None and os.geteuid() == 0:
            pytest.skip("this Python or its packages lie where no other user may go")
        assert two.child.pid
        assert Path(f"/proc/{two.child.pid}").stat().st_uid != 0
        assert database_user(theirs) == (theirs.who.uid if theirs.who else os.geteuid())
        assert theirs.data
        assert theirs.data.is_relative_to(theirs.checkout)

    one.interrupt()
    assert_nothing_left(ours, one)
    assert signed_in(windows[1]), "one copy stops, the other goes on"
    two.interrupt()
    assert_nothing_left(theirs, two)
    again = theirs.start("--empty")
    again.until(READY)
    assert signed_in(Visitor(again.url, jar)), "stopping and starting signs nobody out"
    again.interrupt()


# ── killed ──────────────────────────────────────────────────────────────────────────────────────────────


def test_killed_before_its_tables_are_there_the_next_start_makes_them(ours: Copy) -> None:
    """In the same folder, each start at once after the kill of the one before."""
    for number, (moment, not_yet) in enumerate(EARLY):
        start = ours.start("--empty")
        waiting.until(lambda: moment(ours, start) or start.child.poll() is not None, SECONDS)  # noqa: B023
        kill(start, whole_group=number % 2 == 1)
        assert not_yet not in start.said, "the kill came too late to show anything"
    start = ours.start("--empty")
    start.until(READY)
    assert Visitor(start.url).get("/readyz").status == 200
    sign_in(Visitor(start.url), ADMINISTRATOR)
    assert ours.data
    assert not [*ours.data.glob("database.new.*"), *ours.data.glob(".postgresql-*")], (
        "nothing half made stays"
    )


def test_killed_in_the_load_and_at_work_the_next_start_has_everything(ours: Copy) -> None:
    """What was loaded half is loaded again; what a resident was told is there is there."""
    shorten(ours)
    day = clock.today().isoformat()
    start = ours.start("--today", day)
    start.until(LOADED)
    kill(start, whole_group=True)
    assert not TOLD.search(start.said), "the kill came too late to show anything"

    start = ours.start("--today", day)
    start.until(READY)
    assert "An interrupted load is begun again" in start.said
    loaded = matters(ours)
    assert len(loaded) >= int(TOLD.findall(start.said)[0])
    assert loaded_for(ours) == day
    window = Visitor(start.url)
    sign_in(window, RESIDENT)
    receipt = say(window)
    kept = matters(ours)
    assert len(kept) == len(loaded) + 1
    kill(start)

    again = ours.start()
    again.until(READY)
    assert not TOLD.search(again.said), "nothing is loaded twice"
    assert matters(ours) == kept
    window = Visitor(again.url, window.jar)
    assert window.get("/readyz").status == 200
    assert WORDS in window.get(receipt).text
    again.interrupt()
    assert_nothing_left(ours, again)


def files_begun(copy: Copy, _start: Start) -> bool:
    """The folder for the cluster is there; for root, PostgreSQL's programs are copied now."""
    return bool(copy.data and any(copy.data.glob("database.new.*")))


def files_half_made(copy: Copy, _start: Start) -> bool:
    """`initdb` has written its first files."""
    return bool(copy.data and any(copy.data.glob("database.new.*/made/*")))


def said(words: str) -> Moment:
    """It has said this."""
    return lambda _copy, start: words in start.said


def tables_half_made(copy: Copy, start: Start) -> bool:
    """Some migrations are applied."""
    if "Database started" not in start.said:
        return False
    with psycopg.connect(copy.owner) as owner:
        if owner.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return False
        applied = owner.execute("SELECT count(*) FROM django_migrations").fetchone()
    return applied is not None and applied[0] > 5


# when it is killed, and what it must not have said yet
EARLY: tuple[tuple[Moment, str], ...] = (
    (files_begun, "Database created"),
    (files_half_made, "Database created"),
    (said("Database started"), "Tables made"),
    (tables_half_made, "Tables made"),
)


# ── what is done to a copy and asked of it ──────────────────────────────────────────────────────────────


def shorten(copy: Copy) -> None:
    """One community with few homes and a short past, in the copy's own files."""
    for name, lines in (("plans.py", FEW_HOMES), ("matters.py", SHORT_PAST)):
        with (copy.checkout / "linli" / "site" / "demo" / name).open("a", encoding="utf-8") as source:
            source.write(lines)


def close_database_programs(copy: Copy) -> None:
    """PostgreSQL's programs in the closed home too: root's start has to bring them where `nobody` may go."""
    for part in PACKAGES.glob(f"{binaries.PACKAGE}*"):
        shutil.copytree(part, copy.base / "packages" / part.name, symlinks=True)


def kill(start: Start, *, whole_group: bool = False) -> None:
    """kill -9 while it runs."""
    assert start.child.poll() is None, start.said
    (os.killpg if whole_group else os.kill)(start.child.pid, signal.SIGKILL)
    start.child.wait()


def assert_nothing_left(copy: Copy, start: Start) -> None:
    """No process of the copy lives, and its port is free."""
    assert copy.processes() == []
    address, _, port = start.url.removeprefix("http://").rpartition(":")
    assert launch.is_free(address, int(port))


def sign_in(window: Visitor, phone: str) -> None:
    """Through the form."""
    window.get("/sign-in/")
    answer = window.post("/sign-in/", {"login": phone, "password": PASSWORD})
    assert (answer.status, signed_in(window)) == (200, True), answer.text[-3000:]


def signed_in(window: Visitor) -> bool:
    """Whether the site knows who looks at it."""
    return window.get("/me/").path == "/me/"


def say(window: Visitor) -> str:
    """A matter raised at home; gives the address of its receipt, which has been seen."""
    places = re.findall(r'name="place"[^>]*value="([^"]+)"', window.get("/say/").text)
    answer = window.post("/say/", {"text": WORDS, "place": places[0], "kind": "appeal"})
    assert answer.status == 200, answer.text[:800]
    assert answer.path.endswith("/receipt/"), answer.path
    return answer.path.removesuffix("receipt/")


def matters(copy: Copy) -> list[tuple[str, str]]:
    """Every matter's number and words."""
    with psycopg.connect(copy.owner) as owner:
        return owner.execute("SELECT number, text FROM matters_matter ORDER BY number").fetchall()


def loaded_for(copy: Copy) -> str:
    """The day of the demo's story; noted when all of it is loaded."""
    with psycopg.connect(copy.owner) as owner:
        return upkeep.read(owner, upkeep.DEMO_MARK)


def database_user(copy: Copy) -> int:
    """Whom the copy's PostgreSQL runs as."""
    assert copy.data
    pid = (copy.data / "database" / "postmaster.pid").read_text(encoding="utf-8").split()[0]
    return Path(f"/proc/{pid}").stat().st_uid
