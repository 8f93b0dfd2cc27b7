"""A procedure as a picture: one SVG without scripts, styles or outside files, 960 wide.

The line of stations runs down the left; each card says who holds the step, until when, what it opens, what
leaving it needs and what happens when it is late; beside it stand its moves. Below are the moves common to
every procedure.
"""

from __future__ import annotations

from html import escape

from linli.kernel.text import listed
from linli.matters.procedures.describe import describe
from linli.matters.procedures.kinds import Outcome
from linli.matters.procedures.layout import (
    CARD_RIGHT,
    PAD,
    RAIL,
    ROWS_LEFT,
    SMALL,
    WIDTH,
    Card,
    Lane,
    Layout,
    Row,
    lay_out,
    runs,
)
from linli.matters.procedures.net import NET
from linli.matters.procedures.schema import Procedure
from linli.matters.procedures.svg import (
    AMBER,
    CARD,
    CELADON,
    CELADON_INK,
    CELADON_LINE,
    CELADON_SOFT,
    CINNABAR,
    FONT,
    INK,
    INK_2,
    INK_3,
    LINE,
    LINE_2,
    PAPER,
    chip,
    circle,
    icon,
    path,
    rect,
    text,
    width,
    wrap,
)
from linli.matters.procedures.wording import OUTCOMES, phrase

__all__ = ["describe", "draw"]

MARGIN = 28.0
LINE_INK = {"says": INK_2, "holder": INK, "opens": INK_2, "needs": INK_2, "late": CINNABAR}


def draw(procedure: Procedure, language: str, at_step: str | None = None) -> str:
    """The procedure drawn in a language; with `at_step` that step is marked as where a matter is now."""
    header, top = _header(procedure, language)
    layout = lay_out(procedure, language, top)
    end, end_bottom = _end(procedure, language, layout.bottom + 34)
    net, bottom = _net(language, end_bottom + 26)
    parts = [
        rect(0, 0, WIDTH, bottom, r=14, fill=PAPER),
        *header,
        *_rail(procedure, layout, layout.bottom + 34),
        *_edges(layout),
    ]
    for card in layout.cards:
        parts += _card(card, language, here=card.step.key == at_step)
    parts += [*end, *net]
    name = escape(procedure.procedure)
    said = escape(" ".join(describe(procedure, language)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom:g}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{FONT}">'
        f'<title id="{name}-title">{escape(procedure.title.of(language))}</title>'
        f'<desc id="{name}-desc">{said}</desc>{"".join(parts)}</svg>'
    )


def _header(procedure: Procedure, language: str) -> tuple[list[str], float]:
    """Title, version and summary; the start of the rail."""
    title = procedure.title.of(language)
    parts = [text(MARGIN, 46, title, size=22, bold=True)]
    version = phrase("version", language, procedure.version)
    parts.append(text(MARGIN + width(title, 22, bold=True) + 12, 46, version, size=SMALL, fill=INK_3))
    y = 72.0
    for line in wrap(procedure.summary.of(language), WIDTH - 2 * MARGIN, 14):
        parts.append(text(MARGIN, y, line, size=14, fill=INK_2))
        y += 21
    y += 18
    parts += _legend(language, y)
    parts.append(circle(RAIL, y, 4.5, fill=CELADON))
    parts.append(
        text(RAIL + 16, y + 4.5, phrase("raised", language), size=SMALL, fill=CELADON_INK, bold=True)
    )
    return parts, y + 26


def _legend(language: str, y: float) -> list[str]:
    """What the lines mean, on one line at the right."""
    parts: list[str] = []
    x = ROWS_LEFT
    for name in ("next", "on", "back", "end"):
        said = phrase(f"legend {name}", language)
        parts += _mark(name, x, y)
        parts.append(text(x + 24, y + 4.5, said, size=12, fill=INK_3))
        x += 24 + width(said, 12) + 18
    return parts


