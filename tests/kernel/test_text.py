"""Text: what cleaning keeps, and how Chinese is cut for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.text import bigrams, clean, is_han, listed, normalise, one_line, search_terms, worded


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("  路灯\t坏了\n\n三天 ", "路灯 坏了 三天"),
        ("３号楼，ＡＢＣ", "3号楼,ABC"),
        ("路\u200b灯\ufeff\x00坏\u202e了", "路灯坏了"),
        ("\u3000", ""),
    ],
)
def test_normalise(text: str, result: str) -> None:
    assert normalise(text) == result


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("路灯坏了，三天了。\r\n请来看看  \r\n\r\n\r\n\r\n谢谢", "路灯坏了，三天了。\n请来看看\n\n谢谢"),
        ("路\u202e灯\x07", "路灯"),
        ("一\t二", "一 二"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),  # one family, not three people
        (" \n ", ""),
    ],
)
def test_clean(text: str, result: str) -> None:
    assert clean(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (" 路灯\t坏了\n\n三天 ", "路灯 坏了 三天"),
        ("３号楼，", "３号楼，"),
        ("路\u200b灯", "路灯"),
        ("\u3000\n", ""),
    ],
)
def test_one_line(text: str, result: str) -> None:
    assert one_line(text) == result


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("路灯坏了", ["路灯", "灯坏", "坏了"]),
        ("灯", ["灯"]),
        ("路灯，坏了", ["路灯", "坏了"]),
        ("3号楼LED灯", ["3", "号楼", "led", "灯"]),
        ("Wi-Fi 不通", ["wi", "fi", "不通"]),
        ("ＷＩＦＩ", ["wifi"]),
        ("看看看看", ["看看", "看看", "看看"]),
        ("二〇二六年", ["二〇", "〇二", "二六", "六年"]),
        ("𠮷田家", ["𠮷田", "田家"]),
        ("……！", []),
        ("", []),
    ],
)
def test_bigrams(text: str, pieces: list[str]) -> None:
    assert bigrams(text) == pieces


@pytest.mark.parametrize(
    ("query", "terms"),
    [("灯", ["灯"]), ("路灯", ["路灯"]), ("看看看看", ["看看"]), ("LED led", ["led"]), (" ", [])],
)
def test_search_terms(query: str, terms: list[str]) -> None:
    assert search_terms(query) == terms


@given(st.text(st.sampled_from("路灯坏了三号楼"), min_size=2), st.integers(0, 20), st.integers(2, 6))
def test_a_part_of_a_text_is_found_by_its_terms(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if len(part) >= 2:
        assert set(search_terms(part)) <= set(bigrams(text))


@given(st.text())
def test_pieces_are_pairs_or_words_without_space(text: str) -> None:
    for piece in bigrams(text):
        assert piece == piece.strip() != ""
        assert not is_han(piece) or len(piece) <= 2


@pytest.mark.parametrize(
    ("language", "said"), [("en", "保洁, 保安"), ("EN-gb", "保洁, 保安"), ("zh-hans", "保洁、保安")]
)
def test_what_is_listed_is_parted_as_the_language_parts_it(language: str, said: str) -> None:
    assert listed(["保洁", "保安"], language) == said


@pytest.mark.parametrize(
    ("language", "result"),
    [
        ("zh-hans", "网格员"),
        ("zh-Hant", "網格員"),
        ("en-gb", "Grid worker"),
        ("", "网格员"),
    ],
)
def test_a_wording_is_in_the_readers_language_and_script(language: str, result: str) -> None:
    assert worded("网格员", "Grid worker", language) == result
