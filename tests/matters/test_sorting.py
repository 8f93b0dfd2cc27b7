"""The way a decision takes through each shipped procedure."""

import pytest

from linli.matters.procedures import loader
from linli.matters.procedures.schema import Procedure
from linli.matters.rules.sorting import Then, way

SHIPPED: dict[str, Procedure] = {
    procedure.procedure: procedure for practice in loader.load_folder() for procedure in practice.procedures
}


@pytest.mark.parametrize(
    ("procedure", "step", "then", "expected"),
    [
        ("plain", "register", Then.DISPATCH, ["handle"]),
        ("plain", "register", Then.SETTLE, ["answer"]),
        ("plain", "register", Then.NOT_OURS, ["closed"]),
        ("plain", "register", Then.STREET, ["assess", "street"]),
        ("plain", "register", Then.COUNCIL, None),
        ("plain", "register", Then.KEEP, []),
        ("plain", "handle", Then.DISPATCH, []),
        ("plain", "answer", Then.SETTLE, None),
        ("five-affairs", "raise", Then.DISPATCH, ["act"]),
        ("five-affairs", "raise", Then.COUNCIL, ["discuss"]),
        ("five-affairs", "raise", Then.SETTLE, ["judge"]),
        ("call-whistle-report", "call", Then.STREET, ["assess"]),
        ("call-whistle-report", "assess", Then.STREET, []),
        ("three-mechanisms", "collect", Then.COUNCIL, ["analyse", "council"]),
        ("three-mechanisms", "collect", Then.DISPATCH, ["analyse", "carry_out"]),
    ],
)
def test_the_way(procedure: str, step: str, then: Then, expected: list[str] | None) -> None:
    found = way(SHIPPED[procedure], step, then)
    assert (None if found is None else [move.target for move in found]) == expected


@pytest.mark.parametrize("name", sorted(SHIPPED))
@pytest.mark.parametrize("then", list(Then))
def test_every_way_is_made_of_the_procedures_own_moves(name: str, then: Then) -> None:
    procedure = SHIPPED[name]
    for step in procedure.steps:
        here = step.key
        for move in way(procedure, step.key, then) or ():
            assert move in procedure.moves_from(here)
            here = move.target
