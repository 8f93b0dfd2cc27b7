"""Names of people: finding the surname, ordering by pinyin, and showing a name or number masked."""

import re
from functools import lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from linli.kernel.surnames import COMPOUND, SINGLE
from linli.kernel.text import HAN, is_han, normalise

DOT: Final = "·"
STAR: Final = "*"

_DOTS: Final = re.compile(r"\s*[·•‧∙⋅・․]\s*")
_HAN_DOT: Final = re.compile(rf"(?<=[{HAN}])\s*\.\s*(?=[{HAN}])")
_HAN_GAP: Final = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_LONGEST_COMPOUND: Final = max(map(len, COMPOUND))

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY: Final = re.compile(r"^(?:\+|00)86")
_EXTENSION: Final = re.compile(r"转|ext|[x#*,;/]", re.IGNORECASE)
_AREA: Final = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([0-9]{7,8})")
_ID_LENGTH: Final = 18
_SHORT: Final = 7  # a number shorter than this is hidden whole


def normalise_name(name: str) -> str:
    """One spelling of a name: the middle dot is always ·, and spaces inside a Chinese name (张 三) go."""
    return _HAN_GAP.sub("", _HAN_DOT.sub(DOT, _DOTS.sub(DOT, normalise(name))))


def surname(name: str) -> str:
    """The Chinese surname, of two characters where it is a known one; "" for dotted and other names.

    A surname needs something after it to be a compound: 欧阳 alone is 欧 with the given name 阳.
    """
    plain = normalise_name(name)
    if not is_han(plain):
        return ""
    for length in range(min(_LONGEST_COMPOUND, len(plain) - 1), 1, -1):
        if plain[:length] in COMPOUND:
            return plain[:length]
    return plain[0]


def _unit(reading: str, characters: str) -> str:
    """Letters, then tones, then the characters: ou1区 < ou1欧 < ouyang12欧阳."""
    letters = "".join(symbol for symbol in reading if "a" <= symbol <= "z")
    tones = "".join(symbol for symbol in reading if "1" <= symbol <= "5")
    return f"{letters}{tones}{characters}" if letters else characters


@lru_cache(maxsize=16384)
def _han_unit(character: str) -> str:
    """The unit of a character that stands alone."""
    return _unit(lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0], character)


def _han_units(text: str) -> list[str]:
    """One unit per character; a character without a reading stands for itself, after all letters."""
    if len(text) <= 2 and text not in phrases_dict:  # most given names: no phrase changes how they are read
        return [_han_unit(each) for each in text]
    readings = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    if len(readings) != len(text):  # neighbours without a reading come back as one piece
        readings = [lazy_pinyin(each, style=Style.TONE3, neutral_tone_with_five=True)[0] for each in text]
    return [_unit(reading, character) for reading, character in zip(readings, text, strict=True)]


@lru_cache(maxsize=16384)
def sort_key(name: str) -> str:
    """A text that sorts by code point as names are listed: by the surname's pinyin, then the given name's.

    Each unit is its pinyin, tone and character (GB/T 13418), so one surname stays together; a name of other
    letters sorts by those among the pinyin, without regard to case. The first letter is the index letter.
    """
    plain = normalise_name(name)
    family = surname(plain)
    if not family:
        units = [unit for part in plain.split(DOT) for unit in _mixed_units(part)]
        return " ".join(units)
    reading = COMPOUND.get(family) or SINGLE.get(family)
    first = _unit(reading, family) if reading else _han_units(family)[0]
    return " ".join([first, *_han_units(plain[len(family) :])])


def _mixed_units(part: str) -> list[str]:
    units: list[str] = []
    for piece in re.findall(rf"[{HAN}]+|[^{HAN}\s]+", part):
        units.extend(_han_units(piece) if is_han(piece) else [piece.casefold()])
    return units


def mask_name(name: str) -> str:
    """The surname and a star for each further character: 张三丰 → 张**, 欧阳修 → 欧阳*.

    A dotted or foreign name keeps its first character and always has two stars, so that its length is not
    told either; a name of one character is hidden whole.
    """
    plain = normalise_name(name)
    if len(plain) <= 1:
        return STAR * len(plain)
    family = surname(plain)
    if not family:
        return plain[0] + STAR * 2
    return family + STAR * (len(plain) - len(family))


def _mask_tail(number: str, shown: int = 2) -> str:
    if len(number) < _SHORT:
        return STAR * len(number)
    return STAR * (len(number) - shown) + number[-shown:]


def mask_phone(number: str) -> str:
    """A mobile number keeps three digits and four (138****2207), a landline its area code and two
    (0937-*****44), any other number of at least seven digits its last two. An extension is dropped."""
    main = _EXTENSION.split(_COUNTRY.sub("", normalise(number)), maxsplit=1)[0]
    digits = re.sub(r"[^0-9]", "", main)
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    landline = _AREA.fullmatch(digits)
    if landline is not None:
        return f"{landline[1]}-{_mask_tail(landline[2])}"
    return _mask_tail(digits)


def mask_id_number(number: str) -> str:
    """An 18-character identity number keeps its province and last two characters; others the last two."""
    compact = re.sub(r"[\s-]", "", normalise(number)).upper()
    if len(compact) != _ID_LENGTH:
        return _mask_tail(compact)
    return compact[:2] + _mask_tail(compact[2:])
