"""The drawing is whole, says everything, lets no two texts meet, and needs no styles or scripts."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from linli.matters.procedures.drawing import describe, draw
from linli.matters.procedures.layout import LANES_LEFT, LANES_RIGHT, WIDTH, lay_out
from linli.matters.procedures.loader import load, load_folder
from linli.matters.procedures.net import NET
from linli.matters.procedures.schema import Procedure
from linli.matters.procedures.svg import width, wrap

SVG = "{http://www.w3.org/2000/svg}"
PROCEDURES = [procedure for one in load_folder() for procedure in one.procedures]
EACH = [(procedure, language) for procedure in PROCEDURES for language in ("zh-hans", "en")]
NAMES = [f"{procedure.procedure}-{language}" for procedure, language in EACH]

Box = tuple[float, float, float, float, str]


def boxes(svg: str) -> list[Box]:
    """Left, top, right, bottom of every text."""
    found: list[Box] = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        said, size = node.text or "", float(node.attrib["font-size"])
        x, y = float(node.attrib["x"]), float(node.attrib["y"])
        wide = width(said, size, bold="font-weight" in node.attrib)
        found.append((x, y - size * 0.8, x + wide, y + size * 0.2, said))
    return found


@pytest.mark.parametrize(("procedure", "language"), EACH, ids=NAMES)
def test_no_two_texts_meet_and_none_leaves_the_page(procedure: Procedure, language: str) -> None:
    found = boxes(draw(procedure, language, procedure.steps[1].key))
    for left, top, right, bottom, said in found:
        assert left >= 0, said
        assert right <= WIDTH, said
        assert bottom > top
    for a, b in combinations(found, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (a[4], b[4])


@pytest.mark.parametrize(("procedure", "language"), EACH, ids=NAMES)
def test_the_drawing_says_everything(procedure: Procedure, language: str) -> None:
    said = re.sub(r"\s", "", "".join(box[4] for box in boxes(draw(procedure, language))))
    for step in procedure.steps:
        wanted = [step.title.of(language), step.says.of(language), procedure.name_of(step.holder, language)]
        wanted += [move.title.of(language) for move in step.moves]
        for words in wanted:
            assert re.sub(r"\s", "", words) in said, words
    for move in NET:
        assert (
            move.title.of(language) in said.replace(" ", "")
            or move.title.of(language).replace(" ", "") in said
        )


@pytest.mark.parametrize(("procedure", "language"), EACH, ids=NAMES)
def test_lanes_stay_in_their_strip_and_off_one_another(procedure: Procedure, language: str) -> None:
    layout = lay_out(procedure, language, 100)
    for lane in layout.lanes.values():
        assert LANES_LEFT <= lane.x <= LANES_RIGHT
    for card in layout.cards:
        for row in card.rows:
            assert row.end < LANES_LEFT - 9, "a row ends before the first lane bends"
    for one, other in combinations(layout.lanes.values(), 2):
        assert one.x != other.x or one.bottom < other.top or other.bottom < one.top


def test_it_needs_no_style_script_or_outside_file() -> None:
    svg = draw(PROCEDURES[0], "zh-hans", "handle")
    for word in ("style", "<script", "href", "onload", "url("):
        assert word not in svg


def test_it_has_a_title_and_a_description_for_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(draw(PROCEDURES[0], "en"))
    assert root.attrib["role"] == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert desc.text == " ".join(describe(PROCEDURES[0], "en"))


def test_where_the_matter_is_now_is_marked_once() -> None:
    assert draw(PROCEDURES[0], "zh-hans", "handle").count("现在在这里") == 1
    assert "现在在这里" not in draw(PROCEDURES[0], "zh-hans")


def test_markup_in_a_title_stays_words() -> None:
    procedure = load(
        """
procedure: odd
version: 1
title: {zh: "<b>甲</b>&", en: "<script>alert(1)</script>"}
summary: {zh: '"引号"', en: "'quotes'"}
kinds: [task]
starts: only
steps:
  only:
    title: {zh: 只有一步, en: Only}
    short: {zh: 一步, en: Only}
    says: {zh: 一, en: One}
    holder: clerk
    within: 1 day
    moves: {closed: finish}
""",
        "odd.yaml",
    )
    for language in ("zh-hans", "en"):
        assert "<script" not in draw(procedure, language)
        ElementTree.fromstring(draw(procedure, language))


def test_a_procedure_in_sentences() -> None:
    five = next(one for one in PROCEDURES if one.procedure == "five-affairs")
    said = describe(five, "zh-hans")
    assert said[0] == "五事工作法：从「居民提事」开始。"
    assert said[2].startswith(
        "邻里议事：网格党支部书记负责，5 个工作日内办。这一步可以邻居说话、开会（邻里议事会）。"
    )
    assert "离开前要有会议纪要。" in said[2]
    assert "按「事情没说清，退回网格」到「居民提事」。" in said[2]
    assert said[2].endswith("到期前 1 个工作日提醒；过期 1 个工作日催办；到期没办，社区书记督办。")
    english = describe(five, "en")
    assert english[1].startswith("Residents raise: held by Grid worker, within 1 workday.")
    assert len(said) == len(english) == 1 + len(five.steps) + len(NET)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("一二三四五六", 40, ["一二三四", "五六"]),
        ("一二三四，五六", 40, ["一二三", "四，五六"]),
        ("one two three", 45, ["one two", "three"]),
        ("", 40, []),
    ],
)
def test_lines_break_between_words_and_never_before_a_stop(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room, 10) == lines
