"""A procedure written as YAML again: what a community downloads, keeps as a draft, and may bring elsewhere.

Reading what was written gives the same procedure (a test runs it over every shipped and many made-up ones).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from linli.matters.procedures.schema import Late, Move, Opening, Procedure, Step, Words

LINE = 110  # columns; as the shipped files are written


def to_yaml(procedure: Procedure) -> str:
    """The file of a procedure."""
    return as_yaml(written(procedure))


def as_yaml(values: Mapping[str, Any]) -> str:
    """Plain values as a file: keys in their order, the innermost lists and mappings on one line."""
    return yaml.safe_dump(
        dict(values), allow_unicode=True, sort_keys=False, default_flow_style=None, width=LINE
    )


def written(procedure: Procedure) -> dict[str, Any]:
    """The values a file of this procedure holds; what has its default is left out."""
    values: dict[str, Any] = {
        "procedure": procedure.procedure,
        "version": procedure.version,
        "title": _words(procedure.title),
        "summary": _words(procedure.summary),
        "kinds": [kind.value for kind in procedure.kinds],
        "starts": procedure.starts,
    }
    if procedure.station_keys is not None:
        values["stations"] = list(procedure.station_keys)
    values["steps"] = {step.key: _step(step) for step in procedure.steps}
    return values


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _step(step: Step) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": _words(step.title),
        "short": _words(step.short),
        "says": _words(step.says),
        "holder": step.holder,
        "within": step.within,
    }
    if step.opens:
        values["opens"] = [_opening(opening) for opening in step.opens]
    if step.needs:
        values["needs"] = [need.value for need in step.needs]
    if step.parties:
        values["parties"] = [_words(party) for party in step.parties]
    values["moves"] = _moves(step.moves)
    late = _late(step.late)
    if late:
        values["late"] = late
    return values


def _opening(opening: Opening) -> str | dict[str, str]:
    return opening.kind.value if opening.code is None else {opening.kind.value: opening.code}


def _moves(moves: tuple[Move, ...]) -> dict[str, Any]:
    """The moves by where they lead; several to one step become a list."""
    by_target: dict[str, list[Any]] = {}
    for move in moves:
        by_target.setdefault(move.target, []).append(_move(move))
    return {target: found[0] if len(found) == 1 else found for target, found in by_target.items()}


def _move(move: Move) -> str | dict[str, Any]:
    if move.words is None and move.ending is None:
        return move.verb.value
    values: dict[str, Any] = {"verb": move.verb.value}
    if move.words is not None:
        values["title"] = _words(move.words)
    if move.ending is not None:
        values["outcome"] = move.ending.value
    return values


def _late(late: Late) -> dict[str, str]:
    return {name: value for name, value in late if value is not None}
