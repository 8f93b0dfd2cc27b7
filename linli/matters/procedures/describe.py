"""A procedure in sentences: what its drawing shows, for whoever does not see it."""

from __future__ import annotations

from linli.kernel.text import listed
from linli.matters.procedures.net import NET
from linli.matters.procedures.schema import Procedure, Step
from linli.matters.procedures.wording import (
    NEEDS,
    OUTCOMES,
    duration,
    is_english,
    lateness,
    opening,
    phrase,
)


def describe(procedure: Procedure, language: str) -> list[str]:
    """One sentence for the start, one paragraph for each step, one sentence for each common move."""
    first = procedure.step(procedure.starts).title.of(language)
    said = [phrase("begins", language, procedure.title.of(language), first)]
    said += [_step(procedure, step, language) for step in procedure.steps]
    said += [phrase("net", language, move.title.of(language), move.says.of(language)) for move in NET]
    return said


def _step(procedure: Procedure, step: Step, language: str) -> str:
    holder = procedure.name_of(step.holder, language)
    said = [phrase("step", language, step.title.of(language), holder, duration(step.limit, language))]
    if step.opens:
        openings = [opening(one, procedure, language) for one in step.opens]
        said.append(phrase("opens", language, listed(openings, language)))
    if step.needs:
        said.append(
            phrase("asks", language, listed([NEEDS[need].of(language) for need in step.needs], language))
        )
    if step.parties:
        said.append(phrase("names", language, listed([one.of(language) for one in step.parties], language)))
    for move in step.moves:
        title = move.title.of(language)
        if move.outcome is not None:
            said.append(phrase("ends", language, title, OUTCOMES[move.outcome].of(language)))
        else:
            said.append(phrase("goes", language, title, procedure.step(move.target).title.of(language)))
    late = lateness(step.late, procedure, language)
    if late:
        said.append(phrase("late", language, ("; " if is_english(language) else "；").join(late)))
    return (" " if is_english(language) else "").join(said)
