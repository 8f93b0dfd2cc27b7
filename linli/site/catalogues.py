"""Compiles translations without gettext, and says which are missing or older than their source."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    """Every catalogue of the package."""
    return sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"))


def uncompiled() -> list[Path]:
    """Catalogues whose compiled form is missing or older than they are."""
    pairs = ((source, source.with_suffix(".mo")) for source in sources())
    return [
        source
        for source, compiled in pairs
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime
    ]


def compile_all() -> int:
    """Write every compiled catalogue anew, whole or not at all; returns how many."""
    for source in sources():
        with source.open("rb") as handle:
            catalogue = read_po(handle, locale=source.parents[1].name)
        partial = source.with_suffix(".mo.part")
        with partial.open("wb") as handle:
            write_mo(handle, catalogue)
        partial.replace(source.with_suffix(".mo"))
    return len(sources())


if __name__ == "__main__":
    compile_all()
