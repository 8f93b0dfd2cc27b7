"""PDF for what is signed, numbered, posted and kept: a typst document and the data that goes into it.

Documents share `typst/paper.typ`; every poster is one document, `typst/poster.typ` (ADR 0027, 0028).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from linli.frame import qr

ROOT = Path(__file__).parent.parent  # documents of every app find the shared one from here
FONTS = Path("linli") / "fonts"  # among the built static files
POSTER = Path(__file__).parent / "typst" / "poster.typ"
LONG = 420  # letters; a poster with more of them is set in smaller type
ROW = 28  # letters a row of figures takes the room of


class Size(StrEnum):
    """The paper a poster is printed on."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with what each column is."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a poster: its heading, what stands out, paragraphs, figures; each may be left out."""

    title: str = ""
    strong: str = ""
    lines: Sequence[str] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True)
class Poster:
    """What hangs on the board: where, what kind of thing, its parts, at the foot until when and where to
    object, and the address its code opens."""

    title: str
    place: str
    lead: str
    parts: Sequence[Part]
    foot: Sequence[str]
    link: str
    caption: str


@cache
def _fonts() -> typst.Fonts:
    """This project's own fonts alone: the same paper from every machine."""
    folders = [Path(folder) / FONTS for folder in settings.STATICFILES_DIRS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def pdf(document: Path, data: Mapping[str, Any]) -> bytes:
    """The document as PDF; it reads `data` as JSON from `sys.inputs.data`, with the reader's language."""
    said = {"lang": (get_language() or "zh")[:2], **data}
    given = {"data": json.dumps(said, ensure_ascii=False)}
    made = typst.compile(document, root=ROOT, format="pdf", font_paths=_fonts(), sys_inputs=given)
    assert isinstance(made, bytes)  # one document, not a list of pages
    return made


def poster(what: Poster, size: Size) -> bytes:
    """A poster as PDF, in smaller type where it says much."""
    letters = sum(len(line) for part in what.parts for line in part.lines)
    rows = sum(len(table.rows) for part in what.parts for table in part.tables)
    is_long = letters + rows * ROW > LONG
    data = {"paper": size.value, "is_long": is_long, "qr": str(qr.svg(what.link))}
    return pdf(POSTER, asdict(what) | data)


def size_in(text: str) -> Size:
    """The paper an address asks for; A4 where it asks for none there is."""
    return Size(text) if text in set(Size) else Size.A4


def answer(content: bytes, title: str, *, to_keep: bool = False) -> HttpResponse:
    """A PDF as a page to print; `to_keep` as a file to save."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(to_keep, f"{title}.pdf") or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
