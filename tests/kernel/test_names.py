"""Names: the surname, the order of lists, and what a mask lets through."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.names import mask_id_number, mask_name, mask_phone, normalise_name, sort_key, surname
from linli.kernel.surnames import COMPOUND, SINGLE

SPECIAL = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "任": "ren", "朴": "piao", "盖": "ge",
    "区": "ou", "华": "hua", "燕": "yan", "宁": "ning", "缪": "miao", "翟": "zhai", "乐": "yue", "召": "shao",
    "员": "yun", "种": "chong", "繁": "po", "冼": "xian", "洗": "xian", "隗": "wei", "覃": "qin", "句": "gou",
    "阚": "kan", "折": "she", "佴": "nai", "能": "nai", "秘": "bi", "祭": "zhai", "乜": "nie", "令": "ling",
    "长": "chang", "重": "chong", "黑": "he", "万": "wan", "尉": "wei", "吕": "lv", "那": "na", "薄": "bo",
}  # fmt: skip


@pytest.mark.parametrize(("family", "letters"), SPECIAL.items())
def test_surnames_are_read_as_surnames(family: str, letters: str) -> None:
    key = sort_key(family + "明")
    assert key.startswith(letters)
    assert key[len(letters)].isdigit()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("尉迟恭", "yuchi"),
        ("万俟卨", "moqi"),
        ("长孙无忌", "zhangsun"),
        ("令狐冲", "linghu"),
        ("欧阳修", "ouyang"),
        ("司马光", "sima"),
        ("诸葛亮", "zhuge"),
        ("澹台灭明", "tantai"),
        ("鲜于通", "xianyu"),
        ("皇甫嵩", "huangfu"),
        ("歐陽修", "ouyang"),
        ("爱新觉罗溥仪", "aixinjueluo"),
    ],
)
def test_compound_surnames(name: str, letters: str) -> None:
    assert sort_key(name).startswith(letters)
    assert surname(name) in COMPOUND


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("张三丰", "张"),
        ("张", "张"),
        ("欧阳", "欧"),  # nothing follows, so it is one surname and one given name
        ("单于飞", "单"),
        (" 张　三 ", "张"),
        ("迪丽热巴·迪力木拉提", ""),
        ("迪丽热巴．迪力木拉提", ""),
        ("John Smith", ""),
        ("", ""),
    ],
)
def test_surname(name: str, family: str) -> None:
    assert surname(name) == family


def test_lists_are_ordered_by_surname_then_given_name() -> None:
    ordered = [
        "阿依古丽·买买提", "Alice", "蔡伦", "陈安", "陈平", "陈平安", "John", "李白", "李商隐", "连战",
        "吕布", "区大相", "欧小明", "欧振", "欧阳修", "仇英", "单雄信", "解珍", "曾巩", "查良镛", "张安",
        "张三", "张三丰", "长孙无忌",
    ]  # fmt: skip
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_key) == ordered


def test_one_surname_stays_together_among_others_that_sound_alike() -> None:
    families = [name[0] for name in sorted(["章一", "张二", "章三", "张四"], key=sort_key)]
    assert families in (["张", "张", "章", "章"], ["章", "章", "张", "张"])


def test_different_names_have_different_keys_and_one_name_has_one() -> None:
    assert sort_key("李明") != sort_key("李鸣")
    assert sort_key("张 三") == sort_key("张三")
    assert sort_key("买买提•艾力") == sort_key("买买提·艾力")
    assert sort_key("") == ""


def test_characters_without_a_reading_come_after_all_letters() -> None:
    assert sort_key("𠮷田") > sort_key("祖逖")
    assert sort_key("王𠮷𠮷") > sort_key("王祖")


def test_the_tables_hold_what_they_promise() -> None:
    assert len(SINGLE) >= 60
    assert all(len(family) == 1 for family in SINGLE)
    assert len(COMPOUND) >= 60
    assert all(len(family) >= 2 for family in COMPOUND)
    for family, reading in (SINGLE | COMPOUND).items():
        assert sum(symbol.isdigit() for symbol in reading) == len(family), family


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三丰", "张**"),
        ("张三", "张*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("迪丽热巴·迪力木拉提", "迪**"),
        ("John Smith", "J**"),
        ("", ""),
    ],
)
def test_mask_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812342207", "138****2207"),
        ("+86 138-1234-2207", "138****2207"),
        ("13812342207/13900001111", "138****2207"),
        ("0937-6223344", "0937-*****44"),
        ("0937 6223344转802", "0937-*****44"),
        ("(010)62223344", "010-******44"),
        ("+86 0937 6223344", "0937-*****44"),
        ("6223344", "*****44"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_mask_phone(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "11**************2X"),
        ("110105 19491231 002x", "11**************2X"),
        ("E12345678", "*******78"),  # a passport
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_mask_id_number(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


def shown(masked: str) -> int:
    return sum(symbol not in "*-" for symbol in masked)


@given(st.text("0123456789", max_size=24))
def test_a_masked_phone_shows_at_most_seven_digits_and_hides_four(number: str) -> None:
    masked = mask_phone(number)
    assert shown(masked) <= 7
    assert masked.count("*") >= min(4, len(number))


@given(st.text("0123456789X", max_size=24))
def test_a_masked_id_number_shows_at_most_four_and_never_the_birthday(number: str) -> None:
    masked = mask_id_number(number)
    assert shown(masked) <= 4
    assert len(masked) == len(number)
    if len(number) == 18:
        assert masked[2:16] == "*" * 14


@given(st.text())
def test_masks_take_anything(text: str) -> None:
    mask_phone(text)
    mask_id_number(text)
    plain, masked = normalise_name(text), mask_name(text)
    if plain and not set(plain) & {"*"}:
        assert "*" in masked
        kept = masked.rstrip("*")
        assert plain.startswith(kept)
        assert kept in ("", plain[0], surname(plain))


@given(st.text())
def test_every_name_has_a_key(text: str) -> None:
    sort_key(text)
