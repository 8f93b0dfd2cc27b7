"""Words as the acts of talking together keep them: a title, a line, words people read."""

from linli.deliberation.rules.opening import LONGEST_TITLE, LONGEST_WORDS
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.text import clean, one_line

WHY = "Say why in a few words; people read it."
FEW = "Say it in a few words; people read it."


def title_of(text: str) -> str:
    """A title; refused when there is none, or one too long."""
    title = one_line(text)
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(
            "Give it a title of at most %(count)s characters.", {"count": LONGEST_TITLE}, status=UNPROCESSABLE
        )
    return title


def line_of(text: str, missing: str, *, longest: int = LONGEST_TITLE) -> str:
    """One line of words, cut to its length; refused with `missing` where there is none."""
    words = one_line(text)[:longest]
    if not words:
        raise Refused(missing, status=UNPROCESSABLE)
    return words


def words_of(text: str, missing: str = FEW, *, longest: int = LONGEST_WORDS) -> str:
    """Words people read, cut to their length; refused with `missing` where there are none."""
    words = clean(text)[:longest]
    if not words:
        raise Refused(missing, status=UNPROCESSABLE)
    return words
