"""What `make` says on a machine that lacks something, and what becomes of it when it is killed."""

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.site import processes
from tests import waiting
from tests.environment import ROOT

SUDO = "" if os.geteuid() == 0 else "sudo "
INSTALL = f"\n  {SUDO}apt-get install python3 python3-venv\n"
TOLD = "Linli needs Python 3.11 or newer: {} is missing or older."


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what `make` reads before anything is installed."""
    folder = tmp_path / "linli"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "Makefile", folder)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder of programs: make, a shell, and who one is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("make", "sh", "id"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def put_python(programs: Path, name: str, **environment: str) -> None:
    """This very Python under another name, seeing what `environment` tells it."""
    told = " ".join(f"{key}='{value}'" for key, value in environment.items())
    script = programs / name
    script.write_text(f'#!/bin/sh\n{told} exec {Path(sys.executable).resolve()} "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def make(checkout: Path, programs: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`make` with those programs and nothing else."""
    return subprocess.run(
        ["make", *words], cwd=checkout, env={"PATH": str(programs), "HOME": str(checkout)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def assert_told(done: subprocess.CompletedProcess[str], first: str, command: str) -> None:
    """One message, with its command; the recipe ends with status 1 and nothing was begun."""
    assert done.stderr.startswith(f"\n{first}"), done.stderr
    assert command in done.stderr
    assert "Error 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert "not found" not in done.stderr
    assert done.returncode != 0
    assert "…" not in done.stdout


@pytest.mark.parametrize("target", ["demo", "test", "build"])
def test_a_missing_python_is_named_with_its_command(checkout: Path, programs: Path, target: str) -> None:
    done = make(checkout, programs, target)
    assert_told(done, TOLD.format("python3"), INSTALL)
    assert f"make {target} PYTHON=/path/to/python3.12" in done.stderr


def test_without_id_nobody_is_taken_for_root(checkout: Path, programs: Path) -> None:
    (programs / "id").unlink()
    assert_told(make(checkout, programs, "demo"), TOLD.format("python3"), "  sudo apt-get install python3")


def test_an_older_python_is_told_apart_before_it_reads_anything(checkout: Path, programs: Path) -> None:
    """One that says it is 3.10: what stands in the script it could not read may be as new as it likes."""
    site = checkout / "site"
    site.mkdir()
    older = "import sys\nsys.version_info = (3, 10, 12, 'final', 0)\n"
    (site / "sitecustomize.py").write_text(older, encoding="utf-8")
    put_python(programs, "python3", PYTHONPATH=str(site))
    (checkout / "scripts" / "bootstrap.py").write_text("type Unreadable[T] = T\n", encoding="utf-8")
    assert_told(make(checkout, programs, "demo"), TOLD.format("python3"), INSTALL)


def test_another_python_can_be_named(checkout: Path, programs: Path) -> None:
    put_python(programs, "python3.99")
    (checkout / "scripts" / "bootstrap.py").write_text("import sys; print(sys.argv[1:])\n", encoding="utf-8")
    done = make(checkout, programs, "demo", "PYTHON=python3.99", 'ARGS=--today "2026-11-21"')
    assert (done.returncode, done.stdout) == (0, "['demo', '--today', '2026-11-21']\n")


def test_a_python_without_venv_is_told_what_completes_it(checkout: Path, programs: Path) -> None:
    """As Debian packs it: the whole standard library but `ensurepip`, which comes with python3-venv."""
    whole = Path(sysconfig.get_paths()["stdlib"])
    part = checkout / "debian" / sys.platlibdir / whole.name
    part.mkdir(parents=True)
    for entry in whole.iterdir():
        if entry.name not in ("ensurepip", "site-packages"):
            (part / entry.name).symlink_to(entry)
    put_python(programs, "python3", PYTHONHOME=str(checkout / "debian"))
    command = f"\n  {SUDO}apt-get install python3-venv\n"
    assert_told(make(checkout, programs, "demo"), "Python's venv module is not complete.", command)


def test_who_has_no_home_to_write_in_keeps_what_is_fetched_in_the_folder(checkout: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, 'scripts'); import bootstrap\n"
        "found = bootstrap.environment()\n"
        "print(found.get('UV_CACHE_DIR'), found.get('npm_config_cache'))"
    )
    told = {
        home: subprocess.run(
            [sys.executable, "-I", "-B", "-c", program], cwd=checkout, env={"HOME": home},
            capture_output=True, text=True, check=True,
        ).stdout.split()
        for home in ("/nonexistent", str(checkout))
    }  # fmt: skip
    kept = checkout / ".linli" / "cache"
    assert told == {"/nonexistent": [str(kept / "uv"), str(kept / "npm")], str(checkout): ["None", "None"]}


@pytest.fixture
def waiting_make(checkout: Path, programs: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A `make` whose script waits for another one in the same folder."""
    put_python(programs, "python3")
    state = checkout / ".linli"
    state.mkdir()
    log = checkout / "log"
    with (state / "bootstrap.lock").open("w") as lock, log.open("wb") as output:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child = processes.start(["make", "demo"], env={"PATH": str(programs)}, output=output, cwd=checkout)
        try:
            waiting.until(lambda: "waiting for it" in log.read_text(encoding="utf-8"))
            yield child
        finally:
            processes.stop(child)


def test_who_kills_make_kills_what_it_started(
    checkout: Path, waiting_make: "subprocess.Popen[bytes]"
) -> None:
    """Nothing of it may hold the folder when the next one starts."""
    working = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    [script] = [pid for pid in working if pid != waiting_make.pid and processes.works_in(pid, checkout)]
    waiting_make.kill()
    waiting_make.wait()
    waiting.until(lambda: not processes.alive(script))
