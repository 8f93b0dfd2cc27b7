"""Where the built style sheets and scripts are: read once from the manifest the build leaves."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

FOLDER = "linli/"


def manifest_path(found: str | None, static_root: str | Path | None) -> Path:
    """The manifest among the sources or the collected files; ImproperlyConfigured without either."""
    if found:
        return Path(found)
    collected = Path(static_root) / FOLDER / "manifest.json" if static_root else None
    if collected and collected.exists():
        return collected
    raise ImproperlyConfigured(
        "The style sheets and scripts are not built: run `make build`, then try again."
    )


@lru_cache(maxsize=1)
def manifest() -> dict[str, Any]:
    """What the build made, by source name. Raises ImproperlyConfigured when nothing was built."""
    found = finders.find(FOLDER + "manifest.json")
    path = manifest_path(found if isinstance(found, str) else None, settings.STATIC_ROOT)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _entry(name: str) -> dict[str, Any]:
    folder = name.rsplit(".", 1)[-1]
    entry = manifest().get(f"{folder}/{name}")
    if entry is None:
        raise ImproperlyConfigured(
            f"The build has no {name}: run `make build`; entries are named in frontend/vite.config.js."
        )
    return dict(entry)


def url(file: str) -> str:
    """The address of a built file. Names already carry their content's hash, so no storage renames them."""
    return urljoin(settings.STATIC_URL, FOLDER + file)


@register.simple_tag
def asset(name: str) -> str:
    """The address of an entry: `{% asset "base.css" %}`, `{% asset "resident.js" %}`."""
    return url(_entry(name)["file"])


@register.simple_tag
def preloads(name: str) -> SafeString:
    """Link tags for what an entry imports: the browser need not find it out one file after another."""
    known = manifest()
    files = [(url(known[part]["file"]),) for part in _entry(name).get("imports", ())]
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', files)


@register.simple_tag
def plain_asset(name: str) -> SafeString:
    """The address of a file copied as it is (no manifest needed), for pages that must always stand."""
    return format_html("{}", url(name))
