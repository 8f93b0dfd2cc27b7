"""A tiny server of hand-written pages with the built sheets and scripts: the scripts without the site."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page

from linli.frame.templatetags import assets
from tests.browsing import close

STATIC = Path(assets.__file__).resolve().parents[2] / "site" / "static"
BUILT = STATIC / "linli"


@dataclass
class Kit:
    """Pages by path, answers by path, and every body that was posted."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    posted: list[tuple[str, str]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)

    def page(self, path: str, body: str, *, script: str = "resident", attributes: str = "") -> None:
        """Put a page with the real words, style sheets and script at `path`."""
        with translation.override("en"):
            words = render_to_string("cotton/words.html")
        sheets = "".join(
            f'<link rel="stylesheet" href="{assets.asset(name)}">' for name in ("base.css", f"{script}.css")
        )
        self.pages[path] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kit</title>{sheets}'
            f'<script type="module" src="{assets.asset(script + ".js")}"></script></head>'
            f'<body {attributes}><main id="main"><div id="refusal"></div>{body}</main>{words}</body></html>'
        )


class Handler(SimpleHTTPRequestHandler):
    """Serves the kit's pages and, below /static/, the built files."""

    def __init__(self, kit: Kit, *args: Any) -> None:
        self.kit = kit
        super().__init__(*args, directory=str(STATIC))

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the tests say what went wrong."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path in self.kit.pages:
            self._answer(200, {}, self.kit.pages[path])
        elif path.startswith("/static/"):
            self.path = path.removeprefix("/static")
            super().do_GET()
        else:
            self._answer(204, {}, "")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        self.kit.posted.append((self.path, body))
        self.kit.came.set()
        self._answer(*self.kit.answers.get(self.path, (200, {}, "ok")))

    def _answer(self, status: int, headers: dict[str, str], text: str) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def built() -> Path:
    """The folder of built files; skipped by name where nothing was built."""
    if not (BUILT / "manifest.json").is_file():
        pytest.skip("the front end is not built: make build")
    return BUILT


@pytest.fixture
def kit(built: Path) -> Iterator[Kit]:
    """A running kit."""
    kit = Kit()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, kit))
    server.daemon_threads = True
    kit.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield kit
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(browser: Browser, kit: Kit) -> Iterator[Callable[..., Page]]:
    """Opens a page of the kit in a context of its own; `opened("/", width=1440)`."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, width: int = 390) -> Page:
        context = browser.new_context(base_url=kit.url, viewport={"width": width, "height": 844}, locale="en")
        context.set_default_timeout(5_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        page.wait_for_selector("html.js")
        return page

    yield open_page
    for context in contexts:
        close(context)
