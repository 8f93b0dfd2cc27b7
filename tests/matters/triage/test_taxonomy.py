"""The shipped taxonomy is whole, and a wrong one is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from linli.matters.procedures.loader import ProcedureError
from linli.matters.triage.taxonomy import (
    LEVEL_TITLES,
    SHIPPED_TAXONOMY,
    STRONG,
    WEAK,
    Level,
    load_taxonomy,
)

TAXONOMY = load_taxonomy()


def test_it_has_about_sixty_categories_in_about_twelve_groups() -> None:
    assert 55 <= len(TAXONOMY.leaves) <= 75
    assert 10 <= len(TAXONOMY.groups) <= 14


def test_every_unit_has_work_and_every_level_a_title() -> None:
    assert {leaf.unit for leaf in TAXONOMY.leaves.values()} <= set(TAXONOMY.units)
    assert set(LEVEL_TITLES) == set(Level)
    assert Level.OUT_OF_SCOPE not in {leaf.level for leaf in TAXONOMY.leaves.values()}


def test_a_word_weighs_by_its_list_unless_it_says_otherwise() -> None:
    lift = TAXONOMY.leaves["lift"]
    assert lift.strong["电梯坏"] == STRONG
    assert lift.weak["困人"] == WEAK
    assert lift.weak["电梯"] == 2


def test_titles_read_differently() -> None:
    for language in ("zh-hans", "en"):
        titles = [leaf.title.of(language) for leaf in TAXONOMY.leaves.values()]
        assert len(titles) == len(set(titles))


def test_a_category_knows_its_group() -> None:
    assert TAXONOMY.group_of("parking").code == "parking_traffic"
    with pytest.raises(KeyError):
        TAXONOMY.group_of("flying")


WRONG = [
    ("unit: owners_committee\n", "unit: wizards\n", "which is not a kind of unit"),
    ("code: square_dance", "code: parking", "the category “parking” is written twice"),
    ("level: council\n", "level: heaven\n", "“heaven” is not one of"),
    ("urgency: complex\n", "urgency: someday\n", "“someday” is not one of"),
    ("{井盖: 4}, ", "{井盖: 4}, 井盖, ", "is written twice"),
    ("{飞线: 4}", "{飞线: 40}", "cannot be read"),
    ("version: 1\n", "version: 1\ncolour: red\n", "there is no key “colour” here"),
]


@pytest.mark.parametrize(("old", "new", "reason"), WRONG, ids=[row[2] for row in WRONG])
def test_a_wrong_taxonomy_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = SHIPPED_TAXONOMY.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "taxonomy.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProcedureError) as caught:
        load_taxonomy(file)
    assert reason in str(caught.value)
    assert caught.value.file == str(file)
