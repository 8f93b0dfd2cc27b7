"""Which translations are not compiled. scripts/messages.py compiles them; Traditional has no source."""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
COMPILED = tuple(LOCALE / script / "LC_MESSAGES" / "django.mo" for script in ("zh_Hans", "zh_Hant"))


def uncompiled() -> list[Path]:
    """Compiled catalogues that are missing."""
    return [path for path in COMPILED if not path.is_file()]
