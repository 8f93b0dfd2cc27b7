"""The words a PDF of ours shows, taken out again: what a reader could select and copy from its pages.

Enough of the format for what typst writes: one object after another, streams deflated, fonts with a table
back to Unicode. Nothing else is read.
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"/Length (\d+).*?>>\s*stream\r?\n", re.DOTALL)
_FONTS = re.compile(rb"/Font<<(.*?)>>", re.DOTALL)
_REFERENCE = re.compile(rb"/(f\d+) (\d+) 0 R")
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()|<([0-9A-Fa-f]+)>|\bET\b")
_BRACKETS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(content: bytes) -> list[str]:
    """The words of each page, in the order they are drawn; a line for each run of text."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    pages = [body for body in objects.values() if b"/Type/Page/" in body]
    return [_page(objects, body) for body in pages]


def words_of(content: bytes) -> str:
    """The words of the whole file, without the breaks of lines and without spaces: a word that was broken at
    the edge is found again."""
    return "".join("".join(pages_of(content)).split())


def _page(objects: dict[int, bytes], body: bytes) -> str:
    resources = objects[_named(body, b"Resources")]
    fonts: dict[bytes, dict[int, str]] = {}
    for listed in _FONTS.findall(resources):
        for name, number in _REFERENCE.findall(listed):
            fonts[name] = _unicode(_stream(objects[_named(objects[int(number)], b"ToUnicode")]))
    return "".join(_shown(_stream(objects[_named(body, b"Contents")]), fonts))


def _shown(drawn: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    table: dict[int, str] = {}
    at = 0
    while (found := _SHOWN.search(drawn, at)) is not None:
        at = found.end()
        font, text, digits = found.groups()
        if font:
            table = fonts[font]
        elif text:
            codes, at = _literal(drawn, at)
            yield _letters(codes, table)
        elif digits:
            yield _letters(bytes.fromhex(digits.decode()), table)
        else:
            yield "\n"


def _literal(drawn: bytes, start: int) -> tuple[bytes, int]:
    """A string from behind its first bracket, and where it ends; brackets in pairs may stand in it."""
    depth, at = 1, start
    while depth:
        found = _BRACKETS.search(drawn, at)
        assert found, "a string without an end"
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return _ESCAPED.sub(_escaped, drawn[start : at - 1]), at


def _letters(codes: bytes, table: dict[int, str]) -> str:
    pairs = (codes[at] << 8 | codes[at + 1] for at in range(0, len(codes) - 1, 2))
    return "".join(table.get(code, "") for code in pairs)


def _named(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found, f"no {name!r} in {body[:200]!r}"
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(body[found.end() : found.end() + int(found[1])])


def _escaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if code[:1].isdigit() else _PLAIN.get(code, code)


def _unicode(table: bytes) -> dict[int, str]:
    """Glyph to letters, from a font's `bfchar` and `bfrange`."""
    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            found[int(code, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letters in re.findall(
            rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part
        ):
            start = int(letters, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found
