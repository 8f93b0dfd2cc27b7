"""Messages about the same thing are found together, and nothing else is."""

import json
import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.matters.triage import grouping, likeness, meaning, sheets
from linli.matters.triage.closeness import Message, Relation, features, margin, relation
from linli.site import cli
from tests.matters.triage.repeats import MESSAGES

SHEET = [Message(f"{number:03}", title, text) for number, (_, title, text) in enumerate(MESSAGES)]
THING = {f"{number:03}": thing for number, (thing, _, _) in enumerate(MESSAGES)}
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
needs_meaning = pytest.mark.skipif(not meaning.available(), reason="needs the extra `learning`")


def together(found: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in found for pair in combinations(group, 2)}


def wanted() -> set[frozenset[str]]:
    return {
        frozenset(pair)
        for pair in combinations(THING, 2)
        if THING[pair[0]] and THING[pair[0]] == THING[pair[1]]
    }


def test_words_alone_find_most_repeats_and_join_few_strangers() -> None:
    found = together(grouping.groups(SHEET))
    assert len(found & wanted()) / len(found) >= 0.9
    assert len(found & wanted()) / len(wanted()) >= 0.75


@needs_meaning
def test_with_meaning_nothing_else_is_joined_and_hardly_anything_missed() -> None:
    found = together(grouping.groups(SHEET, likeness.Meanings()))
    assert found <= wanted()
    assert len(found) / len(wanted()) >= 0.9


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("栖霞苑夜市太吵", "住在栖霞苑的老人睡不着", Relation.SAME),
        ("栖霞苑夜市太吵", "望江苑夜市太吵", Relation.APART),
        ("夜市太吵", "烧烤摊太吵", Relation.UNNAMED),
        ("112路等太久", "公交112路人太多", Relation.SAME),
        ("112路等太久", "2路等太久", Relation.APART),
        ("12栋电梯停了", "十二栋的电梯又停了", Relation.SAME),
        ("12栋电梯停了", "13栋电梯停了", Relation.APART),
        ("A市夜市太吵", "B3县夜市太吵", Relation.APART),
        ("A市夜市太吵", "A3区夜市太吵", Relation.UNNAMED),
        ("栖霞苑12栋电梯停了", "望江苑12栋电梯停了", Relation.APART),
    ],
)
def test_what_the_names_of_two_messages_say(one: str, other: str, how: Relation) -> None:
    first, second = features([Message("1", one, ""), Message("2", other, "")])
    assert relation(first, second) is how


def test_a_pair_must_be_closer_the_less_its_names_say_and_the_longer_ago() -> None:
    found = [margin(how, 0.1, 0.5, None, None) for how in Relation]
    assert found == sorted(found, reverse=True)
    days = [sheets.moment(f"{year}-06-01") for year in (2020, 2021, 2026)]
    near, late, never = (margin(Relation.SAME, 0.1, 0.5, days[0], day) for day in days)
    assert near > late > never > near - 0.1


def test_one_copy_does_not_carry_a_stranger_into_a_group() -> None:
    assert grouping.link(3, {(0, 1): 0.35, (1, 2): 0.3, (0, 2): -0.35}) == [[0, 1]]
    assert grouping.link(4, {(0, 1): 0.2, (1, 2): 0.1, (0, 2): -0.05}) == [[0, 1, 2]]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_the_groups(chance: random.Random) -> None:
    shuffled = chance.sample(SHEET, len(SHEET))
    assert grouping.groups(shuffled) == grouping.groups(SHEET)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["1", "2", "3", "4", "5"]), st.sampled_from(SHEET))))
def test_every_id_is_in_one_group_at_most(rows: list[tuple[str, Message]]) -> None:
    found = grouping.groups(Message(number, one.title, one.text) for number, one in rows)
    ids = [each for group in found for each in group]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {number for number, _ in rows}
    assert all(len(group) > 1 for group in found)


def test_only_messages_worth_comparing_are_asked_for_their_meaning() -> None:
    asked: set[str] = set()

    def listening(
        messages: Sequence[Message], pairs: Sequence[grouping.Pair]
    ) -> Mapping[grouping.Pair, float]:
        asked.update(messages[number].id for pair in pairs for number in pair)
        return dict.fromkeys(pairs, 0.0)

    assert grouping.groups(SHEET, listening) == []
    assert 0 < len(asked) < len(SHEET)


SHEET_TEXT = (
    "ID, Title,text,time,likes\n"
    "7,柳林村搅拌站灰尘太大,村边的搅拌站灰尘太大菜都没法吃,2026/3/1 8:05:00,4\n"
    "8,搅拌站灰尘呛人,柳林村旁边的搅拌站灰尘太大,2026-03-04,0\n"
    "\n"
    '9,路灯不亮,"东门外,路灯坏了",不详\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_command_reads_sheets_as_programs_write_them(
    tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letters.csv"
    path.write_bytes(SHEET_TEXT.replace("\n", "\r\n").encode(encoding))
    assert cli.run(["triage", "duplicates", str(path), "--words"]) == 0
    assert json.loads(capsys.readouterr().out) == {"groups": [{"ids": ["7", "8"]}]}
    assert sheets.messages(path)[2].at is None


def test_the_command_says_which_column_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letters.csv"
    path.write_text("id,text\n1,x\n", encoding="utf-8")
    assert cli.run(["triage", "duplicates", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "“title”" in told.err


@needs_meaning
def test_vectors_kept_in_a_file_are_not_computed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, kept = tmp_path / "letters.csv", tmp_path / "vectors"
    path.write_text(SHEET_TEXT, encoding="utf-8")
    command = ["triage", "duplicates", str(path), "--vectors", str(kept)]
    assert cli.run(command) == 0
    first = capsys.readouterr()
    assert cli.run(command) == 0
    second = capsys.readouterr()
    assert first.out == second.out
    assert "2 of 2" in first.err
    assert second.err == ""


@pytest.mark.skipif(not SHARED.exists(), reason="the public data to measure with is not here")
@pytest.mark.parametrize("words", [True, pytest.param(False, marks=needs_meaning)])
def test_both_hot_topics_are_found_whole(words: bool) -> None:
    path = SHARED / "appeals_hot_topics_30.csv"
    topics: dict[str, set[str]] = {}
    for row in sheets.read_sheet(path, ("id", "gold_topic")):
        if row["gold_topic"]:
            topics.setdefault(row["gold_topic"], set()).add(row["id"])
    found = grouping.groups(sheets.messages(path), None if words else likeness.Meanings())
    assert sorted(map(sorted, found)) == sorted(map(sorted, topics.values()))
