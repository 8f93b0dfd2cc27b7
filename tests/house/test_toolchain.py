"""What installs and checks the project: locks without hosts, the licence, settings that stay small."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {
    "requirements.in": "requirements.lock",
    "requirements-dev.in": "requirements-dev.lock",
    "requirements-uv.in": "requirements-uv.lock",
}
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def named(source: str) -> set[str]:
    """The packages a requirements file asks for, as the locks spell them."""
    lines = (line.split("#")[0].strip() for line in (ROOT / source).read_text(encoding="utf-8").splitlines())
    words = (re.split(r"[\[~=<>!; ]", line)[0] for line in lines if line and not line.startswith("-"))
    return {re.sub(r"[-_.]+", "-", word).lower() for word in words}


@pytest.mark.parametrize("lock", [*LOCKS.values(), "package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if "://" in line and '"url": "https' not in line]
    assert found == []


@pytest.mark.parametrize(("source", "lock"), LOCKS.items())
def test_a_lock_pins_everything_with_hashes(source: str, lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text) if PIN.match(entry)]
    assert named(source) <= {PIN.match(entry)[1] for entry in entries}  # type: ignore[index]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree() -> None:
    run = dict(PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    dev = dict(PIN.findall((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")))
    assert run == {name: dev.get(name) for name in run}


def test_the_bootstrap_needs_nothing_installed() -> None:
    """Isolated and without site-packages, the system's Python can read it."""
    program = "import sys; sys.path.insert(0, 'scripts'); import bootstrap; print(bootstrap.ROOT)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == str(ROOT), done.stderr


def test_the_settings_file_stays_small() -> None:
    for name in ("settings.py", "config.py"):
        lines = (ROOT / "linli" / "site" / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) < 200


def test_the_check_runs_what_a_person_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "CI=true exec make test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
