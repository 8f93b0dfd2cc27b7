"""A model file is read only as it was written."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from linli.matters.triage import learning, modelfile
from linli.matters.triage import model as asking
from tests.matters.triage.lessons import lessons

pytest.importorskip("sklearn", reason="the extra `learning` is not installed")


@pytest.fixture(scope="module")
def raw() -> bytes:
    return modelfile.pack(learning.fit(lessons(), with_meaning=False))


def test_it_answers_the_same_after_the_file(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.triage"
    path.write_bytes(raw)
    model = modelfile.load(path)
    assert modelfile.pack(model) == raw
    assert asking.answer(model, "停水了", "水管漏水").label == "水"


def _head(raw: bytes, **changed: object) -> bytes:
    line, _, body = raw.partition(b"\n")
    return json.dumps({**json.loads(line), **changed}).encode() + b"\n" + body


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda raw: b"", "not a triage model"),
        (lambda raw: pickle.dumps({"labels": ["a"]}), "not a triage model"),
        (lambda raw: _head(raw, kind="something"), "not a triage model"),
        (lambda raw: _head(raw, format=99), "another version"),
        (lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), "changed"),
        (lambda raw: raw[: len(raw) // 2], "changed"),
        (lambda raw: _head(raw, blocks=9), "incomplete"),
    ],
)
def test_another_file_is_refused(raw: bytes, spoil, reason: str) -> None:
    with pytest.raises(modelfile.NotAModel, match=reason):
        modelfile.unpack(spoil(raw))
