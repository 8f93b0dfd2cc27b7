"""Which Chromium the browser tests drive, and what to do where there is none."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
ADVICE = (
    "No Chromium was found. On Debian: apt-get install chromium. "
    "Elsewhere name one: LINLI_CHROMIUM=/path/to/chrome"
)


def find() -> Path | None:
    """The browser's program. Ubuntu's `chromium-browser` may be a script that only asks for a snap."""
    given = os.environ.get("LINLI_CHROMIUM")
    found = [given] if given else [shutil.which(name) for name in NAMES]
    return next((Path(each) for each in found if each and Path(each).is_file()), None)
