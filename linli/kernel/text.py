"""Chinese text: cleaning what people type, cutting it for search, and its traditional characters."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from opencc import OpenCC

# Han ideographs with 〇, the compatibility blocks and the extensions on planes 2 and 3.
HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

_TOKEN: Final = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_ONLY: Final = re.compile(rf"[{HAN}]+")
_SPACES: Final = re.compile(r"\s+")
_LINE_BREAK: Final = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
# Cc control, Cf format (zero width, direction), Cs lone surrogates: nothing a reader sees.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
# Joiners are unseen too, but some scripts and emoji are spelt with them.
_JOINERS: Final = frozenset("\u200c\u200d")


def is_han(text: str) -> bool:
    """Whether the text is Chinese characters and nothing else (an empty text is not)."""
    return _HAN_ONLY.fullmatch(text) is not None


def normalise(text: str) -> str:
    """One line for comparing and searching: NFKC (half-width letters, digits and punctuation), unseen
    characters dropped, every run of whitespace one space, ends trimmed."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
    seen = "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", seen)).strip()


def one_line(text: str) -> str:
    """What someone wrote, fit to keep as one line: cleaned, every gap a single space."""
    return " ".join(clean(text).split())


def listed(parts: Iterable[str], language: str) -> str:
    """`a, b`, and in Chinese `a、b`."""
    return (", " if language.lower().startswith("en") else "、").join(parts)


def worded(zh: str, en: str, language: str) -> str:
    """One wording kept in two languages: for `en`, for `zh-hant` (made from the Chinese), or for `zh-hans`,
    which all others read."""
    code = language.lower()
    if code.startswith("en"):
        return en
    return traditional(zh) if code.startswith("zh-hant") else zh


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    """A wording in traditional characters; not by phrases (s2twp), which make 社区 an online group."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    """Its tables take longest to load, and only readers of Traditional need them."""
    return OpenCC("s2tw")


def clean(text: str) -> str:
    """What someone wrote, fit to keep: punctuation and lines stay theirs (NFC), unseen characters go.

    Line breaks become `\\n`, at most one blank line in a row; tabs become spaces.
    """
    broken = _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    kept = "".join(
        character
        for character in broken
        if character == "\n" or character in _JOINERS or unicodedata.category(character) not in _UNSEEN
    )
    lines = "\n".join(line.rstrip() for line in kept.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def bigrams(text: str) -> list[str]:
    """The text cut for an index: Chinese in overlapping pairs, other words whole and in lower case.

    `bigrams("路灯坏了")` is `["路灯", "灯坏", "坏了"]`. Pairs do not cross punctuation; a lone character
    stands for itself; order and repeats are kept.
    """
    pieces: list[str] = []
    for token in _TOKEN.findall(normalise(text).lower()):
        if is_han(token) and len(token) > 1:
            pieces.extend(token[start : start + 2] for start in range(len(token) - 1))
        else:
            pieces.append(token)
    return pieces


def search_terms(query: str) -> list[str]:
    """What must be found for a query, without repeats, cut as `bigrams` cuts.

    A one-character query gives that character: match it as a prefix, since the index holds pairs.
    """
    return list(dict.fromkeys(bigrams(query)))
