"""Files as Polis, and the programs people open them with, write them."""

from pathlib import Path

import pytest

from linli.deliberation.opinions.export import identity, read_groups, read_statements, read_votes
from linli.deliberation.opinions.votes import AGREE, DISAGREE, PASS
from linli.kernel.sheets import SheetError


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, coding: str = "utf-8") -> Path:
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(coding))
        return path

    return write


def as_tuples(rows):
    return list(zip(rows.people, rows.statements, rows.values.tolist(), rows.moments.tolist(), strict=True))


VOTES = "timestamp,datetime,comment-id,voter-id,vote\n1500,Mon,3,0,1\n1600,Mon,3,1,-1\n1700,Tue,4,1,0\n"
EXPECTED = [(0, 3, AGREE, 1500), (1, 3, DISAGREE, 1600), (1, 4, PASS, 1700)]


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        (VOTES, "utf-8"),
        (VOTES, "utf-8-sig"),
        (VOTES.replace("\n", "\r\n"), "utf-8"),
        ("vote,voter-id,comment-id,timestamp\n1,0,3,1500\n-1,1,3,1600\n0,1,4,1700\n", "utf-8"),
        ("Timestamp,Comment ID,Voter,Vote\n1500,3,0,1\n1600,3,1,-1\n\n1700,4,1,0\n", "utf-8"),
        ("timestamp,comment_id,voter_id,vote\n1500.0,3.0,0.0,1.0\n1600,3,1,-1.0\n1700,4,1,0\n", "utf-8"),
        (VOTES + "1800,Tue,,1,1\n1800,Tue,4,,1\n1800,Tue,4,2,\n", "utf-8"),
    ],
    ids=["as it is", "byte order mark", "windows", "columns turned", "older names", "spreadsheet", "gaps"],
)
def test_votes(file, text: str, coding: str) -> None:
    assert as_tuples(read_votes(file(text, coding))) == EXPECTED


def test_votes_without_times_stand_in_the_order_of_the_file(file) -> None:
    rows = read_votes(file("comment-id,voter-id,vote\n3,0,1\n3,0,-1\n"))
    assert rows.moments.tolist() == [0, 0]


@pytest.mark.parametrize("text", ["", "\n", "timestamp,datetime,comment-id,voter-id,vote\n"])
def test_an_empty_conversation(file, text: str) -> None:
    assert len(read_votes(file(text))) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("comment-id,vote\n3,1\n", "the column “voter-id” is missing; the first line has: comment-id, vote"),
        ("comment-id,voter-id,vote\n3,0,2\n", "a vote is 1, 0 or -1, not “2”"),
        ("comment-id,voter-id,vote,timestamp\n3,0,1,Monday\n", "a timestamp is a number, not “Monday”"),
    ],
)
def test_what_is_wrong_is_said(file, text: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_votes(file(text))


def test_statements(file) -> None:
    text = (
        "comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '1,0,38,7,1,"one, two"\n2,0,5,6,-1,two\n3,0,,,0,三\n'
    )
    found = read_statements(file(text))
    assert [(each.id, each.is_out, each.agrees, each.disagrees) for each in found] == [
        (1, False, 38, 7), (2, True, 5, 6), (3, False, None, None),
    ]  # fmt: skip


def test_statements_without_moderation_are_all_in(file) -> None:
    found = read_statements(file("comment-body,comment-id\n一,1\n二,2\n", "gb18030"))
    assert [each.is_out for each in found] == [False, False]


def test_a_statement_about_the_conversation_is_out(file) -> None:
    [found] = read_statements(file("comment-id,moderated,is-meta\n1,1,true\n"))
    assert found.is_out
    assert found.about_talking


def test_groups_of_those_who_have_one(file) -> None:
    text = "participant,group-id,n-votes,0,1\n0,1,2,1,1\n1,,1,,1\n2,0.0,2,-1,1\nguest,b,1,,\n"
    assert read_groups(file(text)) == {0: 1, 2: 0, "guest": "b"}


@pytest.mark.parametrize(("text", "expected"), [("7", 7), ("7.0", 7), ("a7", "a7"), ("٣", "٣"), ("-1", "-1")])
def test_identity(text: str, expected: object) -> None:
    assert identity(text) == expected
