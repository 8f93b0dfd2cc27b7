"""`linli opinions analyse`: no installation, one JSON object, faults in words."""

import json
from pathlib import Path

import pytest

from linli.site import cli

VOTES = "timestamp,comment-id,voter-id,vote\n1,0,0,1\n2,0,1,-1\n3,1,0,1\n4,1,1,1\n5,0,1,1\n"


def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], **files: str):
    words = ["opinions", "analyse"]
    for name, text in files.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        words += [f"--{name}", str(path)]
    return cli.run(words), *capsys.readouterr()


def test_a_conversation_is_printed(tmp_path, capsys) -> None:
    comments = "comment-id,agrees,disagrees,moderated\n0,2,1,1\n1,2,0,-1\n2,0,0,1\n"
    status, out, err = run(tmp_path, capsys, votes=VOTES, comments=comments)
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["tids"] == [0, 1]  # what nobody voted on is not there
    assert found["pca"]["center"] == [-1, 0]  # agreement is −1, and what is out counts as passed
    assert found["mod-out"] == [1]
    assert found["user-vote-counts"] == {"0": 2, "1": 2}


def test_files_that_do_not_belong_together_are_told_apart(tmp_path, capsys) -> None:
    comments = "comment-id,agrees,disagrees,moderated\n0,9,1,1\n1,2,0,1\n"
    status, out, err = run(tmp_path, capsys, votes=VOTES, comments=comments)
    assert status == 0
    assert json.loads(out)["n"] == 2
    assert err == "The tallies of these statements are not those of the votes: 0\n"


def test_groups_may_be_given(tmp_path, capsys) -> None:
    groups = "participant,group-id\n0,4\n1,\n"
    _status, out, _err = run(tmp_path, capsys, votes=VOTES, comments="comment-id\n0\n1\n", groups=groups)
    assert [(each["id"], each["members"]) for each in json.loads(out)["group-clusters"]] == [(4, [0])]


def test_a_fault_is_told(tmp_path, capsys) -> None:
    status, out, err = run(tmp_path, capsys, votes="comment-id,vote\n1,1\n")
    assert (status, out) == (1, "")
    assert "the column “voter-id” is missing" in err
