"""Children that are watched, ports that are not shared, and the table of logins."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from linli.site import launch, processes, start
from linli.site.launch import CannotStart, Part


def sleeper() -> subprocess.Popen[bytes]:
    """A child that does nothing for long."""
    return processes.start([sys.executable, "-c", "import signal; signal.pause()"])


def test_parts_are_stopped_in_the_other_order() -> None:
    parts = [Part("one", sleeper), Part("two", sleeper)]
    with launch.running(parts):
        children = [part.child for part in parts]
        assert all(child and child.poll() is None for child in children)
    assert [child and child.returncode for child in children] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_part_that_died_is_started_again() -> None:
    part = Part("one", sleeper)
    said: list[str] = []
    with launch.running([part]):
        first = part.child
        assert first
        first.kill()
        first.wait()
        launch.revive(part, said.append)
        assert part.child
        assert part.child.pid != first.pid
    assert said == ["The one ended (status -9): starting it again"]


def test_a_part_that_keeps_dying_ends_the_whole() -> None:
    part = Part("one", lambda: processes.start([sys.executable, "-c", "raise SystemExit(3)"]))
    with launch.running([part]), pytest.raises(CannotStart, match=r"keeps ending \(status 3\)"):
        for _ in range(launch.DEATHS_ALLOWED + 1):
            assert part.child
            part.child.wait()
            launch.revive(part, lambda _: None)


def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import os, pathlib, sys\n"
        "from linli.site import processes\n"
        "child = processes.start([sys.executable, '-c', 'import signal; signal.pause()'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert processes.end(int(note.read_text(encoding="utf-8")), [(signal.SIGURG, 5.0)])


def test_two_starts_at_once_get_two_ports() -> None:
    with launch.port_of_ours("127.0.0.1", 21000, fixed=False) as one:
        with launch.port_of_ours("127.0.0.1", one, fixed=False) as two:
            assert two != one
        with pytest.raises(CannotStart, match="taken by another program"):
            launch.port_of_ours("127.0.0.1", one, fixed=True).__enter__()


def test_a_port_somebody_listens_on_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with launch.port_of_ours("127.0.0.1", port, fixed=False) as found:
            assert found > port


def test_a_request_to_stop_is_raised_once() -> None:
    with pytest.raises(launch.Stop), launch.stoppable():
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()


def test_columns_line_up_with_wide_letters() -> None:
    lines = start.table(("身份", "Name"), [("网格员", "a"), ("x", "李")]).splitlines()
    assert [start.width(line.split("a")[0]) for line in lines if "a" in line and "N" not in line] == [10]
    assert lines[0] == "  身份    Name"
    assert lines[3] == "  x       李"
