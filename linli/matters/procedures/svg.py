"""The few shapes a drawing is made of. Presentation attributes only: the policy forbids inline styles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from math import fsum

PAPER, CARD, INK, INK_2, INK_3 = "#faf8f4", "#fff", "#22262b", "#59616b", "#646b75"
LINE, LINE_2 = "#e7e2d8", "#f1ede5"
CELADON, CELADON_INK, CELADON_SOFT, CELADON_LINE = "#2c7566", "#1d574b", "#e5f0ec", "#c5ddd5"
CINNABAR, AMBER = "#b4371f", "#8a5a00"
FONT = (
    "PingFang SC,HarmonyOS Sans SC,MiSans,Noto Sans SC,Noto Sans CJK SC,Microsoft YaHei,system-ui,sans-serif"
)

# Each icon lives in a square of 16.
ICONS = {
    "person": "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.8c.5-2.6 2.5-4 5.2-4s4.7 1.4 5.2 4",
    "clock": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.6V8l2.3 1.6",
    "check": "M3 8.4l3.2 3.2L13 4.6",
    "comments": "M2.2 3.2h11.6v7.6H7.4L4.4 13v-2.2H2.2z",
    "orders": "M3.6 1.8h8.8v12.4H3.6zM6 5.4h4M6 8.2h4M6 11h2.2",
    "whistle": "M6 5.4h8.2v2.8h-3.6a4 4 0 1 1-4.6-2.8zM6.2 9.6h.1M9.6 2.2l.6 1.4M12.6 2.2l-.6 1.4",
    "evaluation": "M8 1.9l1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6z",
    "meeting": "M5 7.4a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM11 7.4a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM1.6 12.8c.3-2 1.6-3 "
    "3.4-3s3 1 3.3 3M8.6 10.6c.5-.5 1.3-.8 2.4-.8 1.8 0 3.1 1 3.4 3",
    "works": "M2.4 13.8h11.2M4.2 13.8V8.6M8 13.8V8.6M11.8 13.8V8.6M2.6 8.6h10.8L8 3.2z",
    "shares": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 1.8V8l4.6 4.2",
    "posting": "M3.4 3.4h9.2v10.4H3.4zM8 1.6v3M5.6 7.4h4.8M5.6 10.2h3.2",
    "opinions": "M5 7.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM8.6 8.8h5v5h-5zM11.6 2.4l2.2 4h-4.4z",
    "ballot": "M2.2 7h11.6v6.8H2.2zM5.4 7V2.2h5.2V7M6.8 4.4l.9.9 1.6-1.7",
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is: a Chinese character is a square, others a little over half of one.

    Summed exactly: Pythons differ in the last bit of a plain sum, and lines would break elsewhere.
    """
    ems = fsum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else _narrow(sign) for sign in text)
    return ems * size * (1.04 if bold else 1.0)


def _narrow(sign: str) -> float:
    if sign in " iljt.,;:'|!fI()":
        return 0.32
    return 0.86 if sign in "mwMW" else 0.68 if sign.isupper() else 0.57


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit; broken at spaces, or between Chinese characters but not before a stop."""
    lines: list[str] = []
    current = ""
    for piece in _pieces(text):
        if current and width(current + piece.rstrip(), size, bold=bold) > room:
            lines.append(current.rstrip())
            current = piece.lstrip()
        else:
            current += piece
    return [*lines, current.rstrip()] if current.strip() else lines


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for index, sign in enumerate(text):
        piece += sign
        following = text[index + 1] if index + 1 < len(text) else ""
        wide = unicodedata.east_asian_width(sign) in "WF"
        if (sign == " " or wide) and following not in "，。；：、）」·" and sign not in "（「":
            yield piece
            piece = ""
    if piece:
        yield piece


def text(x: float, y: float, said: str, *, size: float = 13, fill: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="650"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{weight}>{escape(said)}</text>'


def rect(
    x: float, y: float, w: float, h: float, *, r: float, fill: str, stroke: str = "none", line: float = 1
) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{line:g}"/>'
    )


def circle(x: float, y: float, r: float, *, fill: str, stroke: str = "none", line: float = 2) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}" stroke="{stroke}" stroke-width="{line:g}"/>'
    )


def path(d: str, *, stroke: str, line: float = 1.8, dashed: bool = False, fill: str = "none") -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{line:g}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dash}/>'
    )


def icon(name: str, x: float, y: float, *, stroke: str = INK_3) -> str:
    """An icon whose square begins at x, y."""
    return (
        f'<path transform="translate({x:g} {y:g})" d="{ICONS[name]}" fill="none" stroke="{stroke}" '
        'stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def chip(right: float, y: float, said: str, *, fill: str, ink: str, size: float = 12.5) -> str:
    """A rounded label that ends at `right`."""
    wide = chip_width(said, size)
    return rect(right - wide, y, wide, 22, r=11, fill=fill) + text(
        right - wide + 10, y + 15.5, said, size=size, fill=ink
    )


def chip_width(said: str, size: float = 12.5) -> float:
    return width(said, size) + 20
