"""What a page may show of an analysis: groups of five people at least, and no number from which what fewer
people think could be told. Plain values, kept as JSON."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from linli.deliberation.opinions import directions, holding
from linli.deliberation.opinions.analysis import Analysis
from linli.deliberation.opinions.directions import Directions
from linli.deliberation.opinions.votes import AGREE, Floats, Id

FEWEST: Final = 5  # people in a group that is shown, and answers in a number that is told
WIDTH: Final = 100.0  # of the drawing, its middle at 50
GRID: Final = 2.0  # people are drawn on a grid, so that no spot is one person's own
EDGE: Final = 10.0  # left free around
TURN: Final = math.pi * (3 - math.sqrt(5))  # the angle at which marks around a spot never cover each other

Picture = dict[str, Any]


def picture(found: Analysis) -> Picture:
    """Everything a page shows. People who answered too little to be placed are counted among `people` only.

    `groups` is empty where opinions do not part, or would part into groups too small to show.
    """
    rows = found.matrix.rows_of(found.inside)
    everybody = holding.tally(found.matrix.votes[rows])
    shown = found.groups if len(found.groups) > 1 and _large_enough(found) else ()
    enough = len(rows) >= FEWEST
    reach = float(np.abs(found.spots[rows]).max(initial=0)) or 1.0
    told: dict[Id, dict[str, Any]] = (
        _told(found, everybody, [group.tally for group in shown]) if enough else {}
    )
    held = found.representative if shown else {}
    common = holding.consensus(everybody, found.statements, found.out)
    return {
        "people": len(found.matrix.people) if len(found.matrix.people) >= FEWEST else 0,
        "placed": len(rows) if enough else 0,
        "groups": [
            {
                "size": len(group.rows),
                "center": _drawn(np.array([group.center]), reach)[0],
                "dots": _apart(_drawn(found.spots[group.rows], reach)),
                "holds": _named(held[group.id], told),
            }
            for group in shown
        ],
        "common": [
            {"number": each["tid"], "side": side}
            for side in ("agree", "disagree")
            for each in common[side]
            if each["tid"] in told
        ],
        "told": {str(number): counts for number, counts in told.items()},
        "priorities": {str(number): round(value, 6) for number, value in found.priorities.items()},
        "directions": {
            "numbers": list(found.statements),
            "center": found.directions.center.tolist(),
            "comps": found.directions.comps.tolist(),
            "out": [each for each in found.statements if each in found.out],
            "reach": reach,
        },
    }


def spot_of(answers: Mapping[int, int], drawn: Picture) -> list[float] | None:
    """Where on the drawing somebody with these answers (agree 1, disagree −1) stands; None before any."""
    known = drawn["directions"]
    row = np.array(
        [[AGREE * answers[each] if each in answers else np.nan for each in known["numbers"]]], dtype=float
    )
    if not known["numbers"] or np.isnan(row).all():
        return None
    row[:, [at for at, each in enumerate(known["numbers"]) if each in known["out"]]] = 0
    found = Directions(np.array(known["center"]), np.array(known["comps"]))
    return _drawn(directions.people(row, found), known["reach"])[0]


def group_of(spot: Sequence[float], drawn: Picture) -> int | None:
    """The group nearest to a spot; None where no groups are shown."""
    centers = [group["center"] for group in drawn["groups"]]
    if not centers:
        return None
    away = [(spot[0] - x) ** 2 + (spot[1] - y) ** 2 for x, y in centers]
    return away.index(min(away))


def _large_enough(found: Analysis) -> bool:
    return all(len(group.rows) >= FEWEST for group in found.groups)


def _drawn(spots: Floats, reach: float) -> list[list[float]]:
    half = WIDTH / 2 - EDGE
    on_page = WIDTH / 2 + np.clip(spots / reach, -1, 1) * half
    return [[float(x), float(y)] for x, y in np.round(on_page / GRID) * GRID]


def _apart(dots: Sequence[list[float]]) -> list[list[float]]:
    """Dots in an order that tells nothing; those on one spot are laid around it, so that each is seen."""
    there: Counter[tuple[float, ...]] = Counter()
    laid = []
    for x, y in sorted(dots):
        turn = there[x, y]
        there[x, y] += 1
        away = GRID * math.sqrt(turn)
        laid.append([round(x + away * math.cos(turn * TURN), 1), round(y + away * math.sin(turn * TURN), 1)])
    return laid


def _told(
    found: Analysis, everybody: holding.Tally, groups: Sequence[holding.Tally]
) -> dict[Id, dict[str, Any]]:
    """For each statement the numbers that may be told: of all, and of each group where none is too small.

    Where one group gave one to four answers, no group's number is told: the rest would give it away.
    """
    told: dict[Id, dict[str, Any]] = {}
    for at, number in enumerate(found.statements):
        if number in found.out or everybody.seen[at] < FEWEST:
            continue
        counts: dict[str, Any] = {"all": _counts(everybody, at)}
        if groups and all(group.seen[at] == 0 or group.seen[at] >= FEWEST for group in groups):
            counts["groups"] = [_counts(group, at) for group in groups]
        told[number] = counts
    return told


def _counts(tally: holding.Tally, at: int) -> list[int]:
    return [int(tally.agree[at]), int(tally.disagree[at]), int(tally.seen[at])]


def _named(entries: Sequence[Mapping[str, Any]], told: Mapping[Id, Any]) -> list[Any]:
    return [
        {"number": each["tid"], "side": each["repful-for"]}
        for each in entries
        if "groups" in told.get(each["tid"], ())
    ]


def outline(dots: Sequence[Sequence[float]]) -> list[list[float]]:
    """The corners around a group's dots, in order; one or two corners where the dots lie on a line."""
    spots = sorted({(x, y) for x, y in dots})

    def half(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for point in points:
            while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
                corners.pop()
            corners.append(point)
        return corners

    if len(spots) < 3:
        return [list(spot) for spot in spots]
    return [list(spot) for spot in half(spots)[:-1] + half(spots[::-1])[:-1]]


def _turn(first: tuple[float, float], second: tuple[float, float], third: tuple[float, float]) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
