"""Where everything of a drawing goes: pure arithmetic, so that no two texts can meet.

Steps are cards down the page. A rail on the left carries the stations. Every move has its own row to the
right of its card; a move that is not to the next station runs on from its row into a lane on the right, and
all that lead to one step share that step's lane and enter it beside its title, where no row is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from linli.kernel.text import listed
from linli.matters.procedures.schema import Move, Procedure, Step
from linli.matters.procedures.svg import chip_width, width, wrap
from linli.matters.procedures.wording import NEEDS, duration, lateness, opening, phrase

WIDTH = 960
RAIL = 40.0
CARD_LEFT, BRANCH_LEFT, CARD_RIGHT = 68.0, 104.0, 488.0
ROWS_LEFT, ROWS_ROOM = 508.0, 264.0
LANES_LEFT, LANES_RIGHT, LANE_STEP = 780.0, 936.0, 20.0
PAD, GAP, ENTRY, ROW, LINE_HEIGHT = 16.0, 26.0, 25.0, 24.0, 20.0
SMALL = 13.0


@dataclass(frozen=True)
class Row:
    """One move beside its card. `y` is the middle of its line; `end` is where its text ends."""

    move: Move
    lines: list[str]
    y: float
    end: float
    onward: bool


@dataclass(frozen=True)
class Line:
    """One line of small text in a card, with the icons and texts on it."""

    icon: str | None
    text: str
    kind: str


@dataclass
class Card:
    """One step as it is drawn."""

    step: Step
    left: float
    top: float
    height: float
    station: bool
    title: list[str]
    limit: str
    lines: list[Line]
    rows: list[Row] = field(default_factory=list)

    @property
    def entry(self) -> float:
        """Where moves from elsewhere come in."""
        return self.top + ENTRY


@dataclass(frozen=True)
class Lane:
    """The vertical line shared by all moves that lead to one step from elsewhere."""

    target: str
    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """The whole drawing but its header and footer."""

    cards: list[Card]
    lanes: dict[str, Lane]
    bottom: float


def lay_out(procedure: Procedure, language: str, top: float) -> Layout:
    """Cards in the order written, the rows of their moves, and the lanes between them."""
    stations = [step.key for step in procedure.stations()]
    following = dict(zip(stations, [*stations[1:], None], strict=True))
    cards: list[Card] = []
    y = top
    for step in procedure.steps:
        card = _card(procedure, step, language, y, station=step.key in stations)
        entered = any(
            move.target == step.key and following.get(other.key) != step.key
            for other in procedure.steps
            for move in other.moves
        )
        _place_rows(card, language, following.get(step.key), entered=entered)
        cards.append(card)
        y += card.height + GAP
    return Layout(cards, _lanes(cards), y - GAP)


def _card(procedure: Procedure, step: Step, language: str, top: float, *, station: bool) -> Card:
    left = CARD_LEFT if station else BRANCH_LEFT
    limit = phrase("within", language, duration(step.limit, language))
    room = CARD_RIGHT - left - 2 * PAD
    title = wrap(step.title.of(language), room - chip_width(limit) - 12, 17, bold=True)
    small = room - 22
    lines = [Line(None, said, "says") for said in wrap(step.says.of(language), room, SMALL)]
    holder = phrase("held by", language, procedure.name_of(step.holder, language))
    lines += _lines("person", wrap(holder, small, SMALL), "holder")
    for one in step.opens:
        lines += _lines(one.kind.value, wrap(opening(one, procedure, language), small, SMALL), "opens")
    if step.needs:
        needs = phrase("needs", language, listed([NEEDS[need].of(language) for need in step.needs], language))
        lines += _lines("check", wrap(needs, small, SMALL), "needs")
    if step.parties:
        parties = phrase("parties", language, listed([one.of(language) for one in step.parties], language))
        lines += _lines("check", wrap(parties, small, SMALL), "needs")
    lines += _lines("clock", _flow(lateness(step.late, procedure, language), small), "late")
    height = PAD + 22 * len(title) + 6 + LINE_HEIGHT * _line_count(lines, left) + PAD - 6
    return Card(step, left, top, height, station, title, limit, lines)


def _lines(icon: str, texts: list[str], kind: str) -> list[Line]:
    return [Line(icon if index == 0 else None, said, kind) for index, said in enumerate(texts)]


def _flow(phrases: list[str], room: float) -> list[str]:
    """Phrases in lines, none of them broken unless it is wider than a line."""
    lines: list[str] = []
    for said in phrases:
        joined = f"{lines[-1]} · {said}" if lines else said
        if lines and width(joined, SMALL) <= room:
            lines[-1] = joined
        else:
            lines += wrap(said, room, SMALL)
    return lines


def _line_count(lines: list[Line], left: float) -> int:
    return len(runs(lines, left))


def runs(lines: list[Line], left: float) -> list[list[tuple[float, Line]]]:
    """The lines of a card with their x; what a step opens shares a line while there is room."""
    placed: list[list[tuple[float, Line]]] = []
    start, room_right = left + PAD, CARD_RIGHT - PAD
    x = start
    for line in lines:
        wide = 22 + width(line.text, SMALL) + 14
        beside = placed and line.kind == "opens" and placed[-1][-1][1].kind == "opens" and line.icon
        if beside and x + wide - 14 <= room_right:
            placed[-1].append((x, line))
            x += wide
        else:
            placed.append([(start, line)])
            x = start + wide
    return placed


def _place_rows(card: Card, language: str, following: str | None, *, entered: bool) -> None:
    """Rows begin under the entry where something enters, else at the top; a card grows to hold its rows."""
    y = card.top + (ENTRY + ROW if entered else ENTRY)
    for move in card.step.moves:
        lines = wrap(move.title.of(language), ROWS_ROOM - 34, SMALL)
        end = ROWS_LEFT + 22 + max(width(line, SMALL) for line in lines) + 8
        card.rows.append(Row(move, lines, y, end, onward=move.target == following))
        y += ROW + (len(lines) - 1) * 17
    card.height = max(card.height, y - card.top - 4)


def _lanes(cards: list[Card]) -> dict[str, Lane]:
    """A lane for each step that is entered from elsewhere; short ones nearest, no two on one another."""
    places = {card.step.key: card for card in cards}
    spans: dict[str, list[float]] = {}
    for card in cards:
        for row in card.rows:
            if not row.onward and not row.move.is_final:
                spans.setdefault(row.move.target, [places[row.move.target].entry]).append(row.y)
    taken: list[list[tuple[float, float]]] = []
    column: dict[str, int] = {}
    for target in sorted(spans, key=lambda key: (max(spans[key]) - min(spans[key]), key)):
        low, high = min(spans[target]) - 12, max(spans[target]) + 12
        free = (i for i, used in enumerate(taken) if all(high < one or low > other for one, other in used))
        column[target] = next(free, len(taken))
        if column[target] == len(taken):
            taken.append([])
        taken[column[target]].append((low, high))
    step = min(LANE_STEP, (LANES_RIGHT - LANES_LEFT) / max(len(taken) - 1, 1))
    return {
        target: Lane(target, LANES_LEFT + column[target] * step, min(ys), max(ys))
        for target, ys in spans.items()
    }
