"""Every check and every test, in the order in which they fail fastest. Run by `make test`."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium, environment  # noqa: E402  (settings of its own, for mypy's look at Django's)

BIN = Path(sys.executable).parent
# Two processes, each with a PostgreSQL and a site of its own, share the files; a file stays with one of them.
SHARED = ("--numprocesses", "2", "--dist", "loadscope", "--no-loadscope-reorder")
MOST_LINES = 80  # of what a failed check says
CHECKS = {
    "form": ["ruff", "format", "--check", "--output-format", "concise", "."],
    "rules of writing": ["ruff", "check", "--quiet", "."],
    "floors and rooms": ["lint-imports", "--no-cache"],
    "types": ["mypy"],
    "translations": ["python", "scripts/messages.py", "check"],
}


def main() -> None:
    """Run all of it; the status is 0 only when nothing failed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    browser_at_hand()
    tests = [BIN / "python", "-m", "pytest", *SHARED, *sys.argv[1:]]
    status = subprocess.run(tests, cwd=ROOT, check=False).returncode
    shutil.rmtree(environment.RUN, ignore_errors=True)
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}")
    sys.exit(status or bool(failed))


def passes(name: str, command: list[str]) -> bool:
    """Run one check; its words are shown only when it fails."""
    began = time.monotonic()
    program = BIN / command[0]
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    word = "fails" if done.returncode else "holds"
    print(f"{name}: {word} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        lines = (done.stdout + done.stderr).splitlines()
        print("\n".join(lines[-MOST_LINES:]), flush=True)
    return done.returncode == 0


def browser_at_hand() -> None:
    """Install Chromium where we may: root on a Debian that has it. Ubuntu's package is a snap's doorbell."""
    if chromium.find() or os.geteuid() != 0 or not shutil.which("apt-get") or not is_debian():
        return
    print("Installing Chromium for the browser tests …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", *words], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"apt-get {words[0]} failed:\n{done.stderr[-2000:]}", flush=True)
            return


def is_debian() -> bool:
    """Whether this is Debian itself."""
    release = Path("/etc/os-release")
    return release.is_file() and "\nID=debian" in "\n" + release.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