def _mark(name: str, x: float, y: float) -> list[str]:
    """The small sign before a move: down to the next station, on, back, or the end."""
    if name == "next":
        return [path(f"M{x + 8:g} {y - 6:g}v11m-4.5-4.5l4.5 4.5 4.5-4.5", stroke=CELADON, line=2)]
    if name == "end":
        return [
            path(f"M{x:g} {y:g}h10", stroke=INK_3),
            circle(x + 13, y, 3.6, fill=CARD, stroke=INK_3, line=1.8),
        ]
    return [path(f"M{x:g} {y:g}h17", stroke=CELADON if name == "on" else AMBER, dashed=name == "back")]


def _rail(procedure: Procedure, layout: Layout, end: float) -> list[str]:
    """The line of stations; a stretch without a direct move is only dotted."""
    stations = [card for card in layout.cards if card.station]
    order = {step.key: index for index, step in enumerate(procedure.stations())}
    stations.sort(key=lambda card: order[card.step.key])
    parts = [path(f"M{RAIL:g} {layout.cards[0].top - 22:g}V{stations[0].entry:g}", stroke=CELADON, line=2.4)]
    for card, following in zip(stations, [*stations[1:], None], strict=True):
        target = following.step.key if following else "closed"
        direct = procedure.move(card.step.key, target) is not None
        bottom = following.entry if following else end
        stroke = CELADON if direct else CELADON_LINE
        parts.append(path(f"M{RAIL:g} {card.entry:g}V{bottom:g}", stroke=stroke, line=2.4, dashed=not direct))
    return parts


def _edges(layout: Layout) -> list[str]:
    """Every move that is not to the next station: lanes first, a gap of paper where they cross."""
    places = {card.step.key: card for card in layout.cards}
    under: list[str] = []
    backwards: list[str] = []
    onwards: list[str] = []
    heads: list[str] = []
    for target, lane in layout.lanes.items():
        entry = places[target].entry
        under.append(path(f"M{lane.x:g} {lane.top:g}V{lane.bottom:g}", stroke=PAPER, line=6))
        heads.append(path(f"M{CARD_RIGHT + 9:g} {entry - 5:g}l-7 5 7 5z", stroke=INK_2, fill=INK_2, line=1))
        for back in (True, False):
            rows = [
                row for card in layout.cards for row in card.rows if _joins(row, target, entry, back=back)
            ]
            farthest = max(rows, key=lambda row: abs(row.y - entry), default=None)
            for row in rows:
                d = _bend(row, lane, entry, whole=row is farthest)
                drawn = path(d, stroke=AMBER if back else CELADON, line=1.6, dashed=back)
                (backwards if back else onwards).append(drawn)
    # Where both ways lead into one card the solid line lies on top of the dashed one.
    return [*under, *backwards, *onwards, *heads]


def _joins(row: Row, target: str, entry: float, *, back: bool) -> bool:
    """Whether a move takes the lane of `target`, from below (`back`) or from above."""
    return row.move.target == target and not row.onward and (row.y >= entry) == back


def _bend(row: Row, lane: Lane, entry: float, *, whole: bool) -> str:
    """From the end of a row right into its lane; the farthest goes on into the card it leads to."""
    r = 9.0
    down = 1 if entry > row.y else -1
    joins = f"M{row.end:g} {row.y:g}H{lane.x - r:g}Q{lane.x:g} {row.y:g} {lane.x:g} {row.y + r * down:g}"
    if not whole:
        return joins
    return f"{joins}V{entry - r * down:g}Q{lane.x:g} {entry:g} {lane.x - r:g} {entry:g}H{CARD_RIGHT + 9:g}"


