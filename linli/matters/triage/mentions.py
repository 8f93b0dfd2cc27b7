"""Buildings and entrances a text speaks of: "91栋前面", "十二栋二单元", "3单元电梯", "3号楼2单元501".

Reads, never decides: which place is meant is for `matters.read.mentioned`, and taking it is for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from linli.kernel.text import normalise

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER: Final = r"(?:\d{1,3}|[零〇一二两三四五六七八九十百]{1,5})"
_BETWEEN: Final = r"[,、的 ]?"
# 3楼 and 三楼 are floors; a building is 3栋, 3号楼, 3幢, 3座, 3#楼, B3栋. 三座桥 is no building, 第三栋 is.
_BUILDING: Final = (
    rf"(?<![\d零〇一二两三四五六七八九十百A-Za-z])(?P<building>[A-Za-z]?{_NUMBER}|[A-Za-z])(?:栋|幢|号楼|座|#楼?)"
    r"(?![桥山庙塔厂垃公厕位椅房危老旧新])"
)
_ENTRANCE: Final = rf"(?P<entrance>{_NUMBER})单元(?![房楼]|格)"
_HOME: Final = r"(?P<home>\d{3,4})(?![\d.年元块米度天个])"
# What says where at the building: kept as said, for the spot in their own words.
_AT: Final = (
    r"(?P<at>前面|后面|门前|楼前|楼后|楼下|楼上|楼顶|背后|对面|旁边|侧面|东侧|西侧|南侧|北侧|东边|西边|南边|北边"
    r"|门口|路口|电梯里|电梯口|电梯|楼道|单元门|地下室|车库|花坛|消防通道)?"
)
_FORMS: Final = (
    re.compile(rf"{_BUILDING}(?:{_BETWEEN}{_ENTRANCE}(?:{_BETWEEN}{_HOME})?)?{_BETWEEN}{_AT}"),
    re.compile(r"(?<![\d.-])(?P<building>\d{1,3})-(?P<entrance>\d{1,2})-(?P<home>\d{3,4})(?![\d.-])" + _AT),
    re.compile(rf"(?<![\d零〇一二两三四五六七八九十百]){_ENTRANCE}(?:{_BETWEEN}{_HOME})?{_BETWEEN}{_AT}"),
)
# Counting buildings or entrances instead of naming one: "有三栋楼", "一共12栋", "两个单元", "每一栋".
_COUNTED: Final = re.compile(r"(?:共|有|这|那|每|几|好|多|某|全部|一整|建了?|盖了?|拆了?|增加|改造)$")
_ONE: Final = ("一", "两")  # 一栋楼里 counts, 一栋二单元 and 一栋前面 name
MOST: Final = 4  # places of one text that are worth proposing


@dataclass(frozen=True, slots=True)
class Mention:
    """One spot: numbers in digits, "" for what was not said, and the words it was said in."""

    building: str
    entrance: str
    home: str
    said: str

    @property
    def key(self) -> str:
        """The spot without the manner of writing: "12栋2单元"."""
        return (f"{self.building}栋" if self.building else "") + (
            f"{self.entrance}单元" if self.entrance else ""
        )


def mentions(text: str) -> tuple[Mention, ...]:
    """The spots a text speaks of, in reading order, each once; at most `MOST`."""
    read = normalise(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Mention]] = []
    for form in _FORMS:
        for match in form.finditer(read):
            start, end = match.span()
            if any(start < right and left < end for left, right in taken):
                continue
            mention = _mention(match)
            if mention is None or _COUNTED.search(read[max(0, start - 3) : start]):
                continue
            taken.append((start, end))
            found.append((start, mention))
    each = {one.key + one.home: one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)}
    return tuple(reversed(each.values()))[:MOST]


def _mention(match: re.Match[str]) -> Mention | None:
    parts = match.groupdict()
    building = number(parts.get("building") or "")
    entrance = number(parts.get("entrance") or "")
    if building is None or entrance is None:
        return None
    if parts.get("building") in _ONE and not (entrance or parts["at"]):
        return None
    return Mention(building, entrance, parts.get("home") or "", match.group().strip(",、的 "))


def number(text: str) -> str | None:
    """A number in digits, with a letter before it as it is: "十二" and "12" are "12", "b3" is "B3".

    None for characters that are no number ("十十"); "" stays "".
    """
    text = text.upper()
    letter = text[:1] if text[:1].isascii() and text[:1].isalpha() else ""
    digits = text[len(letter) :]
    if not digits or (digits.isdigit() and digits.isascii()):
        return letter + (str(int(digits)) if digits else "")
    value = _chinese(digits)
    return None if value is None else f"{letter}{value}"


def _chinese(text: str) -> int | None:
    """一 to 九百九十九, and numbers read digit by digit: 九一 is 91, 一零三 is 103."""
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    value, digit = 0, None
    for character in text:
        if character in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[character]
            continue
        unit = 100 if character == "百" else 10
        if (value and unit == 100) or (value % 100 and unit == 10):
            return None
        value += (1 if digit is None else digit) * unit
        digit = None
    return value + (digit or 0)


def building_key(name: str) -> str:
    """The number a building's name carries: "91栋", "九十一号楼" and "91#" are "91"; "" without one."""
    found = mentions(name)
    return found[0].building if found else ""


def entrance_key(name: str) -> str:
    """The number an entrance's name carries: "2单元" and "二单元" are "2"; "" where there is none."""
    found = mentions(name)
    return found[0].entrance if found else ""
