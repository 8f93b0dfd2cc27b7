"""PDF for what is signed, numbered and kept: a typst document and the data that goes into it (ADR 0015)."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FONTS = Path("linli") / "fonts"  # among the built static files


@cache
def _fonts() -> typst.Fonts:
    """This project's own fonts alone: the same paper from every machine."""
    folders = [Path(folder) / FONTS for folder in settings.STATICFILES_DIRS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def pdf(document: Path, data: Mapping[str, Any]) -> bytes:
    """The document as PDF; it reads `data` as JSON from `sys.inputs.data`."""
    given = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(document, format="pdf", font_paths=_fonts(), sys_inputs=given)
    assert isinstance(made, bytes)  # one document, not a list of pages
    return made
