"""Buildings and entrances in a text: how people write them, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.matters.triage.mentions import MOST, building_key, entrance_key, mentions, number
from linli.matters.triage.naming import names, without_names

SPOTS = [
    ("91栋前面的漫步机断了", [("91栋", "", "91栋前面")]),
    ("3单元电梯又停了", [("3单元", "", "3单元电梯")]),
    ("十二栋二单元的电梯", [("12栋2单元", "", "十二栋二单元的电梯")]),
    ("九一栋", [("91栋", "", "九一栋")]),
    ("第九十一栋楼下", [("91栋", "", "九十一栋楼下")]),
    ("一百零三栋", [("103栋", "", "一百零三栋")]),
    ("3号楼2单元501漏水", [("3栋2单元", "501", "3号楼2单元501")]),
    ("12#楼后面，13#楼也是", [("12栋", "", "12#楼后面"), ("13栋", "", "13#楼")]),
    ("５幢门口", [("5栋", "", "5幢门口")]),
    ("B3栋楼下", [("B3栋", "", "B3栋楼下")]),
    ("住在5-2-302", [("5栋2单元", "302", "5-2-302")]),
    ("3单元和4单元都停水", [("3单元", "", "3单元"), ("4单元", "", "4单元")]),
    ("一栋二单元", [("1栋2单元", "", "一栋二单元")]),
    ("12栋的灯坏了，还是12栋", [("12栋", "", "12栋")]),
]
NO_SPOTS = [
    "三楼的灯坏了",
    "有三栋楼停水",
    "每栋楼都该装",
    "这几栋楼没暖气",
    "一栋楼里住着二十户",
    "河上有三座桥",
    "建了12栋新房",
    "电话138-0000-1111",
    "2026-11-18那天",
    "两个单元都停水",
    "十十栋",
    "",
]


@pytest.mark.parametrize(("text", "found"), SPOTS)
def test_spots_are_read_as_people_write_them(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.key, one.home, one.said) for one in mentions(text)] == found


@pytest.mark.parametrize("text", NO_SPOTS)
def test_what_only_looks_like_a_spot_is_none(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("九十一", "91"),
        ("一百", "100"),
        ("一百一十二", "112"),
        ("两百零五", "205"),
        ("〇七", "7"),
        ("007", "7"),
        ("b3", "B3"),
        ("", ""),
        ("十十", None),
        ("百十百", None),
    ],
)
def test_numbers_in_any_writing_are_digits(text: str, digits: str | None) -> None:
    assert number(text) == digits


@given(st.integers(1, 999))
def test_every_number_of_a_building_is_read(count: int) -> None:
    han = "零一二三四五六七八九"
    hundreds, tens, ones = count // 100, count // 10 % 10, count % 10
    text = f"{han[hundreds]}百" if hundreds else ""
    text += f"{han[tens]}十" if tens else ("零" if hundreds and ones else "")
    text += han[ones] if ones else ""
    assert number(text) == str(count)


@given(st.text(max_size=200))
def test_any_text_is_read_and_gives_few(text: str) -> None:
    assert len(mentions(text)) <= MOST


@pytest.mark.parametrize(
    ("name", "building"),
    [("91栋", "91"), ("九十一号楼", "91"), ("91#", "91"), ("东楼", ""), ("物业用房", "")],
)
def test_a_buildings_name_carries_its_number(name: str, building: str) -> None:
    assert building_key(name) == building


def test_an_entrances_name_carries_its_number() -> None:
    assert [entrance_key(name) for name in ("2单元", "二单元", "东门")] == ["2", "2", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("赤帝巷口堵车", ("赤帝巷",)),
        ("住在栖霞苑的人", ("栖霞苑",)),
        ("A5区劳动东路魅力之城小区", ("劳动东路", "魅力之城")),
        ("希望112路加密班次", ("112路",)),
        ("东湖职业学校收费", ("东湖职业学校",)),
        ("农贸市场太脏", ()),
        ("我们小区没有停车场", ()),
    ],
)
def test_names_are_what_stands_before_a_kind_of_place(text: str, found: tuple[str, ...]) -> None:
    assert names(text) == found


def test_what_is_said_is_left_when_the_names_go() -> None:
    assert without_names("栖霞苑12栋电梯又停了").split() == ["又停了"]