def _card(card: Card, language: str, *, here: bool) -> list[str]:
    wide = CARD_RIGHT - card.left
    fill, stroke, line = (CELADON_SOFT, CELADON, 2.0) if here else (CARD, LINE, 1.0)
    parts = [rect(card.left, card.top, wide, card.height, r=12, fill=fill, stroke=stroke, line=line)]
    if card.station:
        if here:
            parts.append(circle(RAIL, card.entry, 12, fill=CELADON_SOFT))
        parts.append(circle(RAIL, card.entry, 7, fill=CARD, stroke=CELADON, line=2.4))
        parts.append(path(f"M{RAIL + 9:g} {card.entry:g}H{card.left:g}", stroke=CELADON_LINE, line=1.6))
    y = card.top + PAD + 15
    for said in card.title:
        parts.append(text(card.left + PAD, y, said, size=17, bold=True, fill=CELADON_INK if here else INK))
        y += 22
    limit_fill = CARD if here else CELADON_SOFT
    parts.append(chip(CARD_RIGHT - PAD + 4, card.top + 14, card.limit, fill=limit_fill, ink=CELADON_INK))
    if here:
        parts.append(
            chip(card.left + wide / 2, card.top - 11, phrase("here", language), fill=CELADON, ink=CARD)
        )
    y += 1
    for run in runs(card.lines, card.left):
        for x, one in run:
            ink = LINE_INK[one.kind]
            if one.icon:
                parts.append(icon(one.icon, x, y - 12, stroke=CINNABAR if one.kind == "late" else INK_3))
            parts.append(text(x + (0 if one.kind == "says" else 22), y, one.text, size=SMALL, fill=ink))
        y += 20
    for row in card.rows:
        parts += _row(row)
    return parts


def _row(row: Row) -> list[str]:
    """A move beside its card: its sign and its words."""
    if row.onward:
        parts = _mark("next", ROWS_LEFT - 8, row.y)
    elif row.move.is_final:
        parts = _mark("end", CARD_RIGHT + 2, row.y)
    else:
        parts = []
    ink = CELADON_INK if row.onward else INK_2 if row.move.is_final else INK
    for index, said in enumerate(row.lines):
        at = row.y + 4.5 + index * 17
        parts.append(text(ROWS_LEFT + 14, at, said, size=SMALL, fill=ink, bold=row.onward))
    return parts


def _end(procedure: Procedure, language: str, y: float) -> tuple[list[str], float]:
    """The end of the rail and every way a matter of this procedure can end."""
    outcomes = {move.outcome for step in procedure.steps for move in step.moves if move.outcome}
    said = listed([OUTCOMES[one].of(language) for one in Outcome if one in outcomes], language)
    closed = phrase("closed", language)
    parts = [
        circle(RAIL, y, 9, fill=PAPER, stroke=CELADON, line=2.4),
        circle(RAIL, y, 4.5, fill=CELADON),
        text(68, y + 5.5, closed, size=17, bold=True),
        text(68 + width(closed, 17, bold=True) + 14, y + 5, said, size=SMALL, fill=INK_2),
    ]
    return parts, y + 16


def _net(language: str, top: float) -> tuple[list[str], float]:
    """The strip of moves common to every procedure, four in a row."""
    column, inner = (WIDTH - 2 * MARGIN - 2 * PAD) / 4, 10.0
    parts: list[str] = []
    y = top + 54
    for begin in range(0, len(NET), 4):
        deepest = y
        for index, move in enumerate(NET[begin : begin + 4]):
            x = MARGIN + PAD + index * column
            parts.append(text(x, y, move.title.of(language), size=14, bold=True))
            for number, said in enumerate(wrap(move.says.of(language), column - inner, 12.5)):
                parts.append(text(x, y + 19 + number * 17, said, size=12.5, fill=INK_2))
                deepest = max(deepest, y + 19 + number * 17)
        y = deepest + 30
    bottom = y - 30 + PAD
    heading = text(MARGIN + PAD, top + 28, phrase("at any time", language), size=SMALL, fill=INK_3)
    box = rect(MARGIN, top, WIDTH - 2 * MARGIN, bottom - top, r=12, fill=LINE_2)
    return [box, heading, *parts], bottom + MARGIN
