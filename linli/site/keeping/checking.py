"""Whether an archive could be put back: every part read again, and the rows of its text counted."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from linli.site.config import Settings
from linli.site.keeping import archive
from linli.site.keeping.archive import DATABASE, Manifest, Unusable

# As pg_dump writes a table's rows: one line each (a line break within a value is written `\n`), then `\.`.
COPY: Final = re.compile(rb'COPY "?(\w+)"?\."?(\w+)"? \(.*\) FROM stdin;\s*')
END: Final = b"\\."


def check(settings: Settings, path: Path) -> Manifest:
    """Read an archive that was just made as a restore would. Raises `Unusable` naming what is not right.

    The rows were counted in the database, in the snapshot the text was taken from; here they are counted in
    the text itself.
    """
    with archive.reading(path) as opened:
        manifest, text, seal = archive.manifest_of(opened)
        if archive.seal_of(settings, text) != seal:
            raise Unusable(f"The manifest of {path.name} does not carry this installation's seal")
        archive.compare(opened, manifest)
        differs = differing(manifest.tables, copied(_lines(opened)))
    if differs:
        raise Unusable(f"{path.name} holds another number of rows than the database: {', '.join(differs)}")
    return manifest


def copied(lines: Iterable[bytes]) -> dict[str, int]:
    """Rows by `schema.table` in the text of a dump. Pure."""
    found: dict[str, int] = {}
    table = ""
    for line in lines:
        if table:
            if line.rstrip(b"\r\n") == END:
                table = ""
            else:
                found[table] += 1
        elif line.startswith(b"COPY ") and (begins := COPY.fullmatch(line)):
            table = b".".join(begins.groups()).decode()
            found[table] = 0
    return found


def differing(counted: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    """Tables with other rows in the text than were counted, with both numbers. Pure."""
    names = sorted({*counted, *found})
    return [
        f"{name} {found.get(name, 0):,} instead of {counted.get(name, 0):,}"
        for name in names
        if found.get(name, 0) != counted.get(name, 0)
    ]


def _lines(opened: zipfile.ZipFile) -> Iterable[bytes]:
    with opened.open(DATABASE) as source:
        yield from source
