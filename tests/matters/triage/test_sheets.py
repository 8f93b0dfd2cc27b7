"""Sheets as cities have them: any order of columns, with a byte order mark, in GBK; faults told in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linli.kernel.sheets import SheetError
from linli.matters.triage.measuring import quality
from linli.matters.triage.sheets import read_examples
from linli.site import cli
from tests.matters.triage.lessons import lessons

GOOD = "title,text,label\n路灯坏了,三天不亮,灯\n停水,两天没水,水\n"


@pytest.mark.parametrize(
    "raw",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("gbk"),
        GOOD.encode("utf-16"),
        GOOD.replace("\n", "\r\n").encode(),
        "Label, Title,id,TEXT\n灯,路灯坏了,1,三天不亮\n水,停水,2,两天没水\n".encode(),
    ],
)
def test_a_good_sheet_is_read(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    found = read_examples(path)
    assert [(one.title, one.text, one.label) for one in found] == [
        ("路灯坏了", "三天不亮", "灯"),
        ("停水", "两天没水", "水"),
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"title,text,label\n", "empty"),
        (b"title,text\na,b\n", "“label” is missing"),
        (b"title,text,label\na,b,\n", "message 1 has no label"),
        (b"title,text,label\n,,x\n", "no row has"),
        (b"title,text,label\n\xff\x80,\xff,x\n", "neither UTF-8 nor GBK"),
        (b"\xff\xfet", "neither UTF-8 nor GBK"),  # UTF-16 broken off in the middle of a character
    ],
)
def test_a_faulty_sheet_is_refused_in_words(raw: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(SheetError, match=reason):
        read_examples(path)


def test_figures_by_hand() -> None:
    found = quality(["a", "a", "a", "b"], ["a", "a", "b", "c"])
    assert found.accuracy == 0.5
    assert found.per_label["a"].precision == 1
    assert found.per_label["a"].recall == pytest.approx(2 / 3, abs=1e-6)
    assert found.per_label["b"].f1 == 0
    assert found.macro_f1 == pytest.approx(0.8 / 3, abs=1e-6)


def _sheet(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["title,text,label", *rows]) + "\n", encoding="utf-8")
    return path


def test_evaluate_prints_one_json_object_and_train_a_model(tmp_path: Path, capsys) -> None:
    pytest.importorskip("sklearn", reason="the extra `learning` is not installed")
    rows = [f"{one.title},{one.text},{one.label}" for one in lessons()[::4]]
    known, asked = _sheet(tmp_path / "a.csv", rows), _sheet(tmp_path / "b.csv", rows[:5])
    assert cli.run(["triage", "evaluate", "--train", str(known), "--test", str(asked)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"accuracy", "macro_f1", "per_label"}
    assert figures["accuracy"] == 1
    out = tmp_path / "m.triage"
    assert cli.run(["triage", "train", str(known), "--out", str(out)]) == 0
    assert out.exists()
    assert "23 messages, 3 labels" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "reason"), [([], "empty"), (["灯坏了,灯,灯", "灯不亮,灯,灯"], "same label")]
)
def test_faults_have_status_one_and_words(rows: list[str], reason: str, tmp_path: Path, capsys) -> None:
    pytest.importorskip("sklearn", reason="the extra `learning` is not installed")
    assert cli.run(["triage", "train", str(_sheet(tmp_path / "a.csv", rows))]) == 1
    assert reason in capsys.readouterr().err
    assert cli.run(["triage", "train", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err
