"""Numbers people read aloud, and the words a search finds a matter by."""

from collections.abc import Iterable

from linli.kernel.text import bigrams, normalise


def matter_number(short_code: str, year: int, serial: int) -> str:
    """`JS-2026-000412`: the community's code in its district, the year, the serial. Gaps mean nothing."""
    return f"{short_code}-{year}-{serial:06d}"


def order_number(matter: str, serial: int) -> str:
    """An order's number begins with its matter's."""
    return f"{matter}-{serial:02d}"


def search_text(parts: Iterable[str]) -> str:
    """The words a matter is found by, for a `simple` tsvector: two-character pieces of its texts."""
    words: list[str] = []
    for part in parts:
        words.extend(bigrams(normalise(part)))
    return " ".join(dict.fromkeys(words))[:8000]
