"""CSV files as offices write them: UTF-8, GBK or UTF-16, from any program."""

import codecs
import csv
import io
from pathlib import Path
from typing import Final

CODINGS: Final = ("utf-8-sig", "gb18030")  # Excel in China writes either; a byte order mark is dropped
LONGEST: Final = 1 << 20  # characters of one cell


class SheetError(RuntimeError):
    """What is wrong with a file, in words its owner can act on."""


def opened(path: Path) -> io.StringIO:
    """The file's text, ready for the `csv` module. Raises `SheetError` when no coding fits."""
    csv.field_size_limit(LONGEST)
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for coding in ("utf-16",) if marked else CODINGS:
        try:
            text = raw.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return io.StringIO(text, newline="")
    raise SheetError(f"{path}: neither UTF-8 nor GBK. Save it as “CSV UTF-8” and try again.")
