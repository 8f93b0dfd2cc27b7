"""Templates of minutes: sections of words with blanks, and how a meeting fills them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from linli.gatherings.kinds import Blank, Shipped
from linli.kernel.decision import ALLOWED, Decision, Denied

LONGEST_NAME: Final = 40
LONGEST_HEADING: Final = 40
LONGEST_WORDS: Final = 1000
MOST_SECTIONS: Final = 20

# Braces as either width of keyboard types them.
_BLANK: Final = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the minutes. `words` keep blanks by their codes: `{agenda}`."""

    heading: str
    words: str


def blank(code: Blank) -> str:
    """A blank as it stands in kept words."""
    return "{" + code.value + "}"


# What each shipped template consists of; headings are messages, translated where they are shown.
SHIPPED: Final[Mapping[Shipped, tuple[Section, ...]]] = {
    Shipped.MEETING: (
        Section("", f"{blank(Blank.HELD_BY)}: {blank(Blank.TITLE)}"),
        Section("When", blank(Blank.WHEN)),
        Section("Where", blank(Blank.WHERE)),
        Section("", f"{blank(Blank.PRESENT)}\n{blank(Blank.QUORUM)}"),
        Section("There were", blank(Blank.NAMES)),
        Section("", blank(Blank.AGENDA)),
        Section("Also said", blank(Blank.ALSO_SAID)),
        Section("", blank(Blank.ALSO_RESOLVED)),
    ),
    Shipped.SITTING: (
        Section("", f"{blank(Blank.HELD_BY)}: {blank(Blank.TITLE)}"),
        Section("When", blank(Blank.WHEN)),
        Section("Where", blank(Blank.WHERE)),
        Section("", blank(Blank.COUNT)),
        Section("What was said", blank(Blank.ALSO_SAID)),
        Section("", blank(Blank.AGENDA)),
        Section("", blank(Blank.ALSO_RESOLVED)),
    ),
}


def is_sound(name: str, sections: Sequence[Section]) -> Decision:
    """Whether a template can be kept: named, of some sections, with blanks a meeting can fill."""
    if not name or len(name) > LONGEST_NAME:
        return Denied("Give it a name of at most %(most)s characters.", {"most": LONGEST_NAME})
    if not sections:
        return Denied("Write at least one section.")
    if len(sections) > MOST_SECTIONS:
        return Denied("A template has at most %(most)s sections.", {"most": MOST_SECTIONS})
    for each in sections:
        if len(each.heading) > LONGEST_HEADING or len(each.words) > LONGEST_WORDS:
            return Denied(
                "A heading has at most %(heading)s characters, its words at most %(words)s.",
                {"heading": LONGEST_HEADING, "words": LONGEST_WORDS},
            )
    unknown = [found for each in sections for found in unknown_in(each.words)]
    if unknown:
        return Denied(
            "No meeting can fill “%(blank)s”. Choose a blank from the list under the section, or take the "
            "braces away to keep it as plain words.",
            {"blank": unknown[0]},
        )
    return ALLOWED


def unknown_in(words: str) -> list[str]:
    """What stands in braces and is no blank."""
    return [found for found in _BLANK.findall(words) if found not in set(Blank)]


def coded(words: str, labels: Mapping[Blank, str]) -> str:
    """Words as somebody typed them, blanks by name, as they are kept; what is no blank stays as typed."""
    codes = {label: code for code, label in labels.items()}

    def kept(found: re.Match[str]) -> str:
        name = found[1].strip()
        code = codes.get(name)
        return blank(code) if code else "{" + name + "}"

    return _BLANK.sub(kept, words)


def named(words: str, labels: Mapping[Blank, str]) -> str:
    """Kept words as somebody reads and changes them: blanks by name."""
    return fill_words(words, {code: "{" + label + "}" for code, label in labels.items()})


def fill(sections: Iterable[Section], values: Mapping[Blank, str]) -> str:
    """The minutes of a meeting by a template.

    A line whose blanks all stay empty is left out, and a section that was nothing but such lines with its
    heading. One line follows its heading; several stand under it.
    """
    filled = [_section(each, values) for each in sections]
    return "\n".join(part for part in filled if part)


def _section(section: Section, values: Mapping[Blank, str]) -> str:
    lines = [_line(line, values) for line in section.words.split("\n")]
    said = "\n".join(line for line in lines if line)
    if section.words and not said:
        return ""
    if not section.heading or not said:
        return section.heading or said
    return f"{section.heading}:{chr(10) if chr(10) in said else ' '}{said}"


def _line(line: str, values: Mapping[Blank, str]) -> str:
    codes = [Blank(code) for code in _BLANK.findall(line)]
    if codes and not any(values.get(code) for code in codes):
        return ""
    return fill_words(line, values).strip()


def fill_words(words: str, values: Mapping[Blank, str]) -> str:
    """Words with what stands for each blank."""
    return _BLANK.sub(lambda found: values.get(Blank(found[1]), ""), words)
