"""The demo matters are many, varied and within the taxonomy, and a wrong file is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linli.matters.procedures.kinds import Kind, Outcome
from linli.matters.procedures.loader import ProcedureError
from linli.matters.triage.demo import SHIPPED_MATTERS, DemoMatter, Turn, load_demo_matters
from linli.matters.triage.taxonomy import Level, load_taxonomy
from linli.matters.triage.words import suggest

MATTERS = load_demo_matters()
TAXONOMY = load_taxonomy()


def test_the_file_says_that_it_is_made_up() -> None:
    head = SHIPPED_MATTERS.read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("# Demo data.")


def test_there_are_enough_and_every_category_occurs() -> None:
    assert len(MATTERS) >= 120
    assert {matter.category for matter in MATTERS} == set(TAXONOMY.leaves)
    assert len({matter.title for matter in MATTERS}) == len(MATTERS)
    assert len({matter.text for matter in MATTERS}) == len(MATTERS)


def test_every_kind_turn_ending_and_level_occurs() -> None:
    assert {matter.kind for matter in MATTERS} == set(Kind)
    assert {turn for matter in MATTERS for turn in matter.turns} == set(Turn)
    assert {matter.ended for matter in MATTERS} == set(Outcome) - {Outcome.MERGED}
    assert {matter.level for matter in MATTERS} == set(Level)
    assert {matter.score for matter in MATTERS} >= {3, 4, 5, None}


@pytest.mark.parametrize("matter", MATTERS, ids=[matter.title for matter in MATTERS])
def test_a_matter_is_plausible(matter: DemoMatter) -> None:
    assert matter.unit in TAXONOMY.units
    assert len(matter.title) <= 20
    assert (matter.score is None) == (not matter.remark)
    assert (matter.ended is Outcome.OUT_OF_SCOPE) == (matter.level is Level.OUT_OF_SCOPE)
    assert not re.search(
        r"[!！]|1\d{10}", matter.text + matter.answer + matter.remark + "".join(matter.comments)
    )


def test_the_first_look_agrees_with_most_of_them() -> None:
    wrong = [
        matter.title
        for matter in MATTERS
        if suggest(matter.text, matter.title, TAXONOMY).category != matter.category
    ]
    assert 1 - len(wrong) / len(MATTERS) >= 0.85, wrong


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("demo: true", "demo: false", "cannot be read"),
        ("    kind: appeal\n", "    kind: mood\n", "“mood” is not one of"),
        ("    score: 5\n", "    score: 6\n", "cannot be read"),
        ("    joiners: 6\n", "", "“joiners” is missing"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    file = tmp_path / "matters.yaml"
    file.write_text(SHIPPED_MATTERS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProcedureError) as caught:
        load_demo_matters(file)
    assert reason in str(caught.value)
